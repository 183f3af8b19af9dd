//! The list: every order of rows, every page, the same on both databases and on the page.

use axum::http::StatusCode;
use onibara::domain::customer::Customer;
use onibara::domain::customer_query::{CustomerQuery, Sort, SortKey};
use onibara::domain::order::Order;
use onibara::domain::text;
use onibara::server::store::{customers, orders};

use crate::on_both_databases;
use crate::rollup::stored;
use crate::support::app::TestApp;
use crate::support::builders::order;
use crate::support::database::{TestDb, sqlite};

const KEYS: [SortKey; 5] = [
    SortKey::Name,
    SortKey::Orders,
    SortKey::Spent,
    SortKey::Last,
    SortKey::First,
];

/// Sixty customers with ties in everything.
async fn fill(test: &TestDb) {
    let names = ["Ọláyínká", "adébáyò", "Zainab", "Chinedu", ""];
    let made = (0..90_i64).map(|number| Order {
        name: names[usize::try_from(number % 5).unwrap()].to_owned(),
        amount: onibara::domain::money::Money((number % 7) * 100_000),
        placed_at: crate::support::builders::at("2026-10-01T12:00:00Z") + chrono::Duration::days(number % 11),
        ..order(&format!("A{number}"), &format!("+23480312345{:02}", number % 60))
    });
    orders::upsert(&test.db, made.collect()).await.unwrap();
}

/// Sorts as PRODUCT says: by the key, ties by phone, bytewise.
fn sorted(mut all: Vec<Customer>, sort: Sort) -> Vec<String> {
    all.sort_by(|a, b| {
        let order = match sort.key {
            SortKey::Name => text::fold(&a.name).cmp(&text::fold(&b.name)),
            SortKey::Orders => a.orders().cmp(&b.orders()),
            SortKey::Spent => a.spent().cmp(&b.spent()),
            SortKey::Last => a.last_order.cmp(&b.last_order),
            SortKey::First => a.first_order.cmp(&b.first_order),
        };
        let order = if sort.descending { order.reverse() } else { order };
        order.then_with(|| a.phone.cmp(&b.phone))
    });
    all.into_iter()
        .map(|customer| customer.phone.as_str().to_owned())
        .collect()
}

on_both_databases! {
    async fn every_sort_gives_every_customer_once_in_the_same_order(test: &TestDb) {
        fill(test).await;
        let all: Vec<Customer> = stored(test).await.into_values().collect();
        for (key, descending) in KEYS.into_iter().flat_map(|key| [(key, true), (key, false)]) {
            let sort = Sort { key, descending };
            let mut seen = Vec::new();
            for page in 1..=3 {
                let query = CustomerQuery::default().with_sort(sort).with_page(page);
                let found = customers::page(&test.db, &query).await.unwrap();
                assert_eq!((found.total, found.page), (60, page));
                seen.extend(found.rows.into_iter().map(|customer| customer.phone.as_str().to_owned()));
            }
            assert_eq!(seen, sorted(all.clone(), sort), "{sort:?}");
        }
    }
}

on_both_databases! {
    async fn a_page_past_the_end_becomes_the_last_one(test: &TestDb) {
        fill(test).await;
        let found = customers::page(&test.db, &CustomerQuery::default().with_page(999)).await.unwrap();
        assert_eq!((found.page, found.rows.len()), (3, 10));
    }
}

on_both_databases! {
    async fn the_page_shows_the_rows_and_the_exact_total(test: &TestDb) {
        fill(test).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let page = app.get("/dashboard/admin/customers?sort=name&page=2", Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("26–50 of 60"), "the range");
        assert!(page.body.contains("60 customers from 90 orders"), "the context");
        assert_eq!(page.body.matches("role=\"rowheader\"").count(), 25);
        let beyond = app.get("/dashboard/admin/customers?sort=nonsense&page=zzz&size=7", Some(&cookie)).await;
        assert_eq!(beyond.status, StatusCode::OK, "unknown values fall back");
        assert!(beyond.body.contains("1–25 of 60"));
    }
}

#[tokio::test]
async fn names_are_text_whatever_they_hold() {
    let test = sqlite().await;
    let hostile = Order {
        name: "<script>alert(1)</script>\"'&".to_owned(),
        ..order("A1", "+2348031234567")
    };
    orders::upsert(&test.db, vec![hostile]).await.unwrap();
    let app = TestApp::on(&test);
    let cookie = app.owner().await;
    let page = app.get("/dashboard/admin/customers", Some(&cookie)).await;
    assert!(!page.body.contains("<script>alert(1)"));
    assert!(page.body.contains("&lt;script&gt;alert(1)"));
}

#[tokio::test]
async fn a_new_shop_is_told_what_to_do() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let cookie = app.owner().await;
    let page = app.get("/dashboard/admin/customers", Some(&cookie)).await;
    assert!(page.body.contains("No orders yet") && page.body.contains("onibara import"));
}
