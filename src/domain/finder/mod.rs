//! Finds customers: any filter, any order, a search that forgives, and exact counts, without a database.

mod highlight;

pub use highlight::{Part, highlight, highlight_number};
