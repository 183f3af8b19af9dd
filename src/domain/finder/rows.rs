//! Customers in columns: a row each, some fifty bytes.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::digits::Digits;
use super::packed::Texts;
use super::today::Second;
use crate::domain::customer_query::SortKey;
use crate::domain::money::Money;
use crate::domain::phone::{ERASED, Phone};
use crate::domain::source::Source;

/// No second counted order.
pub(super) const NEVER: Second = Second::MAX;

/// A customer as the finder knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerFacts {
    /// The database's number.
    pub id: i64,
    /// The primary phone.
    pub phone: Phone,
    /// The folded name.
    pub name_key: String,
    /// Counted orders.
    pub orders: i64,
    /// Lifetime value.
    pub ltv: Money,
    /// When the first order was placed, in seconds since 1970.
    pub first: i64,
    /// When the last one was.
    pub last: i64,
    /// The preferred source.
    pub source: Source,
    /// The city.
    pub city: String,
    /// The state.
    pub state: String,
    /// The tags.
    pub tags: Vec<String>,
}

/// The columns of customers. A customer who is gone keeps their row, for they may come back.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) ids: Vec<i64>,
    pub(super) alive: Vec<bool>,
    pub(super) flagged: Vec<bool>,
    /// The digits of the phone; of a text that is no number, the digits in it.
    pub(super) digits: Vec<Digits>,
    pub(super) orders: Vec<u32>,
    pub(super) ltv: Vec<i64>,
    pub(super) first: Vec<Second>,
    pub(super) second: Vec<Second>,
    pub(super) last: Vec<Second>,
    pub(super) source: Vec<u8>,
    pub(super) city: Vec<u32>,
    pub(super) state: Vec<u32>,
    pub(super) cities: Names,
    pub(super) states: Names,
    /// The customers of each tag, sorted, in the order of the tags.
    pub(super) tags: Vec<(String, Vec<u32>)>,
    /// Texts that stand for a phone.
    pub(super) labels: HashMap<u32, String>,
    pub(super) names: Texts,
    /// How many of `ids` ascend from the first on; the rows of the others are in `late`.
    ascending: usize,
    late: HashMap<i64, u32>,
}

/// What a customer's orders come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lifetime {
    pub(super) orders: u32,
    pub(super) ltv: i64,
    pub(super) last: Second,
}

/// Names by number.
#[derive(Default)]
pub(super) struct Names {
    numbers: HashMap<String, u32>,
    pub(super) names: Vec<String>,
}

