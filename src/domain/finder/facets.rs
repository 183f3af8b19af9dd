//! Counts of what each choice of the menus would leave.

use super::Finder;
use super::classes::Classes;
use super::count::{as_count, largest};
use super::filter::{self, Reasons};
use super::rows::Rows;
use super::today::{Today, second};
use crate::domain::customer_query::{CustomerQuery, OrdersFilter, Quality};
use crate::domain::facets::Facets;
use crate::domain::money::Money;
use crate::domain::period::Window;
use crate::domain::segment::{Activity, LtvBand, Segment};
use crate::domain::source::Source;

impl Finder {
    /// Counts the customers that each choice of the filters would leave, beside all other filters of a query.
    pub fn facets(&mut self, query: &CustomerQuery, window: Option<Window>, today: &Today) -> Facets {
        let spans = self.spans(window);
        let (spans, scores) = (spans.map(|at| &self.spans[at]), self.scores(&query.search));
        let reasons = filter::reasons(query, &self.rows, spans, scores.as_deref(), today);
        let rows = &self.rows;
        let classes = Classes::of(rows, &reasons, today);
        let (sources, cities, states) = by_name(rows, &reasons);
        let since = second(today.active_since);
        Facets {
            activity: each([Activity::Active, Activity::Inactive], |choice| {
                classes.count(filter::ACTIVITY, |lifetime| {
                    (lifetime.last >= since) == (choice == Activity::Active)
                })
            }),
            orders: each(OrdersFilter::ALL, |choice| {
                classes.count(filter::ORDERS, |lifetime| {
                    choice.passes(lifetime.orders.into(), &today.thresholds)
                })
            }),
            bands: each(LtvBand::ALL, |band| {
                classes.count(filter::BAND, |lifetime| band.contains(Money(lifetime.ltv)))
            }),
            sources: each(Source::ALL, |source| sources[source as usize]),
            cities: largest(&rows.cities, cities),
            states: largest(&rows.states, states),
            tags: tags(rows, &reasons),
            segments: each(Segment::ALL, |segment| {
                classes.count(filter::SEGMENT, |lifetime| filter::is_of(segment, lifetime, today))
            }),
            quality: each(Quality::ALL, |choice| match choice {
                Quality::InvalidNumber => invalid_numbers(rows, &reasons),
                Quality::OnlyLost => classes.count(filter::QUALITY, |lifetime| lifetime.orders == 0),
            }),
        }
    }
}

fn each<T: Copy, const N: usize>(choices: [T; N], count: impl Fn(T) -> i64) -> Vec<(T, i64)> {
    choices.map(|choice| (choice, count(choice))).into()
}

/// Tells whether nothing but one filter keeps a customer out.
fn is_left(reasons: Reasons, but: Reasons) -> bool {
    reasons & !but == 0
}

/// Counts by source, city and state in one walk: where many are of one kind, each count waits for the one before.
fn by_name(rows: &Rows, reasons: &[Reasons]) -> (Vec<i64>, Vec<i64>, Vec<i64>) {
    let none = |kinds: usize| vec![0_i64; kinds];
    let mut sources = none(Source::ALL.len());
    let (mut cities, mut states) = (none(rows.cities.names.len()), none(rows.states.names.len()));
    let each = reasons.iter().zip(&rows.source).zip(&rows.city).zip(&rows.state);
    for (((reasons, source), city), state) in each {
        sources[*source as usize] += i64::from(is_left(*reasons, filter::SOURCE));
        cities[*city as usize] += i64::from(is_left(*reasons, filter::CITY));
        states[*state as usize] += i64::from(is_left(*reasons, filter::STATE));
    }
    (sources, cities, states)
}

fn tags(rows: &Rows, reasons: &[Reasons]) -> Vec<(String, i64)> {
    let left = |row: &&u32| is_left(reasons[**row as usize], filter::TAG);
    let counts = rows.tags.iter().map(|(tag, rows)| {
        let count = rows.iter().filter(left).count();
        (tag.clone(), as_count(count))
    });
    counts.filter(|(_, count)| *count > 0).collect()
}

fn invalid_numbers(rows: &Rows, reasons: &[Reasons]) -> i64 {
    let flagged = (0..rows.len()).filter(|at| rows.flagged[*at]);
    let left = flagged.filter(|at| is_left(reasons[*at], filter::QUALITY));
    as_count(left.filter(|at| !rows.is_erased(*at)).count())
}
