//! HTTP: the routes, what stands in front of them, and the loop that accepts connections.

mod export;
mod headers;
mod import;
mod live;
mod origin;
mod router;
mod serve;
mod wall;
mod worker;

pub use router::{build, page_paths};
pub use serve::serve;
