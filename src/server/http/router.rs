//! The routes and the layers in front of them.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use leptos::config::LeptosOptions;
use leptos::prelude::{provide_context, with_context};
use leptos_axum::{LeptosRoutes as _, generate_route_list, handle_server_fns_with_context};
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use super::worker::Worker;
use super::{export, headers, import, live, observe, operations, origin, person, wall, welcome};
use crate::app::{App, shell};
use crate::domain::role::Who;
use crate::paths;
use crate::server::bounds::panics;
use crate::server::client;
use crate::server::finish::to_the_end;
use crate::server::importing::LARGEST;
use crate::server::state::AppState;
use crate::server::{api, guard, readers, session, shop, webhook};

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
            if let Some(who) = with_context(|parts: &Parts| parts.extensions.get::<Who>().cloned()).flatten() {
                provide_context(who);
            }
            headers::page_policy();
        }
    };
    let for_functions = {
        let state = state.clone();
        move || provide_context(state.clone())
    };
    let not_found = Router::new()
        .fallback(leptos_axum::file_and_error_handler_with_context::<AppState, _>(
            context.clone(),
            shell,
        ))
        .with_state(state.clone());
    let functions = move |request| handle_server_fns_with_context(for_functions.clone(), request);
    let render = {
        let options = options.clone();
        move || shell(options.clone())
    };
    let dashboard = Router::new()
        .leptos_routes_with_context(state, generate_route_list(App), context, render)
        .route_layer(from_fn_with_state(state.clone(), guard::introduce));
    let worker = Worker::new(options);
    let pages = Router::new()
        .route(paths::LIVE, get(live::follow))
        .route(paths::EXPORT_CUSTOMERS, post(export::customers))
        .route(paths::EXPORT_ORDERS, post(export::orders))
        .route(paths::EXPORT_AUDIT, post(export::audit))
        .route(paths::EXPORT_PERSON, post(person::hand_out))
        .route(paths::ERASURES, get(person::erasures))
        .route(paths::EXPORT_PROGRESS, get(export::progress))
        .route(paths::EXPORT_STOP, post(export::stop))
        .route("/api/{*function}", post(functions.clone()).get(functions))
        .merge(dashboard)
        // What follows needs no shop.
        .route_layer(from_fn_with_state(state.clone(), shop::follow))
        .route("/sw.js", get(move || async move { worker.answer() }))
        .route("/welcome/{token}", get(welcome::open))
        .nest_service("/pkg", hashed_files(options))
        .with_state(state.clone())
        .fallback_service(other_files(options, not_found))
        .layer(from_fn_with_state(state.clone(), readers::count))
        .layer(from_fn_with_state(state.clone(), guard::note_denied))
        .layer(from_fn(to_the_end))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            PATIENCE,
        ))
        .merge(large(state))
        .layer(from_fn(wall::deny))
        .layer(from_fn_with_state(state.clone(), session::identify))
        .layer(from_fn(origin::same_origin))
        .layer(from_fn(observe::name_route));
    // Past the wall is only what has a guard of its own: no session opens it, and no cookie.
    Router::new()
        .nest(api::ROOT, api::router(state))
        .nest(webhook::ROOT, webhook::router(state))
        .merge(operations::health(state))
        .fallback_service(pages)
        .layer(CompressionLayer::new())
        .layer(RequestBodyTimeoutLayer::new(PATIENCE))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(panics())
        .layer(from_fn_with_state(state.clone(), observe::observe))
        .layer(from_fn_with_state(state.clone(), client::identify))
}

/// What takes as long, and as many bytes, as a file does; it stops where whoever sends it goes.
fn large(state: &AppState) -> Router {
    let most = usize::try_from(LARGEST)
        .unwrap_or(usize::MAX)
        .saturating_add(BODY_LIMIT);
    Router::new()
        .route(paths::IMPORT_FILE, post(import::take))
        .route("/import/{id}/refused.csv", get(import::refused_rows))
        .route_layer(from_fn_with_state(state.clone(), shop::follow))
        .with_state(state.clone())
        .layer(from_fn_with_state(state.clone(), guard::note_denied))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(most))
}

/// Serves the compiled site; its files carry a hash in their names and so never change.
fn hashed_files(options: &LeptosOptions) -> Router {
    let folder = std::path::Path::new(options.site_root.as_ref()).join(options.site_pkg_dir.as_ref());
    let caching = if options.hash_files {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    Router::new()
        .fallback_service(ServeDir::new(folder).precompressed_br().precompressed_gzip())
        .layer(caching_for(caching))
}

/// Serves the icons and other files of fixed names; what is none of them is answered by `not_found`.
///
/// The handler of `leptos_axum` would serve them too, but it hands the headers of whichever page is being rendered on
/// the same thread to the file, and the page then goes out without its policy.
fn other_files(options: &LeptosOptions, not_found: Router) -> Router {
    let files = ServeDir::new(options.site_root.as_ref())
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .call_fallback_on_method_not_allowed(true)
        .fallback(not_found);
    Router::new().fallback_service(files).layer(from_fn(keep_for_an_hour))
}

/// Lets browsers keep a file that was found; a page that says that there is none is made anew each time.
async fn keep_for_an_hour(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_file = response.headers().contains_key(header::LAST_MODIFIED);
    if is_file && response.status().is_success() {
        let hour = HeaderValue::from_static("public, max-age=3600, stale-while-revalidate=604800");
        response.headers_mut().insert(header::CACHE_CONTROL, hour);
    }
    response
}

fn caching_for(value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static(value))
}
