//! Which filters keep each customer out: a bit a filter, so that one look tells both who passes and who would.

use super::rows::{Lifetime, Rows};
use super::search::NO_FIT;
use super::spans::Spans;
use super::today::{Today, second};
use crate::domain::customer_query::{CustomerQuery, OrdersFilter, Quality};
use crate::domain::money::Money;
use crate::domain::segment::{Activity, Segment};

/// What can keep a customer out of the list, as bits.
pub(super) type Reasons = u16;

/// Gone, not of the period, or not what is searched: nothing of it is a choice that a menu counts.
pub(super) const OUT: Reasons = 1;
pub(super) const ACTIVITY: Reasons = 1 << 1;
pub(super) const ORDERS: Reasons = 1 << 2;
pub(super) const BAND: Reasons = 1 << 3;
pub(super) const SOURCE: Reasons = 1 << 4;
pub(super) const CITY: Reasons = 1 << 5;
pub(super) const STATE: Reasons = 1 << 6;
pub(super) const TAG: Reasons = 1 << 7;
pub(super) const SEGMENT: Reasons = 1 << 8;
pub(super) const QUALITY: Reasons = 1 << 9;
/// How many bits there are.
pub(super) const KINDS: usize = 10;

/// Returns the reasons that keep each customer out of a query; none for those in the list.
pub(super) fn reasons(
    query: &CustomerQuery,
    rows: &Rows,
    spans: Option<&Spans>,
    scores: Option<&[u8]>,
    today: &Today,
) -> Vec<Reasons> {
    let mut out: Vec<Reasons> = rows.alive.iter().map(|alive| if *alive { 0 } else { OUT }).collect();
    if let Some(spans) = spans {
        let members = spans.membership().chain(std::iter::repeat(false));
        mark(&mut out, OUT, members);
    }
    if let Some(scores) = scores {
        mark(&mut out, OUT, scores.iter().map(|score| *score != NO_FIT));
    }
    let thresholds = &today.thresholds;
    if let Some(activity) = query.activity {
        let since = second(today.active_since);
        mark(
            &mut out,
            ACTIVITY,
            rows.last
                .iter()
                .map(|last| (*last >= since) == (activity == Activity::Active)),
        );
    }
    if query.orders != OrdersFilter::All {
        mark(
            &mut out,
            ORDERS,
            rows.orders
                .iter()
                .map(|orders| query.orders.passes((*orders).into(), thresholds)),
        );
    }
    if let Some(band) = query.band {
        mark(&mut out, BAND, rows.ltv.iter().map(|ltv| band.contains(Money(*ltv))));
    }
    if !query.sources.is_empty() {
        let wanted = query
            .sources
            .iter()
            .fold(0_u8, |wanted, source| wanted | 1 << *source as u8);
        mark(
            &mut out,
            SOURCE,
            rows.source.iter().map(|source| wanted >> source & 1 == 1),
        );
    }
    if let Some(city) = &query.city {
        let wanted = rows.cities.find(city);
        mark(&mut out, CITY, rows.city.iter().map(|city| Some(*city) == wanted));
    }
    if !query.states.is_empty() {
        let wanted: Vec<u32> = query
            .states
            .iter()
            .filter_map(|state| rows.states.find(state))
            .collect();
        mark(&mut out, STATE, rows.state.iter().map(|state| wanted.contains(state)));
    }
    if let Some(tag) = &query.tag {
        let wanted = rows.tagged(tag);
        mark(
            &mut out,
            TAG,
            (0..).take(rows.len()).map(|row| wanted.binary_search(&row).is_ok()),
        );
    }
    if let Some(segment) = query.segment {
        mark(
            &mut out,
            SEGMENT,
            rows.lifetimes().map(|lifetime| is_of(segment, lifetime, today)),
        );
    }
    if let Some(quality) = query.quality {
        mark(&mut out, QUALITY, are_wrong(quality, rows));
    }
    out
}

/// Tells whether somebody is of a segment; the same as `segment::holds`, by the last order's second.
pub(super) fn is_of(segment: Segment, lifetime: Lifetime, today: &Today) -> bool {
    let (orders, thresholds) = (i64::from(lifetime.orders), &today.thresholds);
    match segment {
        Segment::Vip => orders >= thresholds.vip_orders || lifetime.ltv >= thresholds.vip_spend.0,
        Segment::Repeat => orders >= 2 && orders < thresholds.vip_orders,
        Segment::OneTime => orders == 1,
        Segment::AtRisk => lifetime.last < second(today.at_risk_before),
    }
}

/// Tells of every customer whether their data want this care.
pub(super) fn are_wrong(quality: Quality, rows: &Rows) -> impl Iterator<Item = bool> + '_ {
    let wrong = |at: usize| rows.flagged[at] && !rows.is_erased(at);
    (0..rows.len()).map(move |at| match quality {
        Quality::InvalidNumber => wrong(at),
        Quality::OnlyLost => rows.orders[at] == 0,
    })
}

fn mark(out: &mut [Reasons], reason: Reasons, passes: impl Iterator<Item = bool>) {
    for (reasons, passes) in out.iter_mut().zip(passes) {
        *reasons |= if passes { 0 } else { reason };
    }
}
