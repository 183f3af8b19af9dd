//! The naive fold: customers from orders in plain Rust, the independent definition that the database is held to.

use std::collections::BTreeMap;

use onibara::domain::customer::Customer;
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::phone::Phone;
use onibara::domain::source::Source;
use onibara::domain::status::Outcome;

/// Folds orders into customers, by primary phone; `merged` says which phones belong to another one.
pub fn customers(orders: &[Order], merged: &BTreeMap<Phone, Phone>) -> BTreeMap<Phone, Customer> {
    let mut groups: BTreeMap<Phone, Vec<&Order>> = BTreeMap::new();
    for order in orders {
        let primary = merged.get(&order.phone).unwrap_or(&order.phone).clone();
        groups.entry(primary).or_default().push(order);
    }
    groups
        .into_iter()
        .map(|(phone, orders)| (phone.clone(), customer(phone, orders)))
        .collect()
}

fn customer(phone: Phone, mut orders: Vec<&Order>) -> Customer {
    orders.sort_by(|a, b| (a.placed_at, a.number.as_bytes()).cmp(&(b.placed_at, b.number.as_bytes())));
    let of = |outcome: Outcome| orders.iter().filter(move |order| order.status.outcome() == outcome);
    let count = |outcome| i64::try_from(of(outcome).count()).unwrap();
    let sum = |outcome| Money(of(outcome).map(|order| order.amount.0).sum());
    let latest = |wanted: fn(&Order) -> bool| orders.iter().rev().find(|order| wanted(order));
    let place = latest(|order| !order.city.is_empty() || !order.state.is_empty());
    Customer {
        id: 0,
        name: latest(|order| !order.name.is_empty())
            .map(|order| order.name.clone())
            .unwrap_or_default(),
        whatsapp: latest(|order| order.whatsapp.is_some())
            .and_then(|order| order.whatsapp.clone())
            .filter(|whatsapp| *whatsapp != phone),
        earned_orders: count(Outcome::Earned),
        open_orders: count(Outcome::Open),
        lost_orders: count(Outcome::Lost),
        earned: sum(Outcome::Earned),
        open: sum(Outcome::Open),
        lost: sum(Outcome::Lost),
        first_order: orders[0].placed_at,
        last_order: orders[orders.len() - 1].placed_at,
        source: preferred(&orders),
        city: place.map(|order| order.city.clone()).unwrap_or_default(),
        state: place.map(|order| order.state.clone()).unwrap_or_default(),
        tags: Vec::new(),
        phone,
    }
}

/// The most frequent source; of several, the one of the latest order among them.
fn preferred(sorted: &[&Order]) -> Source {
    let count = |source: Source| sorted.iter().filter(|order| order.source == source).count();
    let most = sorted.iter().map(|order| count(order.source)).max().unwrap();
    sorted
        .iter()
        .rev()
        .find(|order| count(order.source) == most)
        .unwrap()
        .source
}
