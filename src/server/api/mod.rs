//! The order API for other programs: JSON under `/api/v1`, opened by a key and by nothing else.
//!
//! The document that describes it is made of the code that serves it ([`openapi`]).

mod amount;
mod answer;
mod body;
mod customers;
mod door;
mod once;
mod openapi;
mod orders;
mod problem;
mod query;
mod read;
mod router;
mod taken;
mod view;

pub use openapi::document;
pub(in crate::server) use read::through_import;
pub use router::{BODY_LIMIT, ROOT, router};
