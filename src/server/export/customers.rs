//! Customers as CSV.

use std::io::Write;

use chrono::{DateTime, Utc};

use super::{BYTE_ORDER_MARK, ExportError, harmless};
use crate::domain::customer::Customer;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::finder::{Span, Today};
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::segment::Segment;
use crate::server::config::Shop;
use crate::server::db::Db;
use crate::server::finder::LiveFinder;
use crate::server::store;

const HEADER: [&str; 15] = [
    "Name",
    "Phone",
    "WhatsApp",
    "Status",
    "Segments",
    "Orders",
    "Lost orders",
    "Total spent",
    "AOV",
    "First order",
    "Last order",
    "Preferred source",
    "City",
    "State",
    "Tags",
];
/// With a period, the figures are the period's, and those of a lifetime follow.
const LIFETIME: [&str; 3] = ["Period", "Lifetime orders", "Lifetime value"];
/// How many customers are read at a time.
const READ: usize = 1_000;

/// Writes all customers of a query in its order, whatever its page, and returns how many there were.
pub async fn customers(
    db: &Db,
    query: &CustomerQuery,
    shop: &Shop,
    now: DateTime<Utc>,
    out: &mut (dyn Write + Send),
) -> Result<u64, ExportError> {
    let today = Today::new(now, &shop.zone, &shop.thresholds);
    let window = query.period.window(now, &shop.zone);
    let wanted = query.clone();
    let found = LiveFinder::new(db.clone())
        .answer(now, String::new(), move |finder| {
            finder.find_all(&wanted, window, &today)
        })
        .await?;
    out.write_all(BYTE_ORDER_MARK)?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEADER.iter().chain(LIFETIME.iter().filter(|_| window.is_some())))?;
    let mut count = 0;
    for rows in found.chunks(READ) {
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let mut customers = store::customers::by_ids(db, &ids).await?;
        for row in rows {
            if let Some(customer) = customers.remove(&row.id) {
                count += 1;
                let lifetime = row.span.map(|_| lifetime(&customer, query));
                csv.write_record(
                    record(&customer, row.span, shop, now)
                        .iter()
                        .chain(lifetime.iter().flatten()),
                )?;
            }
        }
    }
    csv.flush()?;
    Ok(count)
}

fn record(customer: &Customer, span: Option<Span>, shop: &Shop, now: DateTime<Utc>) -> [String; 15] {
    let local = |at: DateTime<Utc>| at.with_timezone(&shop.zone).format("%Y-%m-%d %H:%M:%S").to_string();
    let instant = |second: u32| DateTime::from_timestamp(second.into(), 0).unwrap_or_default();
    let phone = |phone: &Phone| harmless(phone.label().unwrap_or(phone.as_str())).into_owned();
    let segments: Vec<&str> = customer
        .segments(now, &shop.zone, &shop.thresholds)
        .into_iter()
        .map(Segment::label)
        .collect();
    let orders = span.map_or(customer.orders(), |span| span.orders.into());
    let spent = span.map_or(customer.spent(), |span| Money(span.spent));
    [
        harmless(&customer.name).into_owned(),
        phone(&customer.phone),
        customer.whatsapp.as_ref().map(phone).unwrap_or_default(),
        customer.activity(now, &shop.zone, &shop.thresholds).label().to_owned(),
        segments.join(", "),
        orders.to_string(),
        span.map_or(customer.lost_orders, |span| span.lost.into()).to_string(),
        spent.to_plain(),
        spent.divided_by(orders).map(Money::to_plain).unwrap_or_default(),
        local(span.map_or(customer.first_order, |span| instant(span.first))),
        local(span.map_or(customer.last_order, |span| instant(span.last))),
        customer.source.label().to_owned(),
        harmless(&customer.city).into_owned(),
        harmless(&customer.state).into_owned(),
        harmless(&customer.tags.join(", ")).into_owned(),
    ]
}

fn lifetime(customer: &Customer, query: &CustomerQuery) -> [String; 3] {
    [
        query.period.code(),
        customer.orders().to_string(),
        customer.spent().to_plain(),
    ]
}
