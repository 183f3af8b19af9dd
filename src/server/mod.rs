//! What must never reach a browser: the database, the guard, HTTP, and the command line.

pub mod api;
pub mod backup;
pub mod cli;
pub mod clock;
pub mod config;
pub mod customer_details;
pub mod db;
pub mod demo;
pub mod error;
pub mod export;
pub mod finder;
pub mod guard;
pub mod http;
pub mod import;
pub mod importing;
pub mod limits;
pub mod listing;
pub mod live;
pub mod merging;
pub mod order_form;
pub mod order_listing;
pub mod outreach;
pub mod password;
pub mod phone;
pub mod present;
pub mod present_habits;
pub mod present_orders;
pub mod profile;
pub mod session;
pub mod state;
pub mod store;
pub mod templates;
pub mod token;
mod turn_form;
pub mod webhook;

pub use cli::run;
