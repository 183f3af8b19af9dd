//! Orders as CSV, with headers that the importer reads back.

use std::io::Write;

use super::{BYTE_ORDER_MARK, ExportError, harmless};
use crate::domain::order::Order;
use crate::domain::phone::Phone;
use crate::server::config::Shop;
use crate::server::db::Db;
use crate::server::store;

const HEADER: [&str; 13] = [
    "Order number",
    "Date",
    "Customer",
    "Phone",
    "WhatsApp",
    "Amount",
    "Status",
    "Source",
    "City",
    "State",
    "Address",
    "Sales rep",
    "Items",
];

/// Writes all orders, oldest first, and returns how many there were.
pub async fn orders(db: &Db, shop: &Shop, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(HEADER)?;
    let mut count = 0;
    store::orders::for_each(db, |order| {
        count += 1;
        csv.write_record(record(&order, shop)).map_err(ExportError::from)
    })
    .await?;
    csv.flush()?;
    Ok(count)
}

fn record(order: &Order, shop: &Shop) -> [String; 13] {
    let text = |text: &str| harmless(text).into_owned();
    let key = |phone: &Phone| text(phone.label().unwrap_or(phone.as_str()));
    // The spelling as it came in, second number included, gives the same order when it is read again.
    let phone = if order.phone_raw.is_empty() {
        key(&order.phone)
    } else {
        text(&order.phone_raw)
    };
    [
        text(&order.number),
        order.placed_at.with_timezone(&shop.zone).to_rfc3339(),
        text(&order.name),
        phone,
        order.whatsapp.as_ref().map(key).unwrap_or_default(),
        order.amount.to_plain(),
        order.status.as_str().to_owned(),
        order.source.as_str().to_owned(),
        text(&order.city),
        text(&order.state),
        text(&order.address),
        text(&order.sales_rep),
        text(&order.items),
    ]
}
