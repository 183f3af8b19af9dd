//! What those who run the server ask it: whether it lives, whether it is ready, and what it counts.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::server::metrics::MEDIA_TYPE;
use crate::server::state::AppState;

/// Whether the process lives.
pub const HEALTH: &str = "/healthz";
/// Whether it is ready for requests.
pub const READY: &str = "/readyz";
/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The routes that tell whether the server lives and is ready: no session is looked for, and no cookie is read or set.
pub fn health(state: &AppState) -> Router {
    Router::new()
        .route(HEALTH, get(|| async { "ok" }))
        .route(READY, get(ready))
        .with_state(state.clone())
}

/// The same and the metrics, for an address that only those who run the server can reach.
pub fn operations(state: &AppState) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .with_state(state.clone())
        .merge(health(state))
}

/// Says whether requests can be answered as they should be, and else in a few words why not.
async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match reason_to_wait(&state).await {
        None => (StatusCode::OK, "ready"),
        Some(reason) => (StatusCode::SERVICE_UNAVAILABLE, reason),
    }
}

async fn reason_to_wait(state: &AppState) -> Option<&'static str> {
    if state.is_stopping() {
        return Some("The server is stopping.");
    }
    match tokio::time::timeout(PATIENCE, state.db().is_current()).await {
        Ok(Ok(true)) => {}
        Ok(Ok(false)) => return Some("The database is of another version."),
        Ok(Err(_)) | Err(_) => return Some("The database does not answer."),
    }
    (!state.finder().is_ready()).then_some("The customers are being loaded.")
}

async fn metrics(State(state): State<AppState>) -> Response {
    let text = state.metrics().text(&state).await;
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response()
}
