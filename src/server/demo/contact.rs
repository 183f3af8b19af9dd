//! The numbers that customers give, and how they write them.

use super::dice::{Dice, Topic};
use crate::domain::phone::Phone;

/// The prefixes of Nigeria's mobile networks, without the trunk 0.
const NETWORKS: [&str; 26] = [
    "803", "703", "706", "806", "810", "813", "816", "903", "906", "802", "808", "812", "701", "902", "805", "807",
    "815", "811", "705", "905", "809", "817", "818", "909", "908", "814",
];
/// As many prefixes abroad, with their country's code: Ghana, the United Kingdom, the United States and Canada.
const ABROAD: [(&str, &str); 26] = [
    ("233", "24"),
    ("233", "54"),
    ("233", "55"),
    ("233", "20"),
    ("233", "50"),
    ("233", "27"),
    ("233", "57"),
    ("233", "26"),
    ("233", "56"),
    ("233", "59"),
    ("44", "740"),
    ("44", "741"),
    ("44", "742"),
    ("44", "743"),
    ("44", "744"),
    ("44", "746"),
    ("44", "747"),
    ("44", "748"),
    ("44", "749"),
    ("1", "832"),
    ("1", "713"),
    ("1", "404"),
    ("1", "678"),
    ("1", "301"),
    ("1", "240"),
    ("1", "416"),
];
/// How many numbers follow a prefix.
const LINES: u64 = 10_000_000;
/// How many numbers there are.
const ALL: u64 = LINES * NETWORKS.len() as u64;
/// How many of them are there for each use: the customers' own, their `WhatsApp`, a second one.
const OF_A_KIND: u64 = ALL / 3;
/// What no number divides that divides `ALL`, so that multiples of it reach every number once.
const STRIDE: u64 = 161_803_399;
/// What people leave in the field of a number.
const TEXTS: [&str; 24] = [
    "walk-in",
    "call me",
    "no number",
    "0803",
    "WhatsApp only",
    "n/a",
    "dm me",
    "same number",
    "ask sister",
    "nil",
    "will call",
    "in shop",
    "080",
    "see IG",
    "not given",
    "none",
    "0",
    "-",
    "pickup",
    "call husband",
    "???",
    "070310",
    "message me",
    "agent will call",
];

/// The most customers that have numbers of their own.
pub const MOST_CUSTOMERS: u64 = OF_A_KIND;

/// Which of a customer's numbers one is.
#[derive(Clone, Copy)]
pub enum Use {
    /// What the customer is known by.
    Own,
    /// Where messages go instead.
    Whatsapp,
    /// A second number in the same field.
    Second,
}

/// What stands in the field of a number, before it is written in one way or another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// A number without its country's code, ten digits.
    Nigerian(String),
    /// A country's code and the number that follows.
    Abroad(&'static str, String),
    /// No number at all.
    Text(String),
}

impl Contact {
    /// Gives a customer a Nigerian number that nobody else has for any use.
    pub fn nigerian(seed: u64, customer: u32, purpose: Use) -> Self {
        let (prefix, line) = slot(seed, customer, purpose);
        Self::Nigerian(format!("{}{line:07}", NETWORKS[prefix]))
    }

    /// Gives a customer a number abroad that nobody else has.
    pub fn abroad(seed: u64, customer: u32) -> Self {
        let (prefix, line) = slot(seed, customer, Use::Own);
        let (country, area) = ABROAD[prefix];
        // In North America the digit after the area code is 2 to 9; who would have another stays in Nigeria.
        if country == "1" && line < 2 * LINES / 10 {
            return Self::nigerian(seed, customer, Use::Own);
        }
        Self::Abroad(country, format!("{area}{line:07}"))
    }

    /// Returns the n-th text that is no number.
    pub fn text(nth: u32) -> Self {
        let (round, text) = (nth as usize / TEXTS.len(), TEXTS[nth as usize % TEXTS.len()]);
        if round == 0 {
            Self::Text(text.to_owned())
        } else {
            Self::Text(format!("{text} ({})", round + 1))
        }
    }

