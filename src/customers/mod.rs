//! The customers page.

pub mod api;
mod header;
mod list_page;
mod sort_menu;
mod table;

pub use list_page::CustomersPage;
