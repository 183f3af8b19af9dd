//! What is wrong with a row, said so that it can be mended.

use std::fmt;

use serde::Serialize;

use crate::domain::text;

/// How many characters of a value are shown.
const SHOWN: usize = 80;

/// Why a row is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowError {
    /// The row's number in the file; the header is 1.
    pub line: u64,
    /// The order number, empty where there is none.
    pub number: String,
    /// What is wrong, as people call it: `phone`, `amount`, or `row` for the row as a whole.
    pub field: &'static str,
    /// What stands there, shortened.
    pub value: String,
    /// Why that is refused, in sentences.
    pub reason: String,
}

impl fmt::Display for RowError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Row {}", self.line)?;
        if !self.number.is_empty() {
            write!(out, ", order {}", shorten(&self.number))?;
        }
        write!(out, ", {}", self.field)?;
        if !self.value.is_empty() {
            write!(out, " \"{}\"", self.value)?;
        }
        write!(out, ": {}", self.reason)
    }
}

/// What is found wrong while a row is read.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

/// One thing that is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, as people call it.
    pub field: &'static str,
    /// What stands there, shortened.
    pub value: String,
    /// Why that is refused.
    pub reason: String,
}

impl Problems {
    /// Notes what is wrong with a value.
    pub fn add(&mut self, field: &'static str, value: &str, reason: impl Into<String>) {
        self.0.push(Problem {
            field,
            value: shorten(value),
            reason: reason.into(),
        });
    }

    /// Passes a value on, or notes why there is none.
    pub fn keep<T>(&mut self, field: &'static str, value: &str, read: Result<T, String>) -> Option<T> {
        read.map_err(|reason| self.add(field, value, reason)).ok()
    }

    /// Returns each of them.
    pub fn into_list(self) -> Vec<Problem> {
        self.0
    }

    /// Says all that is wrong with the row: the first problem, and in its reason the others; none where nothing is.
    pub fn into_error(self, line: u64, number: &str) -> Option<RowError> {
        let mut problems = self.0.into_iter();
        let first = problems.next()?;
        let others = problems.map(|other| format!(" Also the {}: {}", other.field, other.reason));
        let reason = others.fold(first.reason, |all, other| all + &other);
        Some(RowError {
            line,
            number: number.to_owned(),
            field: first.field,
            value: first.value,
            reason,
        })
    }
}

/// Returns a text as it is shown in messages: cleaned, so that it cannot act on a terminal, and not too long.
pub fn shorten(value: &str) -> String {
    let clean = text::clean(value);
    match clean.char_indices().nth(SHOWN) {
        None => clean,
        Some(_) => clean.chars().take(SHOWN - 1).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_all_that_is_wrong_with_it() {
        let mut problems = Problems::default();
        assert_eq!(problems.keep("date", "1", Ok(1)), Some(1));
        problems.add("date", "32/13", "It is not a date.");
        problems.add("amount", "", "It is empty.");
        let error = problems.into_error(7, "M-1").unwrap();
        assert_eq!(
            error.to_string(),
            "Row 7, order M-1, date \"32/13\": It is not a date. Also the amount: It is empty."
        );
    }

    #[test]
    fn a_row_without_problems_is_no_error() {
        assert_eq!(Problems::default().into_error(7, "M-1"), None);
    }

    #[test]
    fn values_are_short_and_cannot_act_on_a_terminal() {
        assert_eq!(shorten("a\u{1b}[2Jb\n\u{202e}c"), "a[2Jb c");
        assert_eq!(shorten(&"ọ".repeat(SHOWN)), "ọ".repeat(SHOWN));
        let long = shorten(&"ọ".repeat(SHOWN + 1));
        assert_eq!(long.chars().count(), SHOWN);
        assert!(long.ends_with("ọ…"));
    }
}
