//! What of an order depends on the shop's clock and zone, worked out before it goes to a page.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::present;
use super::store::customer_page::Spelt;
use crate::domain::listing::Day;
use crate::domain::order::Order;
use crate::domain::order_list::{Buyer, OrderRow, Spelling};
use crate::domain::period::age_days;

/// Puts an order into the shop's words.
pub fn row(order: Order, buyer: Buyer, zone: Tz, now: DateTime<Utc>) -> OrderRow {
    OrderRow {
        placed: placed(order.placed_at, zone, now),
        order,
        buyer,
    }
}

/// Puts a way of writing a name into the shop's words.
pub fn spelling(spelt: Spelt, zone: Tz, now: DateTime<Utc>) -> Spelling {
    Spelling {
        name: spelt.name,
        orders: spelt.orders,
        last: present::day(spelt.last, zone, now),
    }
}

/// Says when an order was placed, or came in: of today and yesterday with the time, by which a shop knows its orders.
pub fn placed(at: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> Day {
    let day = present::day(at, zone, now);
    if age_days(at, now, &zone) > 1 {
        return day;
    }
    let time = at.with_timezone(&zone).format("%H:%M");
    Day {
        short: format!("{}, {time}", day.short),
        ..day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_orders_are_known_by_their_time() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let said = |time| placed(at(time), Tz::Africa__Lagos, at("2026-11-24T12:00:00Z")).short;
        assert_eq!(said("2026-11-23T23:05:00Z"), "Today, 00:05");
        assert_eq!(said("2026-11-23T22:59:59Z"), "Yesterday, 23:59");
        assert_eq!(said("2026-11-22T22:59:59Z"), "2 days ago");
    }
}
