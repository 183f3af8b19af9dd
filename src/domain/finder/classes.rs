//! Customers whom no choice of the menus tells apart, counted together: a walk, however many choices there are.

use super::filter::{KINDS, Reasons};
use super::rows::{Lifetime, Rows};
use super::today::{Second, Today, second};
use crate::domain::segment::LtvBand;

/// How many classes there are: by orders, by money and by the last order.
const CLASSES: usize = 4 * 5 * 3;

/// Counts by what keeps customers out and by class.
pub(super) struct Classes {
    /// Of those whom only one filter keeps out, at that filter's bit; of those whom nothing does, behind the last filter; of
    /// all others, at the bit of what is no filter.
    counts: [[u32; CLASSES]; KINDS + 1],
    /// A customer of each class, who stands for all.
    samples: [Lifetime; CLASSES],
}

/// Where the answer of any choice changes.
struct Steps {
    orders: [u32; 3],
    ltv: [i64; 4],
    last: [Second; 2],
}

impl Classes {
    /// Counts all customers; `reasons` keep them out of a query.
    pub(super) fn of(rows: &Rows, reasons: &[Reasons], today: &Today) -> Self {
        let steps = Steps::of(today);
        let mut classes = Self {
            counts: [[0; CLASSES]; KINDS + 1],
            samples: [Lifetime::default(); CLASSES],
        };
        for (reasons, lifetime) in reasons.iter().zip(rows.lifetimes()) {
            let class = steps.class(lifetime);
            classes.counts[place(*reasons)][class] += 1;
            classes.samples[class] = lifetime;
        }
        classes
    }

    /// Counts those whom nothing but one filter keeps out, and of whom something holds that is the same for a class.
    pub(super) fn count(&self, but: Reasons, holds: impl Fn(Lifetime) -> bool) -> i64 {
        let (all, only) = (&self.counts[KINDS], &self.counts[but.trailing_zeros() as usize]);
        let counts = all
            .iter()
            .zip(only)
            .map(|(all, only)| i64::from(*all) + i64::from(*only));
        let counts = counts.zip(&self.samples).filter(|(_, sample)| holds(**sample));
        counts.map(|(count, _)| count).sum()
    }
}

/// Returns where customers are counted whom all these reasons keep out; without a branch, for nobody's can be foreseen from
/// the one before.
fn place(reasons: Reasons) -> usize {
    let at_most_one = reasons & reasons.wrapping_sub(1) == 0;
    let first = (reasons | 1 << KINDS).trailing_zeros() as usize;
    first * usize::from(at_most_one)
}

impl Steps {
    fn of(today: &Today) -> Self {
        let thresholds = &today.thresholds;
        let [_, low, middle, high] = LtvBand::ALL.map(|band| band.bounds().0.0);
        Self {
            orders: [1, 2, u32::try_from(thresholds.vip_orders.max(0)).unwrap_or(u32::MAX)],
            ltv: [low, middle, high, thresholds.vip_spend.0],
            last: [second(today.at_risk_before), second(today.active_since)],
        }
    }

    /// Two customers are of one class where none of the steps is between them.
    fn class(&self, lifetime: Lifetime) -> usize {
        let orders = passed(lifetime.orders, self.orders);
        let ltv = passed(lifetime.ltv, self.ltv);
        (orders * (self.ltv.len() + 1) + ltv) * (self.last.len() + 1) + passed(lifetime.last, self.last)
    }
}

fn passed<T: PartialOrd, const N: usize>(value: T, steps: [T; N]) -> usize {
    steps.into_iter().map(|step| usize::from(value >= step)).sum()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::{TimeZone as _, Utc};
    use proptest::prelude::*;

    use super::*;
    use crate::domain::customer_query::OrdersFilter;
    use crate::domain::finder::filter::is_of;
    use crate::domain::money::Money;
    use crate::domain::segment::{Segment, Thresholds};

    fn lifetime() -> impl Strategy<Value = Lifetime> {
        let near = |at: Vec<i64>| (prop::sample::select(at), -1..=1_i64).prop_map(|(at, by)| (at + by).max(0));
        let ltv = near(vec![0, 1_000_000, 5_000_000, 7_000_000, 10_000_000]);
        let days = near(vec![1_000, 1_010, 1_020]);
        (0..5_u32, ltv, days).prop_map(|(orders, ltv, day)| Lifetime {
            orders,
            ltv,
            last: u32::try_from(day * 86_400).unwrap(),
        })
    }

    /// What every choice says of somebody, by orders, money and the last order.
    fn answers(lifetime: Lifetime, today: &Today) -> Vec<bool> {
        let orders = OrdersFilter::ALL.map(|choice| choice.passes(lifetime.orders.into(), &today.thresholds));
        let bands = LtvBand::ALL.map(|band| band.contains(Money(lifetime.ltv)));
        let segments = Segment::ALL.map(|segment| is_of(segment, lifetime, today));
        let others = [lifetime.last >= second(today.active_since), lifetime.orders == 0];
        [&orders[..], &bands, &segments, &others].concat()
    }

    proptest! {
        #[test]
        fn no_choice_tells_those_of_a_class_apart(
            lifetimes in prop::collection::vec(lifetime(), 40),
            vip_orders in 0..5_i64,
            vip_spend in prop::sample::select(vec![0, 1_000_000, 7_000_000, 20_000_000]),
            active_days in 0..30_i64,
            at_risk_days in 0..30_i64,
        ) {
            let thresholds = Thresholds { vip_orders, vip_spend: Money(vip_spend), active_days, at_risk_days };
            let now = Utc.timestamp_opt(1_025 * 86_400, 0).unwrap();
            let today = Today::new(now, &Utc, &thresholds);
            let steps = Steps::of(&today);
            let mut known = BTreeMap::new();
            for lifetime in lifetimes {
                let answers = answers(lifetime, &today);
                let of_class = known.entry(steps.class(lifetime)).or_insert_with(|| answers.clone());
                prop_assert_eq!(&*of_class, &answers, "{:?}", lifetime);
            }
        }
    }
}
