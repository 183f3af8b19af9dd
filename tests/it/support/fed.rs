//! A finder that is fed by hand, as the store would feed it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use onibara::domain::customer_query::CustomerQuery;
use onibara::domain::finder::{CustomerFacts, Finder, OrderFacts, Span, Today};
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::phone::Phone;
use onibara::domain::segment::Thresholds;
use onibara::domain::text;

use super::naive::Did;
use super::oracle;

/// Where the shop is.
pub const ZONE: Tz = Tz::Africa__Lagos;

/// All rows of a query with what they did in its period, the phones of its page, and the total.
pub type Listed = (Vec<(Phone, Option<Did>)>, Vec<Phone>, i64);

/// A finder fed by hand, and what its numbers stand for.
pub struct Fed {
    pub finder: Finder,
    ids: BTreeMap<Phone, i64>,
    numbers: BTreeMap<String, u32>,
}

impl Fed {
    pub fn new(orders: &[Order]) -> Self {
        let mut fed = Self {
            finder: Finder::load(),
            ids: BTreeMap::new(),
            numbers: BTreeMap::new(),
        };
        let phones: BTreeSet<Phone> = orders.iter().map(|order| order.phone.clone()).collect();
        fed.put_customers(orders, &phones);
        for order in orders {
            fed.put_order(order);
            let numbers: Vec<&str> = order
                .whatsapp
                .iter()
                .chain(&order.other_phone)
                .map(Phone::as_str)
                .collect();
            fed.finder
                .spell(fed.ids[&order.phone], &text::fold(&order.name), &numbers);
        }
        fed.finder.loaded();
        fed
    }

    fn put_customers(&mut self, orders: &[Order], phones: &BTreeSet<Phone>) {
        let customers = oracle::customers(orders, &BTreeMap::new());
        for phone in phones {
            let next = i64::try_from(self.ids.len()).unwrap() + 1;
            let id = *self.ids.entry(phone.clone()).or_insert(next);
            let Some(customer) = customers.get(phone) else {
                self.finder.remove(id);
                continue;
            };
            self.finder.put(&CustomerFacts {
                id,
                phone: phone.clone(),
                name_key: text::fold(&customer.name),
                orders: customer.orders(),
                ltv: customer.spent(),
                first: customer.first_order.timestamp(),
                last: customer.last_order.timestamp(),
                source: customer.source,
                city: customer.city.clone(),
                state: customer.state.clone(),
                tags: Vec::new(),
            });
        }
    }

    pub fn put_order(&mut self, order: &Order) {
        let next = u32::try_from(self.numbers.len()).unwrap() + 1;
        let id = *self.numbers.entry(order.number.clone()).or_insert(next);
        let facts = OrderFacts {
            id,
            second: u32::try_from(order.placed_at.timestamp()).unwrap(),
            amount: order.amount.0,
            status: order.status,
            source: order.source,
            sales_rep: &order.sales_rep,
            number: &order.number,
        };
        self.finder.put_order(facts, self.ids[&order.phone]);
    }

    /// Replaces one order by another of the same number, adds it, or drops it, as a reader of the log would.
    pub fn change(&mut self, orders: &mut Vec<Order>, order: Order, drop: bool) {
        let mut touched = BTreeSet::from([order.phone.clone()]);
        if let Some(at) = orders.iter().position(|other| other.number == order.number) {
            touched.insert(orders.remove(at).phone);
        }
        if !drop {
            orders.push(order.clone());
        }
        self.put_customers(orders, &touched);
        if drop {
            if let Some(id) = self.numbers.get(&order.number) {
                self.finder.remove_order(*id);
            }
        } else {
            self.put_order(&order);
        }
        for phone in touched {
            let own: Vec<&Order> = orders.iter().filter(|other| other.phone == phone).collect();
            let names: Vec<String> = own.iter().map(|order| text::fold(&order.name)).collect();
            let numbers: Vec<Phone> = own
                .iter()
                .flat_map(|order| order.whatsapp.iter().chain(&order.other_phone))
                .cloned()
                .collect();
            self.finder.spell_all(self.ids[&phone], &names, &numbers);
        }
    }

    pub fn find(&mut self, query: &CustomerQuery, now: DateTime<Utc>) -> Listed {
        let today = Today::new(now, &ZONE, &Thresholds::default());
        let window = query.period.window(now, &ZONE);
        let page = self.finder.find(query, window, &today);
        let all = self.finder.find_all(query, window, &today);
        let phone = |id: i64| self.ids.iter().find(|(_, known)| **known == id).unwrap().0.clone();
        let at = |second: u32| DateTime::from_timestamp(second.into(), 0).unwrap();
        let did = |span: Span| {
            (
                span.orders.into(),
                span.lost.into(),
                Money(span.spent),
                at(span.first),
                at(span.last),
            )
        };
        (
            all.iter().map(|row| (phone(row.id), row.span.map(did))).collect(),
            page.rows.iter().map(|row| phone(row.id)).collect(),
            page.total,
        )
    }
}
