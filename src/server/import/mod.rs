//! Files of orders as shops and shop systems write them, read row by row within fixed bounds of memory.
//!
//! A file becomes UTF-8 ([`text`]), then records of cells ([`table`]), whose columns are found by name ([`columns`]),
//! and each row an order or the reasons why it is none ([`row`]). Nothing here knows a database.

mod amount;
mod batch;
mod cell;
mod columns;
mod date;
mod error;
mod head;
mod kind;
mod orders;
mod problem;
mod quotes;
mod report;
mod row;
mod synonyms;
mod table;
mod text;
mod workbook;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::domain::order::Order;
use crate::server::config::Shop;
pub use batch::{Batch, batches};
pub use columns::key;
pub use error::OpenError;
pub use head::{Seen, look};
pub use orders::{Orders, Row};
pub use problem::{Problem, RowError, shorten};
pub use report::{Report, Summary};
pub use synonyms::Field;
pub use workbook::write_rows;

/// What the shop says about dates, phones and money in its files.
#[derive(Clone, Debug)]
pub struct Options {
    /// The zone of dates that name none.
    pub zone: Tz,
    /// The country of phones that name none, as an ISO 3166 code.
    pub region: String,
    /// The one currency of all amounts, as an ISO 4217 code.
    pub currency: String,
    /// Which states the spellings mean that are none, by the folded spelling.
    pub places: Arc<BTreeMap<String, String>>,
    /// The current time: orders may not be placed long after it.
    pub now: DateTime<Utc>,
    /// What people have said that columns hold.
    pub known: Known,
    /// The program that reads workbooks, which is this one; none where there is nobody to run it.
    pub workbooks: Option<PathBuf>,
}

impl Options {
    /// What the shop says, where nobody has said anything about columns, and no workbook is read.
    pub fn of(shop: &Shop, now: DateTime<Utc>) -> Self {
        Self {
            zone: shop.zone,
            region: shop.country.clone(),
            currency: shop.currency.clone(),
            places: shop.places.clone(),
            now,
            known: Known::default(),
            workbooks: None,
        }
    }
}

/// What people have said that columns hold, by [`key`] of their headers; none holds nothing of an order.
pub type Known = HashMap<String, Option<Field>>;

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
    let columns = columns::Columns::find(&headers, options).map_err(broken)?;
    row::read(0, cells, &columns, options)
}

/// Reads one order like [`one`], or says each thing that is wrong with it.
pub fn one_or_all_problems(headers: &[&str], cells: &[String], options: &Options) -> Result<Order, Vec<Problem>> {
    let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
    let broken = |_| {
        vec![Problem {
            field: "row",
            value: String::new(),
            reason: "It has not the fields of an order.".to_owned(),
        }]
    };
    let columns = columns::Columns::find(&headers, options).map_err(broken)?;
    let (order, problems) = row::read_all(cells, &columns, options);
    let problems = problems.into_list();
    if problems.is_empty() { Ok(order) } else { Err(problems) }
}

/// Opens a file of orders and finds its columns.
pub fn open(path: &Path, options: &Options) -> Result<Orders, OpenError> {
    Orders::new(head::open(path, options)?, options.clone())
}

#[cfg(test)]
mod tests;
