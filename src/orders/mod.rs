//! The orders page.

pub mod api;
mod change_status;
mod list_page;
mod order_page;

pub use list_page::OrdersPage;
pub use order_page::OrderFormPage;
