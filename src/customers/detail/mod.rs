//! One customer's page.

pub mod api;
mod facts;
mod figures;
mod header;
mod page;
mod unknown;

pub use page::CustomerPage;
