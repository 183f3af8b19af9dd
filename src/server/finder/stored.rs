//! How the finder keeps what the database stores.

use crate::domain::source::Source;
use crate::domain::status::Status;
use crate::server::error::ServerError;

/// An order's number as the finder keeps it.
pub(super) fn order_id(id: i64) -> Result<u32, ServerError> {
    u32::try_from(id).map_err(|_| ServerError::Broken("an order's id is beyond four thousand million".to_owned()))
}

/// A status as it is stored; the CHECKs of the table know no other.
pub(super) fn status(stored: &str) -> Status {
    let known = Status::ALL.into_iter().find(|known| known.as_str() == stored);
    known.unwrap_or(Status::New)
}

/// A source as it is stored.
pub(super) fn source(stored: &str) -> Source {
    stored.parse().unwrap_or(Source::Other)
}

/// A second as the finder keeps it: later than 2106 is as late as can be.
pub(super) fn second(seconds: i64) -> u32 {
    u32::try_from(seconds.max(0)).unwrap_or(u32::MAX - 1)
}
