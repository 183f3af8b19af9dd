//! The stream that tells open pages of changes.

use std::convert::Infallible;

use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use futures::StreamExt as _;

use crate::server::guard;
use crate::server::live::{Full, Seen};
use crate::server::state::AppState;

/// Tells what changes, from now on; the first event says how things stand.
pub async fn follow(State(state): State<AppState>, parts: Parts) -> Response {
    match guard::follow(state, &parts) {
        Ok(Ok(seen)) => {
            let events = seen.map(|seen| Ok::<_, Infallible>(event(seen)));
            answer(Sse::new(events).into_response())
        }
        Ok(Err(full)) => {
            let status = match full {
                Full::Session => StatusCode::TOO_MANY_REQUESTS,
                Full::Server => StatusCode::SERVICE_UNAVAILABLE,
            };
            (status, [(header::RETRY_AFTER, "30")], full.to_string()).into_response()
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.to_string()).into_response()
        }
    }
}

fn event(seen: Seen) -> Event {
    Event::default().id(seen.id).data(seen.orders.to_string())
}

/// Neither a cache nor a proxy in between may hold it.
fn answer(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store, private"));
    headers.insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    response
}
