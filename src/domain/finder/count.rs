//! Counts: what each choice of the menus would leave, and what the segments come to.

use super::Finder;
use super::filter::{self, Reasons};
use super::rows::{Names, Rows};
use super::spans::Spans;
use super::today::{Today, instant, second};
use crate::domain::customer_query::{CustomerQuery, OrdersFilter, Quality};
use crate::domain::facets::Facets;
use crate::domain::money::Money;
use crate::domain::period::{self, Window};
use crate::domain::segment::{Activity, LtvBand, Segment};
use crate::domain::source::Source;
use crate::domain::stats::{AtRisk, SegmentTotal, SegmentTotals};

impl Finder {
    /// Counts the customers that each choice of the filters would leave, beside all other filters of a query.
    pub fn facets(&mut self, query: &CustomerQuery, window: Option<Window>, today: &Today) -> Facets {
        let spans = self.spans(window);
        let (spans, scores) = (spans.map(|at| &self.spans[at]), self.scores(&query.search));
        let reasons = filter::reasons(query, &self.rows, spans, scores.as_deref(), today);
        let rows = &self.rows;
        let left = |reason: Reasons| passing(&reasons, reason);
        let count =
            |reason: Reasons, holds: &dyn Fn(usize) -> bool| as_count(left(reason).filter(|at| holds(*at)).count());
        let (since, thresholds) = (second(today.active_since), &today.thresholds);
        let active = count(filter::ACTIVITY, &|at| rows.last[at] >= since);
        let orders =
            |choice: OrdersFilter| count(filter::ORDERS, &|at| choice.passes(rows.orders[at].into(), thresholds));
        let band = |band: LtvBand| count(filter::BAND, &|at| band.contains(Money(rows.ltv[at])));
        let sources = tally(left(filter::SOURCE).map(|at| rows.source[at].into()), Source::ALL.len());
        let segment = |segment| {
            count(filter::SEGMENT, &|at| {
                filter::is_of(segment, rows, at, today, thresholds)
            })
        };
        let tagged = |at: u32| {
            reasons
                .get(at as usize)
                .is_some_and(|reasons| reasons & !filter::TAG == 0)
        };
        Facets {
            activity: vec![
                (Activity::Active, active),
                (Activity::Inactive, as_count(left(filter::ACTIVITY).count()) - active),
            ],
            orders: OrdersFilter::ALL
                .into_iter()
                .map(|choice| (choice, orders(choice)))
                .collect(),
            bands: LtvBand::ALL.into_iter().map(|choice| (choice, band(choice))).collect(),
            sources: Source::ALL
                .into_iter()
                .map(|source| (source, sources[source as usize]))
                .collect(),
            cities: largest(
                &rows.cities,
                places(&rows.cities, left(filter::CITY).map(|at| rows.city[at])),
            ),
            states: largest(
                &rows.states,
                places(&rows.states, left(filter::STATE).map(|at| rows.state[at])),
            ),
            tags: (rows.tags.iter())
                .map(|(tag, rows)| (tag.clone(), as_count(rows.iter().filter(|row| tagged(**row)).count())))
                .filter(|(_, count)| *count > 0)
                .collect(),
            segments: Segment::ALL
                .into_iter()
                .map(|choice| (choice, segment(choice)))
                .collect(),
            quality: (Quality::ALL.into_iter())
                .map(|choice| (choice, count(filter::QUALITY, &|at| filter::is_wrong(choice, rows, at))))
                .collect(),
        }
    }

    /// Sums the segments up: three of them over the customers of a period, those at risk over all.
    pub fn segments<Z: chrono::TimeZone>(&mut self, window: Option<Window>, today: &Today, zone: &Z) -> SegmentTotals {
        let spans = self.spans(window).map(|at| &self.spans[at]);
        let rows = &self.rows;
        let mut totals = SegmentTotals::default();
        each_member(rows, spans, |at| {
            for (segment, total) in [
                (Segment::Vip, &mut totals.vip),
                (Segment::Repeat, &mut totals.repeat),
                (Segment::OneTime, &mut totals.one_time),
            ] {
                if filter::is_of(segment, rows, at, today, &today.thresholds) {
                    *total = SegmentTotal {
                        customers: total.customers + 1,
                        ltv: Money(total.ltv.0 + rows.ltv[at]),
                    };
                }
            }
        });
        totals.at_risk = at_risk(rows, today, zone);
        totals
    }
}

/// Hands over the rows of the customers that a page is about, before any filter.
pub(super) fn each_member(rows: &Rows, spans: Option<&Spans>, mut each: impl FnMut(usize)) {
    match spans {
        Some(spans) => spans.owners().iter().for_each(|owner| each(*owner as usize)),
        None => living(rows).for_each(each),
    }
}

/// The rows of all customers who are there.
pub(super) fn living(rows: &Rows) -> impl Iterator<Item = usize> + '_ {
    (0..rows.len()).filter(|at| rows.alive[*at])
}

fn at_risk<Z: chrono::TimeZone>(rows: &Rows, today: &Today, zone: &Z) -> AtRisk {
    let before = second(today.at_risk_before);
    let lasts = rows.alive.iter().zip(&rows.last);
    let mut lasts: Vec<u32> = lasts
        .filter(|(alive, last)| **alive && **last < before)
        .map(|(_, last)| *last)
        .collect();
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

/// The rows that nothing but one filter keeps out.
fn passing(reasons: &[Reasons], but: Reasons) -> impl Iterator<Item = usize> + '_ {
    reasons
        .iter()
        .enumerate()
        .filter(move |(_, reasons)| **reasons & !but == 0)
        .map(|(at, _)| at)
}

fn tally(values: impl Iterator<Item = usize>, kinds: usize) -> Vec<i64> {
    let mut counts = vec![0; kinds];
    for value in values {
        counts[value] += 1;
    }
    counts
}

fn places(names: &Names, numbers: impl Iterator<Item = u32>) -> Vec<i64> {
    tally(numbers.map(|number| number as usize), names.names.len())
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
