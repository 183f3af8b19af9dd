//! How many customers were active, day by day.

use super::Finder;
use super::slots::Slots;
use super::today::{Calendar, LINE, Second, second};

impl Finder {
    /// How many customers were active when each of the last days, or hours of today, ended.
    pub(super) fn active_daily(&self, calendar: &Calendar) -> Vec<i64> {
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
        self.last_within(&starts, lasting, line)
    }

    /// Counts at the end of each slot from `from` on the customers with an order in it or in the `lasting` before it.
    fn last_within(&self, starts: &[Second], lasting: usize, from: usize) -> Vec<i64> {
        let slots = Slots::new(starts, Second::MAX);
        // Of each customer the slots of the line that have an order, and the latest one before them, counted from 1.
        let mut customers = vec![(0_u32, 0_u32); self.rows.len()];
        self.orders.between(starts[0], Second::MAX, |owner, sale| {
            let Some(slot) = slots.of(sale.second) else { return };
            let (later, earlier) = &mut customers[owner as usize];
            match slot.checked_sub(from) {
                Some(at) => *later |= 1 << at,
                None => *earlier = (*earlier).max(u32::try_from(slot + 1).unwrap_or(0)),
            }
        });
        let length = starts.len() - from;
        let mut steps = vec![0_i64; length + 1];
        for (later, earlier) in customers {
            let mut until = 0;
            let mut enter = |slot: usize| {
                // Active from the slot of an order until `lasting` slots after it, or until the next order's own stay.
                let (first, end) = (
                    slot.saturating_sub(from).max(until),
                    (slot + lasting + 1).saturating_sub(from).min(length),
                );
                if first < end {
                    steps[first] += 1;
                    steps[end] -= 1;
                    until = end;
                }
            };
            if earlier > 0 {
                enter(earlier as usize - 1);
            }
            let mut rest = later;
            while rest != 0 {
                enter(from + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
        steps
            .iter()
            .take(length)
            .scan(0, |count, step| {
                *count += step;
                Some(*count)
            })
            .collect()
    }
}
