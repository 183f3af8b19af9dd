//! Customers and orders as files.

mod cell;
mod customers;
mod orders;

pub use cell::harmless;
pub use customers::customers;
pub use orders::orders;

use crate::server::error::ServerError;

/// Marks a file as UTF-8 for the spreadsheets that would guess otherwise.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The orders or customers could not be read.
    #[error("{0}")]
    Read(#[from] ServerError),
    /// The file could not be written.
    #[error("the file could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// The file could not be written as CSV.
    #[error("the file could not be written: {0}")]
    Csv(#[from] csv::Error),
}

impl From<sqlx::Error> for ExportError {
    fn from(error: sqlx::Error) -> Self {
        Self::Read(error.into())
    }
}
