//! Data that looks wrong, each with what puts it right in one step.

pub mod api;
mod page;
mod rows;

pub use page::QualityPage;
