//! Those who may sign in.

pub mod api;
mod page;
mod person;

pub use page::PeoplePage;
