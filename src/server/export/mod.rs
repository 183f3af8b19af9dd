//! Customers and orders as files: the same rows as CSV and as a workbook, a thousand at a time.

mod about;
mod audit;
mod cell;
mod csv;
mod customers;
mod orders;
mod person;
mod progress;
mod xlsx;

use std::io::Read;

use chrono::{DateTime, Utc};

pub use about::About;
pub use cell::{Cell, harmless};
pub use person::person;
pub use progress::{Exports, Progress, Running};

use self::csv::Csv;
use self::xlsx::Xlsx;
use super::config::Shop;
use super::db::Db;
use super::finder::LiveFinder;
use crate::domain::audit::AuditQuery;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::order_query::OrderQuery;
use crate::domain::phone::Phone;
use crate::server::error::ServerError;

/// How many rows are read at a time.
const ROWS: usize = 1_000;
/// How many bytes of a finished file are handed over at a time.
const BYTES: usize = 64 * 1_024;

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
    Csv(#[from] ::csv::Error),
    /// The file could not be written as a workbook.
    #[error("the file could not be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// Somebody stopped it, or nobody takes the file any more.
    #[error("the export was stopped")]
    Stopped,
}

impl ExportError {
    /// Describes it without any value that stands in the file, for the log.
    pub fn kind(&self) -> String {
        match self {
            Self::Read(error) => error.kind(),
            Self::Write(error) => error.kind().to_string(),
            Self::Csv(_) => "csv".to_owned(),
            Self::Xlsx(_) => "workbook".to_owned(),
            Self::Stopped => "stopped".to_owned(),
        }
    }
}

/// The kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with commas, for every program.
    Csv,
    /// A workbook of Excel.
    Xlsx,
}

impl Format {
    /// Reads a kind as forms and the command line name it.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Returns the ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Returns its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What goes into a file.
#[derive(Clone, Debug)]
pub enum What {
    /// All customers of a query, or those of them that were chosen by hand.
    Customers(CustomerQuery, Option<Vec<Phone>>),
    /// All orders of a query.
    Orders(OrderQuery),
    /// All lines of the audit log that a query asks for.
    Audit(AuditQuery),
}

impl What {
    /// Describes it.
    pub fn about(&self) -> About {
        match self {
            Self::Customers(query, chosen) => About::customers(query, chosen.as_ref().map(Vec::len)),
            Self::Orders(query) => About::orders(query),
            Self::Audit(query) => About::audit(query),
        }
    }
}

/// Where an export reads from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The database.
    pub db: &'a Db,
    /// The shop in memory.
    pub finder: &'a LiveFinder,
    /// The shop's settings.
    pub shop: &'a Shop,
    /// The moment that all of it is about.
    pub now: DateTime<Utc>,
    /// Whose export it is.
    pub by: &'a str,
}

/// A column: its name, and its width in characters.
#[derive(Clone, Copy)]
struct Column {
    name: &'static str,
    width: f64,
}

/// What is left of a file when its rows have been written.
type Rest = Box<dyn Read + Send>;

/// A file that takes rows.
trait Sheet {
    /// Adds a row.
    fn row(&mut self, cells: &[Cell]) -> Result<(), ExportError>;

    /// Takes away what has been written so far, where the kind of file allows it.
    fn take(&mut self) -> Result<Vec<u8>, ExportError>;

    /// Ends the file.
    fn finish(self: Box<Self>) -> Result<Rest, ExportError>;
}

/// Where a file goes, piece by piece.
pub trait Sink {
    /// Takes the next piece; [`ExportError::Stopped`] where nobody wants it any more.
    fn take(&mut self, bytes: Vec<u8>) -> impl Future<Output = Result<(), ExportError>>;
}

/// Writes a file, and returns how many rows it has. Holds a thousand rows in memory, and the order of all.
pub async fn export(
    from: Source<'_>,
    what: &What,
    format: Format,
    progress: &Progress,
    to: &mut impl Sink,
) -> Result<usize, ExportError> {
    match what {
        What::Customers(query, chosen) => customers::export(from, query, chosen.as_deref(), format, progress, to).await,
        What::Orders(query) => orders::export(from, query, format, progress, to).await,
        What::Audit(query) => audit::export(from, query, format, progress, to).await,
    }
}

fn open(
    title: &'static str,
    columns: &'static [Column],
    shown: usize,
    format: Format,
    about: &About,
) -> Result<Box<dyn Sheet + Send>, ExportError> {
    Ok(match format {
        Format::Csv => {
            let names: Vec<&str> = columns.iter().take(shown).map(|column| column.name).collect();
            Box::new(Csv::new(&names)?)
        }
        Format::Xlsx => Box::new(Xlsx::new(title, columns, shown, about)?),
    })
}

async fn close(mut sheet: Box<dyn Sheet + Send>, progress: &Progress, to: &mut impl Sink) -> Result<(), ExportError> {
    pass_on(sheet.as_mut(), to).await?;
    let mut rest = sheet.finish()?;
    loop {
        let mut bytes = vec![0; BYTES];
        let read = rest.read(&mut bytes)?;
        if read == 0 {
            return Ok(());
        }
        bytes.truncate(read);
        progress.check()?;
        to.take(bytes).await?;
    }
}

async fn pass_on(sheet: &mut dyn Sheet, to: &mut impl Sink) -> Result<(), ExportError> {
    let bytes = sheet.take()?;
    if bytes.is_empty() { Ok(()) } else { to.take(bytes).await }
}
