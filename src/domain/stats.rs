//! The figures of the cards above the list, and what has become of them.

use serde::{Deserialize, Serialize};

use super::money::{self, Money};

/// A number on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// So many customers.
    Count(i64),
    /// So much money; none where there is nobody to divide it by.
    Money(Option<Money>),
    /// So many of so many.
    Share {
        /// Those who are meant.
        part: i64,
        /// All of them.
        whole: i64,
    },
}

/// Where a number has gone since it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// There was nothing before: no percentage says what that means.
    New,
    /// As it was.
    Same,
    /// Changed by so many tenths of a percent of what it was; of a share, by so many tenths of a point.
    Changed(i64),
    /// One of the two numbers does not exist.
    Unknown,
}

/// A number, what it is compared with, and the line that led there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The number.
    pub now: Measure,
    /// What it is compared with.
    pub before: Measure,
    /// Its latest values, the oldest first.
    pub line: Vec<Measure>,
}

/// The four cards above the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stats {
    /// All customers, or with a period those who ordered in it.
    pub customers: Figure,
    /// Customers whose first order is at most 30 days old, and those of the 30 days before; only for all time.
    pub new_customers: Option<(i64, i64)>,
    /// Customers with a recent order, over all customers.
    pub active: Figure,
    /// Lifetime value by customer, or with a period what was spent in it by customer who ordered in it.
    pub average: Figure,
    /// With a period, the lifetime value by customer of those who ordered in it.
    pub lifetime_average: Option<Money>,
    /// Those with two counted orders or more.
    pub repeat: Figure,
}

/// How many customers a segment has, and what they come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentTotal {
    /// How many.
    pub customers: i64,
    /// Their lifetime value; of one-time buyers also what one more order each would bring.
    pub ltv: Money,
}

/// Those who have not ordered for long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtRisk {
    /// How many.
    pub customers: i64,
    /// The age of their last orders in days: the middle one, or the mean of the middle two, rounded up.
    pub median_days: i64,
    /// The least of those ages.
    pub newest_days: i64,
    /// The greatest.
    pub oldest_days: i64,
}

/// The four segment cards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentTotals {
    /// Many orders or much spent.
    pub vip: SegmentTotal,
    /// More than one order, fewer than a VIP.
    pub repeat: SegmentTotal,
    /// Exactly one order.
    pub one_time: SegmentTotal,
    /// No order for long, over all customers whatever the period.
    pub at_risk: AtRisk,
}

impl Measure {
    /// Returns the number as one that lines are drawn by; where it does not exist, 0.
    pub fn value(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a line is drawn with a few hundred pixels")]
        match self {
            Self::Count(count) => count as f64,
            Self::Money(money) => money.map_or(0.0, |money| money.0 as f64),
            Self::Share { whole: 0, .. } => 0.0,
            Self::Share { part, whole } => part as f64 / whole as f64,
        }
    }

    /// Returns a share in tenths of a percent, rounded half up; none of nobody.
    fn per_mille(part: i64, whole: i64) -> Option<i64> {
        (whole > 0).then(|| (2_000 * part + whole) / (2 * whole))
    }
}

impl std::fmt::Display for Measure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count(count) => out.write_str(&grouped(*count)),
            Self::Money(Some(money)) => write!(out, "{}", whole_naira(*money)),
            Self::Share { part, whole } if *whole > 0 => {
                let tenths = Self::per_mille(*part, *whole).unwrap_or_default();
                write!(out, "{}.{} %", tenths / 10, tenths % 10)
            }
            Self::Money(None) | Self::Share { .. } => out.write_str("—"),
        }
    }
}

