//! Phones as keys of customers, as people read them, as they stand in URLs, and as they are searched.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::text;

/// What flags a text that is no valid number.
const FLAG: char = '~';
/// The most digits of a search that may be the end of a number.
const MAX_ENDING: usize = 4;
/// The zeros of the scripts whose decimal digits (Unicode category Nd) are in use, in order; nine digits follow each.
const ZEROS: [char; 38] = [
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{ff10}',
    '\u{104a0}',
    '\u{1e950}',
];

/// What the text begins with that an erased person's orders have for a phone.
pub const ERASED: &str = "erased ";

/// The key of a customer: a number in E.164, or a flagged text that is no number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

impl Phone {
    /// Reads a number in E.164: `+`, then 7 to 15 digits that do not begin with 0.
    pub fn e164(number: &str) -> Option<Self> {
        let digits = number.strip_prefix('+')?;
        let fits =
            (7..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self(number.to_owned()))
    }

    /// Flags a text that is no number; none where nothing visible is in it.
    pub fn text(raw: &str) -> Option<Self> {
        let key = text::key(raw);
        (!key.is_empty()).then(|| Self(format!("{FLAG}{key}")))
    }

    /// Takes a stored phone, which the database's CHECK has normalised.
    pub fn from_db(stored: String) -> Self {
        Self(stored)
    }

    /// Returns the phone as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells whether it is a number.
    pub fn is_valid(&self) -> bool {
        self.0.starts_with('+')
    }

    /// Returns the number in E.164.
    pub fn e164_str(&self) -> Option<&str> {
        self.is_valid().then_some(self.0.as_str())
    }

    /// Returns the number's digits, country code first.
    pub fn digits(&self) -> Option<&str> {
        self.0.strip_prefix('+')
    }

    /// Returns the text that is no number.
    pub fn label(&self) -> Option<&str> {
        self.0.strip_prefix(FLAG)
    }

    /// Returns what people read: `0803 123 4567` for Nigeria, `+233 24 123 4567` elsewhere, else the text.
    pub fn display(&self) -> String {
        // Only whole numbers are cut into groups, whatever a database without its CHECKs may hold.
        let Some(digits) = Self::e164(&self.0).and(self.digits()) else {
            return self.label().unwrap_or(&self.0).to_owned();
        };
        match digits.strip_prefix("234") {
            Some(local) if local.len() == 10 => {
                format!("0{} {} {}", &local[..3], &local[3..6], &local[6..])
            }
            Some(local) => format!("+234 {}", in_groups(local)),
            None => {
                let (country, rest) = digits.split_at(country_length(digits));
                format!("+{country} {}", in_groups(rest))
            }
        }
    }

    /// Returns the phone as a part of a URL: its digits, or `~` and the text in base64url.
    pub fn to_slug(&self) -> String {
        match (self.digits(), self.label()) {
            (Some(digits), _) => digits.to_owned(),
            (None, label) => format!("{FLAG}{}", URL_SAFE_NO_PAD.encode(label.unwrap_or_default())),
        }
    }

    /// Reads a part of a URL back.
    pub fn from_slug(slug: &str) -> Option<Self> {
        let Some(encoded) = slug.strip_prefix(FLAG) else {
            return Self::e164(&format!("+{slug}"));
        };
        let decoded = String::from_utf8(URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()?;
        // As it was stored, so that every stored phone has a page of its own.
        (!decoded.is_empty()).then(|| Self(format!("{FLAG}{decoded}")))
    }
}

/// A text on the wire that is no phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a phone")]
pub struct NotAPhone;

impl TryFrom<String> for Phone {
    type Error = NotAPhone;

    /// Takes what the database's CHECK would take.
    fn try_from(wire: String) -> Result<Self, NotAPhone> {
        let flagged = wire.strip_prefix(FLAG).is_some_and(|text| !text.is_empty());
        if flagged || Self::e164(&wire).is_some() {
            Ok(Self(wire))
        } else {
            Err(NotAPhone)
        }
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A phone is personal: it must not reach a log by way of a `{:?}`.
        out.write_str("Phone(***)")
    }
}

/// Groups digits as most countries do: four at the end, threes before, and no digit alone.
fn in_groups(digits: &str) -> String {
    let mut groups = Vec::new();
    let mut rest = digits;
    while let Some(length) = [4, 3]
        .get(usize::from(!groups.is_empty()))
        .filter(|length| rest.len() > **length + 1)
    {
        let (head, group) = rest.split_at(rest.len() - length);
        groups.push(group);
        rest = head;
    }
    groups.push(rest);
    groups.reverse();
    groups.join(" ")
}

/// The length of the country code that a number begins with (ITU-T E.164: a prefix code).
fn country_length(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0' | b'1' | b'2' | b'3' | b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    }
}

/// Returns the digits that a searched phone is matched by, whole or in part.
///
/// Digits of every script count; a plus or an international prefix, Nigeria's country code and the trunk 0 are dropped
/// from the front, so that every spelling of a number begins with the same digits. Up to four digits may be the end of
/// a number as well as its beginning: of those only a trunk 0 is dropped, for `2345` must not become `5`.
pub fn digits(raw: &str) -> String {
    let all: String = raw.chars().filter_map(ascii_digit).collect();
    if raw.trim_start().starts_with(['+', '＋']) {
        return national(&all).to_owned();
    }
    if all.len() <= MAX_ENDING {
        let without_trunk = all
            .strip_prefix('0')
            .filter(|rest| !rest.is_empty() && !rest.starts_with('0'));
        return without_trunk.unwrap_or(&all).to_owned();
    }
    let dialled = all
        .strip_prefix("009")
        .or_else(|| all.strip_prefix("00"))
        .unwrap_or(&all);
    national(dialled).to_owned()
}

/// Drops Nigeria's country code and the trunk 0.
fn national(digits: &str) -> &str {
    let rest = digits.strip_prefix("234").unwrap_or(digits);
    rest.strip_prefix('0').unwrap_or(rest)
}

/// Returns the ASCII digit of a decimal digit of any script in use.
pub fn ascii_digit(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return letter.is_ascii_digit().then_some(letter);
    }
    let zero = ZEROS.iter().rev().find(|zero| **zero <= letter)?;
    char::from_digit(u32::from(letter) - u32::from(*zero), 10)
}

#[cfg(test)]
mod tests;
