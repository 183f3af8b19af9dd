//! Orders of other programs, read by the rules of imported files.

use chrono::DateTime;

use super::body::{OrderChange, OrderInput};
use super::problem::FieldError;
use crate::domain::order::Order;
use crate::domain::order_form::OrderForm;
use crate::server::config::Shop;
use crate::server::import::{self, Options};
use crate::server::order_form;

/// Reads a new order.
pub fn order(input: OrderInput, options: &Options) -> Result<Order, Vec<FieldError>> {
    let (mut form, currency) = input.into_form();
    let problem = normalise_time(&mut form.date);
    let read = through_import(&form, &currency, options);
    joined(problem, read)
}

/// Returns a stored order with some fields changed.
pub fn changed(stored: &Order, change: &OrderChange, shop: &Shop, options: &Options) -> Result<Order, Vec<FieldError>> {
    let shown = order_form::form(stored, shop);
    let mut typed = shown.clone();
    let mut problem = None;
    if let Some(placed_at) = &change.placed_at {
        typed.date.clone_from(placed_at);
        problem = normalise_time(&mut typed.date);
    }
    let set = |field: &mut String, given: Option<&String>| {
        if let Some(given) = given {
            field.clone_from(given);
        }
    };
    set(&mut typed.phone, change.phone.as_ref());
    set(&mut typed.amount, change.amount.as_ref().map(|amount| &amount.0));
    set(&mut typed.status, change.status.as_ref());
    set(&mut typed.source, change.source.as_ref());
    set(&mut typed.name, change.name.as_ref());
    set(&mut typed.whatsapp, change.whatsapp.as_ref());
    set(&mut typed.city, change.city.as_ref());
    set(&mut typed.state, change.state.as_ref());
    set(&mut typed.address, change.address.as_ref());
    set(&mut typed.sales_rep, change.sales_rep.as_ref());
    set(&mut typed.items, change.items.as_ref());
    if crate::domain::text::clean(&typed.status).is_empty() {
        problem = problem.or_else(|| Some(FieldError::new("status", "", "The status is empty.")));
    }
    let read = through_import(&typed, "", options);
    let read = read.map(|order| order_form::untouched(order, stored, &typed, &shown));
    joined(problem, read)
}

fn joined(problem: Option<FieldError>, read: Result<Order, Vec<FieldError>>) -> Result<Order, Vec<FieldError>> {
    match (problem, read) {
        (None, read) => read,
        (Some(problem), Ok(_)) => Err(vec![problem]),
        (Some(problem), Err(mut others)) => {
            others.insert(0, problem);
            Err(others)
        }
    }
}

/// Brings a time in RFC 3339 to the one form that files have too; says what is wrong with any other.
fn normalise_time(raw: &mut String) -> Option<FieldError> {
    if raw.is_empty() {
        return None;
    }
    let Ok(read) = DateTime::parse_from_rfc3339(raw) else {
        let reason = "This is not a time in RFC 3339, such as 2026-10-05T14:30:00+01:00.";
        let problem = FieldError::new("placed_at", raw, reason);
        // Anything that the import takes: what is wrong is known already.
        "1970-01-02".clone_into(raw);
        return Some(problem);
    };
    *raw = read.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string();
    None
}

/// Reads an order as the import reads a row, or says each thing that is wrong with it.
pub fn through_import(form: &OrderForm, currency: &str, options: &Options) -> Result<Order, Vec<FieldError>> {
    let headers = order_form::FIELDS.map(|(import, _)| import);
    let headers: Vec<&str> = headers.into_iter().chain(["currency"]).collect();
    let cells = order_form::cells(form).into_iter().chain([currency]);
    let cells: Vec<String> = cells.map(str::to_owned).collect();
    import::one_or_all_problems(&headers, &cells, options).map_err(|problems| {
        let said = problems.into_iter().map(|problem| FieldError {
            field: called(problem.field).to_owned(),
            value: problem.value,
            reason: problem.reason,
        });
        said.collect()
    })
}

/// What the API calls a field of the import.
fn called(field: &'static str) -> &'static str {
    let known = order_form::FIELDS
        .into_iter()
        .find(|(import, _)| field.eq_ignore_ascii_case(import));
    match known {
        Some((_, "date")) => "placed_at",
        Some((_, name)) => name,
        None => field,
    }
}
