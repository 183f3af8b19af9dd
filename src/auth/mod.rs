//! Signing in and out.

pub mod api;
mod login_page;

pub use login_page::LoginPage;
