//! A table as an Excel workbook: a sheet that says what it is, then the rows.

use std::fs::File;
use std::io::{BufReader, Seek as _};

use chrono::NaiveDateTime;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::about::About;
use super::cell::Cell;
use super::{Column, ExportError, Rest, Sheet};
use crate::domain::money::currency::Currency;

/// How many rows a sheet of Excel has, the header among them.
const ROWS: u32 = 1_048_576;
/// The most characters of a cell.
const LETTERS: usize = 32_767;
/// The day, as Excel counts them, on which 1970 began.
const DAY_OF_1970: f64 = 25_569.0;
const DAY: f64 = 86_400.0;

/// A table as a workbook. Rows go to a temporary file, so that a million of them need no memory.
pub struct Xlsx {
    workbook: Workbook,
    columns: &'static [Column],
    shown: usize,
    title: &'static str,
    formats: Formats,
    sheet: usize,
    row: u32,
}

struct Formats {
    head: Format,
    count: Format,
    money: Format,
    at: Format,
}

impl Xlsx {
    /// Begins a table with its first columns.
    pub fn new(
        title: &'static str,
        columns: &'static [Column],
        shown: usize,
        about: &About,
    ) -> Result<Self, ExportError> {
        let formats = Formats {
            head: Format::new().set_bold(),
            count: Format::new().set_num_format("#,##0"),
            money: Format::new().set_num_format(format!("[${}]#,##0.00", Currency::current())),
            at: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        };
        let mut workbook = Workbook::new();
        write_about(workbook.add_worksheet(), about, &formats.head)?;
        let mut table = Self {
            workbook,
            columns,
            shown,
            title,
            formats,
            sheet: 0,
            row: ROWS,
        };
        table.next_sheet()?;
        Ok(table)
    }

    /// Goes on in another sheet.
    fn next_sheet(&mut self) -> Result<(), XlsxError> {
        self.sheet += 1;
        let name = match self.sheet {
            1 => self.title.to_owned(),
            number => format!("{} {number}", self.title),
        };
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        if self.sheet == 1 {
            sheet.set_active(true);
        }
        for (at, column) in (0..).zip(self.columns).take(self.shown) {
            sheet.set_column_width(at, column.width)?;
        }
        for (at, column) in (0..).zip(self.columns).take(self.shown) {
            sheet.write_string_with_format(0, at, column.name, &self.formats.head)?;
        }
        self.row = 1;
        Ok(())
    }
}

impl Sheet for Xlsx {
    fn row(&mut self, cells: &[Cell]) -> Result<(), ExportError> {
        if self.row == ROWS {
            self.next_sheet()?;
        }
        let (sheet, row) = (self.workbook.worksheet_from_index(self.sheet)?, self.row);
        for (at, cell) in (0..).zip(cells) {
            write(sheet, row, at, cell, &self.formats)?;
        }
        self.row += 1;
        Ok(())
    }

    fn take(&mut self) -> Result<Vec<u8>, ExportError> {
        Ok(Vec::new())
    }

    fn finish(mut self: Box<Self>) -> Result<Rest, ExportError> {
        let mut file: File = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut file)?;
        file.rewind()?;
        Ok(Box::new(BufReader::new(file)))
    }
}

fn write(sheet: &mut Worksheet, row: u32, at: u16, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    // A string is written as one: nothing that it holds is run.
    #[expect(
        clippy::cast_precision_loss,
        reason = "Excel has no other numbers; these are far from where it rounds"
    )]
    match cell {
        Cell::Text(text) => text_cell(sheet, row, at, text)?,
        Cell::Plain(text) => text_cell(sheet, row, at, text)?,
        Cell::Phone(phone) => text_cell(sheet, row, at, phone.label().unwrap_or(phone.as_str()))?,
        Cell::Count(count) => {
            sheet.write_number_with_format(row, at, *count as f64, &formats.count)?;
        }
        Cell::Money(amount) => {
            sheet.write_number_with_format(row, at, amount.0 as f64 / 100.0, &formats.money)?;
        }
        Cell::At(moment) | Cell::Exact(moment) => {
            sheet.write_number_with_format(row, at, serial(moment.naive_local()), &formats.at)?;
        }
        Cell::Empty => {}
    }
    Ok(())
}

fn text_cell(sheet: &mut Worksheet, row: u32, at: u16, text: &str) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    // Excel counts UTF-16; what is longer is cut, and says so.
    if text.encode_utf16().count() > LETTERS {
        let mut room = LETTERS - 1;
        let fits = |letter: &char| {
            room = room.saturating_sub(letter.len_utf16());
            room > 0
        };
        let cut: String = text.chars().take_while(fits).chain(['…']).collect();
        sheet.write_string(row, at, cut)?;
    } else {
        sheet.write_string(row, at, text)?;
    }
    Ok(())
}

/// A moment as Excel counts: days since the end of 1899, with the time as a part of a day.
fn serial(at: NaiveDateTime) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds of this century are far from where a float rounds"
    )]
    let seconds = at.and_utc().timestamp() as f64;
    DAY_OF_1970 + seconds / DAY
}

fn write_about(sheet: &mut Worksheet, about: &About, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_name("About this file")?;
    sheet.set_column_width(0, 20)?.set_column_width(1, 60)?;
    for (row, (label, value)) in (0..).zip(about.lines()) {
        sheet.write_string_with_format(row, 0, label, bold)?;
        text_cell(sheet, row, 1, value)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_counted_as_excel_does() {
        let at = |text: &str| serial(text.parse().unwrap());
        assert!((at("1970-01-01T00:00:00") - 25_569.0).abs() < 1e-9);
        assert!((at("2026-10-05T12:00:00") - 46_300.5).abs() < 1e-9);
    }
}
