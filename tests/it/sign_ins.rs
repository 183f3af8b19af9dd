//! What a sign-in and its session stand: others who write, whoever ends it meanwhile, proxies, and refusals on record.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, StatusCode};
use chrono::Duration;
use onibara::domain::role::Role;
use onibara::server::store::people::Change;
use onibara::server::store::sessions::Shown;
use onibara::server::store::users::Credentials;
use onibara::server::store::{half_sessions, people, second_steps, sessions, users};
use sqlx::AssertSqlSafe;
use tower::ServiceExt as _;

use crate::api::make_key;
use crate::on_both_databases;
use crate::support::app::{Answer, PROXY, TestApp, request};
use crate::support::builders::order;
use crate::support::database::TestDb;
use crate::support::held::Held;

const CUSTOMERS: &str = "/dashboard/admin/customers";
const WRONG: &str = "email=ada@shop.ng&password=wrong+password";

/// The lines of the audit log of an action: who, from where, and more about it.
async fn lines(test: &TestDb, action: &str) -> Vec<String> {
    let sql =
        format!("select who || ' ' || address || ' ' || detail from audit_log where action = '{action}' order by id");
    texts(test, sql).await
}

async fn texts(test: &TestDb, sql: String) -> Vec<String> {
    onibara::with_pool!(test.db.jobs(), |pool| {
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(pool).await.unwrap()
    })
}

on_both_databases! {
    async fn whoever_only_reads_waits_for_nobody_who_writes(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let key = make_key(&app, &owner, &["orders:read"]).await;
        app.clock.advance(Duration::minutes(2));
        let held = Held::on(test, "lock table sessions, users, api_keys in share mode").await;
        let page = request(Method::GET, CUSTOMERS, Some(&owner), "text/html").body(Body::empty()).unwrap();
        let page = app.router.clone().oneshot(page).await.unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        let orders = request(Method::GET, "/api/v1/orders", None, "application/json")
            .header("authorization", format!("Bearer {key}"))
            .body(Body::empty())
            .unwrap();
        let orders = app.router.clone().oneshot(orders).await.unwrap();
        assert_eq!(orders.status(), StatusCode::OK);
        held.let_go().await;
    }
}

on_both_databases! {
    async fn what_is_done_is_on_record_though_whoever_did_it_has_gone(test: &TestDb) {
        let app = Arc::new(TestApp::on(test));
        let owner = app.owner().await;
        let held = Held::on(test, "lock table users in share mode").await;
        let asking = {
            let app = app.clone();
            tokio::spawn(async move { app.call("/api/invite", "email=obi@shop.ng&role=staff", Some(&owner)).await })
        };
        held.is_waited_for(test).await;
        asking.abort();
        assert!(asking.await.is_err_and(|error| error.is_cancelled()));
        held.let_go().await;
        let written = async {
            while lines(test, "person_invited").await.is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), written).await.expect("a line for the invitation");
    }
}

/// Somebody whose password has just been checked.
async fn checked(test: &TestDb) -> (Credentials, Shown) {
    let found = users::credentials(&test.db, "ada@shop.ng").await.unwrap().unwrap();
    let shown = Shown {
        user_id: found.user.id,
        password_hash: found.password_hash.clone(),
        second_step: false,
    };
    (found, shown)
}

on_both_databases! {
    async fn a_sign_in_on_its_way_does_not_outlive_what_ends_it(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("ada@shop.ng", Role::Staff).await;
        let (db, now) = (&test.db, app.clock.now());
        let (found, shown) = checked(test).await;
        let id = shown.user_id;
        assert!(sessions::start(db, "one", &shown, now).await.unwrap());
        assert!(half_sessions::begin(db, "half", id, &found.password_hash, now).await.unwrap());
        people::set_password(db, id, "another").await.unwrap();
        assert!(!sessions::start(db, "two", &shown, now).await.unwrap(), "another password");
        assert!(!half_sessions::begin(db, "two", id, &found.password_hash, now).await.unwrap());
        assert!(!sessions::start_after(db, "half", "three", id, now).await.unwrap());
        let (found, shown) = checked(test).await;
        people::change(db, id, Change::Disable, now).await.unwrap();
        assert!(!sessions::start(db, "four", &shown, now).await.unwrap(), "disabled");
        assert!(!half_sessions::begin(db, "four", id, &found.password_hash, now).await.unwrap());
        people::change(db, id, Change::Enable, now).await.unwrap();
        second_steps::begin(db, id, "KEY".to_owned()).await.unwrap();
        let seen = second_steps::of(db, id).await.unwrap().unwrap();
        second_steps::begin(db, id, "ANOTHER".to_owned()).await.unwrap();
        assert!(!second_steps::confirm(db, id, &seen, 1, Vec::new(), "", now).await.unwrap(), "another key");
        let seen = second_steps::of(db, id).await.unwrap().unwrap();
        assert!(second_steps::confirm(db, id, &seen, 1, Vec::new(), "", now).await.unwrap());
        assert!(!sessions::start(db, "five", &shown, now).await.unwrap(), "a second step");
        assert!(sessions::start(db, "six", &Shown { second_step: true, ..shown }, now).await.unwrap());
    }
}

