//! A customer: what a phone's orders come to.

use chrono::{DateTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use super::money::Money;
use super::period;
use super::phone::Phone;
use super::segment::{Activity, Segment, Thresholds, holds};
use super::source::Source;

/// The least number of finished orders that a delivered rate says anything about.
const ENOUGH_FINISHED: i64 = 3;

/// A customer with the figures of all their orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// The database's own number.
    pub id: i64,
    /// The phone that makes the orders theirs; after a merge, the primary one.
    pub phone: Phone,
    /// The name that was set, else that of the most recent order that has one; may be empty.
    pub name: String,
    /// The `WhatsApp` number, only where it differs from the phone.
    pub whatsapp: Option<Phone>,
    /// Delivered orders.
    pub earned_orders: i64,
    /// Orders that are neither delivered nor lost.
    pub open_orders: i64,
    /// Cancelled and returned orders.
    pub lost_orders: i64,
    /// The amounts of delivered orders.
    pub earned: Money,
    /// The amounts of open orders.
    pub open: Money,
    /// The amounts of lost orders.
    pub lost: Money,
    /// When the first order was placed, lost or not.
    #[serde(with = "chrono::serde::ts_seconds")]
    pub first_order: DateTime<Utc>,
    /// When the last order was placed, lost or not.
    #[serde(with = "chrono::serde::ts_seconds")]
    pub last_order: DateTime<Utc>,
    /// The preferred source.
    pub source: Source,
    /// The city; may be empty.
    pub city: String,
    /// The state; may be empty.
    pub state: String,
    /// The tags, each once, in the order of the alphabet.
    pub tags: Vec<String>,
}

impl Customer {
    /// Returns the counted orders: earned and open ones.
    pub fn orders(&self) -> i64 {
        self.earned_orders + self.open_orders
    }

    /// Returns all orders, lost ones included.
    pub fn all_orders(&self) -> i64 {
        self.orders() + self.lost_orders
    }

    /// Returns the lifetime value (LTV): the amounts of counted orders.
    pub fn spent(&self) -> Money {
        self.earned + self.open
    }

    /// Returns the average order value (AOV), LTV by counted orders; none without any.
    pub fn aov(&self) -> Option<Money> {
        self.spent().divided_by(self.orders())
    }

    /// Returns the age of the last order in whole calendar days of the zone.
    pub fn age_days<Z: TimeZone>(&self, now: DateTime<Utc>, zone: &Z) -> i64 {
        period::age_days(self.last_order, now, zone)
    }

    /// Tells whether the last order is recent.
    pub fn activity<Z: TimeZone>(&self, now: DateTime<Utc>, zone: &Z, thresholds: &Thresholds) -> Activity {
        thresholds.activity(self.age_days(now, zone))
    }

    /// Returns every segment that the customer is in.
    pub fn segments<Z: TimeZone>(&self, now: DateTime<Utc>, zone: &Z, thresholds: &Thresholds) -> Vec<Segment> {
        let (orders, ltv, age) = (self.orders(), self.spent(), self.age_days(now, zone));
        Segment::ALL
            .into_iter()
            .filter(|segment| holds(*segment, orders, ltv, age, thresholds))
            .collect()
    }

    /// Returns how many of a hundred finished orders were delivered, rounded; none below three finished ones.
    pub fn delivered_rate(&self) -> Option<i64> {
        let finished = self.earned_orders + self.lost_orders;
        (finished >= ENOUGH_FINISHED).then(|| (200 * self.earned_orders + finished) / (2 * finished))
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    fn customer() -> Customer {
        Customer {
            id: 1,
            phone: Phone::e164("+2348031234567").unwrap(),
            name: "Adébáyò Okafor".to_owned(),
            whatsapp: Phone::e164("+2347065550001"),
            earned_orders: 2,
            open_orders: 2,
            lost_orders: 1,
            earned: Money(2_000_000),
            open: Money(9_000_050),
            lost: Money(500_000),
            first_order: "2026-09-30T23:00:00Z".parse().unwrap(),
            last_order: "2026-10-19T23:00:00Z".parse().unwrap(),
            source: Source::Facebook,
            city: "Yaba".to_owned(),
            state: "Lagos".to_owned(),
            tags: Vec::new(),
        }
    }

    fn lagos() -> FixedOffset {
        FixedOffset::east_opt(3_600).unwrap()
    }

    #[test]
    fn earned_and_open_orders_count_and_lost_ones_do_not() {
        let customer = customer();
        assert_eq!((customer.orders(), customer.spent()), (4, Money(11_000_050)));
        assert_eq!(customer.aov(), Some(Money(2_750_013)));
    }

    #[test]
    fn a_customer_with_only_lost_orders_has_no_average() {
        let lost = Customer {
            earned_orders: 0,
            open_orders: 0,
            earned: Money(0),
            open: Money(0),
            ..customer()
        };
        assert_eq!((lost.orders(), lost.spent(), lost.aov()), (0, Money(0), None));
    }

    #[test]
    fn activity_and_risk_turn_at_the_shops_midnight() {
        // The last order is of 20 October in Lagos.
        let at = |now: &str| {
            let now = now.parse().unwrap();
            let (customer, thresholds) = (customer(), Thresholds::default());
            let segments = customer.segments(now, &lagos(), &thresholds);
            (
                customer.age_days(now, &lagos()),
                customer.activity(now, &lagos(), &thresholds),
                segments.contains(&Segment::AtRisk),
            )
        };
        assert_eq!(at("2026-11-19T22:59:59Z"), (30, Activity::Active, false));
        assert_eq!(at("2026-11-19T23:00:00Z"), (31, Activity::Inactive, false));
        assert_eq!(at("2026-12-18T22:59:59Z"), (59, Activity::Inactive, false));
        assert_eq!(at("2026-12-18T23:00:00Z"), (60, Activity::Inactive, true));
        assert_eq!(at("2026-10-01T00:00:00Z"), (0, Activity::Active, false));
    }

    #[test]
    fn a_customer_is_in_several_segments() {
        let now = "2026-12-31T12:00:00Z".parse().unwrap();
        let segments = customer().segments(now, &lagos(), &Thresholds::default());
        assert_eq!(segments, [Segment::Vip, Segment::Repeat, Segment::AtRisk]);
    }

    #[test]
    fn the_delivered_rate_is_of_finished_orders() {
        let rate = |earned_orders, lost_orders| {
            Customer {
                earned_orders,
                lost_orders,
                open_orders: 9,
                ..customer()
            }
            .delivered_rate()
        };
        assert_eq!((rate(2, 0), rate(1, 1), rate(0, 0)), (None, None, None));
        assert_eq!(
            (rate(3, 0), rate(0, 3), rate(2, 1), rate(1, 2)),
            (Some(100), Some(0), Some(67), Some(33))
        );
        assert_eq!(rate(1, 7), Some(13));
    }

    #[test]
    fn a_customer_crosses_the_wire_unchanged() {
        let wire = serde_json::to_string(&customer()).unwrap();
        assert_eq!(serde_json::from_str::<Customer>(&wire).unwrap(), customer());
    }
}
