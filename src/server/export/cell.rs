//! Text in cells that a spreadsheet must not run.

use std::borrow::Cow;

/// Returns the text with an apostrophe before it where a spreadsheet would take it for a formula.
///
/// Phones stay whole: `+` and digits alone are a number at worst, and no formula. What the importer does is the
/// inverse: it takes one leading apostrophe away.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let starts_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']);
    let is_phone = text
        .strip_prefix('+')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    if starts_formula && !is_phone {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_starts_a_formula_is_quoted() {
        for formula in ["=1+1", "+Chidi", "-2+3", "@SUM(1+1)", "\tx", "\rx", "+"] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
    }

    #[test]
    fn phones_and_plain_text_stay_whole() {
        for plain in ["+2348031234567", "Ọláyínká", "", "2 bags", "12-13"] {
            assert_eq!(harmless(plain), plain);
        }
    }

    #[test]
    fn taking_one_apostrophe_away_gives_the_text_back() {
        for text in ["'quoted'", "=1", "plain", "''"] {
            let cell = harmless(text);
            assert_eq!(cell.strip_prefix('\'').unwrap_or(&cell), text);
        }
    }
}
