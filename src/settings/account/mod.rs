//! A user's own account.

pub mod api;
mod page;
mod second_step;

pub use page::AccountPage;
