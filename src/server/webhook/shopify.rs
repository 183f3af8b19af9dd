//! Orders of Shopify.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::read::{Contact, after_refunds, deleted, first, item, nothing, order, text};
use crate::domain::money::Money;
use crate::domain::order_form::OrderForm;
use crate::domain::source::Source;
use crate::domain::status::Status;
use crate::server::config::Shop;
use crate::server::store::orders::News;

#[derive(Deserialize)]
struct Sent {
    id: u64,
    name: String,
    currency: String,
    created_at: Option<String>,
    updated_at: Option<String>,
    cancelled_at: Option<String>,
    financial_status: Option<String>,
    fulfillment_status: Option<String>,
    total_price: String,
    current_total_price: Option<String>,
    phone: Option<String>,
    billing_address: Option<Contact>,
    shipping_address: Option<Contact>,
    customer: Option<Customer>,
    #[serde(default)]
    line_items: Vec<Line>,
    #[serde(default)]
    refunds: Vec<Refund>,
}

#[derive(Deserialize)]
struct Customer {
    #[serde(flatten)]
    contact: Contact,
    default_address: Option<Contact>,
}

#[derive(Deserialize)]
struct Line {
    name: Option<String>,
    title: Option<String>,
    #[serde(default)]
    quantity: i64,
}

#[derive(Deserialize)]
struct Refund {
    #[serde(default)]
    transactions: Vec<Transaction>,
}

#[derive(Deserialize)]
struct Transaction {
    kind: Option<String>,
    status: Option<String>,
    amount: String,
}

/// Reads a delivery.
pub fn read(topic: &str, body: &[u8], shop: &Shop, now: DateTime<Utc>) -> News {
    match topic {
        "orders/create"
        | "orders/updated"
        | "orders/paid"
        | "orders/cancelled"
        | "orders/fulfilled"
        | "orders/partially_fulfilled" => {}
        "orders/delete" => return deleted(body),
        _ => return nothing("", "ignored", "It is not about an order."),
    }
    let Ok(sent) = serde_json::from_slice::<Sent>(body) else {
        return nothing("", "refused", "The body is not that of an order.");
    };
    let changed_at = sent
        .updated_at
        .as_deref()
        .and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    let Some(changed_at) = changed_at else {
        return nothing(&sent.name, "refused", "updated_at is not a time.");
    };
    let form = form(&sent, &shop.country);
    match order(&form, &sent.currency, shop, now) {
        Ok(order) => News::Stands {
            external_id: sent.id.to_string(),
            changed_at: changed_at.to_utc(),
            order: Box::new(order),
            restored: false,
        },
        Err(nothing) => nothing,
    }
}

fn form(sent: &Sent, home: &str) -> OrderForm {
    let contacts = [
        sent.billing_address.as_ref(),
        sent.shipping_address.as_ref(),
        sent.customer.as_ref().map(|customer| &customer.contact),
        sent.customer
            .as_ref()
            .and_then(|customer| customer.default_address.as_ref()),
    ];
    let names: Vec<String> = contacts.iter().flatten().map(|contact| contact.name()).collect();
    let phones = contacts.iter().flatten().map(|contact| text(contact.phone.as_ref()));
    // The order's own phone is the customer's, and comes after those of the addresses.
    let phone = first(phones.take(2).chain([text(sent.phone.as_ref())]));
    let phones = contacts.iter().flatten().map(|contact| text(contact.phone.as_ref()));
    let phone = first([phone].into_iter().chain(phones));
    let items = sent.line_items.iter().map(|line| {
        let name = first([text(line.name.as_ref()), text(line.title.as_ref())]);
        item(line.quantity, name)
    });
    let mut form = OrderForm {
        number: sent.name.clone(),
        date: sent.created_at.clone().unwrap_or_default(),
        name: first(names.iter().map(String::as_str)).to_owned(),
        phone: phone.to_owned(),
        amount: amount(sent),
        status: status(sent),
        source: Source::Website.as_str().to_owned(),
        items: items.collect::<Vec<_>>().join("; "),
        ..OrderForm::default()
    };
    let to = [contacts[1], contacts[0]]
        .into_iter()
        .flatten()
        .find(|contact| contact.is_place());
    if let Some(to) = to {
        to.place(&mut form, home);
    }
    form
}

/// The money that was given back.
fn refunds(sent: &Sent) -> impl Iterator<Item = String> {
    let transactions = sent.refunds.iter().flat_map(|refund| &refund.transactions);
    let given = transactions.filter(|transaction| {
        let is = |given: &Option<String>, word: &str| given.as_deref() == Some(word);
        is(&transaction.kind, "refund") && is(&transaction.status, "success")
    });
    given.map(|transaction| transaction.amount.clone())
}

fn is_refunded(sent: &Sent) -> bool {
    let all = refunds(sent).next().is_some() && after_refunds(&sent.total_price, refunds(sent)).is_none();
    all || sent.financial_status.as_deref() == Some("refunded")
}

/// What the order comes to now: after refunds, or what edits have left of it, whichever is less.
fn amount(sent: &Sent) -> String {
    let refunded = is_refunded(sent) || sent.cancelled_at.is_some();
    let left = after_refunds(&sent.total_price, refunds(sent));
    let current = sent
        .current_total_price
        .as_deref()
        .and_then(|current| Money::parse(current).ok());
    match (left, current) {
        (Some(left), Some(current)) if !refunded => left.min(current).to_plain(),
        (Some(left), None) if !refunded => left.to_plain(),
        // What was lost is the whole order.
        _ => sent.total_price.clone(),
    }
}

fn status(sent: &Sent) -> String {
    let financial = sent.financial_status.as_deref().unwrap_or_default();
    let status = match (financial, sent.fulfillment_status.as_deref().unwrap_or_default()) {
        _ if is_refunded(sent) => Status::Returned,
        ("voided" | "expired", _) => Status::Cancelled,
        _ if sent.cancelled_at.is_some() => Status::Cancelled,
        (_, "fulfilled" | "partial") => Status::Dispatched,
        ("paid" | "partially_paid" | "partially_refunded", _) => Status::Confirmed,
        ("pending" | "authorized" | "", _) => Status::New,
        // The rules of files say that it is not known.
        _ => return financial.to_owned(),
    };
    status.as_str().to_owned()
}
