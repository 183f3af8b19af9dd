//! The routes and the layers in front of them.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use leptos::config::LeptosOptions;
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes as _, generate_route_list, handle_server_fns_with_context};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use super::{headers, origin, wall};
use crate::app::{App, shell};
use crate::server::session;
use crate::server::state::AppState;

/// The most bytes of a request's body; forms and server functions need a fraction of it.
pub const BODY_LIMIT: usize = 64 * 1024;
/// How long a request may take, and how long its body may pause.
const PATIENCE: Duration = Duration::from_secs(30);

/// Returns the paths of the application's pages.
pub fn page_paths() -> Vec<String> {
    generate_route_list(App)
        .iter()
        .map(|route| route.path().to_owned())
        .collect()
}

/// Builds the application: pages, server functions and files, behind all layers.
pub fn build(state: &AppState, options: &LeptosOptions) -> Router {
    let context = {
        let state = state.clone();
        move || {
            provide_context(state.clone());
            headers::page_policy();
        }
    };
    let for_functions = {
        let state = state.clone();
        move || provide_context(state.clone())
    };
    let functions = move |request| handle_server_fns_with_context(for_functions.clone(), request);
    let render = {
        let options = options.clone();
        move || shell(options.clone())
    };
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/api/{*function}", post(functions.clone()).get(functions))
        .leptos_routes_with_context(state, generate_route_list(App), context.clone(), render)
        .nest_service("/pkg", files(options))
        .fallback(leptos_axum::file_and_error_handler_with_context::<AppState, _>(
            context, shell,
        ))
        .with_state(state.clone())
        .layer(CompressionLayer::new())
        .layer(from_fn(wall::deny))
        .layer(from_fn_with_state(state.clone(), session::identify))
        .layer(from_fn(origin::same_origin))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(RequestBodyTimeoutLayer::new(PATIENCE))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            PATIENCE,
        ))
        .layer(from_fn(headers::secure))
        .layer(CatchPanicLayer::new())
}

/// Serves the compiled site; its files carry a hash in their names and so never change.
fn files(options: &LeptosOptions) -> Router {
    let folder = std::path::Path::new(options.site_root.as_ref()).join(options.site_pkg_dir.as_ref());
    Router::new()
        .fallback_service(ServeDir::new(folder).precompressed_br().precompressed_gzip())
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            if options.hash_files {
                HeaderValue::from_static("public, max-age=31536000, immutable")
            } else {
                HeaderValue::from_static("no-cache")
            },
        ))
}
