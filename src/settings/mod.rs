//! The settings page, and the page of what connects the shop to other programs.

pub mod api;
mod connections;
mod keys;
mod page;
mod shops;
mod tabs;
mod template;

pub use connections::ConnectionsPage;
pub use page::SettingsPage;
