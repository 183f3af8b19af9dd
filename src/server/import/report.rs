//! What became of the rows of a file, and the refused ones as a file to mend.

use std::io::Write;

use serde::Serialize;

use super::columns::REPORT;
use super::problem::RowError;
use crate::server::export::harmless;

/// How many rows of a file came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Orders and refused rows read.
    pub read: u64,
    /// Orders whose number was not known.
    pub new: u64,
    /// Orders that differed from the known one of their number.
    pub changed: u64,
    /// Orders that were known just so.
    pub unchanged: u64,
    /// Rows that say nothing, because something in them is missing or wrong.
    pub refused: u64,
    /// Orders that a later row of the same file replaced.
    pub repeated: u64,
}

/// A writer of refused rows as CSV: what is wrong first, then the row as it was, so that it can be mended there.
///
/// The importer knows such a file again and reads the row's own columns only.
pub struct Report<W: Write> {
    csv: csv::Writer<W>,
}

impl<W: Write> Report<W> {
    /// Begins a report on a file with these headers.
    pub fn new(mut out: W, headers: &[String]) -> csv::Result<Self> {
        // The mark keeps Excel from taking UTF-8 for something else.
        out.write_all("\u{feff}".as_bytes())?;
        let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
        let cells = REPORT.into_iter().chain(headers.iter().map(String::as_str));
        csv.write_record(cells.map(|cell| harmless(cell).into_owned()))?;
        Ok(Self { csv })
    }

    /// Goes on with a report that has been begun.
    pub fn more(out: W) -> Self {
        let csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
        Self { csv }
    }

    /// Writes a refused row.
    pub fn write(&mut self, error: &RowError, cells: &[String]) -> csv::Result<()> {
        let line = error.line.to_string();
        let own = [line.as_str(), &error.number, error.field, &error.value, &error.reason];
        let cells = own.into_iter().chain(cells.iter().map(String::as_str));
        self.csv.write_record(cells.map(|cell| harmless(cell).into_owned()))
    }

    /// Writes what is left, and returns what was written to.
    pub fn finish(self) -> std::io::Result<W> {
        self.csv.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}
