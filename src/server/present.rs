//! What depends on the shop's clock and zone, worked out before it goes to a page.

use std::collections::HashMap;

use chrono::{DateTime, Datelike as _, Utc};
use chrono_tz::Tz;

use super::config::Shop;
use super::store::customers::Spelled;
use super::templates::Filling;
use crate::domain::customer::Customer;
use crate::domain::finder::{Found, Span};
use crate::domain::listing::{CustomerList, CustomerRow, Day, Overview, PeriodRow};
use crate::domain::loaded;
use crate::domain::money::Money;
use crate::domain::page::Page;
use crate::domain::period::{Period, Window, age_days, local_date, start_of};
use crate::domain::segment::Activity;
use crate::domain::stats::{SegmentTotals, Stats};

/// Puts a page of customers into the shop's words.
pub fn customer_list(
    rows: Vec<CustomerRow>,
    found: &Found,
    (customers, orders): (i64, i64),
    shop: &Shop,
    now: DateTime<Utc>,
) -> CustomerList {
    CustomerList {
        page: Page {
            rows,
            total: found.total,
            page: found.page,
            size: found.size,
        },
        of: found.of,
        customers,
        orders,
        as_of: now.with_timezone(&shop.zone).format("%H:%M:%S").to_string(),
        zone: shop.zone.name().to_owned(),
        moved: None,
    }
}

/// From where customers are looked at: the shop's clock and zone, and what is searched.
pub struct View<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// The moment.
    pub now: DateTime<Utc>,
    /// What is searched; empty for nothing.
    pub search: &'a str,
    /// How the customers have been written, where something is searched.
    pub spelled: Option<&'a HashMap<i64, Spelled>>,
    /// What the shop writes to them.
    pub filling: &'a Filling,
}

impl<'a> View<'a> {
    /// Looks at customers whom nobody has searched for.
    pub fn unsearched(shop: &'a Shop, now: DateTime<Utc>, filling: &'a Filling) -> Self {
        Self {
            shop,
            now,
            search: "",
            spelled: None,
            filling,
        }
    }
}

impl View<'_> {
    /// Puts a customer into the shop's words.
    pub fn row(&self, customer: Customer, span: Option<Span>) -> CustomerRow {
        let (shop, now) = (self.shop, self.now);
        let known = self.spelled.and_then(|spelled| spelled.get(&customer.id));
        let mut row = CustomerRow {
            active: customer.activity(now, &shop.zone, &shop.thresholds) == Activity::Active,
            first: day(customer.first_order, shop.zone, now),
            last: day(customer.last_order, shop.zone, now),
            period: span.map(|span| self.period(span)),
            spelled: None,
            other_number: None,
            reach: self.filling.reach(&customer),
            customer,
        };
        if let Some(known) = known {
            (row.spelled, row.other_number) = loaded::why(self.search, &row, &known.names, &known.numbers);
        }
        row
    }

    fn period(&self, span: Span) -> PeriodRow {
        let at = |second: u32| DateTime::from_timestamp(second.into(), 0).unwrap_or_default();
        PeriodRow {
            orders: span.orders.into(),
            lost: span.lost.into(),
            spent: Money(span.spent),
            first: day(at(span.first), self.shop.zone, self.now),
            last: day(at(span.last), self.shop.zone, self.now),
        }
    }
}

/// Puts the cards into the shop's words.
pub fn overview(stats: Stats, segments: SegmentTotals, period: Period, now: DateTime<Utc>, shop: &Shop) -> Overview {
    let zone = shop.zone;
    let this_year = now.with_timezone(&zone).year();
    let said = |window: Window| days(window, zone, this_year);
    let so_far = period.window(now, &zone).map(|window| Window {
        end: window.end.min(end_of_day(now, zone)),
        ..window
    });
    let month_ago = "as it stood 30 days ago".to_owned();
    Overview {
        stats,
        segments,
        days: so_far.map(said).unwrap_or_default(),
        compared: period.previous(now, &zone).map_or_else(|| month_ago.clone(), said),
        active_compared: month_ago,
        active_days: shop.thresholds.active_days,
    }
}

fn end_of_day(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    start_of(local_date(now, &zone) + chrono::Days::new(1), &zone)
}

/// Says a span of days: `27 Nov`, `1–27 Nov`, `28 Sep – 3 Oct 2025`, and up to when where it ends within a day.
fn days(window: Window, zone: Tz, this_year: i32) -> String {
    let first = window.start.with_timezone(&zone);
    let end = window.end.with_timezone(&zone);
    let last = end - chrono::TimeDelta::seconds(1);
    let year = if last.year() == this_year && first.year() == this_year {
        ""
    } else {
        " %Y"
    };
    let closing = last.format(&format!("%-d %b{year}")).to_string();
    let span = if first.date_naive() == last.date_naive() {
        closing
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{closing}", first.day())
    } else {
        let year = if first.year() == last.year() { "" } else { " %Y" };
        format!("{} – {closing}", first.format(&format!("%-d %b{year}")))
    };
    if end.time() == chrono::NaiveTime::MIN {
        span
    } else {
        format!("{span}, until {}", end.format("%H:%M"))
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
    fn spans_are_said_as_people_say_them() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let said = |start: &str, end: &str| {
            days(
                Window {
                    start: at(start),
                    end: at(end),
                },
                Tz::Africa__Lagos,
                2026,
            )
        };
        assert_eq!(said("2026-11-26T23:00:00Z", "2026-11-27T23:00:00Z"), "27 Nov");
        assert_eq!(said("2026-10-31T23:00:00Z", "2026-11-27T23:00:00Z"), "1–27 Nov");
        assert_eq!(
            said("2026-09-30T23:00:00Z", "2026-10-27T13:32:00Z"),
            "1–27 Oct, until 14:32"
        );
        assert_eq!(said("2026-09-27T23:00:00Z", "2026-10-03T23:00:00Z"), "28 Sep – 3 Oct");
        assert_eq!(
            said("2024-12-31T23:00:00Z", "2025-11-27T13:32:00Z"),
            "1 Jan – 27 Nov 2025, until 14:32"
        );
        assert_eq!(
            said("2025-12-27T23:00:00Z", "2026-01-03T23:00:00Z"),
            "28 Dec 2025 – 3 Jan 2026"
        );
    }

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
