//! Onibara, the customer book of a shop that has orders and nothing else.
//!
//! `docs/ARCHITECTURE.md` is the map. This file holds the only two `cfg(feature)` of the project.

// The types of views nest as deep as the views do.
#![recursion_limit = "256"]

pub mod app;
pub mod auth;
pub mod customers;
pub mod domain;
pub mod error;
pub mod frame;
pub mod imports;
pub mod lazy;
pub mod orders;
pub mod outreach;
pub mod palette;
pub mod paths;
pub mod settings;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod server;

/// Takes over the server-rendered page in the browser.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    // A release has no words for a panic (decision 11).
    if cfg!(debug_assertions) {
        console_error_panic_hook::set_once();
    }
    ui::currency::show_as_rendered();
    ui::title::leave_links();
    ui::later::heed();
    // The browser has just compiled it; whatever else waits comes first.
    leptos::prelude::set_timeout(|| leptos::mount::hydrate_lazy(app::App), std::time::Duration::ZERO);
}