    /// Returns the key that the contact stands for.
    pub fn phone(&self) -> Phone {
        let phone = match self {
            Self::Nigerian(digits) => Phone::e164(&["+234", digits].concat()),
            Self::Abroad(country, rest) => Phone::e164(&["+", country, rest].concat()),
            Self::Text(text) => Phone::text(text),
        };
        phone.expect("numbers are made of prefixes and digits, and texts are not empty")
    }

    /// Writes the contact in one of a hundred styles; the first ones are the usual ones.
    pub fn written(&self, style: u64) -> String {
        match self {
            Self::Nigerian(digits) => nigerian(digits, style),
            Self::Abroad(country, rest) => match style {
                0..50 => format!("+{country}{rest}"),
                50..85 => format!("+{country} {} {}", &rest[..3], &rest[3..]),
                _ => format!("00{country}{rest}"),
            },
            Self::Text(text) => match style {
                0..60 => text.clone(),
                60..80 => text.to_uppercase(),
                _ => text.to_lowercase(),
            },
        }
    }
}

/// Writes a Nigerian number as people do.
fn nigerian(digits: &str, style: u64) -> String {
    let (a, b, c) = (&digits[..3], &digits[3..6], &digits[6..]);
    match style {
        0..38 => format!("0{digits}"),
        38..58 => format!("0{a} {b} {c}"),
        58..70 => format!("+234{digits}"),
        70..78 => format!("234{digits}"),
        78..83 => format!("0{a}-{b}-{c}"),
        83..88 => format!("+234 {a} {b} {c}"),
        88..91 => format!("{a}-{b}-{c}"),
        91..94 => digits.to_owned(),
        94..96 => format!("+234 (0) {a} {b} {c}"),
        96..98 => format!("0{a}{b} {c}"),
        98 => format!("00234{digits}"),
        _ => format!("009234{digits}"),
    }
}

/// The place of a customer's number among all: a prefix and the line after it.
fn slot(seed: u64, customer: u32, purpose: Use) -> (usize, u64) {
    let first = Dice::new(seed, Topic::Numbers, 0).below(ALL);
    let index = u64::from(customer) % OF_A_KIND + OF_A_KIND * purpose as u64;
    let slot = (index * STRIDE + first) % ALL;
    (usize::try_from(slot / LINES).unwrap_or_default(), slot % LINES)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_customers_share_a_number() {
        assert!(!ALL.is_multiple_of(STRIDE) && [2, 5, 13].iter().all(|prime| !STRIDE.is_multiple_of(*prime)));
        let mut all = BTreeSet::new();
        for customer in 0..20_000 {
            for purpose in [Use::Own, Use::Whatsapp, Use::Second] {
                assert!(
                    all.insert(Contact::nigerian(9, customer, purpose).phone()),
                    "{customer}"
                );
            }
            let abroad = Contact::abroad(9, customer);
            let own = Contact::nigerian(9, customer, Use::Own);
            assert!(abroad == own || all.insert(abroad.phone()), "{customer}");
        }
        let texts: BTreeSet<Phone> = (0..5_000).map(|nth| Contact::text(nth).phone()).collect();
        assert_eq!(texts.len(), 5_000);
        assert!(texts.iter().all(|phone| !phone.is_valid()));
    }

    #[test]
    fn a_number_is_written_in_many_ways() {
        let contact = Contact::Nigerian("8031234567".to_owned());
        let ways: BTreeSet<String> = (0..100).map(|style| contact.written(style)).collect();
        assert_eq!(ways.len(), 12);
        assert!(ways.contains("0803 123 4567") && ways.contains("+234 (0) 803 123 4567"));
        assert_eq!(contact.phone().as_str(), "+2348031234567");
        let abroad = Contact::Abroad("233", "241234567".to_owned());
        assert_eq!(abroad.written(60), "+233 241 234567");
        let text = Contact::text(1);
        assert!((0..100).all(|style| Phone::text(&text.written(style)) == Some(text.phone())));
    }
}
