//! The list as a page.

use axum::http::StatusCode;
use onibara::domain::order::Order;
use onibara::server::store::orders;

use crate::on_both_databases;
use crate::support::app::TestApp;
use crate::support::builders::order;
use crate::support::database::{TestDb, sqlite};

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
