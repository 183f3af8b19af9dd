//! What the palette finds in the shop.

use serde::{Deserialize, Serialize};

/// Customers and orders like what was typed, the best of each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The customers.
    pub customers: Vec<Hit>,
    /// The orders.
    pub orders: Vec<Hit>,
}

/// Somebody or something that has a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// What it is called.
    pub name: String,
    /// What tells it from others of the name.
    pub note: String,
    /// Its page.
    pub href: String,
}
