//! Files of orders as shops and shop systems write them, read row by row within fixed bounds of memory.
//!
//! A file becomes UTF-8 ([`text`]), then records of cells ([`table`]), whose columns are found by name ([`columns`]),
//! and each row an order or the reasons why it is none ([`row`]). Nothing here knows a database.

mod amount;
mod cell;
mod columns;
mod date;
mod error;
mod kind;
mod orders;
mod problem;
mod quotes;
mod report;
mod row;
mod synonyms;
mod table;
mod text;

use std::path::Path;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::domain::order::Order;
pub use error::OpenError;
pub use orders::{Orders, Row};
pub use problem::RowError;
pub use report::{Report, Summary};

/// What the shop says about dates, phones and money in its files.
#[derive(Clone, Debug)]
pub struct Options {
    /// The zone of dates that name none.
    pub zone: Tz,
    /// The country of phones that name none, as an ISO 3166 code.
    pub region: String,
    /// The one currency of all amounts, as an ISO 4217 code.
    pub currency: String,
    /// The current time: orders may not be placed long after it.
    pub now: DateTime<Utc>,
}

/// Reads one order, as a row of a file with these columns would be read.
pub fn one(headers: &[&str], cells: &[String], options: &Options) -> Result<Order, RowError> {
    let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
    let broken = |_| RowError {
        line: 0,
        number: String::new(),
        field: "row",
        value: String::new(),
        reason: "The form has not the fields of an order.".to_owned(),
    };
    let columns = columns::Columns::find(&headers, &options.currency).map_err(broken)?;
    row::read(0, cells, &columns, options)
}

/// Opens a file of orders and finds its columns.
pub fn open(path: &Path, options: &Options) -> Result<Orders, OpenError> {
    Orders::new(text::open(path)?, options.clone())
}

#[cfg(test)]
mod tests;
