//! Texts that say who somebody is.

use std::collections::HashSet;

use serde_json::Value;

use crate::domain::finder::finds;
use crate::domain::phone::{self, Phone};
use crate::domain::text;

/// The most digits that are read as one number: those of E.164, with a prefix for abroad and a trunk 0.
const LONGEST: usize = 19;
/// The fewest digits of a number without the code of its country.
const SHORTEST: usize = 7;
/// The fewest letters of a name that counts as said within a text; a shorter one, or one of a single word, has to be
/// all of it.
const LETTERS: usize = 6;

/// What somebody is known by: numbers, names, and the numbers of their orders.
///
/// Words and numbers count whole, so that nobody is taken for somebody else: Tom is not in a customer, nor Ada in
/// Adamawa.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    /// Phones as they are stored.
    phones: Vec<String>,
    /// The digits of each number, in every way to write it.
    digits: HashSet<String>,
    /// Names as they were written.
    names: Vec<String>,
    /// The folded words of each name, as one text.
    whole: HashSet<String>,
    /// The folded words of each name that also counts within a text.
    within: Vec<Vec<String>>,
    /// Texts that stand for a phone.
    labels: HashSet<String>,
    orders: HashSet<String>,
}

impl Mentions {
    /// Looks for phones as they are stored, for names as they were written, and for numbers of orders.
    pub fn new(phones: &[String], names: &[String], orders: &[String]) -> Self {
        let words: Vec<Vec<String>> = names.iter().map(|name| words(name)).collect();
        // A letter alone, or a number, is nobody's name.
        let is_name = |words: &&Vec<String>| {
            let letters = words.iter().flat_map(|word| word.chars());
            letters.filter(|letter| letter.is_alphabetic()).count() >= 2
        };
        let says_enough = |words: &&Vec<String>| words.len() > 1 && words.concat().chars().count() >= LETTERS;
        Self {
            phones: phones.to_vec(),
            digits: phones.iter().flat_map(|phone| ways_to_write(phone)).collect(),
            names: names.to_vec(),
            whole: words.iter().filter(is_name).map(|words| words.join(" ")).collect(),
            within: words.iter().filter(is_name).filter(says_enough).cloned().collect(),
            labels: phones
                .iter()
                .filter_map(|phone| phone.strip_prefix('~'))
                .map(text::key)
                .collect(),
            orders: orders.iter().cloned().collect(),
        }
    }

    /// The digits that stand in every E.164 spelling of their numbers.
    pub(super) fn stored_digits(&self) -> impl Iterator<Item = &str> {
        self.phones.iter().filter_map(|phone| phone.strip_prefix('+'))
    }

    /// Tells whether a text holds a number of theirs or a name of several words, or is as a whole any name, the text in
    /// place of a phone, or the number of an order.
    pub fn are_in(&self, text: &str) -> bool {
        let text = text.trim();
        if text.is_empty() {
            return false;
        }
        // A report marks what a spreadsheet would take for a formula.
        let plain = text.strip_prefix('\'').unwrap_or(text);
        self.orders.contains(plain)
            || self.number_in(text)
            || self.name_in(text)
            || (!self.labels.is_empty() && self.labels.contains(&text::key(plain)))
    }

