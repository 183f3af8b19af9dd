//! What kinds of customers there are.

use serde::{Deserialize, Serialize};

use super::money::Money;

/// Where the kinds of customers begin and end; a shop may set its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// A customer is active while the last order is at most this many days old.
    pub active_days: i64,
    /// A customer is at risk once the last order is this many days old.
    pub at_risk_days: i64,
    /// A customer is a VIP from this many counted orders.
    pub vip_orders: i64,
    /// A customer is a VIP from this lifetime value.
    pub vip_spend: Money,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            active_days: 30,
            at_risk_days: 60,
            vip_orders: 5,
            vip_spend: Money(10_000_000),
        }
    }
}

impl Thresholds {
    /// Returns whether a customer whose last order is `age_days` old is active.
    pub fn activity(&self, age_days: i64) -> Activity {
        if age_days <= self.active_days {
            Activity::Active
        } else {
            Activity::Inactive
        }
    }
}

/// Whether a customer has ordered lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// The last order is recent.
    Active,
    /// It is not.
    Inactive,
}

impl Activity {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Active, Self::Inactive];

    /// Returns the name in URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Inactive => "Inactive",
        }
    }

    /// Reads the name in URLs.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|activity| activity.as_str() == code)
    }
}

/// A kind of customer; one customer may be of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// Many orders, or much spent.
    Vip,
    /// More than one order, fewer than a VIP.
    Repeat,
    /// Exactly one order.
    OneTime,
    /// No order for long.
    AtRisk,
}

impl Segment {
    /// Every segment.
    pub const ALL: [Self; 4] = [Self::Vip, Self::Repeat, Self::OneTime, Self::AtRisk];

    /// Returns the name in URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vip => "vip",
            Self::Repeat => "repeat",
            Self::OneTime => "one_time",
            Self::AtRisk => "at_risk",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Vip => "VIP",
            Self::Repeat => "Repeat",
            Self::OneTime => "One-time",
            Self::AtRisk => "At risk",
        }
    }

    /// Reads the name in URLs.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|segment| segment.as_str() == code)
    }
}

/// Tells whether a customer is of a segment, by counted orders, lifetime value and the age of the last order in days.
pub fn holds(segment: Segment, orders: i64, ltv: Money, age_days: i64, thresholds: &Thresholds) -> bool {
    match segment {
        Segment::Vip => orders >= thresholds.vip_orders || ltv >= thresholds.vip_spend,
        Segment::Repeat => orders >= 2 && orders < thresholds.vip_orders,
        Segment::OneTime => orders == 1,
        Segment::AtRisk => age_days >= thresholds.at_risk_days,
    }
}

/// A range of lifetime values; its upper end is the next one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LtvBand {
    /// Below ₦10,000.
    #[serde(rename = "under_10k")]
    Under10k,
    /// From ₦10,000, below ₦50,000.
    #[serde(rename = "10k_50k")]
    To50k,
    /// From ₦50,000, below ₦100,000.
    #[serde(rename = "50k_100k")]
    To100k,
    /// From ₦100,000.
    #[serde(rename = "from_100k")]
    From100k,
}

impl LtvBand {
    /// Every band, from the lowest.
    pub const ALL: [Self; 4] = [Self::Under10k, Self::To50k, Self::To100k, Self::From100k];

    /// Returns the name in URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Under10k => "under_10k",
            Self::To50k => "10k_50k",
            Self::To100k => "50k_100k",
            Self::From100k => "from_100k",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> String {
        match self.bounds() {
            (Money(0), Some(above)) => format!("Under {}", above.compact()),
            (least, Some(above)) => format!("{} to {}", least.compact(), above.compact()),
            (least, None) => format!("{} and more", least.compact()),
        }
    }

    /// Reads the name in URLs.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|band| band.as_str() == code)
    }

    /// Returns the least lifetime value of the band, and the least one above it where there is one.
    pub fn bounds(self) -> (Money, Option<Money>) {
        match self {
            Self::Under10k => (Money(0), Some(Money(1_000_000))),
            Self::To50k => (Money(1_000_000), Some(Money(5_000_000))),
            Self::To100k => (Money(5_000_000), Some(Money(10_000_000))),
            Self::From100k => (Money(10_000_000), None),
        }
    }

    /// Tells whether a lifetime value is in the band.
    pub fn contains(self, ltv: Money) -> bool {
        let (least, above) = self.bounds();
        ltv >= least && above.is_none_or(|above| ltv < above)
    }
}

#[cfg(test)]
mod tests;
