//! Clients that keep the server waiting are let go. Time is tokio's own here, and passes when nothing else happens.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use onibara::server::http;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::support::app::TestApp;
use crate::support::database::sqlite;

async fn serve() -> SocketAddr {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let _kept = test;
        http::serve(listener, app.router, std::future::pending()).await;
    });
    address
}

/// Sends the beginning of a request, and returns what comes back before the server closes.
async fn answer_to(sent: &str) -> String {
    let address = serve().await;
    tokio::time::pause();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_silent_connection_is_closed() {
    assert_eq!(answer_to("").await, "");
}

#[tokio::test]
async fn a_letter_that_may_begin_either_version_is_not_waited_on() {
    assert!(!answer_to("P").await.contains(" 200 "));
}

#[tokio::test]
async fn the_other_version_is_not_spoken() {
    let answer = answer_to("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    assert!(!answer.contains(" 200 "), "{answer}");
}

#[tokio::test]
async fn whoever_reads_nothing_is_let_go() {
    const WHOLE: usize = 64 * 1024 * 1024;
    let router = Router::new().route("/", get(|| async { vec![b'a'; WHOLE] }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(http::serve(listener, router, std::future::pending()));
    tokio::time::pause();
    let mut stream = TcpStream::connect(address).await.unwrap();
    let asked = "GET / HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n";
    stream.write_all(asked.as_bytes()).await.unwrap();
    stream.readable().await.unwrap();
    tokio::time::sleep(Duration::from_mins(1)).await;
    let mut answer = Vec::new();
    // The server may have broken off before all was read that is on its way.
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.starts_with(b"HTTP/1.1 200 OK"));
    assert!(answer.len() < WHOLE, "{}", answer.len());
}

#[tokio::test]
async fn whoever_reads_gets_all() {
    const WHOLE: usize = 16 * 1024 * 1024;
    let router = Router::new().route("/", get(|| async { vec![b'a'; WHOLE] }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(http::serve(listener, router, std::future::pending()));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let asked = "GET / HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n";
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert!(answer.len() > WHOLE);
}

#[tokio::test]
async fn a_server_with_no_room_left_stops_all_the_same() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stopped = async {
        let _ = stopped.await;
    };
    tokio::time::pause();
    let serving = tokio::spawn(http::serve_at_most(1, listener, Router::new(), stopped));
    let _only = TcpStream::connect(address).await.unwrap();
    let _waits = TcpStream::connect(address).await.unwrap();
    // The first has a second of its ten by now, and keeps the second one out.
    tokio::time::sleep(Duration::from_secs(1)).await;
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(8), serving)
        .await
        .expect("it hears that it is to stop")
        .unwrap();
}

#[tokio::test]
async fn half_a_head_is_not_waited_for() {
    let answer = answer_to("GET /healthz HTTP/1.1\r\nHost: shop.test\r\nX-Slow: ").await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

#[tokio::test]
async fn half_a_body_is_not_waited_for() {
    let head = "POST /api/sign_in HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 900\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n\
                Connection: close\r\n\r\nemail=a";
    let answer = answer_to(head).await;
    assert!(answer.starts_with("HTTP/1.1 ") && !answer.contains(" 200 "), "{answer}");
}

#[tokio::test]
async fn a_whole_request_is_answered() {
    let answer = answer_to("GET /healthz HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}
