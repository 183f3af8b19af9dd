//! One customer's page.

pub mod api;
mod buying;
mod edit;
mod facts;
mod figures;
mod header;
mod history;
mod hoped;
mod notes;
mod notice;
mod orders;
mod page;
mod privacy;
mod same_person;
mod tags;
mod unknown;

pub use page::CustomerPage;
