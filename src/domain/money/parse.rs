//! Amounts as people and programs write them.

use super::Money;
use crate::domain::phone::ascii_digit;
use crate::domain::text;

/// Why a text is no amount of the shop's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Nothing is given, or a currency alone.
    #[error("the amount is empty")]
    Empty,
    /// It cannot be read, or has more than one reading.
    #[error("this is not an amount")]
    NotANumber,
    /// It is below zero.
    #[error("an amount cannot be negative")]
    Negative,
    /// It is above [`Money::MAX`].
    #[error("the amount is too large")]
    TooLarge,
    /// It names another currency, as written here.
    #[error("the amount is in {0}")]
    OtherCurrency(String),
}

/// How the naira is written: its sign, its codes, and what stands for the sign on keyboards that lack it.
const NAIRA: [&str; 6] = ["₦", "NGN", "N", "NAIRA", "=N=", "#"];

/// Currencies that amounts in a Nigerian shop's files are likely to be in; other words are no amount at all.
const OTHERS: [&str; 48] = [
    "USD", "US", "DOLLAR", "DOLLARS", "GBP", "POUND", "POUNDS", "EUR", "EURO", "EUROS", "GHS", "GHC", "GH", "CEDI",
    "CEDIS", "KES", "KSH", "UGX", "TZS", "RWF", "ZAR", "R", "XOF", "XAF", "CFA", "FCFA", "F", "EGP", "MAD", "ETB",
    "ZMW", "BWP", "GMD", "SLE", "SLL", "LRD", "CAD", "AUD", "AED", "SAR", "CNY", "RMB", "INR", "JPY", "CHF", "TRY",
    "BTC", "USDT",
];

/// The signs of other currencies.
const SIGNS: &str = "$£€¥₵¢₹₽₺₩₪฿";

impl Money {
    /// Reads an amount in naira: `₦12,500`, `NGN 30,000.50`, `N1,500`, `12.500,50`, `7500`, `1 500`, `.50`.
    ///
    /// A lone `12.500` is refused: it is 12,500 to one writer and 12.50 to another.
    pub fn parse(raw: &str) -> Result<Self, MoneyError> {
        let text = plain(raw);
        if text.is_empty() {
            return Err(MoneyError::Empty);
        }
        let (negative, text) = sign(&text);
        let (before, number, after) = around_number(text);
        let (negative_inside, before) = sign(before);
        for word in [before, after] {
            currency(word)?;
        }
        if number.is_empty() {
            let bare = NAIRA.contains(&before);
            return Err(if bare {
                MoneyError::Empty
            } else {
                MoneyError::NotANumber
            });
        }
        let amount = in_kobo(number)?;
        if (negative || negative_inside) && amount > Self(0) {
            return Err(MoneyError::Negative);
        }
        Ok(amount)
    }
}

/// Returns the text in ASCII digits and signs, in capitals, without spaces at its ends.
fn plain(raw: &str) -> String {
    let ascii = text::clean(raw)
        .chars()
        .map(|letter| match letter {
            '−' | '–' | '—' | '－' => '-',
            '٫' | '．' => '.',
            '٬' | '，' => ',',
            '’' => '\'',
            _ => ascii_digit(letter).unwrap_or(letter),
        })
        .collect::<String>();
    ascii.to_uppercase()
}

/// Takes a minus off either end, or the brackets that bookkeepers write for one.
fn sign(text: &str) -> (bool, &str) {
    let bracketed = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let minus = bracketed
        .or_else(|| text.strip_prefix('-'))
        .or_else(|| text.strip_suffix('-'));
    (
        minus.is_some(),
        minus.unwrap_or(text.strip_prefix('+').unwrap_or(text)).trim(),
    )
}

/// Parts a text into what stands before its digits, the number, and what stands after.
fn around_number(text: &str) -> (&str, &str, &str) {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let (Some(first), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else {
        return (text, "", "");
    };
    // A point before the digits is theirs: `.50`.
    let start = if text[..first].ends_with(['.', ',']) {
        first - 1
    } else {
        first
    };
    let after = text[last + 1..].trim_start_matches('.').trim();
    (text[..start].trim(), &text[start..=last], after)
}

/// Accepts no currency and the naira.
fn currency(word: &str) -> Result<(), MoneyError> {
    let bare = word.trim_matches(['.', ':', ' ']);
    if bare.is_empty() || NAIRA.contains(&bare) {
        return Ok(());
    }
    let letters: String = bare.chars().filter(|letter| letter.is_alphabetic()).collect();
    if bare.contains(|letter| SIGNS.contains(letter)) || OTHERS.contains(&letters.as_str()) {
        return Err(MoneyError::OtherCurrency(bare.to_owned()));
    }
    Err(MoneyError::NotANumber)
}

/// Reads digits with their separators.
fn in_kobo(number: &str) -> Result<Money, MoneyError> {
    let (whole, fraction) = split_fraction(number).ok_or(MoneyError::NotANumber)?;
    let naira = ungrouped(whole).ok_or(MoneyError::NotANumber)?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(MoneyError::NotANumber);
    }
    let (cents, beyond) = fraction.split_at(fraction.len().min(2));
    // There is nothing smaller than a kobo; only zeros may stand there.
    if beyond.bytes().any(|byte| byte != b'0') {
        return Err(MoneyError::NotANumber);
    }
    let significant = format!("{naira}{cents:0<2}");
    let significant = significant.trim_start_matches('0');
    // Fewer than 18 digits fit in 64 bits; more are above the limit whatever they are.
    match significant.len() {
        0 => Ok(Money(0)),
        1..=17 => significant.parse().map(Money).map_err(|_| MoneyError::NotANumber),
        _ => Err(MoneyError::TooLarge),
    }
    .and_then(|amount| {
        if amount > Money::MAX {
            Err(MoneyError::TooLarge)
        } else {
            Ok(amount)
        }
    })
}

/// Parts a number at its decimal point or comma; none where it could also be a separator of thousands.
fn split_fraction(number: &str) -> Option<(&str, &str)> {
    let Some(at) = number.rfind(['.', ',']) else {
        return Some((number, ""));
    };
    let (whole, fraction) = (&number[..at], &number[at + 1..]);
    let mark = &number[at..=at];
    if whole.contains(mark) {
        // A mark that comes twice groups thousands.
        return Some((number, ""));
    }
    let mixed = whole.contains(['.', ',']);
    let grouping = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    match mark {
        _ if mixed => Some((whole, fraction)),
        "," if fraction.len() == 3 && !whole.is_empty() => Some((number, "")),
        "." if grouping => None,
        _ => Some((whole, fraction)),
    }
}

/// Takes the separators of thousands out of a whole number; none where they do not stand in threes.
fn ungrouped(whole: &str) -> Option<String> {
    let Some(mark) = whole.chars().find(|letter| !letter.is_ascii_digit()) else {
        return Some(whole.to_owned());
    };
    if !matches!(mark, ',' | '.' | ' ' | '\'') {
        return None;
    }
    let mut groups = whole.split(mark);
    let first = groups.next().filter(|group| (1..=3).contains(&group.len()))?;
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut out = first.to_owned();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        out.push_str(group);
    }
    digits(&out).then_some(out)
}
