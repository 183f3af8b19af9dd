//! The orders page: newest first, complete over its pages, filtered exactly.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use onibara::domain::order::Order;
use onibara::domain::order_list::OrderList;
use onibara::domain::order_query::OrderQuery;
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
    serde_json::from_str(&answer.body).unwrap()
}

/// The numbers of all pages, with the total that each of them says.
async fn walk(app: &TestApp, cookie: &str, query: &OrderQuery) -> (Vec<String>, i64) {
    let mut numbers = Vec::new();
    let mut page = 1;
    loop {
        let list = ask(app, cookie, &query.with_page(page, query.size).to_query_string()).await;
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

on_both_databases! {
    async fn filters_keep_what_they_say_in_any_combination(test: &TestDb) {
        fill(test, 4, 140).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let all = all_orders(test).await;
        let mut dice = RandomShop::new(5);
        for _ in 0..25 {
            let query = OrderQuery {
                customer: dice.0.random_bool(0.5).then(|| dice.phone()),
                status: dice.0.random_bool(0.5).then(|| *Status::ALL.choose(&mut dice.0).unwrap()),
                source: dice.0.random_bool(0.5).then(|| *Source::ALL.choose(&mut dice.0).unwrap()),
                ..OrderQuery::default()
            };
            let (numbers, total) = walk(&app, &cookie, &query).await;
            let wanted = expected(&all, |order| {
                query.customer.as_ref().is_none_or(|phone| order.phone == *phone)
                    && query.status.is_none_or(|status| order.status == status)
                    && query.source.is_none_or(|source| order.source == source)
            });
            assert_eq!(total, i64::try_from(wanted.len()).unwrap(), "{}", query.to_query_string());
            assert_eq!(numbers, wanted, "{}", query.to_query_string());
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

#[tokio::test]
async fn newest_first_is_read_from_an_index() {
    let test = sqlite().await;
    let plan = |sql: &'static str| {
        let onibara::server::db::Pool::Sqlite(pool) = test.db.jobs() else {
            unreachable!("the database is SQLite")
        };
        async move {
            let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(pool).await.unwrap();
            rows.into_iter().map(|row| row.3).collect::<Vec<_>>().join("; ")
        }
    };
    let all =
        plan("explain query plan select number from orders where true order by placed_at desc, number desc limit 25")
            .await;
    assert_eq!(all, "SCAN orders USING COVERING INDEX orders_by_time");
    let oldest =
        plan("explain query plan select number from orders where true order by placed_at, number limit 25").await;
    assert_eq!(oldest, all, "the last page is read from the other end");
    let some = plan(
        "explain query plan select number from orders where true and status = 'new' and source = 'tiktok'
         order by placed_at desc, number desc limit 25",
    )
    .await;
    assert_eq!(some, "SCAN orders USING COVERING INDEX orders_by_time");
    let of_one = plan(
        "explain query plan select number from orders where true
         and phone in (select phone from phones where customer_id = 1) order by pos desc limit 25",
    )
    .await;
    assert!(
        of_one.starts_with("SEARCH orders USING INDEX orders_by_phone (phone=?)"),
        "{of_one}"
    );
}
