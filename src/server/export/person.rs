//! What is held about a person as a workbook: a row for each value.

use chrono::{DateTime, Utc};

use super::cell::Cell;
use super::xlsx::Xlsx;
use super::{About, Column, ExportError, Sheet as _};
use crate::server::config::Shop;
use crate::server::store::person::Section;

const COLUMNS: [Column; 4] = [
    Column {
        name: "What",
        width: 30.0,
    },
    Column {
        name: "Number",
        width: 9.0,
    },
    Column {
        name: "Field",
        width: 22.0,
    },
    Column {
        name: "Value",
        width: 60.0,
    },
];

/// Writes a workbook.
pub fn person(shop: &Shop, now: DateTime<Utc>, by: &str, sections: &[Section]) -> Result<Vec<u8>, ExportError> {
    let rows = sections.iter().map(|section| section.rows.len()).sum();
    let about = About::person().made(shop, now, by, rows);
    let mut sheet = Xlsx::new("Person", &COLUMNS, COLUMNS.len(), &about)?;
    for section in sections {
        let name = section.name.replace('_', " ");
        if section.rows.is_empty() {
            sheet.row(&[
                Cell::text(&name),
                Cell::Empty,
                Cell::Plain("nothing is held"),
                Cell::Empty,
            ])?;
        }
        for (number, row) in (1..).zip(&section.rows) {
            for (field, value) in section.fields.iter().zip(row) {
                let field = field.replace('_', " ");
                sheet.row(&[
                    Cell::text(&name),
                    Cell::Count(number),
                    Cell::text(&field),
                    Cell::text(value),
                ])?;
            }
        }
    }
    let mut bytes = Vec::new();
    let mut rest = Box::new(sheet).finish()?;
    std::io::Read::read_to_end(&mut rest, &mut bytes)?;
    Ok(bytes)
}
