//! The orders page: newest first, complete over its pages, filtered exactly.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use onibara::domain::customer_query::CustomerQuery;
use onibara::domain::order::Order;
use onibara::domain::order_list::OrderList;
use onibara::domain::order_query::{OrderQuery, OrderSort, OrderSortKey};
use onibara::domain::period::Period;
use onibara::domain::phone::Phone;
use onibara::domain::source::Source;
use onibara::domain::status::Status;
use onibara::server::store::orders;
use rand::prelude::*;
use serde::de::DeserializeOwned;

use crate::on_both_databases;
use crate::rollup::{all_orders, execute};
use crate::support::app::{TestApp, request};
use crate::support::builders::order;
use crate::support::database::{TestDb, sqlite};
use crate::support::naive::Naive;
use crate::support::oracle;
use crate::support::shop::RandomShop;

/// Puts so many random orders of few customers into the shop.
pub async fn fill(test: &TestDb, seed: u64, count: usize) {
    let mut shop = RandomShop::new(seed);
    let made = (0..count).map(|number| shop.numbered(&format!("A{number}"))).collect();
    orders::upsert(&test.db, made).await.unwrap();
}

async fn ask(app: &TestApp, cookie: &str, query: &str) -> OrderList {
    let encoded = query.replace('%', "%25").replace('&', "%26").replace('=', "%3D");
    read(app, cookie, &format!("/api/orders?query={encoded}")).await
}

