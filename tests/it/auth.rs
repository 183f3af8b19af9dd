//! Signing in, staying in, and out.

use axum::http::StatusCode;
use chrono::Duration;
use onibara::domain::role::Role;
use sqlx::Row as _;

use crate::on_both_databases;
use crate::support::app::{SETUP_CODE, TestApp};
use crate::support::database::{TestDb, sqlite};

const CUSTOMERS: &str = "/dashboard/admin/customers";

async fn audit(test: &TestDb) -> Vec<(String, String)> {
    onibara::with_pool!(test.db.jobs(), |pool| {
        let rows = sqlx::query("select action, who from audit_log order by id")
            .fetch_all(pool)
            .await
            .unwrap();
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    })
}

on_both_databases! {
    async fn the_right_password_opens_the_dashboard_and_signing_out_closes_it(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("Ada@Shop.ng", Role::Staff).await;
        let cookie = app.sign_in("ada@shop.NG").await;
        assert!(cookie.starts_with("__Host-onibara="), "{cookie}");
        let page = app.get(CUSTOMERS, Some(&cookie)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("ada@shop.ng"));
        let left = app.submit("/api/sign_out", "", Some(&cookie)).await;
        assert_eq!(left.location(), "/login");
        assert_eq!(left.headers["clear-site-data"], "\"cache\", \"storage\"");
        assert_eq!(app.get(CUSTOMERS, Some(&cookie)).await.status, StatusCode::SEE_OTHER, "the old cookie is dead");
        let who = "ada@shop.ng".to_owned();
        assert_eq!(audit(test).await, [("signed_in".to_owned(), who.clone()), ("signed_out".to_owned(), who)]);
    }
}

on_both_databases! {
    async fn unknown_and_wrong_are_answered_alike(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("ada@shop.ng", Role::Staff).await;
        let wrong = app.call("/api/sign_in", "email=ada@shop.ng&password=wrong+password", None).await;
        let unknown = app.call("/api/sign_in", "email=obi@shop.ng&password=wrong+password", None).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((wrong.status, &wrong.body), (unknown.status, &unknown.body));
        assert!(wrong.cookie().is_none() && unknown.cookie().is_none());
        assert_eq!(audit(test).await.len(), 2, "both refusals are on record");
    }
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let mut last = StatusCode::OK;
    for _ in 0..6 {
        last = app
            .call("/api/sign_in", "email=ada@shop.ng&password=wrong+password", None)
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_session_ends_when_idle_and_in_any_case_after_a_week() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let cookie = app.owner().await;
    app.clock.advance(Duration::hours(11));
    assert_eq!(app.get(CUSTOMERS, Some(&cookie)).await.status, StatusCode::OK);
    app.clock.advance(Duration::hours(13));
    assert_eq!(
        app.get(CUSTOMERS, Some(&cookie)).await.status,
        StatusCode::SEE_OTHER,
        "idle for too long"
    );
    let cookie = app.sign_in("owner@shop.ng").await;
    for _ in 0..16 {
        app.clock.advance(Duration::hours(10));
        assert_eq!(app.get(CUSTOMERS, Some(&cookie)).await.status, StatusCode::OK);
    }
    app.clock.advance(Duration::hours(10));
    assert_eq!(
        app.get(CUSTOMERS, Some(&cookie)).await.status,
        StatusCode::SEE_OTHER,
        "a week is over"
    );
}

#[tokio::test]
async fn a_planted_cookie_never_becomes_a_session() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    app.add_user("ada@shop.ng", Role::Owner).await;
    let planted = "__Host-onibara=planted";
    let form = "email=ada@shop.ng&password=a+long+enough+sentence";
    let answer = app.call("/api/sign_in", form, Some(planted)).await;
    assert_ne!(answer.cookie().as_deref(), Some(planted));
    assert_eq!(app.get(CUSTOMERS, Some(planted)).await.status, StatusCode::SEE_OTHER);
}

on_both_databases! {
    async fn of_many_first_owners_exactly_one_comes_in(test: &TestDb) {
        let app = std::sync::Arc::new(TestApp::on(test));
        let tries = (0..8).map(|number| {
            let app = app.clone();
            tokio::spawn(async move {
                let form = format!("code={SETUP_CODE}&email=owner{number}@shop.ng&password=a+long+enough+sentence");
                app.call("/api/set_up", &form, None).await.cookie().is_some()
            })
        });
        let mut owners = 0;
        for attempt in tries.collect::<Vec<_>>() {
            owners += usize::from(attempt.await.unwrap());
        }
        assert_eq!(owners, 1);
    }
}

#[tokio::test]
async fn the_first_run_wants_the_printed_code_and_a_fit_password() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    assert!(app.get("/login", None).await.body.contains("Make the owner"));
    let wrong = app
        .call(
            "/api/set_up",
            "code=NOPE&email=a@shop.ng&password=a+long+enough+sentence",
            None,
        )
        .await;
    assert!(wrong.body.contains("code"), "{}", wrong.body);
    let short = app
        .call(
            "/api/set_up",
            &format!("code={SETUP_CODE}&email=a@shop.ng&password=short"),
            None,
        )
        .await;
    assert!(short.body.contains("5 characters"), "{}", short.body);
    let mail = app
        .call(
            "/api/set_up",
            &format!("code={SETUP_CODE}&email=nobody&password=a+long+enough+sentence"),
            None,
        )
        .await;
    assert!(mail.body.contains("nobody"), "the value is named: {}", mail.body);
    let typed = SETUP_CODE.to_lowercase().replace('-', " ");
    let right = app
        .call(
            "/api/set_up",
            &format!("code={typed}&email=a@shop.ng&password=a+long+enough+sentence"),
            None,
        )
        .await;
    assert!(right.cookie().is_some(), "{}", right.body);
    assert!(
        !app.get("/login", None).await.body.contains("Make the owner"),
        "only once"
    );
}

#[tokio::test]
async fn without_javascript_a_refusal_is_said_on_the_page() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    app.add_user("ada@shop.ng", Role::Staff).await;
    let refused = app
        .submit("/api/sign_in", "email=ada@shop.ng&password=wrong+password", None)
        .await;
    assert_eq!(refused.status, StatusCode::FOUND);
    let back = refused.location().trim_start_matches("https://shop.test").to_owned();
    let page = app.get(&back, None).await;
    assert!(page.body.contains("do not go together"), "{back}");
}
