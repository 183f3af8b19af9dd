//! The finder against the slow and plain way: random shops, moments and queries, through every kind of change.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use onibara::domain::customer_query::CustomerQuery;
use onibara::domain::facets::Facets;
use onibara::domain::finder::{Calendar, Today};
use onibara::domain::order::Order;
use onibara::domain::phone::Phone;
use onibara::domain::segment::Thresholds;

use crate::support::fed::{Fed, ZONE};
use crate::support::naive::Naive;
use crate::support::queries::Dice;

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
            if dice.often(0.5) {
                fed.finder.freshen();
            }
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
