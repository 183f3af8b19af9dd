//! A table as CSV.

use super::cell::{Cell, harmless};
use super::{ExportError, Rest, Sheet};
use crate::domain::phone::Phone;
use crate::server::phone;

/// Marks a file as UTF-8 for the spreadsheets that would guess otherwise.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A table as CSV, taken away row by row.
pub struct Csv {
    out: csv::Writer<Vec<u8>>,
}

impl Csv {
    /// Begins a table with the names of its columns.
    pub fn new(names: &[&str]) -> Result<Self, ExportError> {
        let mut out = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
        out.write_record(names)?;
        Ok(Self { out })
    }
}

impl Sheet for Csv {
    fn row(&mut self, cells: &[Cell]) -> Result<(), ExportError> {
        for cell in cells {
            match cell {
                Cell::Text(text) => self.out.write_field(harmless(text).as_ref())?,
                Cell::Plain(text) => self.out.write_field(text.as_bytes())?,
                Cell::Phone(phone) => self.out.write_field(written(phone))?,
                Cell::Count(count) => self.out.write_field(count.to_string())?,
                Cell::Money(amount) => self.out.write_field(amount.to_plain())?,
                Cell::At(at) => self.out.write_field(at.naive_local().to_string())?,
                Cell::Exact(at) => self.out.write_field(at.to_rfc3339())?,
                Cell::Empty => self.out.write_field("")?,
            }
        }
        self.out.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn take(&mut self) -> Result<Vec<u8>, ExportError> {
        let next = csv::Writer::from_writer(Vec::new());
        let full = std::mem::replace(&mut self.out, next);
        full.into_inner().map_err(|error| error.into_error().into())
    }

    fn finish(self: Box<Self>) -> Result<Rest, ExportError> {
        Ok(Box::new(std::io::empty()))
    }
}

/// A number as no spreadsheet takes for an amount: it would drop the plus, and round what is long. A text that is no
/// number stands as it is.
fn written(number: &Phone) -> String {
    match number.e164_str() {
        Some(_) => phone::international(number),
        None => harmless(number.label().unwrap_or(number.as_str())).into_owned(),
    }
}
