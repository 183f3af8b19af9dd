//! What those who run the server rely on: health, readiness, metrics, and an orderly end.

use std::fmt::Write as _;
use std::io::Read as _;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Method, StatusCode};
use onibara::server::db::Pool;
use onibara::server::http;
use onibara::server::store::{orders, rollup};
use tower::ServiceExt as _;

use crate::on_both_databases;
use crate::rollup::execute;
use crate::support::app::{Answer, TestApp, request};
use crate::support::builders::order;
use crate::support::database::sqlite;
use crate::support::process::{Server, connect, request as bytes};

async fn operations(app: &TestApp, path: &str) -> (StatusCode, String) {
    let asked = request(Method::GET, path, None, "*/*").body(Body::empty()).unwrap();
    let response = http::operations(&app.state).oneshot(asked).await.unwrap();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 1024 * 1024).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn says(answer: &Answer) -> (StatusCode, &str) {
    (answer.status, &answer.body)
}

const NOT: StatusCode = StatusCode::SERVICE_UNAVAILABLE;

on_both_databases! {
    async fn readiness_says_why_not_and_names_nothing_inside(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        assert_eq!(says(&app.get("/readyz", None).await), (NOT, "The customers are being loaded."));
        app.state.finder().load(app.clock.now()).await.unwrap();
        assert_eq!(says(&app.get("/readyz", None).await), (StatusCode::OK, "ready"));
        // No session is looked for, so none is kept alive and no cookie goes back.
        for path in ["/healthz", "/readyz"] {
            let answer = app.get(path, Some(&format!("{cookie}; __Host-onibara-kept=1"))).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert!(!answer.headers.contains_key("set-cookie") && !answer.headers.contains_key("clear-site-data"));
        }
        let newest = "(select max(version) from _sqlx_migrations)";
        execute(test, format!("update _sqlx_migrations set version = -1 where version = {newest}")).await;
        assert_eq!(says(&app.get("/readyz", None).await), (NOT, "The database is of another version."));
        app.state.begin_to_stop();
        assert_eq!(says(&app.get("/readyz", None).await), (NOT, "The server is stopping."));
        assert_eq!(says(&app.get("/healthz", None).await), (StatusCode::OK, "ok"));
    }
}

on_both_databases! {
    async fn a_database_that_is_away_is_no_reason_to_be_restarted(test: &TestDb) {
        let app = TestApp::on(test);
        app.state.finder().load(app.clock.now()).await.unwrap();
        test.db.close().await;
        assert_eq!(says(&app.get("/readyz", None).await), (NOT, "The database does not answer."));
        assert_eq!(app.get("/healthz", None).await.status, StatusCode::OK);
        assert_eq!(operations(&app, "/metrics").await.0, StatusCode::OK);
    }
}

on_both_databases! {
    async fn metrics_count_by_template_and_are_only_where_they_belong(test: &TestDb) {
        orders::upsert(&test.db, vec![order("A1", "+2348031234567"), order("A2", "+2347065550001")]).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        app.get("/dashboard/admin/customers/2348031234567", Some(&cookie)).await;
        let search = request(Method::GET, "/api/customers?query=q%3DZaphira", Some(&cookie), "application/json");
        app.send(search.body(Body::empty()).unwrap()).await;
        app.get("/nowhere/Zaphira", Some(&cookie)).await;
        app.get("/api/v1/orders/Zaphira", None).await;
        app.send(request(Method::from_bytes(b"ZAPHIRA").unwrap(), "/login", None, "*/*").body(Body::empty()).unwrap()).await;
        app.call("/api/sign_in", "email=zaphira%40shop.ng&password=no", None).await;
        app.call("/hooks/shopify/zaphira", "{}", None).await;
        let (status, text) = operations(&app, "/metrics").await;
        assert_eq!(status, StatusCode::OK);
        for line in [
            "onibara_http_requests_total{method=\"GET\",route=\"/dashboard/admin/customers/{phone}\",status=\"2xx\"} 1",
            "onibara_http_requests_total{method=\"GET\",route=\"/api/customers\",status=\"2xx\"} 1",
            "onibara_http_requests_total{method=\"GET\",route=\"/{*file}\",status=\"4xx\"} 1",
            "onibara_http_requests_total{method=\"GET\",route=\"/api/v1/orders/{number}\",status=\"4xx\"} 1",
            "onibara_http_request_duration_seconds_count{route=\"/api/customers\"} 1",
            "onibara_sign_ins_refused_total{reason=\"credentials\"} 1",
            "onibara_webhook_deliveries_total{system=\"shopify\",outcome=\"unknown\"} 1",
            "onibara_finder_customers 2",
            "onibara_finder_orders 2",
            "onibara_finder_behind_changes 0",
            "onibara_finder_ready 1",
            "onibara_live_streams 0",
            "onibara_exports_running 0",
            "onibara_imports_running 0",
        ] {
            assert!(text.contains(&format!("{line}\n")), "{line}\n{text}");
        }
        assert!(text.contains("onibara_database_connections{pool=\"web\",state=\"idle\"}"), "{text}");
        assert!(text.contains("method=\"other\"") && text.ends_with("# EOF\n"), "{text}");
        let found = text.to_lowercase();
        assert!(!found.contains("zaphira") && !found.contains("8031234567"), "{text}");
        // What is committed and not yet in memory.
        execute(test, "update orders set amount = amount + 100".to_owned()).await;
        assert!(operations(&app, "/metrics").await.1.contains("onibara_finder_behind_changes 2\n"));
        for cookie in [None, Some(cookie.as_str())] {
            assert_ne!(app.get("/metrics", cookie).await.status, StatusCode::OK);
        }
    }
}

