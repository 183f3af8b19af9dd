//! The routes of the API and the layers in front of them.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{customers, door, openapi, orders};
use crate::server::bounds::bounded;
use crate::server::shop;
use crate::server::state::AppState;

/// Where the API is.
pub const ROOT: &str = "/api/v1";
/// The most bytes of a body: a thousand orders with long addresses.
pub const BODY_LIMIT: usize = 2 * 1024 * 1024;
/// How long a request may take, and how long its body may pause.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// The routes that a key opens.
pub fn guarded() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(openapi::heading())
        .routes(routes!(orders::add, orders::list))
        .routes(routes!(orders::get, orders::change))
        .routes(routes!(customers::list))
        .routes(routes!(customers::get))
}

/// The one route that is open to everybody.
pub fn open() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(openapi::serve))
}

/// Builds the API: nothing but the document that describes it answers without a key.
pub fn router(state: &AppState) -> Router {
    let guarded = Router::from(guarded())
        .route_layer(from_fn_with_state(state.clone(), shop::follow))
        .fallback(door::nothing)
        .layer(from_fn_with_state(state.clone(), door::show_key));
    let routes = Router::from(open()).merge(guarded).with_state(state.clone());
    bounded(routes, BODY_LIMIT, PATIENCE).layer(from_fn(door::in_words))
}
