//! What bounds a request: bytes, time, and what becomes of a panic.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::{IntoResponse as _, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use super::finish::to_the_end;

/// Bounds routes that programs ask: the most bytes of a body, how long a request may take, and how long its body may pause.
pub(in crate::server) fn bounded(routes: Router, bytes: usize, patience: Duration) -> Router {
    routes
        .layer(from_fn(to_the_end))
        .layer(DefaultBodyLimit::max(bytes))
        .layer(RequestBodyTimeoutLayer::new(patience))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            patience,
        ))
        .layer(panics())
}

/// Answers for a request that panicked. Where it did is logged by the process; what it says may quote a customer.
pub(in crate::server) fn panics() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(after_panic as fn(Box<dyn Any + Send>) -> Response)
}

fn after_panic(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on the server.").into_response()
}
