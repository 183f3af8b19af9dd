//! One row of a file as an order, or all that is wrong with it.

use chrono::{DateTime, TimeDelta, Utc};

use super::Options;
use super::columns::Columns;
use super::problem::{Problems, RowError};
use super::synonyms::Field;
use super::{amount, date};
use crate::domain::order::Order;
use crate::domain::phone::Phone;
use crate::domain::source::Source;
use crate::domain::status::{Outcome, Status};
use crate::domain::{place, text};
use crate::server::phone::{self, Parsed};

/// The most characters of an order number or a phone: both are keys, and a database limits those.
const MAX_KEY: usize = 100;
/// The most characters of a name, a city, a state or a sales rep.
const MAX_NAME: usize = 200;
/// The most characters of an address.
const MAX_ADDRESS: usize = 1_000;
/// The most characters of what was ordered; more is cut off.
const MAX_ITEMS: usize = 4_000;
/// How far ahead of now an order may be placed, in hours: clocks and zones differ.
const AHEAD: i64 = 24;

/// Reads a row as an order.
pub fn read(line: u64, cells: &[String], columns: &Columns, options: &Options) -> Result<Order, RowError> {
    let (order, problems) = read_all(cells, columns, options);
    match problems.into_error(line, &order.number) {
        None => Ok(order),
        Some(error) => Err(error),
    }
}

/// Reads a row as an order, which is one only where there are no problems.
pub fn read_all(cells: &[String], columns: &Columns, options: &Options) -> (Order, Problems) {
    let mut row = Row {
        cells,
        columns,
        options,
        problems: Problems::default(),
    };
    let number = row.number();
    let placed_at = row.date();
    let phone = row.phone();
    let amount = row.amount();
    let status = row.status();
    let order = Order {
        name: row.name(),
        phone_raw: text::clean(row.cell(Field::Phone)),
        whatsapp: row.whatsapp(),
        source: Source::parse(row.cell(Field::Source)),
        city: row.limited(Field::City, "city", MAX_NAME, place::city),
        state: row.state(),
        address: row.limited(Field::Address, "address", MAX_ADDRESS, text::clean_lines),
        sales_rep: row.limited(Field::SalesRep, "sales rep", MAX_NAME, text::clean),
        items: items(cells, columns),
        number,
        placed_at: placed_at.unwrap_or_default(),
        other_phone: phone.as_ref().and_then(|phone| phone.other.clone()),
        amount: amount.unwrap_or_default(),
        status: status.unwrap_or(Status::New),
        // Only an order without problems is used, and that one has a phone.
        phone: phone.map_or_else(|| Phone::from_db(String::new()), |parsed| parsed.phone),
    };
    (order, row.problems)
}

/// Returns the order number that a row gives.
pub fn number(cells: &[String], columns: &Columns) -> String {
    text::clean(columns.cell(cells, Field::Number))
}

/// Returns what a row says was ordered: `2 × Shea butter`.
pub fn items(cells: &[String], columns: &Columns) -> String {
    let item = text::clean(columns.cell(cells, Field::Items));
    let quantity = text::clean(columns.cell(cells, Field::Quantity));
    let items = match (item.as_str(), quantity.as_str()) {
        (_, "" | "1") => item,
        ("", _) => quantity,
        _ => format!("{quantity} × {item}"),
    };
    cut(items)
}

/// Adds what another row of the same order says was ordered.
pub fn append_items(order: &mut Order, more: &str) {
    if more.is_empty() || order.items.ends_with('…') {
        return;
    }
    if !order.items.is_empty() {
        order.items.push_str("; ");
    }
    order.items.push_str(more);
    order.items = cut(std::mem::take(&mut order.items));
}

/// Cuts a list of items off where it grows without bound.
fn cut(mut items: String) -> String {
    if let Some((end, _)) = items.char_indices().nth(MAX_ITEMS) {
        items.truncate(end);
        items.push('…');
    }
    items
}

/// A row while it is read.
struct Row<'a> {
    cells: &'a [String],
    columns: &'a Columns,
    options: &'a Options,
    problems: Problems,
}

