//! Which part of a text a search has found.

use super::digits::Digits;
use super::search::{Search, Term};
use super::typo;
use super::vocabulary::words_of;
use crate::domain::{phone, text};

/// A piece of a text, and whether a search has found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The piece as it is written.
    pub text: String,
    /// Whether it is to be marked.
    pub found: bool,
}

/// Cuts a name into what a search has found of it and the rest; the pieces together are the name.
pub fn highlight(search: &str, name: &str) -> Vec<Part> {
    let terms = Search::parse(search).map(|search| search.terms).unwrap_or_default();
    let mut parts = Parts::default();
    for (word, is_word) in pieces(name) {
        let found = if is_word {
            terms.iter().find_map(|term| found_in(term, word))
        } else {
            None
        };
        let (before, marked, after) = found.unwrap_or((word, "", ""));
        parts.push(before, false);
        parts.push(marked, true);
        parts.push(after, false);
    }
    parts.0
}

/// Cuts a phone as it is shown, such as `0803 123 4567`, into what a search has found of it and the rest.
pub fn highlight_number(search: &str, shown: &str) -> Vec<Part> {
    let terms = Search::parse(search).map(|search| search.terms).unwrap_or_default();
    let wanted = numbers_in(&terms).find(|digits| holds(shown, digits));
    let mut parts = Parts::default();
    let Some(wanted) = wanted else {
        parts.push(shown, false);
        return parts.0;
    };
    // The digits as they are shown, with their places; the last place that fits is the one people look at.
    let places: Vec<(usize, char)> = shown
        .char_indices()
        .filter(|(_, letter)| letter.is_ascii_digit())
        .collect();
    let digits: String = places.iter().map(|(_, digit)| *digit).collect();
    let (start, end) = match digits.rfind(wanted) {
        Some(at) => (places[at].0, places[at + wanted.len() - 1].0 + 1),
        None => (0, 0),
    };
    parts.push(&shown[..start], false);
    parts.push(&shown[start..end], true);
    parts.push(&shown[end..], false);
    parts.0
}

/// Tells whether every word of a search is found in a name; what it says of numbers does not matter.
pub fn shows(search: &str, name: &str) -> bool {
    let terms = Search::parse(search).map(|search| search.terms).unwrap_or_default();
    let in_name = |term: &Term| pieces(name).any(|(word, is_word)| is_word && found_in(term, word).is_some());
    terms.iter().filter(|term| matches!(term, Term::Word(_))).all(in_name)
}

/// Tells whether a number that a search asks for is found in a phone as it is shown; what it says of words does not
/// matter, and a search that asks for no number is found in every phone.
pub fn shows_number(search: &str, shown: &str) -> bool {
    let terms = Search::parse(search).map(|search| search.terms).unwrap_or_default();
    let mut numbers = numbers_in(&terms).peekable();
    numbers.peek().is_none() || numbers.any(|digits| holds(shown, digits))
}

/// Tells whether a search finds somebody by these names and phones, and says enough of them to mean a person: a word of
/// three letters, or four digits.
pub fn finds(search: &str, names: &[String], phones: &[String]) -> bool {
    let terms = Search::parse(search).map(|search| search.terms).unwrap_or_default();
    let says = |term: &Term| match term {
        Term::Word(word) => word.chars().count() >= 3,
        Term::Number { digits, .. } => digits.len() >= 4,
    };
    let is_in = |term: &Term, name: &str| pieces(name).any(|(word, is_word)| is_word && found_in(term, word).is_some());
    let fits = |term: &Term| {
        names.iter().any(|name| is_in(term, name))
            || matches!(term, Term::Number { digits, .. } if phones.iter().any(|phone| holds(phone, digits)))
    };
    terms.iter().any(says) && terms.iter().all(fits)
}

fn numbers_in(terms: &[Term]) -> impl Iterator<Item = &str> {
    terms.iter().filter_map(|term| match term {
        Term::Number { digits, .. } => Some(digits.as_str()),
        Term::Word(_) => None,
    })
}

fn holds(shown: &str, digits: &str) -> bool {
    Digits::of(&phone::digits(shown)).fit(Digits::of(digits)).is_some()
}

/// Pieces of a text, those next to each other with the same mark joined.
#[derive(Default)]
struct Parts(Vec<Part>);

impl Parts {
    fn push(&mut self, text: &str, found: bool) {
        if text.is_empty() {
            return;
        }
        match self.0.last_mut().filter(|last| last.found == found) {
            Some(last) => last.text.push_str(text),
            None => self.0.push(Part {
                text: text.to_owned(),
                found,
            }),
        }
    }
}

