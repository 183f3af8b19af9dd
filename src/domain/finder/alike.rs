//! Customers who may be one person: careful, since a merge that is wrong costs more than one that is missed.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use super::Finder;
use super::count::living;
use super::digits::Digits;

/// More customers than that with one number share it: a relative's, or the shop's own.
const SHARED: usize = 3;
/// More customers than that with one name in one place have a name that many have.
const NAMESAKES: usize = 3;
/// More customers than that with one name are not compared number by number.
const COMPARED: usize = 200;
/// The fewest digits of a number that tells people apart.
const TELLING: u32 = 9;

/// Why two customers may be one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Both have used one number.
    Number,
    /// The name is the same, and the numbers differ by one digit or by two that are swapped.
    Slip,
    /// The name and the place are the same.
    NameAndPlace,
}

/// Two customers who may be one person, by their ids, the lower one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    /// One of them.
    pub one: i64,
    /// The other one.
    pub other: i64,
    /// Why.
    pub why: Why,
}

/// Pairs of rows with the best reason of each.
type Pairs = BTreeMap<(u32, u32), Why>;

impl Finder {
    /// Returns the customers who may be one person, the surest first.
    pub fn alike(&self) -> Vec<Alike> {
        let mut pairs = Pairs::new();
        self.of_one_number(&mut pairs);
        self.of_one_name(&mut pairs);
        let id = |row: u32| self.rows.ids[row as usize];
        let mut found: Vec<Alike> = pairs
            .into_iter()
            .map(|((one, other), why)| Alike {
                one: id(one).min(id(other)),
                other: id(one).max(id(other)),
                why,
            })
            .collect();
        found.sort_by_key(|pair| (pair.why, pair.one, pair.other));
        found
    }

    fn of_one_number(&self, pairs: &mut Pairs) {
        let others = self.others.iter().map(|(row, digits)| (*digits, *row));
        let mut numbers: Vec<(Digits, u32)> = others.filter(|(digits, _)| digits.len() >= TELLING).collect();
        numbers.sort_unstable();
        // Only a number besides the phone can be another's: phones are different.
        let known = |digits: Digits| {
            let at = numbers.partition_point(|(number, _)| *number < digits);
            numbers.get(at).is_some_and(|(number, _)| *number == digits)
        };
        let phones = living(&self.rows).filter(|at| !self.rows.flagged[*at]);
        let phones = phones.map(|at| (self.rows.digits[at].national(), u32::try_from(at).unwrap_or(u32::MAX)));
        let mut all: Vec<(Digits, u32)> = phones.filter(|(digits, _)| known(*digits)).collect();
        all.extend(numbers);
        all.sort_unstable();
        all.dedup();
        for group in all.chunk_by(|one, other| one.0 == other.0) {
            let rows: Vec<u32> = group.iter().map(|(_, row)| *row).collect();
            if rows.len() <= SHARED {
                each_pair(&rows, |one, other| Some((one, other)), Why::Number, pairs);
            }
        }
    }

    fn of_one_name(&self, pairs: &mut Pairs) {
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let name = |row: u32| self.rows.names.get(row as usize);
        // One word is what many are called.
        let named = living(&self.rows).filter_map(|at| {
            let row = u32::try_from(at).ok()?;
            name(row).contains(' ').then(|| (hasher.hash_one(name(row)), row))
        });
        let mut named: Vec<(u64, u32)> = named.collect();
        named.sort_unstable();
        for group in named.chunk_by(|one, other| one.0 == other.0) {
            if group.len() < 2 {
                continue;
            }
            let rows: Vec<u32> = group.iter().map(|(_, row)| *row).collect();
            let same = |one: u32, other: u32| name(one) == name(other);
            if rows.len() <= COMPARED {
                let slip = |one, other| (same(one, other) && self.slipped(one, other)).then_some((one, other));
                each_pair(&rows, slip, Why::Slip, pairs);
            }
            self.of_one_place(rows, same, pairs);
        }
    }

    fn of_one_place(&self, mut rows: Vec<u32>, same: impl Fn(u32, u32) -> bool, pairs: &mut Pairs) {
        let place = |row: u32| (self.rows.state[row as usize], self.rows.city[row as usize]);
        // A whole state is no place to know people apart by.
        rows.retain(|row| !self.rows.cities.names[place(*row).1 as usize].is_empty());
        rows.sort_by_key(|row| place(*row));
        for group in rows.chunk_by(|one, other| place(*one) == place(*other)) {
            if group.len() <= NAMESAKES {
                let both = |one, other| same(one, other).then_some((one, other));
                each_pair(group, both, Why::NameAndPlace, pairs);
            }
        }
    }

    fn slipped(&self, one: u32, other: u32) -> bool {
        let digits = |row: u32| self.rows.digits[row as usize].national();
        let valid = !self.rows.flagged[one as usize] && !self.rows.flagged[other as usize];
        valid && digits(one).len() >= TELLING && digits(one).slipped(digits(other))
    }
}

/// Notes each pair that passes, unless there is a better reason already.
fn each_pair(rows: &[u32], passes: impl Fn(u32, u32) -> Option<(u32, u32)>, why: Why, pairs: &mut Pairs) {
    for (at, one) in rows.iter().enumerate() {
        for other in &rows[at + 1..] {
            if let Some((one, other)) = passes(*one, *other) {
                let known = pairs.entry((one.min(other), one.max(other))).or_insert(why);
                *known = why.min(*known);
            }
        }
    }
}
