//! Deny by default: without a session only a short list of paths answers.

use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};

use leptos::server_fn::error::FromServerFnError as _;

use crate::error::AppError;
use crate::paths;
use crate::server::kept;
use crate::server::session::Session;

/// What answers without a session, besides the site's static files.
const OPEN: [&str; 9] = [
    paths::LOGIN,
    "/favicon.svg",
    "/icons.svg",
    "/manifest.webmanifest",
    "/sw.js",
    "/device.js",
    "/api/sign_in",
    "/api/set_up",
    "/api/sign_in_page",
];

/// The folders of the site's static files.
const FILES: [&str; 3] = ["/pkg/", "/icons/", "/screenshots/"];

/// Lets the signed-in through, and others only to [`OPEN`] and the static files.
///
/// Whoever is not signed in keeps nothing: a session that has ended takes along what the device kept in it.
pub async fn deny(request: Request, next: Next) -> Response {
    let signed_in = request.extensions().get::<Session>().is_some();
    let forgets = !signed_in && kept::keeps(request.headers());
    let mut response = let_through(signed_in, request, next).await;
    if forgets {
        kept::forget(response.headers_mut());
    }
    response
}

async fn let_through(signed_in: bool, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if signed_in || is_open(path) {
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
    OPEN.contains(&path) || FILES.iter().any(|folder| path.starts_with(folder))
}

fn wants_page(request: &Request) -> bool {
    request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}
