//! One customer's page: found by any spelling of any of their phones, put into the shop's words.

use std::collections::HashMap;

use super::db::Db;
use super::error::ServerError;
use super::order_listing;
use super::phone;
use super::present;
use super::present_habits;
use super::profile;
use super::state::AppState;
use super::store::order_list::Filter;
use super::store::users::User;
use super::store::{customer_page, customers, merges};
use crate::domain::customer::Customer;
use crate::domain::habits::Habits;
use crate::domain::order_list::CustomerPage;
use crate::domain::page::PageSize;
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
    let spelled = || phone::parse(asked, &state.shop().country).map(|parsed| parsed.phone);
    let mut found = None;
    for phone in [Phone::from_slug(asked), spelled()].into_iter().flatten() {
        found = of_phone(state.db(), &phone).await?;
        if found.is_some() {
            break;
        }
    }
    let unknown = || AppError::NotFound("No order has this phone number.".to_owned());
    page(state, found.ok_or_else(unknown)?, period, reader).await
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
    let filter = Filter {
        customer: Some(customer.id),
        ..Filter::default()
    };
    let latest = order_listing::rows(state, filter, PageSize::default().get(), 0).await?;
    let spelled = customers::spelled(state.db(), &[customer.id])
        .await?
        .remove(&customer.id);
    let spelled = spelled.unwrap_or_default();
    let shown = [Some(&customer.phone), customer.whatsapp.as_ref()];
    let numbers = spelled.numbers.into_iter();
    let numbers = numbers.filter(|number| !shown.contains(&Some(number))).collect();
    let names = spelled.names.into_iter();
    let names = names.filter(|name| *name != customer.name).collect();
    let view = present::View {
        shop,
        now,
        search: "",
        spelled: &HashMap::new(),
    };
    let bought = customer_page::bought(state.db(), customer.id).await?;
    let habits = Habits::of(&bought, period, now, &shop.zone);
    Ok(CustomerPage {
        buying: present_habits::buying(habits, local_date(now, &shop.zone)),
        merged: merges::phones(state.db(), customer.id).await?,
        notes: profile::notes(state, customer.id, reader).await?,
        history: profile::history(state, customer.id).await?,
        may_edit: reader.role.includes(Role::Admin),
        segments: customer.segments(now, &shop.zone, &shop.thresholds),
        row: view.row(customer, None),
        names,
        numbers,
        latest,
    })
}
