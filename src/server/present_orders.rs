//! What of an order depends on the shop's clock and zone, worked out before it goes to a page.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::present;
use crate::domain::order::Order;
use crate::domain::order_list::{Buyer, OrderRow};

/// Puts an order into the shop's words.
pub fn row(order: Order, buyer: Buyer, zone: Tz, now: DateTime<Utc>) -> OrderRow {
    OrderRow {
        placed: present::day(order.placed_at, zone, now),
        order,
        buyer,
    }
}
