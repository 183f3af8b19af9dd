//! Rows of a file to look at before it comes in.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::domain::import::{SAID_BETWEEN, Sample};
use crate::domain::order::Order;
use crate::server::error::ServerError;
use crate::server::import::{Field, Row, Seen};
use crate::server::phone;
use crate::server::store::orders::Compared;

/// How many rows of a kind are shown.
const SHOWN: usize = 5;
/// How many characters of a cell are shown.
const LETTERS: usize = 24;

/// What has been seen of a file: its columns, and some of its rows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Looked {
    /// The names of the file's columns.
    pub headers: Vec<String>,
    /// What stands in them in the first row.
    pub first: Vec<String>,
    /// Which column each part of an order is taken from.
    pub columns: Vec<(String, Option<usize>)>,
    /// Rows to look at.
    pub samples: Vec<Sample>,
}

impl Looked {
    /// Begins with the columns.
    pub fn of(seen: Seen) -> Self {
        let short = |cell: String| shorten(&cell);
        Self {
            headers: seen.headers.into_iter().map(short).collect(),
            first: seen.first.into_iter().map(short).collect(),
            columns: seen
                .columns
                .into_iter()
                .map(|(field, column)| (field.as_str().to_owned(), column))
                .collect(),
            samples: Vec::new(),
        }
    }

    /// Reads what was kept; nothing where nothing was.
    pub fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// Returns it as it is kept.
    pub fn json(&self) -> Result<String, ServerError> {
        serde_json::to_string(self).map_err(|error| ServerError::Broken(error.to_string()))
    }

    /// Returns the field that stands at a place of the form.
    pub fn field(&self, place: usize) -> Option<Field> {
        self.columns.get(place).and_then(|(name, _)| Field::parse(name))
    }

    fn room(&self, kind: &str) -> usize {
        let shown = self.samples.iter().filter(|sample| sample.kind == kind).count();
        SHOWN.saturating_sub(shown)
    }

    /// Takes some refused rows.
    pub fn refused(&mut self, rows: &[Row]) {
        let errors = rows.iter().filter_map(|row| row.outcome.as_ref().err());
        let room = self.room("refused");
        self.samples.extend(errors.take(room).map(|error| {
            let value = if error.value.is_empty() {
                String::new()
            } else {
                format!(" “{}”", error.value)
            };
            Sample {
                kind: "refused".to_owned(),
                line: error.line,
                number: shorten(&error.number),
                said: format!("{}{value}: {}", error.field, error.reason),
            }
        }));
    }

    /// Takes some orders that are new or other than the shop has them.
    pub fn compared(&mut self, compared: &Compared, zone: Tz) {
        for (order, before) in compared.others() {
            let (kind, said) = match before {
                None => ("new", summary(order, zone)),
                Some(before) => ("changed", changes(before, order, zone)),
            };
            if self.room(kind) > 0 {
                self.samples.push(Sample {
                    kind: kind.to_owned(),
                    line: 0,
                    number: order.number.clone(),
                    said,
                });
            } else if self.room("new") + self.room("changed") == 0 {
                return;
            }
        }
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(LETTERS) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}

/// What an order says, part by part, as people read it.
fn parts(order: &Order, zone: Tz) -> [(&'static str, String); 12] {
    let number = |number: Option<&crate::domain::phone::Phone>| number.map(phone::international).unwrap_or_default();
    [
        (
            "date",
            order
                .placed_at
                .with_timezone(&zone)
                .format("%-d %b %Y, %H:%M")
                .to_string(),
        ),
        ("name", order.name.clone()),
        ("phone", number(Some(&order.phone))),
        ("WhatsApp", number(order.whatsapp.as_ref())),
        ("amount", order.amount.to_string()),
        ("status", order.status.label().to_owned()),
        ("source", order.source.label().to_owned()),
        ("city", order.city.clone()),
        ("state", order.state.clone()),
        ("address", order.address.clone()),
        ("sales rep", order.sales_rep.clone()),
        ("items", order.items.clone()),
    ]
}

fn summary(order: &Order, zone: Tz) -> String {
    let parts = parts(order, zone).into_iter().map(|(_, said)| said);
    let said: Vec<String> = parts.filter(|said| !said.is_empty()).take(6).collect();
    said.join(SAID_BETWEEN)
}

/// Says what is other in an order than it was.
fn changes(before: &Order, after: &Order, zone: Tz) -> String {
    let pairs = parts(before, zone).into_iter().zip(parts(after, zone));
    let shown = |text: &str| {
        if text.is_empty() {
            "nothing".to_owned()
        } else {
            shorten(text)
        }
    };
    let changed: Vec<String> = pairs
        .filter(|((_, was), (_, is))| was != is)
        .map(|((part, was), (_, is))| format!("{part}: {} → {}", shown(&was), shown(&is)))
        .collect();
    if changed.is_empty() {
        "the phone as it was written".to_owned()
    } else {
        changed.join(SAID_BETWEEN)
    }
}
