//! The words of all names, and the customers that each stands for.

use std::collections::HashMap;

use super::packed::Lists;
use super::typo;

/// A word's number and, in the lowest bit, whether only an older spelling of the name has it; or a customer's.
type Entry = u32;

/// The words of names and who has them.
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<Box<str>, u32>,
    words: Vec<Word>,
    /// The words of each customer, sorted: word number and whether it is an old one.
    of: Lists,
    /// While a shop is loaded, customers are only gathered; [`Vocabulary::finish`] sorts them.
    gathering: bool,
}

struct Word {
    text: Box<str>,
    letters: Box<[char]>,
    /// Which letters it has, a bit each: two words with too many different ones need no closer look.
    mask: u32,
    /// The customers, sorted.
    customers: Vec<Entry>,
}

/// How well a searched word fits a word of a name, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    Same,
    Begins,
    Within,
    OneSlip,
    TwoSlips,
}

/// Cuts a folded name into words; an apostrophe is within a word, everything else that is no letter or digit ends it.
pub(super) fn words_of(key: &str) -> impl Iterator<Item = String> + '_ {
    key.split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .map(|word| word.replace('\'', ""))
        .filter(|word| !word.is_empty())
}

impl Vocabulary {
    /// Begins to gather the words of a whole shop.
    pub(super) fn gather(&mut self) {
        self.gathering = true;
    }

    /// Ends gathering.
    pub(super) fn finish(&mut self) {
        self.gathering = false;
        for word in &mut self.words {
            word.customers.sort_unstable();
            // Of two entries of one customer the one of the current name comes first and stays.
            word.customers.dedup_by_key(|entry| *entry >> 1);
            word.customers.shrink_to_fit();
        }
        self.of = Lists::of(self.of.rows(), || {
            (0..).zip(&self.words).flat_map(|(number, word)| {
                let customers = word.customers.iter();
                customers.map(move |entry| (entry >> 1, number << 1 | entry & 1))
            })
        });
    }

    /// Says which words a customer's current name has, and which its older spellings; all others are forgotten.
    pub(super) fn set<'a>(&mut self, row: u32, current: &str, spelled: impl Iterator<Item = &'a str>) {
        let mut entries: Vec<Entry> = words_of(current).map(|word| self.number(&word) << 1).collect();
        for spelling in spelled {
            entries.extend(words_of(spelling).map(|word| self.number(&word) << 1 | 1));
        }
        self.replace(row, entries);
    }

    /// Says what a customer's current name is; what is known of older spellings stays.
    pub(super) fn rename(&mut self, row: u32, current: &str) {
        let mut entries: Vec<Entry> = words_of(current).map(|word| self.number(&word) << 1).collect();
        entries.extend(self.of.get(row as usize).iter().map(|entry| entry | 1));
        self.replace(row, entries);
    }

    /// Adds an older spelling of a customer's name.
    pub(super) fn spell(&mut self, row: u32, spelling: &str) {
        let mut entries: Vec<Entry> = words_of(spelling).map(|word| self.number(&word) << 1 | 1).collect();
        if !self.gathering {
            entries.extend(self.of.get(row as usize));
        }
        self.replace(row, entries);
    }

    fn replace(&mut self, row: u32, mut entries: Vec<Entry>) {
        let place = row as usize;
        if self.gathering {
            self.of.set(place, &[]);
            for entry in entries {
                self.words[(entry >> 1) as usize].customers.push(row << 1 | entry & 1);
            }
            return;
        }
        entries.sort_unstable();
        entries.dedup_by_key(|entry| *entry >> 1);
        let before = self.of.get(place);
        for entry in before.iter().filter(|entry| entries.binary_search(entry).is_err()) {
            let customers = &mut self.words[(entry >> 1) as usize].customers;
            if let Ok(at) = customers.binary_search(&(row << 1 | entry & 1)) {
                customers.remove(at);
            }
        }
        for entry in entries.iter().filter(|entry| before.binary_search(entry).is_err()) {
            let customers = &mut self.words[(entry >> 1) as usize].customers;
            if let Err(at) = customers.binary_search(&(row << 1 | entry & 1)) {
                customers.insert(at, row << 1 | entry & 1);
            }
        }
        self.of.set(place, &entries);
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        // Half of the numbers are there for the flag of an entry.
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX >> 1);
        self.numbers.insert(word.into(), number);
        let letters: Box<[char]> = word.chars().collect();
        self.words.push(Word {
            text: word.into(),
            mask: mask(&letters),
            letters,
            customers: Vec::new(),
        });
        number
    }

    /// Hands over each customer with a word like this, how like it is, and whether only an old spelling has it.
    pub(super) fn like(&self, word: &str, forgiving: bool, mut found: impl FnMut(u32, Likeness, bool)) {
        let letters: Vec<char> = word.chars().collect();
        let limit = if forgiving { typo::allowed(letters.len()) } else { 0 };
        let mask = mask(&letters);
        for candidate in self.words.iter().filter(|candidate| !candidate.customers.is_empty()) {
            if let Some(likeness) = candidate.likeness(word, &letters, mask, limit) {
                for entry in &candidate.customers {
                    found(entry >> 1, likeness, entry & 1 == 1);
                }
            }
        }
    }
}

impl Word {
    fn likeness(&self, word: &str, letters: &[char], mask: u32, limit: usize) -> Option<Likeness> {
        if self.text.starts_with(word) {
            return Some(if self.text.len() == word.len() {
                Likeness::Same
            } else {
                Likeness::Begins
            });
        }
        if letters.len() >= 2 && self.letters.len() > letters.len() && self.text.contains(word) {
            return Some(Likeness::Within);
        }
        // An edit changes at most two letters: the one that went and the one that came.
        if limit == 0 || (self.mask ^ mask).count_ones() as usize > 2 * limit {
            return None;
        }
        typo::edits(letters, &self.letters, limit).map(slips)
    }
}

/// The likeness of two words by the edits between them.
pub(super) fn slips(edits: usize) -> Likeness {
    match edits {
        0 => Likeness::Same,
        1 => Likeness::OneSlip,
        _ => Likeness::TwoSlips,
    }
}

fn mask(letters: &[char]) -> u32 {
    letters
        .iter()
        .fold(0, |mask, letter| mask | 1 << (u32::from(*letter) & 31))
}
