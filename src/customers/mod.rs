//! The customers page.

mod answers;
pub mod api;
mod columns_menu;
pub mod detail;
mod empty;
mod filters;
mod given;
mod header;
mod keys;
mod list_page;
mod page_bar;
mod queue_menu;
mod saved_views;
mod segment_cards;
mod selection;
mod sort_menu;
mod stat_cards;
mod table;

pub use detail::CustomerPage;
pub use list_page::CustomersPage;
