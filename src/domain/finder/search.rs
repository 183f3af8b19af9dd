//! What a search asks for, and how well customers fit it.

use super::digits::{Digits, Fit, Glance};
use super::rows::Rows;
use super::vocabulary::{Likeness, Vocabulary, words_of};
use crate::domain::{phone, text};

/// The most parts of a search; more than a name and a number have.
const MOST_TERMS: usize = 8;
/// The score of a customer who does not fit.
pub(super) const NO_FIT: u8 = u8::MAX;

/// A search, taken apart: a customer fits it who fits every part, in whatever order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    pub(super) terms: Vec<Term>,
    /// Something was typed that no name and no number has: nobody fits.
    hopeless: bool,
}

/// A part of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Term {
    /// A folded word of a name.
    Word(String),
    /// A phone or a part of it: its national digits, and the word as it stands, for names have numbers in them too.
    Number { digits: String, word: Option<String> },
}

impl Search {
    /// Takes a search apart; none where nothing is asked for.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.trim().is_empty() {
            return None;
        }
        let mut terms = Vec::new();
        let mut number: Vec<&str> = Vec::new();
        for piece in typed.split_whitespace() {
            if piece.chars().any(|letter| phone::ascii_digit(letter).is_some())
                && !piece.chars().any(char::is_alphabetic)
            {
                number.push(piece);
            } else if piece.chars().any(char::is_alphanumeric) {
                terms.extend(number_term(&std::mem::take(&mut number)));
                terms.extend(words_of(&text::fold(piece)).map(Term::Word));
            }
        }
        let asked = !terms.is_empty() || !number.is_empty();
        terms.extend(number_term(&number));
        terms.dedup();
        terms.truncate(MOST_TERMS);
        Some(Self {
            terms,
            hopeless: !asked,
        })
    }

    /// Scores every customer, the best with the least; [`NO_FIT`] for those who do not fit.
    pub(super) fn scores(&self, rows: &Rows, words: &Vocabulary, others: &[(u32, Digits)]) -> Vec<u8> {
        let mut scores = vec![if self.hopeless { NO_FIT } else { 0 }; rows.len()];
        for term in &self.terms {
            let mut fits = vec![NO_FIT; rows.len()];
            let mut note = |row: u32, score: u8| {
                let best = &mut fits[row as usize];
                *best = (*best).min(score);
            };
            let (word, forgiving) = match term {
                Term::Word(word) => (Some(word), true),
                Term::Number { digits, word } => {
                    fit_numbers(Digits::of(digits), rows, others, &mut note);
                    (word.as_ref(), false)
                }
            };
            if let Some(word) = word {
                words.like(word, forgiving, |row, likeness, old| note(row, score(likeness, old)));
            }
            for (total, fit) in scores.iter_mut().zip(fits) {
                *total = if *total == NO_FIT || fit == NO_FIT {
                    NO_FIT
                } else {
                    total.saturating_add(fit).min(NO_FIT - 1)
                };
            }
        }
        scores
    }
}

/// A number of one or several pieces, such as `0803 123`; none where only a country code was typed, which all have.
fn number_term(pieces: &[&str]) -> Option<Term> {
    let digits = phone::digits(&pieces.join(" "));
    let word = match pieces {
        [piece] => words_of(&text::fold(piece)).next(),
        _ => None,
    };
    (!digits.is_empty()).then_some(Term::Number { digits, word })
}

fn fit_numbers(wanted: Digits, rows: &Rows, others: &[(u32, Digits)], note: &mut impl FnMut(u32, u8)) {
    let glance = Glance::of(wanted);
    for (row, digits) in (0..).zip(rows.digits.iter().map(|digits| digits.national())) {
        if glance.may_be_in(digits)
            && let Some(fit) = digits.fit(wanted)
        {
            note(row, 2 * fit as u8);
        }
    }
    for (row, digits) in others {
        if glance.may_be_in(*digits)
            && let Some(fit) = digits.fit(wanted)
        {
            note(*row, 2 * fit as u8 + 1);
        }
    }
}

/// The better the likeness the lower; an older spelling of the name counts a little less than the name itself.
fn score(likeness: Likeness, old: bool) -> u8 {
    2 * likeness as u8 + u8::from(old)
}

/// How well searched digits fit is as good as how well a word does.
const _: () = assert!(Fit::Whole as u8 == Likeness::Same as u8 && Fit::Edge as u8 == Likeness::Begins as u8);

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(typed: &str) -> Vec<String> {
        Search::parse(typed).map_or_else(Vec::new, |search| {
            search
                .terms
                .into_iter()
                .map(|term| match term {
                    Term::Word(word) => word,
                    Term::Number { digits, .. } => format!("#{digits}"),
                })
                .collect()
        })
    }

    #[test]
    fn words_and_numbers_are_told_apart() {
        assert_eq!(terms("Ọláyínká"), ["olayinka"]);
        assert_eq!(terms("Okafor  CHINEDU"), ["okafor", "chinedu"]);
        assert_eq!(terms("0803 123"), ["#803123"]);
        assert_eq!(terms("+234 (0) 803"), ["#803"]);
        assert_eq!(terms("chinedu 4567"), ["chinedu", "#4567"]);
        assert_eq!(terms("٠٨٠٣ 123"), ["#803123"]);
        assert_eq!(terms("N'Golo Ile-Ife"), ["ngolo", "ile", "ife"]);
        assert_eq!(terms("  "), Vec::<String>::new());
    }

    #[test]
    fn what_no_name_has_finds_nobody_and_a_country_code_alone_everybody() {
        for hopeless in ["%", "_", "'", "🌸", "\u{202e}", "--"] {
            assert!(
                Search::parse(hopeless).is_some_and(|search| search.hopeless),
                "{hopeless}"
            );
        }
        assert!(Search::parse("+234").is_some_and(|search| !search.hopeless && search.terms.is_empty()));
        assert_eq!(Search::parse(" \u{a0}"), None);
    }

    #[test]
    fn a_search_without_end_has_an_end() {
        assert_eq!(terms(&"a b ".repeat(5_000)).len(), MOST_TERMS);
        assert_eq!(terms(&"7".repeat(10_000)).len(), 1);
    }
}
