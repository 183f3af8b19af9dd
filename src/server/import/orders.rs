//! The orders of a file, one after the other.

use std::sync::atomic::Ordering;

use super::columns::Columns;
use super::error::OpenError;
use super::head::Head;
use super::problem::RowError;
use super::synonyms::Field;
use super::table::Record;
use super::{Options, row};
use crate::domain::order::Order;
use crate::domain::text;

/// A row of a file, and what it comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number in the file; the header is 1, and line breaks within a cell do not count.
    pub line: u64,
    /// The order, with what the rows of its further items say, or why the row is refused.
    pub outcome: Result<Order, RowError>,
    /// The row's cells as they were, in the order of [`Orders::headers`].
    pub cells: Vec<String>,
}

/// The orders of a file, in its order, in bounded memory.
///
/// Shop systems write an order of several items as several rows, all but the first without phone and amount. Where
/// they follow their order they become part of it. Of two whole rows with one number both are given, in order.
pub struct Orders {
    head: Head,
    columns: Columns,
    options: Options,
    /// The row that further items may still belong to.
    pending: Option<Row>,
    /// The number and the phone of the last row that is not a further item.
    latest: (String, String),
    failed: bool,
}

impl Orders {
    /// Finds the columns of orders in a file whose header has been read.
    pub fn new(head: Head, options: Options) -> Result<Self, OpenError> {
        let columns = Columns::find(&head.headers, &options)?;
        Ok(Self {
            head,
            columns,
            options,
            pending: None,
            latest: (String::new(), String::new()),
            failed: false,
        })
    }

    /// Returns the names in the file's first row.
    pub fn headers(&self) -> &[String] {
        &self.head.headers
    }

    /// Returns how many bytes of the file have been read.
    pub fn bytes_read(&self) -> u64 {
        self.head.read.load(Ordering::Relaxed)
    }

    /// Returns how many bytes the file has.
    pub fn total_bytes(&self) -> u64 {
        self.head.total
    }

    /// Returns the next record that says anything, or the row that tells why reading ends here.
    fn record(&mut self) -> Option<Result<Record, Row>> {
        loop {
            if self.failed {
                return None;
            }
            let mut record = match self.head.table.next()? {
                Ok(record) => record,
                Err(error) => {
                    self.failed = true;
                    return Some(Err(refused(
                        self.head.table.line() + 1,
                        "",
                        Vec::new(),
                        unreadable(&error),
                    )));
                }
            };
            record.cells = self.head.meaning(record.cells);
            if record.broken.is_some() || record.cells.iter().any(|cell| !text::clean(cell).is_empty()) {
                return Some(Ok(record));
            }
        }
    }

    /// Reads a record on its own.
    fn read_row(&self, record: Record) -> Row {
        let Record { line, cells, broken } = record;
        let number = row::number(&cells, &self.columns);
        if let Some(reason) = broken {
            return refused(line, &number, cells, reason);
        }
        let beyond = cells
            .iter()
            .skip(self.head.headers.len())
            .any(|cell| !cell.trim().is_empty());
        if beyond {
            let reason = format!(
                "The row has {} cells under {} headers. A cell that holds the character between cells needs quotation \
                 marks around it.",
                cells.len(),
                self.head.headers.len()
            );
            return refused(line, &number, cells, reason);
        }
        let outcome = row::read(line, &cells, &self.columns, &self.options);
        Row { line, outcome, cells }
    }

    /// Tells whether a record is a further item of the order before it.
    fn continues(&self, record: &Record) -> bool {
        let said = |field| text::clean(self.columns.cell(&record.cells, field));
        let (number, phone) = &self.latest;
        let own = said(Field::Phone);
        let same_order = !number.is_empty() && said(Field::Number) == *number;
        same_order && record.broken.is_none() && said(Field::Amount).is_empty() && (own.is_empty() || own == *phone)
    }

    /// Adds a further item to its order, or refuses it with its order.
    fn add(&mut self, record: Record) -> Option<Row> {
        if let Some(Row { outcome: Ok(order), .. }) = &mut self.pending {
            row::append_items(order, &row::items(&record.cells, &self.columns));
            return None;
        }
        let number = self.latest.0.clone();
        let reason = "It is a further item of the order above, which is refused.".to_owned();
        self.pending
            .replace(refused(record.line, &number, record.cells, reason))
    }
}

impl Iterator for Orders {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let done = match self.record() {
                None => return self.pending.take(),
                Some(Err(end)) => self.pending.replace(end),
                Some(Ok(record)) if self.continues(&record) => self.add(record),
                Some(Ok(record)) => {
                    let phone = text::clean(self.columns.cell(&record.cells, Field::Phone));
                    self.latest = (row::number(&record.cells, &self.columns), phone);
                    let row = self.read_row(record);
                    self.pending.replace(row)
                }
            };
            if done.is_some() {
                return done;
            }
        }
    }
}

fn unreadable(error: &std::io::Error) -> String {
    format!("From here on the file cannot be read: {error}.")
}

fn refused(line: u64, number: &str, cells: Vec<String>, reason: String) -> Row {
    let error = RowError {
        line,
        number: number.to_owned(),
        field: "row",
        value: String::new(),
        reason,
    };
    Row {
        line,
        outcome: Err(error),
        cells,
    }
}

#[cfg(test)]
mod tests;
