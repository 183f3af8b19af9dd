//! Signing in and out.

pub mod api;
mod login_page;
mod welcome_page;

pub use login_page::LoginPage;
pub use welcome_page::WelcomePage;
