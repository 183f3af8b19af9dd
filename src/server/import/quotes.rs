//! Quotation marks in CSV: which character divides cells, and whether a quoted cell ends where it should.

/// The most lines that one quoted cell may hold; more are rows that a forgotten quotation mark has swallowed.
const MAX_LINES: usize = 50;

/// What may divide cells, the likeliest first.
const DELIMITERS: [u8; 3] = *b",;\t";

/// Returns the length of the first line, without its break; breaks within quotation marks do not count.
pub fn first_line(text: &[u8]) -> usize {
    let mut quoted = false;
    let outside = text.iter().position(|byte| {
        quoted ^= *byte == b'"';
        !quoted && is_break(*byte)
    });
    let any = || text.iter().position(|byte| is_break(*byte));
    outside.or_else(any).unwrap_or(text.len())
}

/// Returns how many line breaks stand in front.
pub fn leading_breaks(text: &[u8]) -> usize {
    text.iter().take_while(|byte| is_break(**byte)).count()
}

/// Returns the delimiter of a header line: the one that stands in it most often outside quotation marks.
pub fn delimiter(header: &[u8]) -> u8 {
    let count = |delimiter: &u8| {
        let mut quoted = false;
        let outside = header.iter().filter(|byte| {
            quoted ^= **byte == b'"';
            !quoted && *byte == delimiter
        });
        outside.count()
    };
    // Of equals `max_by_key` takes the last.
    DELIMITERS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// Reads the line by which Excel names the delimiter: `sep=;`.
pub fn named_delimiter(line: &[u8]) -> Option<u8> {
    let name = line.strip_prefix(b"\"").unwrap_or(line);
    let (start, rest) = name.split_at_checked(4)?;
    let named = *rest.first()?;
    (start.eq_ignore_ascii_case(b"sep=") && rest.len() <= 2 && DELIMITERS.contains(&named)).then_some(named)
}

/// Tells whether a byte ends a line.
pub fn is_break(byte: u8) -> bool {
    byte == b'\n' || byte == b'\r'
}

/// Tells whether quotation marks of a record are broken in a way that may have swallowed other rows.
///
/// `raw` is one record as it stands in the file; `last` tells that the file ends with it. Readers of CSV forgive a
/// mark that is never closed, and text behind a closing mark; across lines, both lose orders without a word.
pub fn are_broken(raw: &[u8], delimiter: u8, last: bool) -> bool {
    let raw = raw.trim_ascii_end();
    let spans_lines = raw.iter().any(|byte| is_break(*byte));
    let may_be = spans_lines || (last && raw.contains(&b'"'));
    let mut rest = if may_be { raw } else { &[] };
    while !rest.is_empty() {
        rest = match rest.strip_prefix(b"\"") {
            None => after_plain(rest, delimiter),
            Some(quoted) => match quoted_length(quoted) {
                None => return true,
                Some((_, lines)) if lines > MAX_LINES => return true,
                Some((length, _)) => {
                    let behind = &quoted[length + 1..];
                    let ends = behind.first().is_none_or(|byte| *byte == delimiter || is_break(*byte));
                    if spans_lines && !ends {
                        return true;
                    }
                    after_plain(behind, delimiter)
                }
            },
        };
    }
    false
}

/// Returns what stands behind the next delimiter.
fn after_plain(text: &[u8], delimiter: u8) -> &[u8] {
    let end = text.iter().position(|byte| *byte == delimiter);
    end.map_or(&[], |end| &text[end + 1..])
}

/// Returns where the mark that closes a quoted cell stands, and how many lines the cell has.
fn quoted_length(text: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0;
    loop {
        at += text[at..].iter().position(|byte| *byte == b'"')?;
        if text.get(at + 1) != Some(&b'"') {
            let lines = text[..at].split(|byte| *byte == b'\n').count();
            return Some((at, lines));
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_delimiter_is_the_one_outside_quotation_marks() {
        let cases: [(&str, u8); 6] = [
            ("Order No;Date;Phone", b';'),
            ("Order No,Date,\"Phone;1;2;3\"", b','),
            ("Order\tDate\tPhone, mobile", b'\t'),
            ("Order", b','),
            ("", b','),
            ("\"a,b,c\";d", b';'),
        ];
        for (header, expected) in cases {
            assert_eq!(delimiter(header.as_bytes()), expected, "{header}");
        }
    }

    #[test]
    fn a_spreadsheet_may_name_the_delimiter() {
        assert_eq!(named_delimiter(b"sep=;"), Some(b';'));
        assert_eq!(named_delimiter(b"\"SEP=\t\""), Some(b'\t'));
        for line in ["sep=", "sep=x", "sep=;;;", "Separator", "se"] {
            assert_eq!(named_delimiter(line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn the_first_line_may_hold_quoted_breaks() {
        assert_eq!(first_line(b"a,\"b\nc\",d\r\ne"), 9);
        assert_eq!(first_line(b"a,\"b\nc"), 4);
        assert_eq!(first_line(b"a,b"), 3);
    }

    #[test]
    fn well_formed_records_are_not_broken() {
        for raw in [
            "a;b",
            "a;\"b\nc\";d",
            "a;\"b \"\"c\"\"\n\";d\r\n",
            "\"\"\"a\n\"",
            "5\" pipe;b",
            "\"ABC\" Ltd;b",
        ] {
            assert!(!are_broken(raw.as_bytes(), b';', false), "{raw}");
        }
        assert!(!are_broken(b"a;\"b\"", b';', true));
        let address = format!("\"{}\"", "line\n".repeat(MAX_LINES - 1));
        assert!(!are_broken(address.as_bytes(), b';', false));
    }

    #[test]
    fn swallowed_rows_are_noticed() {
        for raw in ["a;\"b\nc;\"d\";e", "\"b\n\"c\";d", "a;b;\"c\n\"d"] {
            assert!(are_broken(raw.as_bytes(), b';', false), "{raw}");
        }
        assert!(are_broken(b"a;\"b", b';', true));
        let many = format!("\"{}\"", "line\n".repeat(MAX_LINES));
        assert!(are_broken(many.as_bytes(), b';', false));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(raw in "[\";a\r\n]{0,40}", last in any::<bool>()) {
            let _ = (first_line(raw.as_bytes()), named_delimiter(raw.as_bytes()));
            let delimiter = delimiter(raw.as_bytes());
            let _ = are_broken(raw.as_bytes(), delimiter, last);
        }
    }
}
