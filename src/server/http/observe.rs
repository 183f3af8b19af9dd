//! What is known of each request afterwards: its route, its answer and how long that took. Never its address, which may
//! hold what somebody searched for.

use std::collections::HashSet;
use std::sync::LazyLock;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::server::state::AppState;
use crate::server::token;

/// The header that names a request to whoever asks what became of it.
const NAME: HeaderName = HeaderName::from_static("x-request-id");
/// The route of files, and of what there is not.
const OTHER: &str = "/{*file}";
/// The route of all server functions together.
const FUNCTIONS: &str = "/api/{*function}";

/// The addresses of the server functions, which the program itself gives them.
static FUNCTION_PATHS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path)
        .collect()
});

/// The route that answered, beside the answer.
#[derive(Clone)]
struct Route(String);

/// Puts the route of a request beside its answer, for [`observe`], which sees only the outside.
pub async fn name_route(request: Request, next: Next) -> Response {
    let route = route(&request);
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(Route(route));
    }
    response
}

fn route(request: &Request) -> Option<String> {
    let matched = request.extensions().get::<MatchedPath>()?;
    let path = request.uri().path();
    Some(match matched.as_str() {
        FUNCTIONS => FUNCTION_PATHS.get(path).map_or(FUNCTIONS, |path| *path).to_owned(),
        template => template.to_owned(),
    })
}

/// Counts every request and writes a line about it.
pub async fn observe(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let (id, method) = (token::reference(), method(request.method()));
    let outside = route(&request);
    let span = tracing::info_span!("request", id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let inside = response.extensions_mut().remove::<Route>().map(|Route(route)| route);
    let route = inside.or(outside).unwrap_or_else(|| OTHER.to_owned());
    let (status, took) = (response.status().as_u16(), began.elapsed());
    state.metrics().answered(method, &route, status, took);
    span.in_scope(|| {
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        if response.status().is_server_error() {
            tracing::warn!(method, route, status, ms, "answered");
        } else if is_dull(&route) {
            tracing::debug!(method, route, status, ms, "answered");
        } else {
            tracing::info!(method, route, status, ms, "answered");
        }
    });
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(NAME, id);
    }
    response
}

/// What comes by itself every few seconds, or with every page.
fn is_dull(route: &str) -> bool {
    matches!(route, OTHER | super::operations::HEALTH | super::operations::READY)
}

/// The name of a method; a client may make up others, and they would be kept for ever.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
