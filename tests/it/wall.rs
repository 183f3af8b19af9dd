//! Nothing answers without a session but what must: proven over the generated lists of pages and server functions.

use axum::body::Body;
use axum::http::{Method, StatusCode};

use crate::on_both_databases;
use crate::support::app::{TestApp, request};
use crate::support::database::sqlite;

/// The server functions that answer without a session, but for the one that leads back to the sign-in. A new one that is not meant to be here fails the test.
const OPEN_FUNCTIONS: [&str; 6] = [
    "/api/enter_code",
    "/api/set_password",
    "/api/set_up",
    "/api/sign_in",
    "/api/sign_in_page",
    "/api/welcome",
];

on_both_databases! {
    async fn every_page_without_a_session_leads_to_the_sign_in(test: &TestDb) {
        let app = TestApp::on(test);
        let pages = onibara::server::http::page_paths();
        assert!(pages.len() >= 4, "{pages:?}");
        for path in pages.iter().filter(|path| !["/login", "/welcome"].contains(&path.as_str())) {
            let answer = app.get(path, None).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
            assert!(answer.location().starts_with("/login"), "{path}");
            assert!(answer.body.is_empty(), "{path}");
        }
        assert_eq!(app.get("/login", None).await.status, StatusCode::OK);
    }
}

on_both_databases! {
    async fn every_server_function_without_a_session_is_refused(test: &TestDb) {
        let app = TestApp::on(test);
        let functions: Vec<_> = leptos::server_fn::axum::server_fn_paths().collect();
        assert!(functions.len() >= 6, "{functions:?}");
        let mut open = Vec::new();
        for (path, method) in functions {
            for accept in ["application/json", "text/html"] {
                let asked = request(method.clone(), path, None, accept)
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(Body::empty())
                    .unwrap();
                let answer = app.send(asked).await;
                let refused = answer.status == StatusCode::UNAUTHORIZED || answer.location().starts_with("/login");
                if !refused && !open.contains(&path) {
                    open.push(path);
                }
            }
        }
        // A form that signs in or sets up answers a browser by leading back to the sign-in page, so look at calls too.
        open.sort_unstable();
        assert_eq!(open, OPEN_FUNCTIONS);
    }
}

#[tokio::test]
async fn unknown_paths_are_hidden_from_strangers() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    for path in ["/dashboard/admin/secret", "/.env", "/api/nothing", "/pkg/../Cargo.toml"] {
        let answer = app.get(path, None).await;
        assert_ne!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.body.contains("[package]"), "{path}");
    }
}

#[tokio::test]
async fn another_site_cannot_make_a_browser_act() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let cookie = app.owner().await;
    for (method, path) in [
        (Method::POST, "/api/sign_out"),
        (Method::GET, "/api/customers"),
        (Method::POST, "/api/sign_in"),
    ] {
        for site in ["cross-site", "same-site"] {
            let mut asked = request(method.clone(), path, Some(&cookie), "text/html")
                .body(Body::empty())
                .unwrap();
            asked.headers_mut().insert("sec-fetch-site", site.parse().unwrap());
            assert_eq!(
                app.send(asked).await.status,
                StatusCode::FORBIDDEN,
                "{method} {path} {site}"
            );
        }
    }
    assert_eq!(
        app.get("/dashboard/admin/customers", Some(&cookie)).await.status,
        StatusCode::OK,
        "still signed in"
    );
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let cookie = app.owner().await;
    for path in [
        "/login",
        "/dashboard/admin/customers",
        "/healthz",
        "/api/customers",
        "/nowhere",
    ] {
        let answer = app.get(path, Some(&cookie)).await;
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers["referrer-policy"], "same-origin", "{path}");
        assert_eq!(answer.headers["cache-control"], "no-store, private", "{path}");
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"),
            "{path}: {policy}"
        );
    }
    let page = app.get("/login", None).await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
    assert!(
        page.body.contains(&format!("nonce=\"{nonce}\"")),
        "the page's scripts carry the nonce"
    );
    // What is in a template is neither fetched nor run before the page is painted.
    let (_, program) = page.body.split_once("<template id=\"program\">").unwrap();
    let (program, rest) = program.split_once("</template>").unwrap();
    for file in ["rel=\"modulepreload\"", ".wasm\""] {
        assert!(program.contains(file) && !rest.contains(file), "{file}");
    }
}

/// On one thread, where a file may be asked for while a page waits for its data.
#[tokio::test]
async fn a_file_never_takes_the_policy_of_a_page_on_its_way() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let cookie = app.owner().await;
    for _ in 0..20 {
        let page = app.get("/dashboard/admin/customers", Some(&cookie));
        let files = async {
            for _ in 0..20 {
                let icon = app.get("/icons.svg", Some(&cookie)).await;
                assert_eq!(icon.status, StatusCode::OK);
                tokio::task::yield_now().await;
            }
        };
        let (page, ()) = futures::join!(page, files);
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("'nonce-"), "{policy}");
    }
}

#[tokio::test]
async fn files_of_fixed_names_are_kept_for_a_while_and_pages_never() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let kept = async |path: &str| {
        let cookie = app.sign_in("owner@shop.ng").await;
        app.get(path, Some(&cookie)).await.headers["cache-control"]
            .to_str()
            .unwrap()
            .to_owned()
    };
    app.add_user("owner@shop.ng", onibara::domain::role::Role::Owner).await;
    assert!(kept("/icons.svg").await.starts_with("public, max-age=3600"));
    assert_eq!(kept("/nowhere").await, "no-store, private");
}

#[tokio::test]
async fn a_server_says_when_its_customers_are_loaded() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    assert_eq!(app.get("/healthz", None).await.status, StatusCode::OK);
    assert_eq!(app.get("/readyz", None).await.status, StatusCode::SERVICE_UNAVAILABLE);
    app.state.finder().load(app.clock.now()).await.unwrap();
    let ready = app.get("/readyz", None).await;
    assert_eq!((ready.status, ready.body.as_str()), (StatusCode::OK, "ready"));
}

#[tokio::test]
async fn a_large_body_is_refused() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let form = format!("email=a&password={}", "x".repeat(200_000));
    let answer = app.call("/api/sign_in", &form, None).await;
    assert!(answer.status == StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.status);
}

#[tokio::test]
async fn writing_functions_never_answer_a_get() {
    let reading = [
        "/api/account",
        "/api/audit",
        "/api/connections",
        "/api/customer",
        "/api/customers",
        "/api/customer_facets",
        "/api/customer_orders",
        "/api/customer_overview",
        "/api/find",
        "/api/import",
        "/api/imports",
        "/api/load_customers",
        "/api/order",
        "/api/orders",
        "/api/people",
        "/api/quality",
        "/api/queue",
        "/api/queues",
        "/api/same_person",
        "/api/saved_views",
        "/api/shop",
        "/api/sign_in_page",
        "/api/signed_in",
        "/api/templates",
        "/api/view",
        "/api/welcome",
    ];
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        assert_eq!(method == Method::GET, reading.contains(&path), "{path}");
    }
}