/// What a server function answers the hydrated page.
pub async fn read<T: DeserializeOwned>(app: &TestApp, cookie: &str, path: &str) -> T {
    let asked = request(Method::GET, path, Some(cookie), "application/json");
    let answer = app.send(asked.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer.read()
}

/// The numbers of all pages, with the total that each of them says.
async fn walk(app: &TestApp, cookie: &str, query: &OrderQuery) -> (Vec<String>, i64) {
    let mut numbers = Vec::new();
    let mut page = 1;
    loop {
        let list = ask(app, cookie, &query.turned(page, None).to_query_string()).await;
        numbers.extend(list.page.rows.iter().map(|row| row.order.number.clone()));
        if page >= list.page.pages() {
            return (numbers, list.page.total);
        }
        page += 1;
    }
}

/// What the page must say, by the naive way.
fn expected(all: &[Order], keep: impl Fn(&Order) -> bool) -> Vec<String> {
    let mut kept: Vec<&Order> = all.iter().filter(|order| keep(order)).collect();
    kept.sort_by_key(|order| std::cmp::Reverse(order.position()));
    kept.into_iter().map(|order| order.number.clone()).collect()
}

on_both_databases! {
    async fn the_pages_together_are_all_orders_newest_first(test: &TestDb) {
        fill(test, 3, 130).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let all = all_orders(test).await;
        for size in ["size=20", "", "size=50"] {
            let (numbers, total) = walk(&app, &cookie, &OrderQuery::parse(size)).await;
            assert_eq!(numbers, expected(&all, |_| true), "{size}");
            assert_eq!(total, 130);
        }
        let beyond = ask(&app, &cookie, "page=999").await;
        assert_eq!((beyond.page.page, beyond.page.rows.len()), (6, 5), "a page past the end becomes the last one");
    }
}

/// A random question, and whether an order is part of its answer.
fn random_query(dice: &mut RandomShop) -> OrderQuery {
    let searches = [
        "",
        "",
        "ade",
        "okafor",
        "A1",
        "a12",
        "#12",
        "13",
        "0803",
        "4567",
        "nobody at all",
    ];
    let periods = ["all", "year", "month", "2026-05-29..2026-06-01"];
    let mut query = OrderQuery {
        customer: dice.0.random_bool(0.2).then(|| dice.phone()),
        status: dice
            .0
            .random_bool(0.3)
            .then(|| *Status::ALL.choose(&mut dice.0).unwrap()),
        source: dice
            .0
            .random_bool(0.3)
            .then(|| *Source::ALL.choose(&mut dice.0).unwrap()),
        sales_rep: dice
            .0
            .random_bool(0.3)
            .then(|| (*["Bisi", "Nobody"].choose(&mut dice.0).unwrap()).to_owned()),
        search: (*searches.choose(&mut dice.0).unwrap()).to_owned(),
        period: Period::parse(periods.choose(&mut dice.0).unwrap()).unwrap(),
        ..OrderQuery::default()
    };
    query.sort = *OrderSort::ALL.choose(&mut dice.0).unwrap();
    query
}

/// The numbers of the orders that a query asks for, in order, the slow and plain way.
fn answer(all: &[Order], query: &OrderQuery, now: DateTime<Utc>) -> Vec<Order> {
    let window = query.period.window(now, &Tz::Africa__Lagos);
    let none = BTreeMap::new();
    let naive = Naive {
        orders: all,
        merged: &none,
        now,
        zone: Tz::Africa__Lagos,
    };
    let who = CustomerQuery {
        search: query.search.clone(),
        ..CustomerQuery::default()
    };
    let found: Vec<Phone> = naive.find(&who).into_iter().map(|(phone, _)| phone).collect();
    let sought = query.search.trim_start_matches('#');
    let by_number = |number: &str| {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let among = sought.len() >= 2 && sought.bytes().all(|byte| byte.is_ascii_digit());
        let begins = number.starts_with(sought) || number.starts_with(&sought.to_uppercase());
        begins && sought.contains(|letter: char| letter.is_ascii_digit()) || among && digits.contains(sought)
    };
    let mut kept: Vec<Order> = all.to_vec();
    kept.retain(|order| {
        query.customer.as_ref().is_none_or(|phone| order.phone == *phone)
            && query.status.is_none_or(|status| order.status == status)
            && query.source.is_none_or(|source| order.source == source)
            && query.sales_rep.as_ref().is_none_or(|rep| order.sales_rep == *rep)
            && window.is_none_or(|window| window.contains(order.placed_at))
            && (query.search.is_empty() || found.contains(&order.phone) || by_number(&order.number))
    });
    kept.sort_by_key(|order| std::cmp::Reverse(order.position()));
    match (query.sort.key, query.sort.descending) {
        (OrderSortKey::Placed, true) => {}
        (OrderSortKey::Placed, false) => kept.reverse(),
        (OrderSortKey::Amount, true) => kept.sort_by_key(|order| std::cmp::Reverse(order.amount)),
        (OrderSortKey::Amount, false) => kept.sort_by_key(|order| order.amount),
    }
    kept
}

on_both_databases! {
    async fn any_filters_search_period_and_order_give_what_they_say(test: &TestDb) {
        fill(test, 4, 140).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let all = all_orders(test).await;
        let (mut dice, mut somebody) = (RandomShop::new(5), 0);
        for _ in 0..60 {
            let query = random_query(&mut dice);
            let (numbers, total) = walk(&app, &cookie, &query).await;
            let wanted: Vec<String> = answer(&all, &query, app.clock.now()).into_iter().map(|order| order.number).collect();
            assert_eq!(total, i64::try_from(wanted.len()).unwrap(), "{}", query.to_query_string());
            assert_eq!(numbers, wanted, "{}", query.to_query_string());
            somebody += usize::from(!wanted.is_empty());
        }
        assert!(somebody > 20, "most questions have an answer: {somebody}");
    }
}

on_both_databases! {
    async fn the_menus_say_what_each_choice_would_leave(test: &TestDb) {
        fill(test, 8, 90).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let all = all_orders(test).await;
        let mut dice = RandomShop::new(9);
        for _ in 0..20 {
            let query = random_query(&mut dice);
            let count = |change: &dyn Fn(&mut OrderQuery)| {
                i64::try_from(answer(&all, &query.with(|query| change(query)), app.clock.now()).len()).unwrap()
            };
            let facets = ask(&app, &cookie, &query.to_query_string()).await.facets;
            for (status, left) in facets.statuses {
                assert_eq!(left, count(&|query| query.status = Some(status)), "{status:?} {}", query.to_query_string());
            }
            for (source, left) in facets.sources {
                assert_eq!(left, count(&|query| query.source = Some(source)), "{source:?} {}", query.to_query_string());
            }
            let reps: Vec<(String, i64)> = ["Bisi", "Chidi \u{1f} O."].map(|rep| {
                (rep.to_owned(), count(&|query| query.sales_rep = Some(rep.to_owned())))
            }).into_iter().filter(|(_, left)| *left > 0).collect();
            let mut said = facets.reps;
            said.sort();
            assert_eq!(said.iter().map(|(_, left)| *left).collect::<Vec<_>>(), reps.iter().map(|(_, left)| *left).collect::<Vec<_>>());
        }
    }
}

on_both_databases! {
    async fn after_a_merge_either_phone_finds_the_orders_of_both(test: &TestDb) {
        fill(test, 6, 80).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        execute(test, merge("+2347065550001", "+2348031234567")).await;
        let all = all_orders(test).await;
        let both = ["+2347065550001", "+2348031234567"];
        let wanted = expected(&all, |order| both.contains(&order.phone.as_str()));
        let customers = oracle::customers(&all, &std::collections::BTreeMap::new());
        assert!(customers.keys().filter(|phone| both.contains(&phone.as_str())).count() == 2, "both have ordered");
        for phone in both {
            let query = OrderQuery::parse(&format!("customer={}", &phone[1..]));
            let (numbers, total) = walk(&app, &cookie, &query).await;
            assert_eq!(numbers, wanted);
            assert_eq!(total, i64::try_from(wanted.len()).unwrap());
            let list = ask(&app, &cookie, &query.to_query_string()).await;
            assert_eq!(list.customer.unwrap().phone.as_str(), "+2348031234567");
            assert!(list.page.rows.iter().all(|row| row.buyer.phone.as_str() == "+2348031234567"));
        }
    }
}

/// The statement that declares two phones one person.
pub fn merge(secondary: &str, primary: &str) -> String {
    format!(
        "update phones set customer_id = (select id from phones where phone = '{primary}') where phone = '{secondary}'"
    )
}

on_both_databases! {
    async fn the_page_says_what_is_set_and_takes_it_away(test: &TestDb) {
        let late = Order { status: Status::Postponed, source: Source::Tiktok, ..order("B-2", "+2348031234567") };
        orders::upsert(&test.db, vec![order("B-1", "+2347065550001"), late]).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let page = app.get("/dashboard/admin/orders?customer=2348031234567&status=postponed&source=tiktok", Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("B-2") && !page.body.contains("B-1"));
        assert!(page.body.contains("2 → 1 order"));
        let without = "href=\"/dashboard/admin/orders?status=postponed&amp;source=tiktok\"";
        assert!(page.body.contains(without), "the customer can be taken away");
        assert!(page.body.contains("1 order · ₦"), "the customer's figures are said");
        assert!(page.body.contains("href=\"/dashboard/admin/customers/2348031234567\""), "their page is linked");
        let none = app.get("/dashboard/admin/orders?status=returned", Some(&cookie)).await;
        assert!(none.body.contains("No order matches") && none.body.contains("Show all orders"));
        let nobody = app.get("/dashboard/admin/orders?customer=2348099999999", Some(&cookie)).await;
        assert!(nobody.body.contains("No order matches") && nobody.body.contains("0809 999 9999"));
        let odd = app.get("/dashboard/admin/orders?customer=%00&status=lost&page=zzz&size=7", Some(&cookie)).await;
        assert!(odd.body.contains("1–2 of 2"), "unknown values fall back");
    }
}

#[tokio::test]
async fn a_shop_without_orders_is_told_what_to_do() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let cookie = app.owner().await;
    let page = app.get("/dashboard/admin/orders", Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("No orders yet") && page.body.contains("onibara import"));
}
