//! Open pages hear of what has changed, by whatever way it came, and hear nothing once their reader is signed out.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use futures::StreamExt as _;
use onibara::domain::listing::CustomerList;
use onibara::domain::order::Order;
use onibara::domain::order_list::OrderList;
use onibara::domain::role::{Role, Who};
use onibara::domain::status::Status;
use onibara::server::http;
use onibara::server::store::{orders, second_steps, sessions};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

use crate::on_both_databases;
use crate::rollup::execute;
use crate::support::app::{TestApp, request};
use crate::support::builders::{at, order};
use crate::support::database::{postgres, sqlite};

const LIVE: &str = "/dashboard/admin/live";
/// No test waits that long: it is the end of one that would wait for ever.
const PATIENCE: Duration = Duration::from_secs(20);

async fn open(app: &TestApp, cookie: Option<&str>) -> Response {
    let asked = request(Method::GET, LIVE, cookie, "text/event-stream")
        .header(header::ACCEPT_ENCODING, "gzip, br")
        .body(Body::empty())
        .unwrap();
    app.router.clone().oneshot(asked).await.unwrap()
}

/// What is told on a stream: the name of the shop's state, and how many orders it has.
struct Stream(BodyDataStream);

impl Stream {
    async fn of(app: &TestApp, cookie: &str) -> Self {
        let response = open(app, Some(cookie)).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store, private");
        assert!(!response.headers().contains_key(header::CONTENT_ENCODING));
        Self(response.into_body().into_data_stream())
    }

    /// The next event, or none where the stream has ended.
    async fn next(&mut self) -> Option<(String, i64)> {
        let piece = tokio::time::timeout(PATIENCE, self.0.next()).await.unwrap()?;
        let text = String::from_utf8(piece.unwrap().to_vec()).unwrap();
        let field = |name: &str| {
            text.lines()
                .find_map(|line| line.strip_prefix(name))
                .unwrap()
                .trim()
                .to_owned()
        };
        Some((field("id:"), field("data:").parse().unwrap()))
    }

    /// The first event that says so many orders.
    async fn until(&mut self, orders: i64) -> String {
        loop {
            let (id, told) = self.next().await.expect("the stream goes on");
            if told == orders {
                return id;
            }
        }
    }
}

