//! What the customers page shows, with everything that depends on the clock and the zone worked out.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::customer::Customer;
use super::money::Money;
use super::page::Page;
use super::stats::{SegmentTotals, Stats};

/// A page of customers, and the moment it is true of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerList {
    /// The customers of this page and how many match in all.
    pub page: Page<CustomerRow>,
    /// How many customers there are before any filter: all, or those who ordered in the period.
    pub of: i64,
    /// All customers of the shop.
    pub customers: i64,
    /// All orders of the shop, lost ones included.
    pub orders: i64,
    /// When the server answered, in the shop's zone, as people read it: `14:32:07`.
    pub as_of: String,
    /// The shop's zone, such as `Africa/Lagos`.
    pub zone: String,
    /// Where the rows are those that somebody saw already, whether others would stand there now, or in another order.
    pub moved: Option<bool>,
}

/// A customer with what the shop's clock says about it.
///
/// Server and browser must render the same text, so whatever depends on `now` or the zone is worked out once, here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// The customer.
    pub customer: Customer,
    /// Whether the last order is recent.
    pub active: bool,
    /// The day of the first order.
    pub first: Day,
    /// The day of the last order.
    pub last: Day,
    /// With a period, what the customer did in it.
    pub period: Option<PeriodRow>,
    /// An older spelling of the name that a search found, where the name itself does not show why it is here.
    pub spelled: Option<String>,
    /// Another number of the customer that a search found, where neither phone nor WhatsApp shows it.
    pub other_number: Option<String>,
    /// The ways to reach the customer.
    pub reach: ReachLinks,
}

/// What a customer did in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodRow {
    /// Counted orders.
    pub orders: i64,
    /// Lost orders.
    pub lost: i64,
    /// The amounts of counted orders.
    pub spent: Money,
    /// The day of the first order, lost or not.
    pub first: Day,
    /// The day of the last one.
    pub last: Day,
}

/// How a customer can be reached: links that are ready to be followed, or none where there is no valid number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachLinks {
    /// Opens a chat with the shop's message filled in.
    pub whatsapp: Option<String>,
    /// Dials the number.
    pub call: Option<String>,
    /// Whether they have said that they want no messages.
    pub unwanted: bool,
}

/// A moment as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The instant, for machines.
    #[serde(with = "chrono::serde::ts_seconds")]
    pub at: DateTime<Utc>,
    /// Short, relative where it is recent: `2 d ago`, `3 Jan`.
    pub short: String,
    /// Exact, with the zone.
    pub exact: String,
}

/// The cards above the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The four figures.
    pub stats: Stats,
    /// The four segments.
    pub segments: SegmentTotals,
    /// The days that the page is about, as people read them: `1–27 Nov`; empty for all time.
    pub days: String,
    /// What the figures are compared with: `as it stood 30 days ago`, `1–27 Oct`.
    pub compared: String,
    /// What the active customers are compared with; they are not the period's.
    pub active_compared: String,
    /// How many days old the last order of an active customer may be.
    pub active_days: i64,
}
