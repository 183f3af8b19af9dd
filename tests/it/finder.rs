//! The finder against the slow and plain way: random shops, moments and queries, through every kind of change.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use onibara::domain::customer_query::CustomerQuery;
use onibara::domain::facets::Facets;
use onibara::domain::finder::{Calendar, CustomerFacts, Finder, OrderFacts, Today};
use onibara::domain::order::Order;
use onibara::domain::phone::Phone;
use onibara::domain::segment::Thresholds;
use onibara::domain::text;

use crate::support::naive::{Did, Naive};
use crate::support::oracle;
use crate::support::queries::Dice;

const ZONE: Tz = Tz::Africa__Lagos;

/// All rows of a query with what they did in its period, the phones of its page, and the total.
type Listed = (Vec<(Phone, Option<Did>)>, Vec<Phone>, i64);

/// A finder fed by hand, and what its numbers stand for.
struct Fed {
    finder: Finder,
    ids: BTreeMap<Phone, i64>,
    numbers: BTreeMap<String, u32>,
}

impl Fed {
    fn new(orders: &[Order]) -> Self {
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

    fn put_order(&mut self, order: &Order) {
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
    fn change(&mut self, orders: &mut Vec<Order>, order: Order, drop: bool) {
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

    fn find(&mut self, query: &CustomerQuery, now: DateTime<Utc>) -> Listed {
        let today = Today::new(now, &ZONE, &Thresholds::default());
        let window = query.period.window(now, &ZONE);
        let page = self.finder.find(query, window, &today);
        let all = self.finder.find_all(query, window, &today);
        let phone = |id: i64| self.ids.iter().find(|(_, known)| **known == id).unwrap().0.clone();
        let at = |second: u32| DateTime::from_timestamp(second.into(), 0).unwrap();
        let did = |span: onibara::domain::finder::Span| {
            (
                span.orders.into(),
                span.lost.into(),
                onibara::domain::money::Money(span.spent),
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

fn check(fed: &mut Fed, orders: &[Order], query: &CustomerQuery, now: DateTime<Utc>, when: &str) {
    let naive = Naive {
        orders,
        merged: &BTreeMap::new(),
        now,
        zone: ZONE,
    };
    let expected = naive.find(query);
    let (all, page, total) = fed.find(query, now);
    assert_eq!(all, expected, "{when}: {query:?} at {now}");
    assert_eq!(total, i64::try_from(expected.len()).unwrap());
    let pages = query.size.unwrap_or_default();
    let size = usize::try_from(pages.get()).unwrap();
    let number = usize::try_from(pages.clamp(query.page, total)).unwrap();
    let expected: Vec<Phone> = expected
        .into_iter()
        .map(|row| row.0)
        .skip((number - 1) * size)
        .take(size)
        .collect();
    assert_eq!(page, expected, "{when}: page of {query:?} at {now}");
}

#[test]
fn every_query_finds_what_the_plain_way_finds_through_all_changes() {
    for seed in 0..12 {
        let mut dice = Dice::new(seed);
        let now = dice.moment();
        let mut orders: Vec<Order> = Vec::new();
        for _ in 0..150 {
            let order = dice.order(120, now);
            orders.retain(|other| other.number != order.number);
            orders.push(order);
        }
        let mut fed = Fed::new(&orders);
        for step in 0..60 {
            for _ in 0..3 {
                let query = dice.query(now);
                check(&mut fed, &orders, &query, now, &format!("seed {seed}, step {step}"));
            }
            let (order, drop) = (dice.order(160, now), dice.often(0.25));
            fed.change(&mut orders, order, drop);
        }
    }
}

#[test]
fn the_cards_say_what_the_plain_way_says() {
    for seed in 100..112 {
        let mut dice = Dice::new(seed);
        let now = dice.moment();
        let mut orders: Vec<Order> = Vec::new();
        for _ in 0..120 {
            let order = dice.order(100, now);
            orders.retain(|other| other.number != order.number);
            orders.push(order);
        }
        let mut fed = Fed::new(&orders);
        for step in 0..8 {
            let period = dice.period(now);
            let naive = Naive {
                orders: &orders,
                merged: &BTreeMap::new(),
                now,
                zone: ZONE,
            };
            let calendar = Calendar::new(period, now, &ZONE, &Thresholds::default());
            assert_eq!(
                fed.finder.stats(&calendar),
                naive.stats(period),
                "seed {seed}, step {step}: {period} at {now}"
            );
            let segments = fed.finder.segments(calendar.window, &calendar.today, &ZONE);
            assert_eq!(
                segments,
                naive.segments(period),
                "seed {seed}, step {step}: {period} at {now}"
            );
            let (order, drop) = (dice.order(160, now), dice.often(0.25));
            fed.change(&mut orders, order, drop);
        }
    }
}

#[test]
fn every_choice_of_a_menu_says_how_many_it_would_leave() {
    for seed in 200..206 {
        let mut dice = Dice::new(seed);
        let now = dice.moment();
        let orders: Vec<Order> = (0..150)
            .map(|number| Order {
                number: format!("N{number}"),
                ..dice.order(1, now)
            })
            .collect();
        let mut fed = Fed::new(&orders);
        let naive = Naive {
            orders: &orders,
            merged: &BTreeMap::new(),
            now,
            zone: ZONE,
        };
        for _ in 0..6 {
            let query = dice.query(now);
            let today = Today::new(now, &ZONE, &Thresholds::default());
            let facets = fed.finder.facets(&query, query.period.window(now, &ZONE), &today);
            check_facets(&facets, &naive, &query);
        }
    }
}

fn check_facets(facets: &Facets, naive: &Naive, query: &CustomerQuery) {
    let left = |change: &dyn Fn(&mut CustomerQuery)| {
        let count = naive.find(&query.with(|query| change(query))).len();
        i64::try_from(count).unwrap()
    };
    for (choice, count) in &facets.activity {
        assert_eq!(
            *count,
            left(&|query| query.activity = Some(*choice)),
            "{choice:?}, {query:?}"
        );
    }
    for (choice, count) in &facets.orders {
        assert_eq!(*count, left(&|query| query.orders = *choice), "{choice:?}, {query:?}");
    }
    for (choice, count) in &facets.bands {
        assert_eq!(
            *count,
            left(&|query| query.band = Some(*choice)),
            "{choice:?}, {query:?}"
        );
    }
    for (choice, count) in &facets.sources {
        assert_eq!(
            *count,
            left(&|query| query.sources = vec![*choice]),
            "{choice:?}, {query:?}"
        );
    }
    for (choice, count) in &facets.cities {
        assert_eq!(
            *count,
            left(&|query| query.city = Some(choice.clone())),
            "{choice:?}, {query:?}"
        );
    }
    for (choice, count) in &facets.states {
        assert_eq!(
            *count,
            left(&|query| query.states = vec![choice.clone()]),
            "{choice:?}, {query:?}"
        );
    }
    for (choice, count) in &facets.segments {
        assert_eq!(
            *count,
            left(&|query| query.segment = Some(*choice)),
            "{choice:?}, {query:?}"
        );
    }
    for (choice, count) in &facets.quality {
        assert_eq!(
            *count,
            left(&|query| query.quality = Some(*choice)),
            "{choice:?}, {query:?}"
        );
    }
    assert!(!facets.activity.is_empty() && !facets.orders.is_empty() && !facets.sources.is_empty());
}
