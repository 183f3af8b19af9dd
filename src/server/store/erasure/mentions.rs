//! Texts that say who somebody is.

use std::collections::HashSet;

use crate::domain::phone;
use crate::domain::text;

/// The fewest digits of a number that is looked for within others.
const DIGITS: usize = 7;
/// The fewest letters of a name that is looked for within a text.
const LETTERS: usize = 3;

/// What somebody is known by: numbers, names, and the numbers of their orders.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    digits: Vec<String>,
    names: HashSet<String>,
    orders: HashSet<String>,
}

impl Mentions {
    /// Looks for phones as they are stored, for names as they were written, and for numbers of orders.
    pub fn new(phones: &[String], names: &[String], orders: &[String]) -> Self {
        let labels = phones.iter().filter_map(|phone| phone.strip_prefix('~'));
        let folded = names.iter().map(String::as_str).chain(labels).map(text::fold);
        let digits = phones
            .iter()
            .filter(|phone| phone.starts_with('+'))
            .map(|phone| national(phone));
        Self {
            digits: digits.filter(|digits| digits.len() >= DIGITS).collect(),
            names: folded.filter(|name| name.chars().count() >= LETTERS).collect(),
            orders: orders.iter().cloned().collect(),
        }
    }

    /// The digits that are part of every way to write their numbers.
    pub fn digits(&self) -> &[String] {
        &self.digits
    }

    /// Tells whether a text holds a number, a name, or the number of an order in quotes.
    pub fn are_in(&self, text: &str) -> bool {
        if text.is_empty() {
            return false;
        }
        let folded = text::fold(text);
        self.number_in(text)
            || self.names.iter().any(|name| folded.contains(name.as_str()))
            || self.orders.iter().any(|number| text.contains(&format!("\"{number}\"")))
    }

    /// Tells whether a field of a table is a name or the number of an order, or holds a number.
    pub fn are_field(&self, field: &str) -> bool {
        let field = field.trim();
        !field.is_empty()
            && (self.number_in(field) || self.names.contains(&text::fold(field)) || self.orders.contains(field))
    }

    fn number_in(&self, text: &str) -> bool {
        if self.digits.is_empty() {
            return false;
        }
        let digits: String = text.chars().filter_map(phone::ascii_digit).collect();
        self.digits.iter().any(|wanted| digits.contains(wanted.as_str()))
    }
}

/// The digits of a number without what is written otherwise abroad than at home.
fn national(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let home = digits.strip_prefix("234").map(str::to_owned);
    home.unwrap_or_else(|| digits.chars().skip(digits.len().saturating_sub(9)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_found_however_they_are_written() {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let mentions = Mentions::new(
            &owned(&["+2348031234567", "~call me", "+447911123456"]),
            &owned(&["Adébáyò Okafor", "", "Al"]),
            &owned(&["B-77"]),
        );
        for text in [
            "0803 123 4567",
            "ring +234 (0) 803-123-4567 at noon",
            "2348031234567",
            "ADEBAYO OKAFOR, Ikeja",
            "{\"number\":\"B-77\"}",
            "call me",
            "07911 123456",
        ] {
            assert!(mentions.are_in(text), "{text}");
        }
        for text in ["", "0803 123 4568", "Adebayo", "B-77", "Also Alice"] {
            assert!(!mentions.are_in(text), "{text}");
        }
        assert!(mentions.are_field(" B-77 ") && mentions.are_field("adebayo okafor"));
        assert!(!mentions.are_field("adebayo okafor and sons"));
    }
}