/// A file of orders as a form with one field.
fn upload(cookie: &str, file: &str) -> Vec<u8> {
    let body = format!(
        "--line\r\ncontent-disposition: form-data; name=\"file\"; filename=\"o.csv\"\r\ncontent-type: text/csv\r\n\r\n\
         {file}\r\n--line--\r\n"
    );
    let kind = ("content-type", "multipart/form-data; boundary=line");
    bytes(
        "POST",
        "/import/file",
        &[kind, ("cookie", cookie), ("accept", "application/json")],
        body.as_bytes(),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_asked_to_stop_does_so_in_good_order() {
    let (test, folder) = (sqlite().await, tempfile::tempdir().unwrap());
    let mut server = Server::start(test.url(), folder.path());
    let cookie = server.owner(test.url());
    server.is_ready();
    // A file that is far from in, a page that listens, and a request of which half has been sent.
    let mut file = "Order No,Date,Customer,Phone,Amount,Status\n".to_owned();
    for row in 0..60_000 {
        let _ = writeln!(
            file,
            "S-{row},2026-11-20,Ada,0803 123 {:04},1000,delivered",
            row % 10_000
        );
    }
    let mut sent = server.open(&upload(&cookie, &file));
    let mut answer = String::new();
    sent.read_to_string(&mut answer).unwrap();
    let id = answer.trim_end().rsplit('/').next().unwrap().to_owned();
    assert_eq!(
        server.call("/api/start_import", &format!("id={id}"), &cookie).status,
        200,
        "{answer}"
    );
    let Pool::Sqlite(pool) = test.db.jobs() else {
        unreachable!("the shop is on SQLite");
    };
    let import = async || -> (String, i64, String) {
        let sql = "select state, rows_read, note from imports";
        sqlx::query_as(sql).fetch_one(pool).await.unwrap()
    };
    while import().await.1 == 0 {
        tokio::task::yield_now().await;
    }
    let listening = bytes(
        "GET",
        "/dashboard/admin/live",
        &[("cookie", &cookie), ("accept", "text/event-stream")],
        &[],
    );
    let mut stream = server.open(&listening);
    stream.read_exact(&mut [0; 64]).unwrap();
    let mut half = server.open(b"POST /api/sign_in HTTP/1.1\r\nhost: shop.test\r\ncontent-length: 900\r\n\r\nemail=a");

    let began = Instant::now();
    server.terminate();
    while server.operations("/readyz").text() != "The server is stopping." {
        std::thread::yield_now();
    }
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    while connect(&server.address, &[]).is_ok() {
        std::thread::yield_now();
    }
    let end = server.wait();
    assert!(end.success(), "{end:?} {}", server.log());
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let _ = half.read_to_end(&mut rest);

    let (state, read, note) = import().await;
    assert!(
        state == "failed" && note.starts_with("The server was stopped"),
        "{state} {note}"
    );
    assert!(read > 0 && read < 60_000, "{read}");
    assert_eq!(rollup::verify(&test.db).await.unwrap(), []);
    // The same file, sent again, is in once.
    std::fs::write(folder.path().join("again.csv"), file).unwrap();
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_onibara"))
        .args(["import", "again.csv", "--json"])
        .current_dir(folder.path())
        .env("DATABASE_URL", test.url())
        .output()
        .unwrap();
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(said["summary"]["unchanged"], read, "{said}");
    assert_eq!(rollup::verify(&test.db).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_nothing_to_do_stops_at_once_and_leaves_no_log_behind() {
    let (test, folder) = (sqlite().await, tempfile::tempdir().unwrap());
    test.db.close().await;
    let mut server = Server::start(test.url(), folder.path());
    server.is_ready();
    assert_eq!(server.operations("/healthz").status, 200);
    // It is the process that was started, though it began twice.
    let environment = server.environment();
    assert!(
        environment.contains("MALLOC_MMAP_THRESHOLD_=262144\n"),
        "large blocks are given back"
    );
    assert!(environment.contains("MALLOC_ARENA_MAX="), "heaps are few");
    server.terminate();
    assert!(server.wait().success());
    let wal = test.url().trim_start_matches("sqlite:").to_owned() + "-wal";
    assert!(!std::path::Path::new(&wal).exists(), "the log is in the file");
}
