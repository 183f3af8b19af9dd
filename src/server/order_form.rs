//! Orders added and changed by hand: read like a row of a file, and saved only over what was seen.

use chrono::{DateTime, Utc};

use super::config::Shop;
use super::error::ServerError;
use super::import::{self, Options};
use super::state::AppState;
use super::store::orders::{self, Saved};
use crate::domain::order::Order;
use crate::domain::order_form::{OrderForm, OrderNotSaved};
use crate::domain::phone::Phone;
use crate::domain::source::Source;
use crate::domain::status::Status;
use crate::error::AppError;

/// What the import calls each field, and what the form calls it.
pub(in crate::server) const FIELDS: [(&str, &str); 13] = [
    ("order number", "number"),
    ("date", "date"),
    ("customer", "name"),
    ("phone", "phone"),
    ("whatsapp", "whatsapp"),
    ("amount", "amount"),
    ("status", "status"),
    ("source", "source"),
    ("city", "city"),
    ("state", "state"),
    ("address", "address"),
    ("sales rep", "sales_rep"),
    ("items", "items"),
];

/// How a form writes a time.
const TIME: &str = "%Y-%m-%d %H:%M:%S";

/// Returns the form of a stored order, or of a new one where no number is given.
pub async fn open(state: &AppState, number: &str) -> Result<OrderForm, ServerError> {
    let (shop, now) = (state.shop(), state.clock().now());
    if number.is_empty() {
        return Ok(blank(&shop, now));
    }
    let mut found = orders::by_numbers(state.db(), &[number.to_owned()]).await?;
    let unknown = || AppError::NotFound(format!("There is no order {number}."));
    Ok(form(&found.remove(number).ok_or_else(unknown)?, &shop))
}

/// Saves a form; returns the order's number.
pub async fn save(state: &AppState, typed: OrderForm) -> Result<String, ServerError> {
    let shop = state.shop();
    let order = read(&typed, &shop, state.clock().now()).map_err(|(field, remark)| refused(&typed, field, remark))?;
    let number = order.number.clone();
    let stored = orders::by_numbers(state.db(), std::slice::from_ref(&number))
        .await?
        .remove(&number);
    let order = stored.map_or(order.clone(), |stored| {
        untouched(order, &stored, &typed, &form(&stored, &shop))
    });
    match orders::save(state.db(), order, typed.seen.clone()).await? {
        Saved::Done => Ok(number),
        Saved::Erased => {
            let remark = "This is an order of somebody whose data was erased, so it is not taken in again. \
                          A later order of theirs can be.";
            Err(refused(&typed, "number", remark.to_owned()))
        }
        Saved::Changed(None) => {
            let again = OrderForm {
                seen: String::new(),
                ..typed
            };
            let remark = "The order was deleted while you were typing. Save again to add it anew.";
            Err(refused(&again, "number", remark.to_owned()))
        }
        Saved::Changed(Some(stored)) if typed.seen.is_empty() => {
            let remark = format!(
                "There is an order {number} already, of {}. Take another number.",
                stored.name
            );
            Err(refused(&typed, "number", remark))
        }
        Saved::Changed(Some(stored)) => {
            let now = form(&stored, &shop);
            let remark = format!(
                "Somebody changed the order while you were typing: {}. Save again to keep yours.",
                differences(&typed, &now)
            );
            let again = OrderForm {
                seen: now.seen,
                ..typed
            };
            Err(refused(&again, "number", remark))
        }
    }
}

fn refused(typed: &OrderForm, field: &str, remark: String) -> ServerError {
    let form = OrderNotSaved {
        typed: typed.clone(),
        field: field.to_owned(),
        remark,
    };
    AppError::OrderNotSaved(Box::new(form)).into()
}