    /// Tells whether a value of JSON, or any value within it, mentions them; what its keys are called says nothing.
    pub fn are_in_json(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.are_in(text),
            Value::Array(values) => values.iter().any(|value| self.are_in_json(value)),
            Value::Object(fields) => fields.values().any(|value| self.are_in_json(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    /// Tells whether a text that may be JSON mentions them.
    pub fn are_in_answer(&self, body: &str) -> bool {
        serde_json::from_str(body).map_or_else(|_| self.are_in(body), |value| self.are_in_json(&value))
    }

    /// Tells whether the list's search would find them, and says enough to mean them.
    pub fn are_sought(&self, search: &str) -> bool {
        self.are_in(search) || finds(search, &self.names, &self.phones)
    }

    /// Tells whether a number of theirs stands in a text as a whole, however its digits are grouped.
    pub fn number_in(&self, text: &str) -> bool {
        numbers_in(text, |number| self.digits.contains(number))
    }

    /// Tells whether a text says what only they have: a number of theirs, or the number of an order.
    pub fn are_theirs(&self, text: &str) -> bool {
        self.orders.contains(text.trim()) || self.number_in(text)
    }

    /// Tells whether a field is a whole number, and not theirs. One with a digit too few may be theirs after all.
    pub fn are_strangers(&self, field: &str) -> bool {
        let digits: String = field.chars().filter_map(phone::ascii_digit).collect();
        let fewest = match field.trim_start_matches(['\'', ' ']).chars().next() {
            Some('+') => 10,
            Some('0') => 11,
            _ => return false,
        };
        (fewest..=LONGEST).contains(&digits.len()) && !field.chars().any(char::is_alphabetic) && !self.number_in(field)
    }

    fn name_in(&self, text: &str) -> bool {
        if self.whole.is_empty() {
            return false;
        }
        let words = words(text);
        self.whole.contains(&words.join(" "))
            || self
                .within
                .iter()
                .any(|name| words.windows(name.len()).any(|some| some == name.as_slice()))
    }
}

/// The folded words of a text.
fn words(text: &str) -> Vec<String> {
    let folded = text::fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    let words = words.map(|word| word.replace('\'', ""));
    words.filter(|word| !word.is_empty()).collect()
}

/// Tells whether any number that may be read in a text is a wanted one: digits that follow one another, in as many
/// groups as it takes, with no letter between them.
fn numbers_in(text: &str, wanted: impl Fn(&str) -> bool) -> bool {
    text.split(char::is_alphabetic).any(|piece| {
        let digits = piece.chars().map(phone::ascii_digit);
        let spaced: String = digits.map(|digit| digit.unwrap_or(' ')).collect();
        let groups: Vec<&str> = spaced.split_whitespace().collect();
        (0..groups.len()).any(|first| {
            let mut number = String::new();
            for group in &groups[first..] {
                number.push_str(group);
                if number.len() > LONGEST {
                    return false;
                }
                if wanted(&number) {
                    return true;
                }
            }
            false
        })
    })
}

/// The digits of a number as it is dialled at home and from abroad.
fn ways_to_write(stored: &str) -> Vec<String> {
    let Some(digits) = stored.strip_prefix('+') else {
        return Vec::new();
    };
    let shown = Phone::from_db(stored.to_owned()).display();
    // What begins with no plus is shown as it is dialled in Nigeria.
    let code = match shown.strip_prefix('+') {
        Some(abroad) => abroad.split(' ').next().unwrap_or_default(),
        None => "234",
    };
    let own = digits.strip_prefix(code).unwrap_or(digits);
    let abroad = [format!("{code}{own}"), format!("{code}0{own}")];
    let prefixed = abroad
        .iter()
        .flat_map(|number| [format!("00{number}"), format!("009{number}")]);
    let mut ways: Vec<String> = prefixed.chain(abroad.iter().cloned()).collect();
    if own.len() >= SHORTEST {
        ways.extend([own.to_owned(), format!("0{own}")]);
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn somebody_is_found_however_they_are_written() {
        let mentions = Mentions::new(
            &owned(&["+2348031234567", "~call me", "+447911123456"]),
            &owned(&["Adébáyò Okafor", "", "Al", "Tom", "7"]),
            &owned(&["B-77", "+9"]),
        );
        for text in [
            "0803 123 4567",
            "ring +234 (0) 803-123-4567 at noon",
            "2348031234567",
            "009234 803 123 4567",
            "2026-10-01 08031234567",
            "0706 555 0001 / 0803 123 4567",
            "٠٨٠٣١٢٣٤٥٦٧",
            "ADEBAYO OKAFOR, Ikeja",
            "orders_of_adebayo-okafor.csv",
            "Call Me",
            "07911 123456",
            "+44 7911 123456",
            "tom",
            " B-77 ",
            "'+9",
        ] {
            assert!(mentions.are_in(text), "{text}");
        }
        for text in [
            "",
            "0803 123 4568",
            "999908031234567",
            "080312345678",
            "0803 1234 and 567",
            "Adebayo",
            "Adebayo Okafors",
            "B-777",
            "B-77 and more",
            "customer",
            "Tom and Ben",
            "Also Alice",
            "please call me",
            "7",
        ] {
            assert!(!mentions.are_in(text), "{text}");
        }
    }

    #[test]
    fn what_keys_are_called_says_nothing() {
        let mentions = Mentions::new(&[], &owned(&["Customer"]), &owned(&["B-77"]));
        let answer = |body: &str| mentions.are_in_answer(body);
        assert!(!answer("{\"customer\":\"Ben\",\"orders\":[{\"number\":\"B-7\"}]}"));
        assert!(answer("{\"orders\":[{\"name\":\"customer\"}]}"));
        assert!(answer("{\"orders\":[{\"number\":\"B-77\"}]}"));
    }

    #[test]
    fn a_strangers_number_is_told_from_theirs() {
        let mentions = Mentions::new(&owned(&["+2348031234567"]), &[], &[]);
        assert!(mentions.are_strangers("0706 555 0001") && mentions.are_strangers("'+2347065550001"));
        for field in [
            "0803 123 4567",
            "2026-10-03",
            "7 Canary Close",
            "15000.00",
            "0803 123 456",
        ] {
            assert!(!mentions.are_strangers(field), "{field}");
        }
    }
}
