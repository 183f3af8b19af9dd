//! How a customer buys: what their orders come to by month, status and source, and how often they come.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, NaiveDate, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use super::money::Money;
use super::period::{Period, local_date};
use super::source::Source;
use super::status::{Outcome, Status};

/// How many months are looked at, the current one among them.
pub const MONTHS: usize = 12;

/// What of an order habits are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bought {
    /// When it was placed.
    pub at: DateTime<Utc>,
    /// What it costs.
    pub amount: Money,
    /// Where it stands.
    pub status: Status,
    /// Where it came from.
    pub source: Source,
}

/// Orders and money together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Counted orders.
    pub orders: i64,
    /// Lost orders.
    pub lost: i64,
    /// The amounts of counted orders.
    pub spent: Money,
    /// Delivered orders.
    pub delivered: i64,
}

impl Sum {
    fn add(&mut self, order: &Bought) {
        match order.status.outcome() {
            Outcome::Lost => self.lost += 1,
            outcome => {
                self.orders += 1;
                self.spent += order.amount;
                self.delivered += i64::from(outcome == Outcome::Earned);
            }
        }
    }

    /// Returns the average order value, money by counted orders; none without any.
    pub fn aov(&self) -> Option<Money> {
        self.spent.divided_by(self.orders)
    }
}

/// How a customer buys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// What was bought in the period; none for all time.
    pub period: Option<Sum>,
    /// The last months with what was bought in each, oldest first, by their first days.
    pub months: Vec<(NaiveDate, Sum)>,
    /// How many orders stand where, in the order of an order's life; those without any are left out.
    pub statuses: Vec<(Status, i64)>,
    /// How many orders came from where, the most first; those without any are left out.
    pub sources: Vec<(Source, i64)>,
    /// The median of the days between distinct days with an order, rounded up; none without two such days.
    pub gap_days: Option<i64>,
    /// The day on which the next order would come at that pace.
    pub due: Option<NaiveDate>,
}

impl Habits {
    /// Works them out from all orders of a customer, lost ones included.
    pub fn of<Z: TimeZone>(orders: &[Bought], period: Period, now: DateTime<Utc>, zone: &Z) -> Self {
        let window = period.window(now, zone);
        let mut sum = Sum::default();
        let mut months = last_months(local_date(now, zone));
        let (mut statuses, mut sources) = (BTreeMap::new(), BTreeMap::new());
        let mut days = Vec::new();
        for order in orders {
            let day = local_date(order.at, zone);
            if window.is_some_and(|window| window.contains(order.at)) {
                sum.add(order);
            }
            if let Some((_, month)) = months.iter_mut().find(|(first, _)| same_month(*first, day)) {
                month.add(order);
            }
            *statuses.entry(order.status as usize).or_insert(0) += 1;
            *sources.entry(order.source as usize).or_insert(0) += 1;
            days.push(day);
        }
        let gap_days = gap(&mut days);
        let due = gap_days.and_then(|gap| days.last()?.checked_add_days(chrono::Days::new(gap.unsigned_abs())));
        let count = |counts: &BTreeMap<usize, i64>, at: usize| counts.get(&at).copied().unwrap_or_default();
        let mut by_source: Vec<(Source, i64)> = Source::ALL
            .into_iter()
            .map(|source| (source, count(&sources, source as usize)))
            .collect();
        by_source.retain(|(_, count)| *count > 0);
        by_source.sort_by_key(|(_, count)| -count);
        let by_status = Status::ALL
            .into_iter()
            .map(|status| (status, count(&statuses, status as usize)));
        Self {
            period: window.map(|_| sum),
            months,
            statuses: by_status.filter(|(_, count)| *count > 0).collect(),
            sources: by_source,
            gap_days,
            due,
        }
    }
}

/// The first days of the last months, oldest first.
fn last_months(today: NaiveDate) -> Vec<(NaiveDate, Sum)> {
    let this = today.with_day(1).unwrap_or(today);
    let before = (0..u32::try_from(MONTHS).unwrap_or_default()).rev();
    before
        .filter_map(|months| this.checked_sub_months(chrono::Months::new(months)))
        .map(|first| (first, Sum::default()))
        .collect()
}

