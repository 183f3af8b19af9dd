//! What a page of the list shows, with everything that depends on the clock and the zone worked out.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::customer::Customer;
use super::page::Page;

/// A page of customers, and the moment it is true of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CustomerList {
    /// The customers of this page and how many there are in all.
    pub page: Page<CustomerRow>,
    /// All orders of the shop, lost ones included.
    pub orders: i64,
    /// When the server answered, in the shop's zone, as people read it: `14:32:07`.
    pub as_of: String,
    /// The shop's zone, such as `Africa/Lagos`.
    pub zone: String,
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
}

/// A moment as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The instant, for machines.
    pub at: DateTime<Utc>,
    /// Short, relative where it is recent: `2 d ago`, `3 Jan`.
    pub short: String,
    /// Exact, with the zone.
    pub exact: String,
}
