//! Deny by default: without a session only a short list of paths answers.

use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};

use leptos::server_fn::error::FromServerFnError as _;

use crate::error::AppError;
use crate::paths;
use crate::server::session::Session;

/// What answers without a session, besides the site's static files.
const OPEN: [&str; 8] = [
    paths::LOGIN,
    "/healthz",
    "/readyz",
    "/favicon.svg",
    "/icons.svg",
    "/api/sign_in",
    "/api/set_up",
    "/api/sign_in_page",
];

/// Lets the signed-in through, and others only to [`OPEN`] and the static files.
pub async fn deny(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if request.extensions().get::<Session>().is_some() || is_open(path) {
        return next.run(request).await;
    }
    if (path.starts_with("/api/") || path == paths::LIVE) && !wants_page(&request) {
        return (StatusCode::UNAUTHORIZED, AppError::SignedOut.ser()).into_response();
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Redirect::to(&paths::login(
            request.uri().path_and_query().map_or("/", |all| all.as_str()),
        ))
        .into_response();
    }
    if wants_page(&request) {
        // A form sent after the session ended: the browser follows with a GET.
        return Redirect::to(paths::LOGIN).into_response();
    }
    StatusCode::UNAUTHORIZED.into_response()
}

fn is_open(path: &str) -> bool {
    OPEN.contains(&path) || path.starts_with("/pkg/")
}

fn wants_page(request: &Request) -> bool {
    request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}