impl<'a> Row<'a> {
    fn cell(&self, field: Field) -> &'a str {
        self.columns.cell(self.cells, field)
    }

    fn number(&mut self) -> String {
        let number = number(self.cells, self.columns);
        if number.is_empty() {
            self.problems.add("order number", "", "The order number is empty.");
        }
        self.within("order number", &number, MAX_KEY);
        number
    }

    fn date(&mut self) -> Option<DateTime<Utc>> {
        let raw = self.cell(Field::Date);
        let read = placed_at(raw, self.options);
        self.problems.keep("date", raw, read)
    }

    fn phone(&mut self) -> Option<Parsed> {
        let raw = text::clean(self.cell(Field::Phone));
        let read = if is_rounded(&raw) {
            Err("A spreadsheet has rounded this number. Make the column text and export the file again.".to_owned())
        } else {
            phone::parse(whole(&raw), &self.options.region).ok_or_else(|| "The phone is empty.".to_owned())
        };
        self.within("phone", &raw, MAX_KEY);
        self.problems.keep("phone", &raw, read)
    }

    /// Reads the WhatsApp number; words such as `same` or `-` say nothing that the phone does not.
    fn whatsapp(&mut self) -> Option<Phone> {
        let raw = text::clean(self.cell(Field::WhatsApp));
        self.within("WhatsApp", &raw, MAX_KEY);
        if is_rounded(&raw) || !raw.contains(char::is_numeric) {
            return None;
        }
        phone::parse(whole(&raw), &self.options.region).map(|parsed| parsed.phone)
    }

    fn amount(&mut self) -> Option<crate::domain::money::Money> {
        let (raw, currency) = (self.cell(Field::Amount), self.cell(Field::Currency));
        let own = &self.options.currency;
        if !amount::is_own(currency, own) {
            self.problems
                .add("currency", currency, format!("The shop's currency is {own}."));
        }
        self.problems.keep("amount", raw, amount::parse(raw, own))
    }

    /// Reads the status. Of Shopify's two, fulfilment counts, unless the payment or the whole order was taken back.
    fn status(&mut self) -> Option<Status> {
        let (stated, financial) = (self.cell(Field::Status), self.cell(Field::Financial));
        let taken_back = Status::parse(financial).filter(|status| status.outcome() == Outcome::Lost);
        if taken_back.is_some() {
            return taken_back;
        }
        if !self.cell(Field::CancelledAt).trim().is_empty() {
            return Some(Status::Cancelled);
        }
        let said = if stated.is_empty() { financial } else { stated };
        if text::clean(said).is_empty() {
            return Some(Status::New);
        }
        let read = Status::parse(said).ok_or_else(|| "This status is not known.".to_owned());
        self.problems.keep("status", said, read)
    }

    fn name(&mut self) -> String {
        let whole = text::clean(self.cell(Field::Name));
        let name = if whole.is_empty() {
            let parts = [self.cell(Field::FirstName), self.cell(Field::LastName)];
            text::clean(&parts.join(" "))
        } else {
            whole
        };
        self.within("customer", &name, MAX_NAME);
        name
    }

    fn limited(&mut self, field: Field, name: &'static str, most: usize, read: fn(&str) -> String) -> String {
        let value = read(self.cell(field));
        self.within(name, &value, most);
        value
    }

    /// Reads the state: a spelling that there is not is what people have said that it means.
    fn state(&mut self) -> String {
        let state = self.limited(Field::State, "state", MAX_NAME, place::state);
        let meant = self.options.places.get(&text::fold(&state));
        meant.cloned().unwrap_or(state)
    }

    /// Notes a text that is too long to be what it should be.
    fn within(&mut self, field: &'static str, value: &str, most: usize) {
        if value.chars().nth(most).is_some() {
            self.problems
                .add(field, value, format!("It is longer than {most} characters."));
        }
    }
}

fn placed_at(raw: &str, options: &Options) -> Result<DateTime<Utc>, String> {
    if text::clean(raw).is_empty() {
        return Err("The date is empty.".to_owned());
    }
    let placed_at = date::parse(raw, &options.zone)
        .ok_or("This is not a date. Write it as 2026-10-05, 05/10/2026 or 5 Oct 2026.")?;
    if placed_at < DateTime::UNIX_EPOCH {
        return Err("The date is before 1970.".to_owned());
    }
    if placed_at.signed_duration_since(options.now) > TimeDelta::hours(AHEAD) {
        return Err(format!(
            "The date is more than {AHEAD} hours ahead. Days come before months: 05/10 is 5 October."
        ));
    }
    Ok(placed_at)
}

/// Tells a number that a spreadsheet has made `2.34803E+12` of: its last digits are lost for good.
fn is_rounded(raw: &str) -> bool {
    let digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
    raw.split_once(['E', 'e'])
        .is_some_and(|(number, power)| digits(number) && power.strip_prefix('+').is_some_and(digits))
}

/// Takes off the `.0` that some programs give to numbers.
fn whole(raw: &str) -> &str {
    let whole = raw
        .strip_suffix(".0")
        .filter(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    whole.unwrap_or(raw)
}

#[cfg(test)]
mod tests;
