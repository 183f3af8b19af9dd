//! How many customers were active, day by day.

use super::tally::Count;
use crate::domain::finder::count::as_count;
use crate::domain::finder::orders::Sale;
use crate::domain::finder::slots::Slots;
use crate::domain::finder::today::{Calendar, LINE, Second, second};

/// The bit beside those of the line's slots that says that a customer was active a month ago.
const THEN: u32 = 1 << 31;

/// The slots that make somebody active on the line.
pub(super) struct Span {
    starts: Vec<Second>,
    /// From when to when an order made its customer active at this time a month ago.
    then: (Second, Second),
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
        let then = (second(calendar.active_since_then), second(calendar.month_ago));
        Self {
            starts,
            then,
            lasting,
            line,
        }
    }
}

/// Those with an order in a slot of the line, or so shortly before it that they are active in it.
pub(super) struct Active<'a> {
    span: &'a Span,
    from: Second,
    slots: Slots<'a>,
    /// Of each customer the slots of the line that have an order, a bit each, and [`THEN`]; and the latest slot before
    /// them, counted from 1.
    customers: Vec<(u32, u32)>,
}

impl<'a> Active<'a> {
    pub(super) fn new(span: &'a Span, customers: usize) -> Self {
        Self {
            span,
            from: span.starts[0].min(span.then.0),
            slots: Slots::new(&span.starts, Second::MAX),
            customers: vec![(0, 0); customers],
        }
    }

    /// Returns how many were active at this time a month ago, once all orders have been seen.
    pub(super) fn then(&self) -> i64 {
        as_count(self.customers.iter().filter(|(later, _)| later & THEN != 0).count())
    }

    /// Returns how many were active when each slot of the line ended, once all orders have been seen.
    pub(super) fn line(&self) -> Vec<i64> {
        let mut stays = Stays::of(self.span);
        // Most have no order in the line: they are alike by their latest slot before it.
        let mut alike = vec![0; self.span.line + 1];
        for (later, earlier) in &self.customers {
            let (later, earlier) = (later & !THEN, *earlier as usize);
            alike[earlier] += i64::from(later == 0);
            if later != 0 {
                stays.add(1, earlier, later);
            }
        }
        for (earlier, customers) in alike.into_iter().enumerate() {
            stays.add(customers, earlier, 0);
        }
        stays.counts()
    }
}

/// How many begin and cease to be active, slot by slot of the line.
struct Stays<'a> {
    span: &'a Span,
    steps: Vec<i64>,
}

impl<'a> Stays<'a> {
    fn of(span: &'a Span) -> Self {
        let steps = vec![0; span.starts.len() - span.line + 1];
        Self { span, steps }
    }

    /// Adds customers with the same slots.
    fn add(&mut self, customers: i64, earlier: usize, mut later: u32) {
        let mut until = 0;
        if earlier > 0 {
            until = self.enter(customers, earlier - 1, until);
        }
        while later != 0 {
            until = self.enter(customers, self.span.line + later.trailing_zeros() as usize, until);
            later &= later - 1;
        }
    }

    /// Active from the slot of an order until the last one that it lasts for, but for those before `until`, which an
    /// earlier order lasts for. Returns where they cease to be.
    fn enter(&mut self, customers: i64, slot: usize, until: usize) -> usize {
        let (from, length) = (self.span.line, self.steps.len() - 1);
        let first = slot.saturating_sub(from).max(until);
        let end = (slot + self.span.lasting + 1).saturating_sub(from).min(length);
        if first >= end {
            return until;
        }
        self.steps[first] += customers;
        self.steps[end] -= customers;
        end
    }

    fn counts(self) -> Vec<i64> {
        let length = self.steps.len() - 1;
        let counts = self.steps.into_iter().take(length).scan(0, |count, step| {
            *count += step;
            Some(*count)
        });
        counts.collect()
    }
}

impl Count for Active<'_> {
    fn from(&self) -> Second {
        self.from
    }

    fn see(&mut self, owner: u32, sale: Sale) {
        // A walk for a long period shows much that is too early, and each customer lies somewhere else in memory.
        if sale.second < self.from {
            return;
        }
        let (start, end) = self.span.then;
        let then = sale.second >= start && sale.second <= end;
        // When an order was placed cannot be foreseen from the one before, so there are few branches here.
        let (later, earlier) = &mut self.customers[owner as usize];
        *later |= u32::from(then) * THEN;
        let Some(slot) = self.slots.of(sale.second) else { return };
        let is_later = slot >= self.span.line;
        *later |= u32::from(is_later) << (slot.wrapping_sub(self.span.line) % LINE);
        let before = if is_later { 0 } else { slot + 1 };
        *earlier = (*earlier).max(u32::try_from(before).unwrap_or(0));
    }
}
