//! Phones in any spelling as numbers in E.164. Only the server knows the numbering plans of the world.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

use crate::domain::phone::{Phone, ascii_digit};
use crate::domain::text;

/// What stands between two numbers in one field, besides the words `or` and `and`.
const SEPARATORS: [char; 7] = ['/', ',', ';', '|', '&', '\n', '\r'];
/// The longest text, in characters, that is looked through for a number.
const MAX_TEXT: usize = 250;
/// The digits of two numbers: the shortest two that are tried, and the longest two of E.164 with their prefixes.
const DIGITS_OF_TWO: std::ops::RangeInclusive<usize> = 14..=36;

/// What a phone field says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The first valid number, or the flagged text of the whole field.
    pub phone: Phone,
    /// Another valid number in the same field.
    pub other: Option<Phone>,
}

/// Reads a phone field; none where nothing visible is in it.
///
/// `region` is the country of numbers that do not name theirs, as an ISO 3166 code such as `NG`.
pub fn parse(raw: &str, region: &str) -> Option<Parsed> {
    let whole = Phone::text(raw)?;
    let region = region.to_ascii_uppercase().parse().ok();
    let numbers = if raw.chars().nth(MAX_TEXT).is_some() {
        Vec::new()
    } else {
        numbers(raw, region)
    };
    let mut numbers = numbers.into_iter();
    let Some(phone) = numbers.next() else {
        return Some(Parsed {
            phone: whole,
            other: None,
        });
    };
    let other = numbers.find(|number| *number != phone);
    Some(Parsed { phone, other })
}

/// Tells whether numbers are read as those of a country, by its ISO 3166 code.
pub fn is_country(code: &str) -> bool {
    let known = |region: &Region| PHONE_NUMBER_UTIL.get_country_code_for_region(*region).is_some();
    code.len() == 2 && code.parse().is_ok_and(|region: Region| known(&region))
}

/// Writes a valid number as it can be dialled from anywhere, in groups: `+234 803 123 4567`.
pub fn international(phone: &Phone) -> String {
    let stored = phone.as_str();
    // Nigeria's mobile numbers, which are nearly all, need no library.
    if let (Some(digits), 14) = (stored.strip_prefix("+234"), stored.len()) {
        return format!("+234 {} {} {}", &digits[..3], &digits[3..6], &digits[6..]);
    }
    let parsed = PHONE_NUMBER_UTIL.parse(stored, None);
    parsed.map_or_else(
        |_| stored.to_owned(),
        |number| {
            PHONE_NUMBER_UTIL
                .format(&number, PhoneNumberFormat::International)
                .into_owned()
        },
    )
}

/// Returns the valid numbers of a field, in its order.
fn numbers(raw: &str, region: Option<Region>) -> Vec<Phone> {
    // Some write one number with slashes or commas in it, so the whole is tried first.
    if let Some(number) = number(raw, region) {
        return vec![number];
    }
    let spaced = raw.to_lowercase().replace(" or ", "/").replace(" and ", "/");
    let parts = spaced.split(SEPARATORS);
    parts
        .flat_map(|part| number(part, region).map_or_else(|| two_numbers(part, region), |number| vec![number]))
        .collect()
}

/// Returns the numbers of a text that holds two with only a space, a hyphen or a plus between them.
fn two_numbers(part: &str, region: Option<Region>) -> Vec<Phone> {
    let plain = plain(part);
    if !DIGITS_OF_TWO.contains(&plain.bytes().filter(u8::is_ascii_digit).count()) {
        return Vec::new();
    }
    let gaps = plain.match_indices([' ', '-', '+']).map(|(at, _)| plain.split_at(at));
    let mut pairs = gaps.filter_map(|(left, right)| Some(vec![number(left, region)?, number(right, region)?]));
    pairs.next().unwrap_or_default()
}

/// Reads one number in any of its spellings.
fn number(raw: &str, region: Option<Region>) -> Option<Phone> {
    let plain = plain(raw);
    let bare = without_extension(without_words(&plain));
    if bare.contains(char::is_alphabetic) {
        return None;
    }
    // The library sees digits only: it would dial letters as keys, and take what follows a `;` for an extension.
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    // A country code never begins with 0, so a plus before one was not meant.
    let dialled = if bare.starts_with('+') && !digits.starts_with('0') {
        format!("+{digits}")
    } else {
        digits
    };
    // 00 is the prefix of most countries, though not of Nigeria, whose 009 the library knows.
    let international = || Some(format!("+{}", dialled.strip_prefix("00")?));
    valid(&dialled, region).or_else(|| valid(&international()?, region))
}

fn valid(number: &str, region: Option<Region>) -> Option<Phone> {
    let parsed = PHONE_NUMBER_UTIL.parse(number, region).ok()?;
    let valid = PHONE_NUMBER_UTIL.is_valid_number(&parsed);
    valid.then(|| Phone::e164(&PHONE_NUMBER_UTIL.format(&parsed, PhoneNumberFormat::E164)))?
}

/// Returns a text without what is invisible, with digits and plus signs of every script in ASCII.
fn plain(raw: &str) -> String {
    text::clean(raw)
        .chars()
        .map(|letter| {
            if letter == '＋' {
                '+'
            } else {
                ascii_digit(letter).unwrap_or(letter)
            }
        })
        .collect()
}

/// Takes off what stands before and after the digits: `Tel: 0803 123 4567 (mum)`.
fn without_words(text: &str) -> &str {
    let start = text
        .find(|letter: char| letter.is_ascii_digit() || letter == '+')
        .unwrap_or(text.len());
    text[start..].trim_end_matches(|letter: char| !letter.is_ascii_digit())
}

/// Takes off an extension: `x12`, `ext. 12`, `#12`.
fn without_extension(text: &str) -> &str {
    let Some(at) = text.find(|letter: char| letter.is_alphabetic() || letter == '#') else {
        return text;
    };
    let word = text[at..].to_lowercase();
    let is_extension = ["extension", "extn", "ext", "x", "#"].iter().any(|name| {
        word.strip_prefix(name).is_some_and(|rest| {
            let number = rest.trim_start_matches(['.', ':', ' ']);
            (1..=5).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    });
    if is_extension { &text[..at] } else { text }
}

#[cfg(test)]
mod tests;
