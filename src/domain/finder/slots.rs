//! Time in slots: which day, or which hour of today, an order is of.

use super::today::Second;

/// How many seconds are looked through at a time.
pub(super) const CHUNK: usize = 4_096;

/// Hands over the places of the seconds from `start` on and before `end`.
///
/// Whether one is of the span cannot be foreseen from the one before, so they are picked without a branch.
pub(super) fn each_within(seconds: &[Second], start: Second, end: Second, mut each: impl FnMut(usize)) {
    let mut found = [0_u16; CHUNK];
    for (first, chunk) in (0..).step_by(CHUNK).zip(seconds.chunks(CHUNK)) {
        let mut count = 0;
        for (at, &second) in (0..).zip(chunk) {
            found[count] = at;
            count += usize::from(second >= start && second < end);
        }
        for at in &found[..count] {
            each(first + usize::from(*at));
        }
    }
}

/// Spans that follow one another, mostly of one length.
pub(super) struct Slots<'a> {
    starts: &'a [Second],
    end: Second,
    length: Second,
}

impl<'a> Slots<'a> {
    pub(super) fn new(starts: &'a [Second], end: Second) -> Self {
        let length = if starts.len() < 2 {
            1
        } else {
            starts[starts.len() - 1] - starts[starts.len() - 2]
        };
        Self {
            starts,
            end,
            length: length.max(1),
        }
    }

    /// Returns the slot of a second; none before the first one. All that comes late is of the last one.
    pub(super) fn of(&self, at: Second) -> Option<usize> {
        let passed = at.checked_sub(self.starts[0])?;
        let last = self.starts.len() - 1;
        let mut slot = ((passed / self.length) as usize).min(last);
        // Clocks are put forward and back: the guess is off by one then.
        while slot < last && self.starts[slot + 1] <= at {
            slot += 1;
        }
        while self.starts[slot] > at {
            slot -= 1;
        }
        Some(slot)
    }

    pub(super) fn end_of(&self, slot: usize) -> Second {
        self.starts.get(slot + 1).copied().unwrap_or(self.end)
    }
}
