//! What stands in a cell, and text that a spreadsheet must not run.

use std::borrow::Cow;

use chrono::DateTime;
use chrono_tz::Tz;

use crate::domain::money::Money;
use crate::domain::phone::Phone;

/// What stands in a cell.
#[derive(Clone, Debug)]
pub enum Cell<'a> {
    /// A text of the shop's or its customers', whatever it holds.
    Text(Cow<'a, str>),
    /// A word of ours.
    Plain(&'a str),
    /// A phone.
    Phone(&'a Phone),
    /// A number of things.
    Count(i64),
    /// An amount.
    Money(Money),
    /// A moment by the shop's clock.
    At(DateTime<Tz>),
    /// The same, with the zone where the kind of file can say it: what is read back is the same instant.
    Exact(DateTime<Tz>),
    /// Nothing.
    Empty,
}

impl<'a> Cell<'a> {
    /// A text as it is stored.
    pub fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// Texts with commas between them.
    pub fn list(texts: &[impl AsRef<str>]) -> Self {
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        Self::Text(Cow::Owned(texts.join(", ")))
    }
}

/// Returns the text with an apostrophe before it where a spreadsheet would take it for a formula.
///
/// What the importer does is the inverse: it takes one leading apostrophe away.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let starts_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'', '\0', '＝', '＋', '－', '＠']);
    if starts_formula {
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
        for formula in [
            "=1+1",
            "+Chidi",
            "-2+3",
            "@SUM(1+1)",
            "\tx",
            "\rx",
            "\0x",
            "+",
            "＝1",
            "+2348031234567",
        ] {
            assert_eq!(harmless(formula), format!("'{formula}"));
        }
    }

    #[test]
    fn plain_text_stays_whole() {
        for plain in ["Ọláyínká", "", "2 bags", "12-13", "0803 123 4567"] {
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
