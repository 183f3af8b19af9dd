//! The settings page, and the page of what connects the shop to other programs.

pub mod account;
pub mod api;
mod connections;
mod keys;
mod page;
pub mod people;
mod shops;
mod tabs;
mod template;

pub use account::AccountPage;
pub use connections::ConnectionsPage;
pub use page::SettingsPage;
pub use people::PeoplePage;