on_both_databases! {
    async fn of_a_sign_in_and_a_reset_at_the_same_moment_no_session_is_left(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("ada@shop.ng", Role::Staff).await;
        let (_, shown) = checked(test).await;
        let mut held = Held::on(test, "update users set password_hash = 'another' where email = 'ada@shop.ng'").await;
        held.execute("update users set password_hash = 'another' where email = 'ada@shop.ng'; delete from sessions").await;
        let (db, now) = (test.db.clone(), app.clock.now());
        let starting = tokio::spawn(async move { sessions::start(&db, "token", &shown, now).await.unwrap() });
        held.is_waited_for(test).await;
        held.let_go().await;
        assert!(!starting.await.unwrap());
        assert_eq!(texts(test, "select token_hash from sessions".to_owned()).await, Vec::<String>::new());
    }
}

/// A form as somebody sends it from an address, with what a proxy may have added.
async fn from(app: &TestApp, address: [u8; 4], forwarded: &str, form: &str) -> Answer {
    let mut asked = request(Method::POST, "/api/sign_in", None, "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-forwarded-for", forwarded)
        .body(Body::from(form.to_owned()))
        .unwrap();
    asked
        .extensions_mut()
        .insert(ConnectInfo(SocketAddr::from((address, 1))));
    app.send(asked).await
}

on_both_databases! {
    async fn behind_a_proxy_everybody_has_an_address_of_their_own(test: &TestDb) {
        let app = TestApp::on(test);
        for number in 0..10 {
            let form = format!("email={number}@shop.ng&password=wrong+password");
            assert_eq!(from(&app, PROXY, "192.0.2.1, 198.51.100.7", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert_eq!(from(&app, PROXY, "198.51.100.7", WRONG).await.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(from(&app, PROXY, "198.51.100.8", WRONG).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(from(&app, [203, 0, 113, 9], "198.51.100.8", WRONG).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let lines = lines(test, "sign_in_refused").await;
        assert_eq!(lines.len(), 13, "{lines:?}");
        assert!(lines[..10].iter().all(|line| line == " 198.51.100.7 "), "{lines:?}");
        assert_eq!(lines[10..], [" 198.51.100.7 too many attempts", " 198.51.100.8 ", " 203.0.113.9 "]);
    }
}

on_both_databases! {
    async fn every_kind_of_refused_sign_in_is_on_record(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("ada@shop.ng", Role::Staff).await;
        let long = format!("email=ada@shop.ng&password={}", "a".repeat(2_000));
        app.call("/api/sign_in", &long, None).await;
        assert_eq!(lines(test, "sign_in_refused").await, ["ada@shop.ng 0.0.0.0 "]);
        for _ in 0..8 {
            app.call("/api/sign_in", WRONG, None).await;
        }
        let refused = lines(test, "sign_in_refused").await;
        assert_eq!(refused.len(), 6, "{refused:?}");
        assert_eq!(refused[5], "ada@shop.ng 0.0.0.0 too many attempts", "one line for all of them");
    }
}

on_both_databases! {
    async fn a_zero_byte_is_nobodys(test: &TestDb) {
        let app = TestApp::on(test);
        let nobody = app.call("/api/sign_in", "email=a%00@shop.ng&password=wrong+password", None).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
        onibara::server::store::orders::upsert(&test.db, vec![order("A-1", "+2348031234567")]).await.unwrap();
        let owner = app.owner().await;
        for (path, form) in [("delete_order", "number=%00"), ("remove_tag", "phone=2348031234567&tag=%00")] {
            let answer = app.call(&format!("/api/{path}"), form, Some(&owner)).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} {}", answer.body);
        }
    }
}

on_both_databases! {
    async fn browsers_are_told_to_come_over_https_alone(test: &TestDb) {
        let app = TestApp::on(test);
        let answer = app.get("/login", None).await;
        assert_eq!(answer.headers["strict-transport-security"], "max-age=31536000");
    }
}
