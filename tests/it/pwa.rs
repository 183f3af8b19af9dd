//! Installing the application, and what a device may keep: readable without a session and telling nothing, gone with it.

use axum::http::{StatusCode, header};
use onibara::domain::order_list::CustomerPage;
use onibara::domain::role::{Role, Who};
use onibara::server::store::orders;

use crate::on_both_databases;
use crate::support::app::{Answer, PASSWORD, TestApp};
use crate::support::builders::order;
use crate::support::database::sqlite;

const KEPT: &str = "onibara-kept=1";
const FORGET: &str = "\"cache\", \"storage\"";

#[tokio::test]
async fn what_installs_the_application_is_readable_and_tells_nothing() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    for (path, kind) in [
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/sw.js", "text/javascript"),
        ("/device.js", "text/javascript"),
        ("/icons/192.png", "image/png"),
        ("/icons/maskable-512.png", "image/png"),
        ("/screenshots/narrow.png", "image/png"),
    ] {
        let answer = app.get(path, None).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(
            answer.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with(kind),
            "{path}"
        );
        let caching = answer.headers[header::CACHE_CONTROL].to_str().unwrap();
        assert_eq!(caching == "no-cache", path == "/sw.js", "{path}: {caching}");
        assert!(!answer.body.contains(&app.state.shop().name), "{path}");
    }
    let manifest: serde_json::Value = serde_json::from_str(&app.get("/manifest.webmanifest", None).await.body).unwrap();
    let pictures = ["icons", "screenshots"]
        .into_iter()
        .flat_map(|kind| manifest[kind].as_array().unwrap());
    for picture in pictures {
        let path = picture["src"].as_str().unwrap();
        assert_eq!(app.get(path, None).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn the_worker_knows_the_files_of_the_site() {
    let test = sqlite().await;
    let worker = TestApp::on(&test).get("/sw.js", None).await;
    assert!(!worker.body.contains("__FILES__") && !worker.body.contains("__VERSION__"));
    for file in ["/pkg/onibara.wasm", "/pkg/onibara.css", "/device.js"] {
        assert!(worker.body.contains(&format!("\"{file}\"")), "{file}");
    }
    let policy = worker.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert_eq!(policy, "default-src 'none'; script-src 'self'; connect-src 'self'");
}

fn forgets(answer: &Answer) -> bool {
    answer.headers.get("clear-site-data").is_some_and(|what| what == FORGET)
}

on_both_databases! {
    async fn what_a_device_keeps_goes_with_the_session(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let both = format!("{cookie}; {KEPT}");
        let page = "/dashboard/admin/customers";
        assert!(!forgets(&app.get(page, Some(&both)).await), "while the session lives");
        assert!(!forgets(&app.get("/login", None).await), "where nothing is kept");
        assert!(forgets(&app.call("/api/sign_out", "", Some(&both)).await), "on signing out");
        // Signed out elsewhere, or expired: whatever is asked for.
        for path in [page, "/login", "/api/customers", "/dashboard/admin/live"] {
            let answer = app.get(path, Some(&both)).await;
            assert!(forgets(&answer), "{path}");
            let removed = answer.headers.get_all(header::SET_COOKIE).iter();
            assert!(removed.into_iter().any(|set| set.to_str().unwrap().starts_with("onibara-kept=;")), "{path}");
        }
        // Another user signs in where something is kept.
        app.add_user("ada@shop.ng", Role::Staff).await;
        let form = format!("email=ada@shop.ng&password={}", PASSWORD.replace(' ', "+"));
        assert!(forgets(&app.call("/api/sign_in", &form, Some(KEPT)).await));
        assert!(!forgets(&app.call("/api/sign_in", &form, None).await));
    }
}

on_both_databases! {
    async fn a_session_has_a_name_of_its_own_on_the_device(test: &TestDb) {
        let app = TestApp::on(test);
        let first = app.owner().await;
        let second = app.sign_in("owner@shop.ng").await;
        let mut names = Vec::new();
        for cookie in [&first, &second] {
            let who: Who = app.get("/api/signed_in", Some(cookie)).await.read();
            let page = app.get("/dashboard/admin/customers", Some(cookie)).await;
            assert!(page.body.contains(&format!("data-device=\"{}\"", who.device)));
            assert!(!cookie.contains(who.device.split('-').next_back().unwrap()));
            names.push(who.device);
        }
        assert_ne!(names[0], names[1]);
    }
}

on_both_databases! {
    async fn a_note_that_is_sent_twice_is_there_once(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        orders::upsert(&test.db, vec![order("A1", "+2348031234567")]).await.unwrap();
        let add = async |body: &str, token: &str, cookie: &str| {
            let form = format!("phone=2348031234567&body={body}&token={token}");
            assert_eq!(app.call("/api/add_note", &form, Some(cookie)).await.status, StatusCode::OK);
        };
        for _ in 0..3 {
            add("Calls+back", "one", &cookie).await;
        }
        add("Calls+back", "two", &cookie).await;
        add("Calls+back", "", &cookie).await;
        add("Calls+back", "", &cookie).await;
        // A token is its author's.
        app.add_user("ada@shop.ng", Role::Staff).await;
        add("Calls+back", "one", &app.sign_in("ada@shop.ng").await).await;
        let page: CustomerPage = app.get("/api/customer?phone=2348031234567&period=", Some(&cookie)).await.read();
        assert_eq!(page.notes.len(), 5);
    }
}
