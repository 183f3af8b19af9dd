//! What a shop decides about itself, as a form sends it, and what a change of it does.

use serde::{Deserialize, Serialize};

/// The longest name of a shop, in characters.
pub const MAX_NAME: usize = 60;
/// The most days of a threshold: ten years.
pub const MAX_DAYS: i64 = 3_650;
/// The most days that a customer may stay active.
pub const MAX_ACTIVE_DAYS: i64 = 365;
/// The most orders that a shop may ask of its VIPs.
pub const MAX_VIP_ORDERS: i64 = 1_000;
/// The fewest: whoever has ordered once is a one-time buyer.
pub const MIN_VIP_ORDERS: i64 = 2;

/// The settings as a form sends them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShopForm {
    /// Which change they were shown as.
    pub seen: String,
    /// The shop's name.
    pub name: String,
    /// The IANA name of the zone whose days count.
    pub time_zone: String,
    /// The country of phone numbers that name none, as an ISO 3166 code.
    pub country: String,
    /// The currency of all amounts, as an ISO 4217 code.
    pub currency: String,
    /// How many rows a page of a list has, where nobody has chosen another number.
    pub page_size: String,
    /// A customer is active while the last order is at most so many days old.
    pub active_days: String,
    /// A customer is at risk once the last order is so many days old.
    pub at_risk_days: String,
    /// A VIP has so many orders.
    pub vip_orders: String,
    /// Or has spent so much.
    pub vip_spend: String,
}

/// What a change does: how many customers are of each kind, before and after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Customers who have ordered lately.
    pub active: (i64, i64),
    /// Customers with no order for long.
    pub at_risk: (i64, i64),
    /// Customers with many orders, or much spent.
    pub vip: (i64, i64),
    /// Customers with more than one order, fewer than a VIP.
    pub repeat: (i64, i64),
}

impl Effect {
    /// Returns what people call each kind, with the numbers before and after.
    pub fn kinds(&self) -> [(&'static str, (i64, i64)); 4] {
        [
            ("VIP", self.vip),
            ("Repeat", self.repeat),
            ("active", self.active),
            ("at risk", self.at_risk),
        ]
    }
}

/// A form that was not saved: it was refused, or only tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopNotSaved {
    /// What was typed.
    pub typed: ShopForm,
    /// The fields that are to be looked at, with what is wrong.
    pub wrong: Vec<(String, String)>,
    /// What saving it would do, where that was asked for.
    pub would: Option<Effect>,
}

impl ShopNotSaved {
    /// Returns what is wrong with a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        let wrong = self.wrong.iter().find(|(name, _)| name == field);
        wrong.map(|(_, remark)| remark.as_str())
    }
}

/// A change that has been saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopSaved {
    /// Its number.
    pub version: i64,
    /// What was changed, from what to what.
    pub changes: Vec<Changed>,
    /// What it does to the customers of now.
    pub effect: Effect,
}

/// A setting that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// What people call it.
    pub label: String,
    /// What it was.
    pub before: String,
    /// What it is.
    pub after: String,
}

/// The page of the shop's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopPage {
    /// The settings as they are.
    pub form: ShopForm,
    /// Whether the reader may change them.
    pub may_edit: bool,
    /// The zones there are, for who may.
    pub zones: Vec<String>,
    /// How many orders there are: their currency stays.
    pub orders: i64,
    /// The change that the address names.
    pub saved: Option<ShopSaved>,
}
