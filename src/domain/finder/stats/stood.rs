//! All customers as they stood, from the orders placed up to an instant, with their status, amount and customer of today.

use super::tally::{Count, Tally};
use crate::domain::finder::orders::Sale;
use crate::domain::finder::rows::{NEVER, Rows};
use crate::domain::finder::slots::{Slots, each_within};
use crate::domain::finder::today::Second;

/// As they stood at an instant.
pub(super) struct Stood<'a> {
    first: &'a [Second],
    at: Second,
    /// What they came to then, once all orders have been seen.
    pub(super) tally: Tally,
}

impl<'a> Stood<'a> {
    pub(super) fn new(rows: &'a Rows, at: Second) -> Self {
        let mut tally = Tally::default();
        let columns = rows.alive.iter().zip(&rows.first).zip(&rows.second).zip(&rows.ltv);
        for (((&alive, &first), &second), &ltv) in columns {
            let there = alive && first <= at;
            tally.customers += i64::from(there);
            tally.repeat += i64::from(there && second <= at);
            tally.spent += i64::from(there) * ltv;
        }
        Self {
            first: &rows.first,
            at,
            tally,
        }
    }
}

impl Count for Stood<'_> {
    fn from(&self) -> Second {
        self.at.saturating_add(1)
    }

    fn see(&mut self, owner: u32, sale: Sale) {
        if sale.second > self.at {
            // Whoever came later is not among those whose money was summed up.
            let counts = self.first[owner as usize] <= self.at && sale.counted;
            self.tally.spent -= i64::from(counts) * sale.amount;
        }
    }
}

/// As they stood at the end of each day.
pub(super) struct Daily<'a> {
    slots: Slots<'a>,
    start: Second,
    before: Tally,
    days: Vec<Tally>,
}

impl<'a> Daily<'a> {
    /// `now` is what all come to at this moment.
    pub(super) fn new(rows: &Rows, starts: &'a [Second], now: Tally) -> Self {
        let (slots, start) = (Slots::new(starts, Second::MAX), starts[0]);
        let (mut before, mut days) = (now, vec![Tally::default(); starts.len()]);
        each_within(&rows.first, start, Second::MAX, |at| {
            if let (true, Some(day)) = (rows.alive[at], slots.of(rows.first[at])) {
                days[day].customers += 1;
                before.customers -= 1;
            }
        });
        before.repeat = rows.second.iter().map(|second| i64::from(*second < start)).sum();
        each_within(&rows.second, start, NEVER, |at| {
            if let Some(day) = slots.of(rows.second[at]) {
                days[day].repeat += 1;
            }
        });
        Self {
            slots,
            start,
            before,
            days,
        }
    }

    /// Returns what they came to when each day ended, once all orders have been seen.
    pub(super) fn line(&self) -> Vec<Tally> {
        let days = self.days.iter().scan(self.before, |so_far, day| {
            so_far.customers += day.customers;
            so_far.spent += day.spent;
            so_far.repeat += day.repeat;
            Some(*so_far)
        });
        days.collect()
    }
}

impl Count for Daily<'_> {
    fn from(&self) -> Second {
        self.start
    }

    fn see(&mut self, _: u32, sale: Sale) {
        if let Some(day) = self.slots.of(sale.second) {
            let amount = i64::from(sale.counted) * sale.amount;
            self.days[day].spent += amount;
            self.before.spent -= amount;
        }
    }
}
