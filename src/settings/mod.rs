//! The settings page.

pub mod api;
mod page;
mod template;

pub use page::SettingsPage;
