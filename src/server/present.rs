//! What depends on the shop's clock and zone, worked out before it goes to a page.

use chrono::{DateTime, Datelike as _, Utc};
use chrono_tz::Tz;

use super::config::Shop;
use super::store::customers::Totals;
use crate::domain::customer::Customer;
use crate::domain::listing::{CustomerList, CustomerRow, Day, ReachLinks};
use crate::domain::message;
use crate::domain::page::Page;
use crate::domain::period::age_days;
use crate::domain::segment::Activity;
use crate::paths;

/// Puts a page of customers into the shop's words.
pub fn customer_list(page: Page<Customer>, totals: Totals, shop: &Shop, now: DateTime<Utc>) -> CustomerList {
    let rows = page.rows.into_iter().map(|customer| row(customer, shop, now)).collect();
    CustomerList {
        of: page.total,
        page: Page {
            rows,
            total: page.total,
            page: page.page,
            size: page.size,
        },
        customers: totals.customers,
        orders: totals.orders,
        as_of: now.with_timezone(&shop.zone).format("%H:%M:%S").to_string(),
        zone: shop.zone.name().to_owned(),
    }
}

fn row(customer: Customer, shop: &Shop, now: DateTime<Utc>) -> CustomerRow {
    CustomerRow {
        active: customer.activity(now, &shop.zone, &shop.thresholds) == Activity::Active,
        first: day(customer.first_order, shop.zone, now),
        last: day(customer.last_order, shop.zone, now),
        period: None,
        spelled: None,
        other_number: None,
        reach: reach(&customer, shop),
        customer,
    }
}

/// The ways to reach a customer; a chat goes to the WhatsApp number where there is one.
fn reach(customer: &Customer, shop: &Shop) -> ReachLinks {
    let message = message::fill(message::DEFAULT_TEMPLATE, customer, &shop.name);
    ReachLinks {
        whatsapp: paths::whatsapp(customer.whatsapp.as_ref().unwrap_or(&customer.phone), &message),
        call: paths::call(&customer.phone),
    }
}

/// Says when something was, as people do: relative for a month, then the day, with the year where it is another.
pub fn day(at: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> Day {
    let local = at.with_timezone(&zone);
    let short = match age_days(at, now, &zone) {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        days @ 2..=30 => format!("{days} days ago"),
        _ if local.year() == now.with_timezone(&zone).year() => local.format("%-d %b").to_string(),
        _ => local.format("%-d %b %Y").to_string(),
    };
    Day {
        at,
        short,
        exact: format!("{} ({})", local.format("%a %-d %b %Y, %H:%M:%S"), zone.name()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    #[test]
    fn days_are_the_shops_days() {
        let zone = Tz::Africa__Lagos;
        let now = Utc.with_ymd_and_hms(2026, 11, 24, 12, 0, 0).unwrap();
        let said = |y, m, d, h, min| day(Utc.with_ymd_and_hms(y, m, d, h, min, 0).unwrap(), zone, now).short;
        assert_eq!(said(2026, 11, 23, 23, 0), "Today");
        assert_eq!(said(2026, 11, 23, 22, 59), "Yesterday");
        assert_eq!(said(2026, 11, 20, 12, 0), "4 days ago");
        assert_eq!(said(2026, 10, 1, 12, 0), "1 Oct");
        assert_eq!(said(2025, 12, 31, 23, 0), "1 Jan");
        assert_eq!(said(2025, 12, 31, 22, 59), "31 Dec 2025");
    }
}