/// Reads a form as the import reads a row; else says what is wrong with which field.
fn read(typed: &OrderForm, shop: &Shop, now: DateTime<Utc>) -> Result<Order, (&'static str, String)> {
    let options = Options::of(shop, now);
    let cells = cells(typed).map(str::to_owned);
    import::one(&FIELDS.map(|(import, _)| import), &cells, &options).map_err(|error| {
        let called = FIELDS
            .into_iter()
            .find(|(import, _)| error.field.eq_ignore_ascii_case(import));
        let field = called.map_or("number", |(_, form)| form);
        let reason = if error.value.is_empty() {
            error.reason
        } else {
            format!("“{}”: {}", error.value, error.reason)
        };
        (field, reason)
    })
}

/// Keeps what is stored where its text was left as it was: another program may have stored what nobody would type.
pub(in crate::server) fn untouched(order: Order, stored: &Order, typed: &OrderForm, shown: &OrderForm) -> Order {
    let keep = |typed: &str, shown: &str, stored: &str, read: String| {
        if typed == shown { stored.to_owned() } else { read }
    };
    let (phone, phone_raw, other_phone) = if typed.phone == shown.phone {
        (
            stored.phone.clone(),
            stored.phone_raw.clone(),
            stored.other_phone.clone(),
        )
    } else {
        (order.phone, order.phone_raw, order.other_phone)
    };
    let whatsapp = if typed.whatsapp == shown.whatsapp {
        stored.whatsapp.clone()
    } else {
        order.whatsapp
    };
    let placed_at = if typed.date == shown.date {
        stored.placed_at
    } else {
        order.placed_at
    };
    Order {
        placed_at,
        phone,
        phone_raw,
        other_phone,
        whatsapp,
        name: keep(&typed.name, &shown.name, &stored.name, order.name),
        city: keep(&typed.city, &shown.city, &stored.city, order.city),
        state: keep(&typed.state, &shown.state, &stored.state, order.state),
        address: keep(&typed.address, &shown.address, &stored.address, order.address),
        sales_rep: keep(&typed.sales_rep, &shown.sales_rep, &stored.sales_rep, order.sales_rep),
        items: keep(&typed.items, &shown.items, &stored.items, order.items),
        ..order
    }
}

/// The texts of a form, in the order of the fields.
pub(in crate::server) fn cells(form: &OrderForm) -> [&str; 13] {
    [
        &form.number,
        &form.date,
        &form.name,
        &form.phone,
        &form.whatsapp,
        &form.amount,
        &form.status,
        &form.source,
        &form.city,
        &form.state,
        &form.address,
        &form.sales_rep,
        &form.items,
    ]
}

/// Names what is stored otherwise than it was typed.
fn differences(typed: &OrderForm, stored: &OrderForm) -> String {
    let pairs = cells(typed).into_iter().zip(cells(stored)).zip(FIELDS);
    let differs = pairs.filter(|((typed, stored), _)| typed.trim() != stored.trim());
    let said = differs.map(|((_, stored), (name, _))| format!("{name} is “{stored}”"));
    said.collect::<Vec<_>>().join(", ")
}

fn blank(shop: &Shop, now: DateTime<Utc>) -> OrderForm {
    let local = now.with_timezone(&shop.zone);
    OrderForm {
        number: local.format("M-%y%m%d-%H%M%S").to_string(),
        date: local.format(TIME).to_string(),
        status: Status::New.as_str().to_owned(),
        source: Source::Whatsapp.as_str().to_owned(),
        ..OrderForm::default()
    }
}

pub(in crate::server) fn form(order: &Order, shop: &Shop) -> OrderForm {
    let phone = if order.phone_raw.is_empty() {
        order.phone.display()
    } else {
        order.phone_raw.clone()
    };
    OrderForm {
        number: order.number.clone(),
        date: order.placed_at.with_timezone(&shop.zone).format(TIME).to_string(),
        name: order.name.clone(),
        phone,
        whatsapp: order.whatsapp.as_ref().map(Phone::display).unwrap_or_default(),
        amount: order.amount.to_plain(),
        status: order.status.as_str().to_owned(),
        source: order.source.as_str().to_owned(),
        city: order.city.clone(),
        state: order.state.clone(),
        address: order.address.clone(),
        sales_rep: order.sales_rep.clone(),
        items: order.items.clone(),
        seen: orders::digest(order),
    }
}
