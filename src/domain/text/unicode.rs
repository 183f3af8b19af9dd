//! Unicode's normal forms: by a library on the server; in the browser by the browser, which has the tables already.

#[cfg(not(target_arch = "wasm32"))]
mod forms {
    use unicode_normalization::UnicodeNormalization as _;

    /// Returns a text in NFC.
    pub fn composed(text: &str) -> String {
        text.nfc().collect()
    }

    /// Returns a text in NFKC.
    pub fn compatible(text: &str) -> String {
        text.nfkc().collect()
    }

    /// Returns a text in NFKD without the marks on its letters.
    pub fn without_marks(text: &str) -> String {
        text.nfkd().filter(|letter| !is_mark(*letter)).collect()
    }

    /// Tells whether a letter is a mark on the one before it.
    pub fn is_mark(letter: char) -> bool {
        !letter.is_ascii() && unicode_normalization::char::is_combining_mark(letter)
    }
}

#[cfg(target_arch = "wasm32")]
mod forms {
    use js_sys::{JsString, RegExp};

    fn normal(text: &str, form: &str) -> JsString {
        JsString::from(text).normalize(form)
    }

    /// Returns a text in NFC.
    pub fn composed(text: &str) -> String {
        normal(text, "NFC").into()
    }

    /// Returns a text in NFKC.
    pub fn compatible(text: &str) -> String {
        normal(text, "NFKC").into()
    }

    /// Returns a text in NFKD without the marks on its letters.
    pub fn without_marks(text: &str) -> String {
        normal(text, "NFKD")
            .replace_by_pattern(&RegExp::new("\\p{M}", "gu"), "")
            .into()
    }

    /// Tells whether a letter is a mark on the one before it.
    pub fn is_mark(letter: char) -> bool {
        !letter.is_ascii() && RegExp::new("\\p{M}", "u").test(letter.encode_utf8(&mut [0; 4]))
    }
}

pub use forms::is_mark;
pub(super) use forms::without_marks;

/// Returns a text in NFC.
pub(super) fn composed(text: &str) -> String {
    unless_ascii(text, forms::composed)
}

/// Returns a text in NFKC.
pub(super) fn compatible(text: &str) -> String {
    unless_ascii(text, forms::compatible)
}

/// ASCII is in every normal form already, and nearly all that a shop has is ASCII.
fn unless_ascii(text: &str, form: fn(&str) -> String) -> String {
    if text.is_ascii() { text.to_owned() } else { form(text) }
}
