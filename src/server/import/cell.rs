//! What a cell of a file means.

/// Returns what a cell means: an apostrophe before it, or `="…"` around it, only guards it from the spreadsheet.
///
/// It is the inverse of what exports do to text that a spreadsheet would take for a formula.
pub fn meaning(mut cell: String) -> String {
    cell.retain(|letter| letter != '\0');
    if cell.starts_with('\'') {
        cell.remove(0);
        return cell;
    }
    let guarded = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    match guarded {
        Some(inner) if !inner.contains('"') => inner.to_owned(),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::meaning;
    use crate::server::export::harmless;

    #[test]
    fn guards_against_formulas_are_taken_off_once() {
        let cases = [
            ("'=1+1", "=1+1"),
            ("''quoted'", "'quoted'"),
            ("'75008", "75008"),
            ("=\"08031234567\"", "08031234567"),
            ("'=\"08031234567\"", "=\"08031234567\""),
            ("=HYPERLINK(\"a\",\"b\")", "=HYPERLINK(\"a\",\"b\")"),
            ("=\"", "=\""),
            ("O'Brien", "O'Brien"),
            ("\0=1", "=1"),
        ];
        for (cell, meant) in cases {
            assert_eq!(meaning(cell.to_owned()), meant, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn an_exported_cell_is_read_back(text in "['=+@\"\t\r-]{0,3}[^\0]{0,10}") {
            prop_assert_eq!(meaning(harmless(&text).into_owned()), text);
        }
    }
}