impl Names {
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }

    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Returns the row of a customer, alive or gone.
    pub(super) fn of(&self, id: i64) -> Option<u32> {
        let ids = &self.ids[..self.ascending];
        // Most shops have given their numbers without a gap.
        let first = ids.first().copied().unwrap_or_default();
        let near = usize::try_from(id - first)
            .ok()
            .filter(|near| ids.get(*near) == Some(&id));
        let found = near.or_else(|| ids.binary_search(&id).ok());
        let found = found.and_then(|row| u32::try_from(row).ok());
        found.or_else(|| self.late.get(&id).copied())
    }

    /// Writes a customer and returns the row.
    pub(super) fn put(&mut self, facts: &CustomerFacts) -> u32 {
        let row = self.of(facts.id).unwrap_or_else(|| self.append(facts.id));
        let at = row as usize;
        let count = |count: i64| u32::try_from(count.max(0)).unwrap_or(u32::MAX);
        self.alive[at] = true;
        self.orders[at] = count(facts.orders);
        self.ltv[at] = facts.ltv.0;
        self.first[at] = count(facts.first);
        self.last[at] = count(facts.last);
        self.source[at] = facts.source as u8;
        self.city[at] = self.cities.number(&facts.city);
        self.state[at] = self.states.number(&facts.state);
        self.names.set(at, &facts.name_key);
        self.flagged[at] = !facts.phone.is_valid();
        self.digits[at] = Digits::of(facts.phone.as_str());
        match facts.phone.label() {
            Some(label) => drop(self.labels.insert(row, label.to_owned())),
            None => drop(self.labels.remove(&row)),
        }
        self.tag(row, &facts.tags);
        row
    }

    pub(super) fn remove(&mut self, row: u32) {
        self.alive[row as usize] = false;
        self.second[row as usize] = NEVER;
        self.tag(row, &[]);
    }

    fn tag(&mut self, row: u32, tags: &[String]) {
        for (tag, rows) in &mut self.tags {
            if let (false, Ok(at)) = (tags.contains(tag), rows.binary_search(&row)) {
                rows.remove(at);
            }
        }
        for tag in tags {
            let place = self
                .tags
                .binary_search_by(|(known, _)| known.cmp(tag))
                .unwrap_or_else(|at| {
                    self.tags.insert(at, (tag.clone(), Vec::new()));
                    at
                });
            let rows = &mut self.tags[place].1;
            if let Err(at) = rows.binary_search(&row) {
                rows.insert(at, row);
            }
        }
    }

    /// Returns the customers with a tag, sorted.
    pub(super) fn tagged(&self, tag: &str) -> &[u32] {
        let place = self.tags.binary_search_by(|(known, _)| known.as_str().cmp(tag));
        place.map_or(&[], |at| &self.tags[at].1)
    }

    fn append(&mut self, id: i64) -> u32 {
        let row = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        if self.ascending == self.ids.len() && self.ids.last().is_none_or(|last| *last < id) {
            self.ascending += 1;
        } else {
            self.late.insert(id, row);
        }
        self.ids.push(id);
        self.alive.push(false);
        self.flagged.push(false);
        self.digits.push(Digits::default());
        self.orders.push(0);
        self.ltv.push(0);
        self.first.push(0);
        self.second.push(NEVER);
        self.last.push(0);
        self.source.push(0);
        self.city.push(0);
        self.state.push(0);
        row
    }

    /// Returns what the orders of a row's customer come to.
    pub(super) fn lifetime(&self, at: usize) -> Lifetime {
        Lifetime {
            orders: self.orders[at],
            ltv: self.ltv[at],
            last: self.last[at],
        }
    }

    /// Returns what the orders of each customer come to, in the order of the rows.
    pub(super) fn lifetimes(&self) -> impl Iterator<Item = Lifetime> + '_ {
        let columns = self.orders.iter().zip(&self.ltv).zip(&self.last);
        columns.map(|((orders, ltv), last)| Lifetime {
            orders: *orders,
            ltv: *ltv,
            last: *last,
        })
    }

    /// Tells whether a row is what is left of an erased person.
    pub(super) fn is_erased(&self, at: usize) -> bool {
        let row = u32::try_from(at).unwrap_or(u32::MAX);
        self.labels.get(&row).is_some_and(|label| label.starts_with(ERASED))
    }

    /// Compares two customers by their phones, bytewise: numbers come before texts that are none.
    pub(super) fn by_phone(&self, one: u32, other: u32) -> Ordering {
        let flagged = |row: u32| self.flagged[row as usize];
        flagged(one).cmp(&flagged(other)).then_with(|| {
            if flagged(one) {
                self.labels.get(&one).cmp(&self.labels.get(&other))
            } else {
                self.digits[one as usize].cmp(&self.digits[other as usize])
            }
        })
    }

    /// Returns what a lifetime order goes by first: the value itself, or the beginning of a name.
    pub(super) fn key(&self, key: SortKey, row: u32) -> u64 {
        let at = row as usize;
        match key {
            SortKey::Name => {
                let mut bytes = [0; 8];
                for (byte, letter) in bytes.iter_mut().zip(self.names.get(at).bytes()) {
                    *byte = letter;
                }
                u64::from_be_bytes(bytes)
            }
            SortKey::Orders => self.orders[at].into(),
            SortKey::Spent => self.ltv[at].unsigned_abs(),
            SortKey::Last => self.last[at].into(),
            SortKey::First => self.first[at].into(),
        }
    }
}
