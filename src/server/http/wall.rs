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
const OPEN: [&str; 14] = [
    paths::LOGIN,
    paths::WELCOME,
    "/favicon.svg",
    "/icons.svg",
    "/manifest.webmanifest",
    "/sw.js",
    "/device.js",
    "/api/sign_in",
    "/api/set_up",
    "/api/sign_in_page",
    "/api/enter_code",
    "/api/sign_in_again",
    "/api/welcome",
    "/api/set_password",
];

/// The folders of the site's static files, and links that set a password.
const FOLDERS: [&str; 4] = ["/pkg/", "/icons/", "/screenshots/", "/welcome/"];

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
    if must_enrol(&request) && is_page(&request) {
        return Redirect::to(paths::ACCOUNT).into_response();
    }
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

/// Tells whether whoever sends this has to turn on a second step of signing in before anything else. The guard refuses
/// them the data; here they are led to where they can do it.
fn must_enrol(request: &Request) -> bool {
    let session = request.extensions().get::<Session>();
    session.is_some_and(|session| session.user.must_enrol)
}

/// Tells whether a page of the dashboard is asked for, other than that of one's own account.
fn is_page(request: &Request) -> bool {
    let path = request.uri().path();
    request.method() == Method::GET && path.starts_with("/dashboard/") && !matches!(path, paths::ACCOUNT | paths::LIVE)
}

fn is_open(path: &str) -> bool {
    OPEN.contains(&path) || FOLDERS.iter().any(|folder| path.starts_with(folder))
}

fn wants_page(request: &Request) -> bool {
    request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}
