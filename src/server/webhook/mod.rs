//! Orders that WooCommerce and Shopify send by themselves: signed, each delivery once, the newest state last.

mod answer;
mod read;
mod shopify;
mod signature;
mod woocommerce;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::post;

use super::bounds::bounded;
use super::state::AppState;

/// Where deliveries go.
pub const ROOT: &str = "/hooks";
/// The most bytes of a delivery.
const BODY_LIMIT: usize = 1024 * 1024;
/// How long a delivery may take, and how long its body may pause.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// Builds the routes: no session opens them, only a signature does.
pub fn router(state: &AppState) -> Router {
    let routes = Router::new()
        .route("/woocommerce/{token}", post(answer::woocommerce))
        .route("/shopify/{token}", post(answer::shopify))
        .route_layer(from_fn_with_state(state.clone(), super::shop::follow))
        .with_state(state.clone());
    bounded(routes, BODY_LIMIT, PATIENCE)
}
