//! Orders in from files.

mod api;
mod columns;
mod import_page;
mod list_page;
mod upload;

pub use import_page::ImportPage;
pub use list_page::ImportsPage;
