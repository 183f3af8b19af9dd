//! The settings page, and the page of what connects the shop to other programs.

pub mod account;
pub mod api;
mod audit;
mod connections;
mod keys;
mod page;
pub mod people;
mod shops;
mod tabs;
mod template;

pub use account::AccountPage;
pub use audit::AuditPage;
pub use connections::ConnectionsPage;
pub use page::SettingsPage;
pub use people::PeoplePage;
