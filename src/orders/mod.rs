//! The orders page.

pub mod api;
mod filters;
mod list_page;

pub use list_page::OrdersPage;