impl Figure {
    /// Returns where the number has gone.
    pub fn trend(&self) -> Trend {
        let (before, now) = match (self.before, self.now) {
            (Measure::Share { part: p, whole: w }, Measure::Share { part, whole }) => {
                return match (Measure::per_mille(p, w), Measure::per_mille(part, whole)) {
                    (Some(before), Some(now)) if before == now => Trend::Same,
                    (Some(before), Some(now)) => Trend::Changed(now - before),
                    (None, Some(_)) => Trend::New,
                    _ => Trend::Unknown,
                };
            }
            (Measure::Count(before), Measure::Count(now)) => (before, now),
            (Measure::Money(before), Measure::Money(Some(now))) => (before.map_or(0, |money| money.0), now.0),
            _ => return Trend::Unknown,
        };
        match (before, now) {
            _ if before == now => Trend::Same,
            (0, _) => Trend::New,
            _ => Trend::Changed(tenths_of_a_percent(before, now)),
        }
    }
}

/// Returns the change in tenths of a percent of what was, rounded half away from zero.
fn tenths_of_a_percent(before: i64, now: i64) -> i64 {
    let (change, base) = (i128::from(now) - i128::from(before), i128::from(before.abs()));
    let rounded = (2_000 * change + base * change.signum()) / (2 * base);
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

/// Rounds an average to whole naira, half up: nobody reads the kobo of an average.
fn whole_naira(money: Money) -> Money {
    Money((money.0 + 50).div_euclid(100) * 100)
}

/// Groups thousands: `1,284`.
pub fn grouped(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", money::grouped(number.unsigned_abs()))
}

/// Says a number of orders: `1 order`, `1,284 orders`.
pub fn orders_in_words(number: i64) -> String {
    let noun = if number == 1 { "order" } else { "orders" };
    format!("{} {noun}", grouped(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trend(before: Measure, now: Measure) -> Trend {
        Figure {
            now,
            before,
            line: Vec::new(),
        }
        .trend()
    }

    #[test]
    fn from_zero_it_is_new_and_never_a_percentage() {
        let count = |before, now| trend(Measure::Count(before), Measure::Count(now));
        assert_eq!(count(0, 7), Trend::New);
        assert_eq!(count(0, 0), Trend::Same);
        assert_eq!(count(7, 7), Trend::Same);
        assert_eq!(count(8, 0), Trend::Changed(-1_000));
        assert_eq!(count(3, 4), Trend::Changed(333));
        assert_eq!(count(3, 2), Trend::Changed(-333));
        assert_eq!(count(1, 3), Trend::Changed(2_000));
        let money = |before: Option<i64>, now: Option<i64>| {
            trend(Measure::Money(before.map(Money)), Measure::Money(now.map(Money)))
        };
        assert_eq!(money(None, Some(5)), Trend::New);
        assert_eq!(money(Some(5), None), Trend::Unknown);
    }

    #[test]
    fn shares_change_in_points() {
        let share = |part, whole| Measure::Share { part, whole };
        assert_eq!(trend(share(1, 2), share(3, 5)), Trend::Changed(100));
        assert_eq!(trend(share(0, 5), share(1, 3)), Trend::Changed(333));
        assert_eq!(trend(share(0, 0), share(1, 3)), Trend::New);
        assert_eq!(trend(share(1, 3), share(0, 0)), Trend::Unknown);
        assert_eq!(trend(share(1, 3), share(2, 6)), Trend::Same);
    }

    #[test]
    fn numbers_read_as_on_a_card() {
        let share = |part, whole| Measure::Share { part, whole }.to_string();
        assert_eq!(Measure::Count(1_284).to_string(), "1,284");
        assert_eq!(Measure::Money(Some(Money(4_824_951))).to_string(), "₦48,250");
        assert_eq!(Measure::Money(None).to_string(), "—");
        assert_eq!(
            [share(3, 8), share(0, 8), share(8, 8), share(0, 0)],
            ["37.5 %", "0.0 %", "100.0 %", "—"]
        );
        assert_eq!(
            [0, 12, 999, 1_284, 1_000_000, -1_234].map(grouped).join(" "),
            "0 12 999 1,284 1,000,000 -1,234"
        );
    }
}