/// Cuts a name into words and what is between them; marks belong to the letter before them.
fn pieces(name: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest
            .find(|letter| is_of_word(letter) != is_of_word(first))
            .unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some((piece, is_of_word(first)))
    })
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || text::is_mark(letter) || matches!(letter, '\'' | '’' | 'ʼ' | 'ʻ' | '‘' | '`')
}

/// Cuts a word where a part of a search is found in it: all of it where only a slip lies between them.
fn found_in<'a>(term: &Term, word: &'a str) -> Option<(&'a str, &'a str, &'a str)> {
    let (wanted, forgiving) = match term {
        Term::Word(wanted) => (wanted, true),
        Term::Number { word: Some(wanted), .. } => (wanted, false),
        Term::Number { word: None, .. } => return None,
    };
    let folded: String = words_of(&text::fold(word)).collect();
    let letters: Vec<char> = wanted.chars().collect();
    let begins = folded.starts_with(wanted.as_str());
    let within = (letters.len() >= 2).then(|| folded.find(wanted.as_str())).flatten();
    if let Some(at) = if begins { Some(0) } else { within } {
        let start = original(word, folded[..at].chars().count());
        let end = original(word, folded[..at].chars().count() + letters.len());
        return Some((&word[..start], &word[start..end], &word[end..]));
    }
    let own: Vec<char> = folded.chars().collect();
    let limit = if forgiving { typo::allowed(letters.len()) } else { 0 };
    (limit > 0 && typo::edits(&letters, &own, limit).is_some()).then_some(("", word, ""))
}

/// Returns where in a word the first letters end that fold to so many.
fn original(word: &str, folded: usize) -> usize {
    let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let count = |end: usize| {
        words_of(&text::fold(&word[..end]))
            .map(|word| word.chars().count())
            .sum::<usize>()
    };
    if folded == 0 {
        return 0;
    }
    // The last end with so many letters, so that marks go with their letter.
    let mut found = word.len();
    for end in ends {
        if count(end) > folded {
            break;
        }
        found = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(search: &str, name: &str) -> String {
        let show = |part: Part| {
            if part.found {
                format!("[{}]", part.text)
            } else {
                part.text
            }
        };
        highlight(search, name).into_iter().map(show).collect()
    }

    #[test]
    fn what_was_found_is_marked_as_it_is_written() {
        assert_eq!(marked("olayinka", "Ọláyínká Bello"), "[Ọláyínká] Bello");
        assert_eq!(marked("ola", "Ọláyínká Bello"), "[Ọlá]yínká Bello");
        assert_eq!(marked("yin bel", "Ọláyínká Bello"), "Ọlá[yín]ká [Bel]lo");
        assert_eq!(marked("adbayo", "Adébáyò Okafor"), "[Adébáyò] Okafor");
        assert_eq!(marked("ngolo", "N’Golo Kanté"), "[N’Golo] Kanté");
        assert_eq!(marked("o", "Bola Obi"), "Bola [O]bi");
        assert_eq!(marked("xyz", "Bola Obi"), "Bola Obi");
        assert_eq!(marked("", "Bola Obi"), "Bola Obi");
    }

    #[test]
    fn digits_are_marked_across_the_spaces() {
        let marked = |search: &str, shown: &str| -> String {
            let show = |part: Part| {
                if part.found {
                    format!("[{}]", part.text)
                } else {
                    part.text
                }
            };
            highlight_number(search, shown).into_iter().map(show).collect()
        };
        assert_eq!(marked("4567", "0803 123 4567"), "0803 123 [4567]");
        assert_eq!(marked("0803 123", "0803 123 4567"), "0[803 123] 4567");
        assert_eq!(marked("+234 803", "0803 123 4567"), "0[803] 123 4567");
        assert_eq!(marked("999", "0803 123 4567"), "0803 123 4567");
        assert_eq!(marked("ada", "0803 123 4567"), "0803 123 4567");
    }

    #[test]
    fn a_name_shows_why_it_was_found_or_it_does_not() {
        assert!(shows("okafor 4567", "Chinedu Okafor"));
        assert!(!shows("okafor ada", "Chinedu Okafor"));
    }

    proptest! {
        #[test]
        fn the_pieces_together_are_the_name(search in ".{0,12}|[a-z0-9 ]{0,8}", name in ".{0,20}|[A-Za-zọẹáà' ]{0,20}") {
            let joined: String = highlight(&search, &name).into_iter().map(|part| part.text).collect();
            prop_assert_eq!(joined, name.clone());
            let joined: String = highlight_number(&search, &name).into_iter().map(|part| part.text).collect();
            prop_assert_eq!(joined, name);
        }
    }
}
