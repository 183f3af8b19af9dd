//! The settings: what the shop has decided about itself, its messages, and what connects it to other programs.

pub mod account;
pub mod api;
mod audit;
mod connections;
mod keys;
mod messages;
pub mod people;
mod quality;
mod shop;
mod shop_form;
mod shops;
mod tabs;
mod template;

pub use account::AccountPage;
pub use audit::AuditPage;
pub use connections::ConnectionsPage;
pub use messages::MessagesPage;
pub use people::PeoplePage;
pub use quality::QualityPage;
pub use shop::SettingsPage;
