//! Customers in an order, kept while they change, so that the deepest page is as near as the first.

use std::cmp::Ordering;

/// Rows in ascending order, ties included.
#[derive(Default)]
pub(super) struct Ranking {
    rows: Vec<u32>,
    /// How many changes of the shop it has taken in.
    pub(super) seen: usize,
    /// How many there were when it was last asked for.
    pub(super) asked: usize,
}

impl Ranking {
    /// Sorts rows; `key` is compared before `compare`, which decides between equal ones.
    pub(super) fn of(
        rows: impl Iterator<Item = u32>,
        key: impl Fn(u32) -> u64,
        compare: impl Fn(u32, u32) -> Ordering,
    ) -> Self {
        Self {
            rows: sorted(rows, key, compare).into_iter().map(|(_, row)| row).collect(),
            seen: 0,
            asked: 0,
        }
    }

    /// Takes changed rows out and puts those that `belong` in again where they stand now.
    pub(super) fn refresh(
        &mut self,
        changed: &[u32],
        belongs: impl Fn(u32) -> bool,
        key: impl Fn(u32) -> u64,
        compare: impl Fn(u32, u32) -> Ordering,
    ) {
        let most = changed.iter().copied().max().map_or(0, |row| row as usize + 1);
        let mut is_changed = vec![false; most];
        for row in changed {
            is_changed[*row as usize] = true;
        }
        self.rows
            .retain(|row| !is_changed.get(*row as usize).copied().unwrap_or(false));
        let back = (0..).zip(&is_changed).filter(|(_, changed)| **changed);
        let back = back.map(|(row, _)| row).filter(|row| belongs(*row));
        let back = sorted(back, &key, &compare);
        // The last one first: what stands behind it moves once, and to where it stays.
        let mut end = self.rows.len();
        self.rows.resize(end + back.len(), 0);
        for (before, (own, row)) in back.into_iter().enumerate().rev() {
            let follows = |other: u32| key(other).cmp(&own).then_with(|| compare(other, row)) == Ordering::Greater;
            let start = start_of_those(&self.rows[..end], follows);
            self.rows.copy_within(start..end, start + before + 1);
            self.rows[start + before] = row;
            end = start;
        }
    }

    /// Returns the rows from `skip` on that pass, at most `take` of them.
    ///
    /// Descending means the greatest key first, while rows of one key keep their order among themselves.
    pub(super) fn page(
        &self,
        descending: bool,
        same: impl Fn(u32, u32) -> bool,
        passes: impl Fn(u32) -> bool,
        skip: usize,
        take: usize,
    ) -> Vec<u32> {
        let mut page = Page {
            skip,
            take,
            rows: Vec::new(),
        };
        if !descending {
            let _ = self
                .rows
                .iter()
                .copied()
                .filter(|row| passes(*row))
                .any(|row| page.is_full_after(row));
            return page.rows;
        }
        // Only the groups that the page reaches are looked at as such; all before them are counted row by row.
        let mut end = self.end_of_skipped(&same, &passes, &mut page.skip);
        while end > 0 {
            let start = self.start_of_group(end, &same);
            let mut group = self.rows[start..end].iter().copied().filter(|row| passes(*row));
            if group.any(|row| page.is_full_after(row)) {
                break;
            }
            end = start;
        }
        page.rows
    }

    /// Returns where the group of the first row ends that is not skipped, from the end on, and what is left to skip.
    fn end_of_skipped(
        &self,
        same: &impl Fn(u32, u32) -> bool,
        passes: &impl Fn(u32) -> bool,
        skip: &mut usize,
    ) -> usize {
        let mut left = *skip;
        let first = self.rows.iter().rposition(|row| {
            let here = passes(*row);
            let reached = here && left == 0;
            left -= usize::from(here && !reached);
            reached
        });
        let Some(first) = first else { return 0 };
        let row = self.rows[first];
        let end = self.rows[first..]
            .iter()
            .position(|other| !same(*other, row))
            .map_or(self.rows.len(), |at| first + at);
        // What of the group was counted on the way comes again.
        *skip = self.rows[first + 1..end].iter().filter(|row| passes(**row)).count();
        end
    }

    fn start_of_group(&self, end: usize, same: &impl Fn(u32, u32) -> bool) -> usize {
        let last = self.rows[end - 1];
        self.rows[..end]
            .iter()
            .rposition(|row| !same(*row, last))
            .map_or(0, |at| at + 1)
    }
}

/// Sorts rows by their keys first, which are at hand then, and need not be looked up for each comparison.
fn sorted(
    rows: impl Iterator<Item = u32>,
    key: impl Fn(u32) -> u64,
    compare: impl Fn(u32, u32) -> Ordering,
) -> Vec<(u64, u32)> {
    let mut keyed: Vec<(u64, u32)> = rows.map(|row| (key(row), row)).collect();
    keyed.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| compare(a.1, b.1)));
    keyed
}

/// Returns where those begin that `follow`, looking from the end on in growing steps: they are few, mostly.
fn start_of_those(rows: &[u32], follows: impl Fn(u32) -> bool) -> usize {
    let (mut least, mut step) = (rows.len(), 1);
    while least > 0 && follows(rows[least - 1]) {
        least = least.saturating_sub(step);
        step *= 2;
    }
    let most = rows.len().min(least + step);
    least + rows[least..most].partition_point(|row| !follows(*row))
}

struct Page {
    skip: usize,
    take: usize,
    rows: Vec<u32>,
}

impl Page {
    fn is_full_after(&mut self, row: u32) -> bool {
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        self.rows.push(row);
        self.rows.len() == self.take
    }
}