on_both_databases! {
    async fn an_order_of_another_process_is_told(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let mut stream = Stream::of(&app, &cookie).await;
        let before = stream.until(0).await;
        let elsewhere = test.opened_again().await;
        orders::upsert(&elsewhere, vec![order("A1", "+2348031234567")]).await.unwrap();
        let after = stream.until(1).await;
        assert_ne!(before, after);
        // Another value is told as well, where the number of orders stays.
        orders::change_status(&elsewhere, vec!["A1".to_owned()], Status::Returned).await.unwrap();
        let (again, orders) = stream.next().await.unwrap();
        assert_eq!(orders, 1);
        assert_ne!(again, after);
        elsewhere.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_on_one_database_tell_of_each_others_orders() {
    let test = postgres().await;
    let (one, other) = (TestApp::on(&test), TestApp::on(&test));
    let cookie = one.owner().await;
    let (mut here, mut there) = (Stream::of(&one, &cookie).await, Stream::of(&other, &cookie).await);
    here.until(0).await;
    there.until(0).await;
    let form = "order[number]=A1&order[date]=2026-11-20+10:00&order[name]=Ada&order[phone]=0803+123+4567\
                &order[amount]=1000&order[status]=new&order[source]=website";
    let saved = one.call("/api/save_order", form, Some(&cookie)).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    here.until(1).await;
    there.until(1).await;
}

on_both_databases! {
    async fn the_shops_midnight_is_told(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let mut stream = Stream::of(&app, &cookie).await;
        let before = stream.until(0).await;
        // Lagos is an hour ahead: its day ends at 23:00, eleven hours after noon.
        app.clock.advance(chrono::Duration::hours(11));
        let after = stream.until(0).await;
        assert!(before.ends_with("2026-11-24") && after.ends_with("2026-11-25"), "{before}, {after}");
    }
}

on_both_databases! {
    async fn a_page_knows_the_state_that_it_was_made_of(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        app.get("/dashboard/admin/customers", Some(&cookie)).await;
        let who: Who = app.get("/api/signed_in", Some(&cookie)).await.read();
        let mut stream = Stream::of(&app, &cookie).await;
        assert_eq!(stream.until(0).await, who.seen);
    }
}

on_both_databases! {
    async fn strangers_and_other_sites_hear_nothing(test: &TestDb) {
        let app = TestApp::on(test);
        assert_eq!(open(&app, None).await.status(), StatusCode::UNAUTHORIZED);
        let cookie = app.owner().await;
        let mut foreign = request(Method::GET, LIVE, Some(&cookie), "text/event-stream").body(Body::empty()).unwrap();
        foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
        assert_eq!(app.send(foreign).await.status, StatusCode::FORBIDDEN);
    }
}

on_both_databases! {
    async fn who_is_signed_out_disabled_or_has_another_role_hears_nothing_more(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("ada@shop.ng", Role::Staff).await;
        for (round, change) in ["role = 'admin'", "disabled_at = 1", "", "required"].into_iter().enumerate() {
            execute(test, "update users set disabled_at = null, role = 'staff'".to_owned()).await;
            let cookie = app.sign_in("ada@shop.ng").await;
            let mut stream = Stream::of(&app, &cookie).await;
            stream.until(i64::try_from(round).unwrap()).await;
            if change.is_empty() {
                app.call("/api/sign_out", "", Some(&cookie)).await;
            } else if change == "required" {
                second_steps::require(&test.db, true).await.unwrap();
            } else {
                execute(test, format!("update users set {change}")).await;
            }
            orders::upsert(&test.db, vec![order(&format!("A{round}"), "+2348031234567")]).await.unwrap();
            assert_eq!(stream.next().await, None, "{change}");
        }
    }
}

on_both_databases! {
    async fn an_open_page_does_not_keep_a_session_alive(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let mut stream = Stream::of(&app, &cookie).await;
        stream.until(0).await;
        for (hours, number) in [(7, "A1"), (7, "A2")] {
            app.clock.advance(chrono::Duration::hours(hours));
            orders::upsert(&test.db, vec![order(number, "+2348031234567")]).await.unwrap();
            assert_eq!(stream.next().await.is_some(), number == "A1", "a session ends after {}", sessions::IDLE);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_has_so_many_streams_and_no_more() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let cookie = app.owner().await;
    let mut streams = Vec::new();
    for _ in 0..8 {
        streams.push(Stream::of(&app, &cookie).await);
    }
    let refused = open(&app, Some(&cookie)).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers().contains_key(header::RETRY_AFTER));
    // Others are not kept out, up to as many as the server has room for.
    let mut sessions = Vec::new();
    for number in 0..31 {
        let live = app.state.live();
        sessions.extend((0..8).map(|_| live.listen(&format!("session {number}")).unwrap()));
    }
    app.add_user("ada@shop.ng", Role::Staff).await;
    let other = app.sign_in("ada@shop.ng").await;
    assert_eq!(open(&app, Some(&other)).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    // A page that is closed makes room.
    streams.pop();
    assert_eq!(app.state.live().listeners(), 255);
    Stream::of(&app, &other).await;
    drop((streams, sessions));
    assert_eq!(app.state.live().listeners(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_does_not_wait_for_its_streams() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let cookie = app.owner().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (ask, asked) = tokio::sync::oneshot::channel::<()>();
    let (router, live) = (app.router.clone(), app.state.live().clone());
    let server = tokio::spawn(http::serve(listener, router, async move {
        asked.await.unwrap();
        live.stop();
    }));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head =
        format!("GET {LIVE} HTTP/1.1\r\nHost: shop.test\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut told = String::new();
    while !told.contains("data:") {
        let mut piece = [0; 1_024];
        let length = stream.read(&mut piece).await.unwrap();
        assert!(length > 0, "{told}");
        told.push_str(&String::from_utf8_lossy(&piece[..length]));
    }
    ask.send(()).unwrap();
    // Far less than the twenty seconds that a request may take to end.
    tokio::time::timeout(Duration::from_secs(10), server)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        open(&app, Some(&cookie)).await.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
}

on_both_databases! {
    async fn rows_that_are_seen_stay_and_have_their_values_of_now(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let made = |number: u32, day: u32| Order {
            placed_at: at(&format!("2026-11-{day:02}T10:00:00Z")),
            ..order(&format!("A{number}"), &format!("+2348031234{:03}", number % 100))
        };
        orders::upsert(&test.db, (1..=22).map(|number| made(number, number)).collect()).await.unwrap();
        let customers = async |shown: &str| -> CustomerList {
            let shown = shown.replace('\n', "%0A");
            app.get(&format!("/api/customers?query=size%3D20&shown={shown}"), Some(&cookie)).await.read()
        };
        let orders_of = async |shown: &str| -> OrderList {
            let shown = shown.replace('\n', "%0A");
            app.get(&format!("/api/orders?query=size%3D20&shown={shown}"), Some(&cookie)).await.read()
        };
        let (first, orders_first) = (customers("").await, orders_of("").await);
        assert_eq!((first.moved, orders_first.moved), (None, None));
        let ids = |list: &CustomerList| list.page.rows.iter().map(|row| row.customer.id.to_string()).collect::<Vec<_>>().join("\n");
        let numbers = |list: &OrderList| list.page.rows.iter().map(|row| row.order.number.clone()).collect::<Vec<_>>().join("\n");
        assert_eq!(customers(&ids(&first)).await, CustomerList { moved: Some(false), ..first.clone() });
        // The last of the page orders again, which makes them the first; a new customer comes as well.
        orders::upsert(&test.db, vec![made(103, 24), made(50, 24)]).await.unwrap();
        let now = customers(&ids(&first)).await;
        assert_eq!(now.moved, Some(true));
        assert_eq!(ids(&now), ids(&first));
        assert_eq!((now.page.total, now.orders), (23, 24));
        let last = now.page.rows.last().unwrap();
        assert_eq!((last.customer.orders(), last.last.short.as_str()), (2, "Today"));
        let now = orders_of(&numbers(&orders_first)).await;
        assert_eq!((now.moved, numbers(&now)), (Some(true), numbers(&orders_first)));
        assert_eq!((now.page.total, now.orders), (24, 24));
        // With a period, only who ordered in it has a row.
        let asked = format!("/api/customers?query=period%3Dtoday&shown={}", ids(&first).replace('\n', "%0A"));
        let today: CustomerList = app.get(&asked, Some(&cookie)).await.read();
        assert_eq!(today.page.rows.len(), 1);
    }
}
