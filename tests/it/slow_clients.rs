//! Clients that keep the server waiting are let go. Time is tokio's own here, and passes when nothing else happens.

use std::net::SocketAddr;

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
