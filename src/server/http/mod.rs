//! HTTP: the routes, what stands in front of them, and the loop that accepts connections.

mod export;
mod headers;
mod import;
mod live;
mod observe;
mod operations;
mod origin;
mod person;
mod reader;
mod router;
mod serve;
mod wall;
mod welcome;
mod worker;

pub use operations::operations;
pub use router::{build, page_paths};
pub use serve::{serve, serve_at_most};
