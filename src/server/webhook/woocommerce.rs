//! Orders of WooCommerce.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::Deserialize;

use super::read::{Contact, after_refunds, deleted, first, item, nothing, order, text};
use crate::domain::order_form::OrderForm;
use crate::domain::source::Source;
use crate::domain::status::Status;
use crate::server::config::Shop;
use crate::server::store::orders::News;

#[derive(Deserialize)]
struct Sent {
    id: i64,
    number: Option<String>,
    status: String,
    currency: String,
    date_created_gmt: Option<String>,
    date_modified_gmt: Option<String>,
    total: String,
    #[serde(default)]
    billing: Contact,
    #[serde(default)]
    shipping: Contact,
    #[serde(default)]
    line_items: Vec<Line>,
    #[serde(default)]
    refunds: Vec<Refund>,
}

#[derive(Deserialize)]
struct Line {
    name: Option<String>,
    #[serde(default)]
    quantity: i64,
}

#[derive(Deserialize)]
struct Refund {
    total: String,
}

/// Tells what WooCommerce sends when an address is saved, to see whether somebody answers: it says nothing more.
pub fn is_ping(body: &[u8]) -> bool {
    body.strip_prefix(b"webhook_id=")
        .is_some_and(|id| !id.is_empty() && id.len() < 20 && id.iter().all(u8::is_ascii_digit))
}

/// Reads a delivery.
pub fn read(topic: &str, body: &[u8], shop: &Shop, now: DateTime<Utc>) -> News {
    match topic {
        "order.created" | "order.updated" | "order.restored" => {}
        "order.deleted" => return deleted(body),
        _ => return nothing("", "ignored", "It is not about an order."),
    }
    let Ok(sent) = serde_json::from_slice::<Sent>(body) else {
        return nothing("", "refused", "The body is not that of an order.");
    };
    let number = sent.number.clone().unwrap_or_else(|| sent.id.to_string());
    // Drafts are baskets that nobody has ordered yet; what is in the bin is told by `order.deleted`.
    if matches!(
        sent.status.as_str(),
        "checkout-draft" | "auto-draft" | "draft" | "trash"
    ) {
        return nothing(&number, "ignored", "It is a draft.");
    }
    let Some(changed_at) = sent.date_modified_gmt.as_deref().and_then(gmt) else {
        return nothing(&number, "refused", "date_modified_gmt is not a time.");
    };
    let form = form(&sent, number, &shop.country);
    match order(&form, &sent.currency, shop, now) {
        Ok(order) => News::Stands {
            external_id: sent.id.to_string(),
            changed_at,
            order: Box::new(order),
            restored: topic == "order.restored",
        },
        Err(nothing) => nothing,
    }
}

fn form(sent: &Sent, number: String, home: &str) -> OrderForm {
    let (billing, shipping) = (&sent.billing, &sent.shipping);
    let refunds = sent.refunds.iter().map(|refund| refund.total.clone());
    let left = after_refunds(&sent.total, refunds);
    let (amount, status) = match left {
        Some(left) if !sent.refunds.is_empty() => (left.to_plain(), sent.status.as_str()),
        None if !sent.refunds.is_empty() => (sent.total.clone(), Status::Returned.as_str()),
        _ => (sent.total.clone(), sent.status.as_str()),
    };
    let names = [billing.name(), shipping.name()];
    let lines = sent.line_items.iter();
    let items = lines.map(|line| item(line.quantity, text(line.name.as_ref())));
    let mut form = OrderForm {
        number,
        date: sent
            .date_created_gmt
            .as_ref()
            .map(|date| format!("{date}Z"))
            .unwrap_or_default(),
        name: first(names.iter().map(String::as_str)).to_owned(),
        phone: first([text(billing.phone.as_ref()), text(shipping.phone.as_ref())]).to_owned(),
        amount,
        status: status.to_owned(),
        source: Source::Website.as_str().to_owned(),
        items: items.collect::<Vec<_>>().join("; "),
        ..OrderForm::default()
    };
    let to = if shipping.is_place() { shipping } else { billing };
    to.place(&mut form, home);
    form
}

/// Reads a time that WooCommerce writes without its zone.
fn gmt(text: &str) -> Option<DateTime<Utc>> {
    let read = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(read.and_utc())
}
