//! How many customers were active, day by day.

use super::tally::Count;
use crate::domain::finder::orders::Sale;
use crate::domain::finder::slots::Slots;
use crate::domain::finder::today::{Calendar, LINE, Second, second};

/// The slots that make somebody active on the line.
pub(super) struct Span {
    starts: Vec<Second>,
    /// For how many slots an order makes its customer active beyond its own.
    lasting: usize,
    /// The first slot of the line.
    line: usize,
}

impl Span {
    /// The last days, or hours of today, and all that made their first one active.
    pub(super) fn of(calendar: &Calendar) -> Self {
        let (starts, lasting): (Vec<Second>, usize) = match &calendar.hours {
            // What is before today was there all day: one slot, out of which nothing falls.
            Some(hours) => {
                let first = std::iter::once(calendar.today.active_since);
                (first.chain(hours.iter().copied()).map(second).collect(), hours.len())
            }
            None => (
                calendar.days.iter().copied().map(second).collect(),
                calendar.days.len() - LINE,
            ),
        };
        let line = starts.len() - starts.len().min(calendar.hours.as_ref().map_or(LINE, Vec::len));
        Self { starts, lasting, line }
    }
}

/// Those with an order in a slot of the line, or so shortly before it that they are active in it.
pub(super) struct Active<'a> {
    span: &'a Span,
    slots: Slots<'a>,
    /// Of each customer the slots of the line that have an order, and the latest one before them, counted from 1.
    customers: Vec<(u32, u32)>,
}

impl<'a> Active<'a> {
    pub(super) fn new(span: &'a Span, customers: usize) -> Self {
        Self {
            span,
            slots: Slots::new(&span.starts, Second::MAX),
            customers: vec![(0, 0); customers],
        }
    }

    /// Returns how many were active when each slot of the line ended, once all orders have been seen.
    pub(super) fn line(&self) -> Vec<i64> {
        let length = self.span.starts.len() - self.span.line;
        let mut steps = vec![0_i64; length + 1];
        for (later, earlier) in &self.customers {
            let mut until = 0;
            if *earlier > 0 {
                self.enter(*earlier as usize - 1, &mut until, &mut steps);
            }
            let mut rest = *later;
            while rest != 0 {
                self.enter(self.span.line + rest.trailing_zeros() as usize, &mut until, &mut steps);
                rest &= rest - 1;
            }
        }
        let counts = steps.iter().take(length).scan(0, |count, step| {
            *count += step;
            Some(*count)
        });
        counts.collect()
    }

    /// Active from the slot of an order until the last one that it lasts for, or until the next order's own stay.
    fn enter(&self, slot: usize, until: &mut usize, steps: &mut [i64]) {
        let (from, length) = (self.span.line, steps.len() - 1);
        let first = slot.saturating_sub(from).max(*until);
        let end = (slot + self.span.lasting + 1).saturating_sub(from).min(length);
        if first < end {
            steps[first] += 1;
            steps[end] -= 1;
            *until = end;
        }
    }
}

impl Count for Active<'_> {
    fn from(&self) -> Second {
        self.span.starts[0]
    }

    fn see(&mut self, owner: u32, sale: Sale) {
        let Some(slot) = self.slots.of(sale.second) else { return };
        let (later, earlier) = &mut self.customers[owner as usize];
        match slot.checked_sub(self.span.line) {
            Some(at) => *later |= 1 << at,
            None => *earlier = (*earlier).max(u32::try_from(slot + 1).unwrap_or(0)),
        }
    }
}
