//! The loop that accepts connections, and closes those that keep it waiting.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service as _;

use super::reader::Reader;

/// The most connections at a time; the next ones wait in the operating system's queue.
const CONNECTIONS: usize = 512;
/// How long a connection may be silent before its first byte, and how long a request's head may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a client may read nothing of an answer that is on its way.
const READING: Duration = Duration::from_secs(30);
/// How long running requests may take to end once the server is asked to stop.
const FAREWELL: Duration = Duration::from_secs(5);

/// Serves until `stop` resolves, then lets running requests end.
///
/// `axum::serve` has no timer: it would keep a half-sent head or a silent connection for ever.
pub async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    serve_at_most(CONNECTIONS, listener, app, stop).await;
}

/// Serves so many connections at a time.
pub async fn serve_at_most(connections: usize, listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    let permits = Arc::new(Semaphore::new(connections));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        // However many there are: whoever asks the server to stop is heard.
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = next(&listener, &permits) => accepted,
        };
        match accepted {
            Ok((permit, stream, peer)) => {
                let watcher = graceful.watcher();
                let app = app.clone();
                tokio::spawn(async move {
                    let _permit = permit;
                    if has_spoken(&stream).await {
                        talk(stream, peer, app, watcher).await;
                    }
                });
            }
            // Out of file descriptors, most likely: waiting is better than spinning.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
}

/// Waits for room, and then for a connection.
async fn next(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> std::io::Result<(OwnedSemaphorePermit, TcpStream, SocketAddr)> {
    let permit = permits.clone().acquire_owned().await.map_err(std::io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((permit, stream, peer))
}

/// Waits for the first byte; hyper's own time limit begins only there.
async fn has_spoken(stream: &TcpStream) -> bool {
    let mut byte = [0; 1];
    matches!(tokio::time::timeout(PATIENCE, stream.peek(&mut byte)).await, Ok(Ok(1)))
}

async fn talk(stream: TcpStream, peer: SocketAddr, app: Router, watcher: hyper_util::server::graceful::Watcher) {
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        app.clone().call(request.map(axum::body::Body::new))
    });
    // While both versions were expected, a single letter that may begin either would be waited on without a timer.
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .keep_alive(true);
    let connection = builder
        .serve_connection(TokioIo::new(Reader::of(stream, READING)), service)
        .into_owned();
    // A broken connection is the client's affair; a failed request has been logged where it failed.
    let _ = watcher.watch(connection).await;
}