fn same_month(one: NaiveDate, other: NaiveDate) -> bool {
    (one.year(), one.month()) == (other.year(), other.month())
}

/// The median of the gaps between distinct days, which are left sorted; the upper half of an even number rounds up.
fn gap(days: &mut Vec<NaiveDate>) -> Option<i64> {
    days.sort_unstable();
    days.dedup();
    let mut gaps: Vec<i64> = days.windows(2).map(|pair| (pair[1] - pair[0]).num_days()).collect();
    gaps.sort_unstable();
    let middle = gaps.len() / 2;
    match gaps.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(gaps[middle]),
        _ => Some((gaps[middle - 1] + gaps[middle] + 1) / 2),
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;
    use proptest::prelude::*;

    use super::*;

    fn lagos() -> FixedOffset {
        FixedOffset::east_opt(3_600).unwrap()
    }

    fn bought(at: &str, naira: i64, status: Status) -> Bought {
        Bought {
            at: at.parse().unwrap(),
            amount: Money(naira * 100),
            status,
            source: Source::Whatsapp,
        }
    }

    #[test]
    fn months_and_periods_are_the_shops() {
        let orders = [
            bought("2026-10-31T22:59:59Z", 1_000, Status::Delivered),
            bought("2026-10-31T23:00:00Z", 2_000, Status::New),
            bought("2026-11-20T10:00:00Z", 4_000, Status::Returned),
        ];
        let habits = Habits::of(
            &orders,
            Period::Month,
            "2026-11-24T12:00:00Z".parse().unwrap(),
            &lagos(),
        );
        assert_eq!(habits.months.len(), MONTHS);
        let last: Vec<(i64, i64, i64)> = habits.months[10..]
            .iter()
            .map(|(_, sum)| (sum.orders, sum.lost, sum.spent.0))
            .collect();
        assert_eq!(last, [(1, 0, 100_000), (1, 1, 200_000)]);
        assert_eq!(habits.period, Some(habits.months[11].1));
        assert_eq!(
            habits.statuses,
            [(Status::New, 1), (Status::Delivered, 1), (Status::Returned, 1)]
        );
        assert_eq!(habits.sources, [(Source::Whatsapp, 3)]);
        // 31 October, 1 and 20 November in Lagos: gaps of 1 and 19 days.
        assert_eq!(
            (habits.gap_days, habits.due),
            (Some(10), NaiveDate::from_ymd_opt(2026, 11, 30))
        );
    }

    #[test]
    fn one_day_has_no_gap() {
        let orders = [
            bought("2026-11-20T10:00:00Z", 1, Status::New),
            bought("2026-11-20T12:00:00Z", 1, Status::New),
        ];
        let habits = Habits::of(&orders, Period::All, "2026-11-24T12:00:00Z".parse().unwrap(), &lagos());
        assert_eq!((habits.gap_days, habits.due, habits.period), (None, None, None));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_between_the_bars(
            orders in prop::collection::vec((0_i64..70_000_000, 0_usize..7, 0_usize..5, 0_i64..1_000), 0..60),
        ) {
            let orders: Vec<Bought> = orders.into_iter().map(|(ago, status, source, naira)| Bought {
                at: DateTime::from_timestamp(1_795_521_600 - ago, 0).unwrap(),
                amount: Money(naira * 100),
                status: Status::ALL[status],
                source: Source::ALL[source],
            }).collect();
            let now = DateTime::from_timestamp(1_795_521_600, 0).unwrap();
            let habits = Habits::of(&orders, Period::Year, now, &lagos());
            let all = i64::try_from(orders.len()).unwrap();
            prop_assert_eq!(habits.statuses.iter().map(|(_, count)| count).sum::<i64>(), all);
            prop_assert_eq!(habits.sources.iter().map(|(_, count)| count).sum::<i64>(), all);
            let year = local_date(now, &lagos()).year();
            let of_year: Vec<_> = orders.iter().filter(|order| local_date(order.at, &lagos()).year() == year).collect();
            let spent: i64 = of_year.iter().filter(|order| order.status.counted()).map(|order| order.amount.0).sum();
            let sum = habits.period.unwrap();
            prop_assert_eq!((sum.orders + sum.lost, sum.spent.0), (i64::try_from(of_year.len()).unwrap(), spent));
        }
    }
}
