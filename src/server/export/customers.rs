//! Customers as CSV.

use std::io::Write;

use chrono::{DateTime, Utc};

use super::{BYTE_ORDER_MARK, ExportError, harmless};
use crate::domain::customer::Customer;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::money::Money;
use crate::server::config::Shop;
use crate::server::db::Db;
use crate::server::store;

const HEADER: [&str; 14] = [
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
];

/// Writes all customers of a query, whatever its page, and returns how many there were.
pub async fn customers(
    db: &Db,
    query: &CustomerQuery,
    shop: &Shop,
    now: DateTime<Utc>,
    out: &mut (dyn Write + Send),
) -> Result<u64, ExportError> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEADER)?;
    let mut count = 0;
    store::customers::for_each(db, query, |customer| {
        count += 1;
        csv.write_record(record(&customer, shop, now))
            .map_err(ExportError::from)
    })
    .await?;
    csv.flush()?;
    Ok(count)
}

fn record(customer: &Customer, shop: &Shop, now: DateTime<Utc>) -> [String; 14] {
    let local = |at: DateTime<Utc>| at.with_timezone(&shop.zone).format("%Y-%m-%d %H:%M:%S").to_string();
    let phone = |phone: &crate::domain::phone::Phone| harmless(phone.label().unwrap_or(phone.as_str())).into_owned();
    let segments: Vec<&str> = customer
        .segments(now, &shop.zone, &shop.thresholds)
        .into_iter()
        .map(crate::domain::segment::Segment::label)
        .collect();
    [
        harmless(&customer.name).into_owned(),
        phone(&customer.phone),
        customer.whatsapp.as_ref().map(phone).unwrap_or_default(),
        customer.activity(now, &shop.zone, &shop.thresholds).label().to_owned(),
        segments.join(", "),
        customer.orders().to_string(),
        customer.lost_orders.to_string(),
        customer.spent().to_plain(),
        customer.aov().map(Money::to_plain).unwrap_or_default(),
        local(customer.first_order),
        local(customer.last_order),
        customer.source.label().to_owned(),
        harmless(&customer.city).into_owned(),
        harmless(&customer.state).into_owned(),
    ]
}
