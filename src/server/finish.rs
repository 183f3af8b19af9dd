//! Requests that change something, worked on to their end.

use axum::extract::Request;
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use crate::server::db::detached;

/// Works on to the end even where whoever asked has gone, or where they have been answered that it takes too long: what
/// a change leaves in the audit log is written after the change.
///
/// A body that stops coming ends the request all the same, before anything is changed.
pub async fn to_the_end(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    detached(next.run(request).in_current_span()).await
}
