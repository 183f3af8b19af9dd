//! The beginning of a file: what its columns are called.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::columns::{self, Columns, REPORT};
use super::error::OpenError;
use super::synonyms::{Field, SYNONYMS};
use super::table::Table;
use super::text::{self, Text};
use super::{Options, cell, workbook};

/// A file whose header has been read.
pub struct Head {
    /// The rows after it.
    pub table: Table<Box<dyn Read + Send>>,
    /// The bytes of the file read so far.
    pub read: Arc<AtomicU64>,
    /// The bytes of the file; 0 where that says nothing of how far it has been read.
    pub total: u64,
    /// The names of the columns.
    pub headers: Vec<String>,
    /// How many cells in front of each row are those of a report.
    skipped: usize,
}

impl Head {
    /// Reads the header of a text.
    pub fn of(text: Text) -> Result<Self, OpenError> {
        let Text { reader, read, total } = text;
        let mut table = Table::new(reader)?;
        let header = table.next().ok_or(OpenError::Empty)??;
        if let Some(reason) = header.broken {
            return Err(OpenError::BrokenHeader(reason));
        }
        let mut headers: Vec<String> = header.cells.into_iter().map(cell::meaning).collect();
        let skipped = if columns::is_report(&headers) { REPORT.len() } else { 0 };
        headers.drain(..skipped);
        Ok(Self {
            table,
            read,
            total,
            headers,
            skipped,
        })
    }

    /// Returns the file's own cells of a row.
    pub fn meaning(&self, cells: Vec<String>) -> Vec<String> {
        cells.into_iter().skip(self.skipped).map(cell::meaning).collect()
    }
}

/// Opens a file of orders, whichever kind it is.
pub fn open(path: &Path, options: &Options) -> Result<Head, OpenError> {
    let text = match (text::open(path), &options.workbooks) {
        (Err(OpenError::WrongType(kind)), Some(program)) if workbook::is_one(kind) => workbook::open(path, program)?,
        (text, _) => text?,
    };
    Head::of(text)
}

/// What a file begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The names of its columns.
    pub headers: Vec<String>,
    /// What stands in them in the first row.
    pub first: Vec<String>,
    /// Which column each part of an order is taken from.
    pub columns: Vec<(Field, Option<usize>)>,
}

/// Looks at the beginning of a file.
pub fn look(path: &Path, options: &Options) -> Result<Seen, OpenError> {
    let mut head = open(path, options)?;
    let first = head.table.next().transpose()?;
    let columns = Columns::look(&head.headers, options);
    Ok(Seen {
        first: head.meaning(first.map(|record| record.cells).unwrap_or_default()),
        columns: SYNONYMS.map(|(field, _)| (field, columns.first(field))).to_vec(),
        headers: head.headers,
    })
}
