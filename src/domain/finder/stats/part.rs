//! The customers who ordered in spans of the past, as they stood at their ends.

use super::tally::{Count, Tally};
use crate::domain::finder::orders::Sale;
use crate::domain::finder::rows::Rows;
use crate::domain::finder::slots::Slots;
use crate::domain::finder::today::{Second, second};
use crate::domain::period::Window;

/// Those of one span.
pub(super) struct Part<'a> {
    start: Second,
    end: Second,
    /// When each customer's second counted order was placed.
    second: &'a [Second],
    seen: Vec<bool>,
    pub(super) tally: Tally,
}

impl<'a> Part<'a> {
    pub(super) fn new(rows: &'a Rows, window: Window) -> Self {
        Self {
            start: second(window.start),
            end: second(window.end),
            second: &rows.second,
            seen: vec![false; rows.len()],
            tally: Tally::default(),
        }
    }
}

impl Count for Part<'_> {
    fn from(&self) -> Second {
        self.start
    }

    fn until(&self) -> Second {
        self.end
    }

    fn see(&mut self, owner: u32, sale: Sale) {
        if sale.second < self.start || sale.second >= self.end {
            return;
        }
        if sale.counted {
            self.tally.spent += sale.amount;
        }
        if !std::mem::replace(&mut self.seen[owner as usize], true) {
            self.tally.customers += 1;
            self.tally.repeat += i64::from(self.second[owner as usize] < self.end);
        }
    }
}

/// Those of spans that follow one another; at most 32 of them.
pub(super) struct Parts<'a> {
    start: Second,
    end: Second,
    slots: Slots<'a>,
    second: &'a [Second],
    /// The spans in which each customer ordered, a bit each.
    seen: Vec<u32>,
    pub(super) line: Vec<Tally>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(rows: &'a Rows, starts: &'a [Second], end: Second) -> Self {
        Self {
            start: starts[0],
            end,
            slots: Slots::new(starts, end),
            second: &rows.second,
            seen: vec![0; rows.len()],
            line: vec![Tally::default(); starts.len()],
        }
    }
}

impl Count for Parts<'_> {
    fn from(&self) -> Second {
        self.start
    }

    fn until(&self) -> Second {
        self.end
    }

    fn see(&mut self, owner: u32, sale: Sale) {
        let Some(part) = self.slots.of(sale.second).filter(|_| sale.second < self.end) else {
            return;
        };
        let tally = &mut self.line[part];
        if sale.counted {
            tally.spent += sale.amount;
        }
        let seen = &mut self.seen[owner as usize];
        if *seen >> part & 1 == 0 {
            *seen |= 1 << part;
            tally.customers += 1;
            tally.repeat += i64::from(self.second[owner as usize] < self.slots.end_of(part));
        }
    }
}
