//! What stands before and behind every answer of the API.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::problem::{self, Problem};
use crate::server::client;
use crate::server::guard;
use crate::server::state::AppState;

/// Lets nobody in without a key, whatever they ask for, and gives the others to whoever answers.
pub async fn show_key(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let address = client::address(request.extensions());
    match guard::program(&state, request.headers(), address).await {
        Ok(actor) => {
            request.extensions_mut().insert(actor);
            next.run(request).await
        }
        Err(refusal) => Problem::from(refusal).into_response(),
    }
}

/// Answers where there is nothing.
pub async fn nothing() -> Problem {
    Problem::of_status(StatusCode::NOT_FOUND)
}

/// Turns whatever was refused below into a problem that can be read.
pub async fn in_words(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let said = response.headers().get(header::CONTENT_TYPE);
    let worded = said.is_some_and(|said| said.as_bytes() == problem::MEDIA_TYPE.as_bytes());
    if worded || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let mut worded = Problem::of_status(status).into_response();
    let headers = worded.headers_mut();
    // What says which methods there are stays.
    if let Some(allow) = response.headers().get(header::ALLOW) {
        headers.insert(header::ALLOW, allow.clone());
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, header::HeaderValue::from_static("2"));
    }
    worded
}
