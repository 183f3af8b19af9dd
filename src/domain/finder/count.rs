//! What the segments come to.

use super::Finder;
use super::filter;
use super::rows::{Lifetime, Names, Rows};
use super::today::{Today, instant, second};
use crate::domain::money::Money;
use crate::domain::period::{self, Window};
use crate::domain::segment::Segment;
use crate::domain::stats::{AtRisk, SegmentTotal, SegmentTotals};

impl Finder {
    /// Sums the segments up: three of them over the customers of a period, those at risk over all.
    pub fn segments<Z: chrono::TimeZone>(&mut self, window: Option<Window>, today: &Today, zone: &Z) -> SegmentTotals {
        let spans = self.spans(window).map(|at| &self.spans[at]);
        let rows = &self.rows;
        let [vip, repeat, one_time] = match spans {
            Some(spans) => {
                let members = spans.owners().iter().map(|owner| rows.lifetime(*owner as usize));
                totals(members.map(|lifetime| (lifetime, true)), today)
            }
            None => totals(rows.lifetimes().zip(rows.alive.iter().copied()), today),
        };
        SegmentTotals {
            vip,
            repeat,
            one_time,
            at_risk: at_risk(rows, today, zone),
        }
    }
}

/// Sums the segments up over lifetimes, each with whether it is one of those that the page is about; without a branch, so
/// that a processor takes several at a time.
fn totals(of: impl Iterator<Item = (Lifetime, bool)>, today: &Today) -> [SegmentTotal; 3] {
    let mut totals = [Segment::Vip, Segment::Repeat, Segment::OneTime].map(|segment| (segment, 0, 0));
    for (lifetime, counts) in of {
        for (segment, customers, ltv) in &mut totals {
            let one = i64::from(filter::is_of(*segment, lifetime, today) && counts);
            *customers += one;
            *ltv += one * lifetime.ltv;
        }
    }
    totals.map(|(_, customers, ltv)| SegmentTotal {
        customers,
        ltv: Money(ltv),
    })
}

/// The rows of all customers who are there.
pub(super) fn living(rows: &Rows) -> impl Iterator<Item = usize> + '_ {
    (0..rows.len()).filter(|at| rows.alive[*at])
}

fn at_risk<Z: chrono::TimeZone>(rows: &Rows, today: &Today, zone: &Z) -> AtRisk {
    let before = second(today.at_risk_before);
    // Whether somebody is at risk cannot be foreseen from the one before, so there is no branch here.
    let (mut lasts, mut count) = (vec![0; rows.len()], 0);
    for (&alive, &last) in rows.alive.iter().zip(&rows.last) {
        lasts[count] = last;
        count += usize::from(alive && last < before);
    }
    lasts.truncate(count);
    let (Some(oldest), Some(newest)) = (lasts.iter().min().copied(), lasts.iter().max().copied()) else {
        return AtRisk::default();
    };
    let age = |last: u32| period::age_days(instant(last), today.now, zone);
    let (customers, middle, odd) = (as_count(lasts.len()), lasts.len() / 2, lasts.len() % 2 == 1);
    let (below, upper, _) = lasts.select_nth_unstable(middle);
    let upper = *upper;
    // Of an even number there are two in the middle.
    let lower = if odd {
        upper
    } else {
        below.iter().max().copied().unwrap_or(upper)
    };
    AtRisk {
        customers,
        median_days: (age(lower) + age(upper) + 1) / 2,
        newest_days: age(newest),
        oldest_days: age(oldest),
    }
}

/// Names with their counts, the most frequent first; nobody chooses the empty one.
pub(super) fn largest(names: &Names, counts: Vec<i64>) -> Vec<(String, i64)> {
    let mut counted: Vec<(String, i64)> = names.names.iter().cloned().zip(counts).collect();
    counted.retain(|(name, count)| *count > 0 && !name.is_empty());
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted
}

pub(super) fn as_count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
