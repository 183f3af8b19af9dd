//! One customer's page: found by any spelling of any of their phones, put into the shop's words.

use super::db::Db;
use super::error::ServerError;
use super::order_listing;
use super::phone;
use super::present;
use super::present_habits;
use super::present_orders;
use super::profile;
use super::state::AppState;
use super::store::users::User;
use super::store::{consents, customer_page, customers, merges};
use super::templates::Filling;
use crate::domain::customer::Customer;
use crate::domain::habits::Habits;
use crate::domain::order_list::{CustomerPage, OrderList};
use crate::domain::period::{Period, local_date};
use crate::domain::phone::Phone;
use crate::domain::role::Role;
use crate::error::AppError;

/// Returns the customer whom a part of an address means: the phone's own form, or any spelling of it.
pub async fn customer(
    state: &AppState,
    asked: &str,
    period: Period,
    reader: &User,
) -> Result<CustomerPage, ServerError> {
    page(state, found(state, asked).await?, period, reader).await
}

/// Returns the page that a query asks for of the orders of the customer whom a part of an address means, or those of
/// them that are shown already.
pub async fn orders(state: &AppState, asked: &str, query: &str, shown: &str) -> Result<OrderList, ServerError> {
    order_listing::of_customer(state, found(state, asked).await?, query, shown).await
}

async fn found(state: &AppState, asked: &str) -> Result<Customer, ServerError> {
    let unknown = || AppError::NotFound("No order has this phone number.".to_owned());
    Ok(known(state, asked).await?.ok_or_else(unknown)?)
}

/// Returns the customer whom a phone's own form, or any spelling of it, means; none where nobody has ordered with it.
pub async fn known(state: &AppState, asked: &str) -> Result<Option<Customer>, ServerError> {
    let spelled = || phone::parse(asked, &state.shop().country).map(|parsed| parsed.phone);
    let phones = [Phone::from_slug(asked), spelled()].into_iter().flatten();
    // PostgreSQL takes no NUL, and no phone has one.
    for phone in phones.filter(|phone| !phone.as_str().contains('\0')) {
        if let Some(customer) = of_phone(state.db(), &phone).await? {
            return Ok(Some(customer));
        }
    }
    Ok(None)
}

/// Returns the customer whom a phone belongs to; none where nobody has ordered with it.
pub async fn of_phone(db: &Db, phone: &Phone) -> Result<Option<Customer>, ServerError> {
    let Some(id) = customer_page::id_of(db, phone).await? else {
        return Ok(None);
    };
    Ok(customers::by_ids(db, &[id]).await?.remove(&id))
}

async fn page(
    state: &AppState,
    customer: Customer,
    period: Period,
    reader: &User,
) -> Result<CustomerPage, ServerError> {
    let (shop, now) = (state.shop(), state.clock().now());
    let read = customer_page::written(state.db(), customer.id);
    let written = state.finder().about(now, customer.id, read).await?;
    let shown = [Some(&customer.phone), customer.whatsapp.as_ref()];
    let numbers = written.numbers.iter();
    let numbers = numbers
        .filter(|number| !shown.contains(&Some(*number)))
        .cloned()
        .collect();
    let names = written.names.iter();
    let names = names
        .map(|spelt| present_orders::spelling(spelt.clone(), shop.zone, now))
        .collect();
    let filling = Filling::of_one(state, customer.id).await?;
    let view = present::View::unsearched(&shop, now, &filling);
    let habits = Habits::of(&written.bought, period, now, &shop.zone);
    Ok(CustomerPage {
        buying: present_habits::buying(habits, local_date(now, &shop.zone)),
        merged: merges::phones(state.db(), customer.id).await?,
        notes: profile::notes(state, customer.id, reader).await?,
        history: profile::history(state, customer.id).await?,
        may_edit: reader.role.includes(Role::Admin),
        may_erase: reader.role.includes(Role::Owner),
        consent: consents::of(state.db(), customer.id).await?,
        messages: filling.messages(&customer),
        segments: customer.segments(now, &shop.zone, &shop.thresholds),
        row: view.row(customer, None),
        names,
        numbers,
    })
}
