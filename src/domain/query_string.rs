//! Query strings: `key=value` pairs with percent-encoding.

use std::fmt::Write as _;

/// Reads a query string into pairs, decoded once; a key without `=` has an empty value.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> + '_ {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(key), decode(value))
    })
}

/// Adds a pair to a query string.
pub fn push(query: &mut String, key: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    encode(query, key);
    query.push('=');
    encode(query, value);
}

/// The most characters of a text that is searched or filtered by.
pub const MAX_TEXT: usize = 200;

/// Trims a text and cuts it to [`MAX_TEXT`] characters.
pub fn text(raw: &str) -> String {
    let trimmed = raw.trim();
    let end = trimmed.char_indices().nth(MAX_TEXT).map_or(trimmed.len(), |(at, _)| at);
    trimmed[..end].trim_end().to_owned()
}

/// Writes what may stand for itself anywhere in a URL (RFC 3986, section 2.3) as it is, and all else as `%XX`.
fn encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// Reads `+` as a space and `%XX` as a byte; a `%` that begins no byte stays, bytes that are no text become U+FFFD.
fn decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'+', _) => out.push(b' '),
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    rest = after;
                }
                _ => out.push(b'%'),
            },
            _ => out.push(*first),
        }
    }
    String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(query: &str) -> Vec<(String, String)> {
        pairs(query).collect()
    }

    #[test]
    fn pairs_are_decoded_once() {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(read("q=a+b%20c%2Bd&page=2"), [pair("q", "a b c+d"), pair("page", "2")]);
        assert_eq!(read("q=%2541"), [pair("q", "%41")]);
        assert_eq!(read("q=O%CC%81%e1%bb%8d"), [pair("q", "O\u{301}ọ")]);
        assert_eq!(read("&&q&=x&a=b=c"), [pair("q", ""), pair("", "x"), pair("a", "b=c")]);
        assert_eq!(read(""), []);
    }

    #[test]
    fn what_is_no_encoding_stays_and_what_is_no_text_is_marked() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%4"), "%4");
        assert_eq!(decode("%zz%4g%"), "%zz%4g%");
        assert_eq!(decode("%%41"), "%A");
        assert_eq!(decode("%FFa"), "\u{fffd}a");
    }

    #[test]
    fn only_unreserved_characters_stand_for_themselves() {
        let mut query = String::new();
        push(&mut query, "q", "Ọla & co+1");
        push(&mut query, "state", "Akwa Ibom");
        assert_eq!(query, "q=%E1%BB%8Cla%20%26%20co%2B1&state=Akwa%20Ibom");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(written in prop::collection::vec((".*", ".*"), 0..4)) {
            let mut query = String::new();
            for (key, value) in &written {
                push(&mut query, key, value);
            }
            prop_assert!(query.is_ascii());
            prop_assert_eq!(read(&query), written);
        }

        #[test]
        fn no_text_panics(query in ".*|[%+&=0-9a-fA-F]*") {
            let _ = read(&query);
        }
    }
}
