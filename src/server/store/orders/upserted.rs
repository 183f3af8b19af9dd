//! What came of orders that were inserted or updated.

use std::collections::HashMap;

/// What an upsert did, in orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Upserted {
    /// Orders that were not there.
    pub new: u64,
    /// Orders that were there with other values.
    pub changed: u64,
    /// Orders that were there as they are, and those of somebody who was erased.
    pub unchanged: u64,
    /// Orders that a later one in the same call replaced.
    pub repeated: u64,
}

impl Upserted {
    /// Counts what was done with so many orders, a number each.
    pub fn of(given: usize, changes: &HashMap<String, Change>) -> Self {
        let count = |kind| changes.values().filter(|change| **change == kind).count() as u64;
        Self {
            new: count(Change::Created),
            changed: count(Change::Updated),
            unchanged: count(Change::Unchanged) + count(Change::Erased),
            repeated: (given - changes.len()) as u64,
        }
    }
}

impl std::ops::AddAssign for Upserted {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.repeated += other.repeated;
    }
}

/// What an upsert did with one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not there.
    Created,
    /// It was there with other values.
    Updated,
    /// It was there as it is.
    Unchanged,
    /// It was left out: it is an order of somebody who was erased.
    Erased,
}
