//! Server functions of a customer's page.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::order_list::{CustomerPage, MaybeSame, OrderList};
use crate::domain::profile::Edit;
use crate::error::AppError;

/// Returns the customer whom a phone in any spelling means, and leads to the one address of their page.
#[server(prefix = "/api", endpoint = "customer", input = GetUrl, output = Postcard)]
pub async fn get_customer(
    #[server(default)] phone: String,
    #[server(default)] period: String,
) -> Result<CustomerPage, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.customer(&phone, &period).await?)
}

/// Returns the page that a query asks for of a customer's orders; those that are shown already, a line each, in their
/// order.
#[server(prefix = "/api", endpoint = "customer_orders", input = GetUrl, output = Postcard)]
pub async fn get_customer_orders(
    #[server(default)] phone: String,
    #[server(default)] query: String,
    #[server(default)] shown: String,
) -> Result<OrderList, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.customer_orders(&phone, &query, &shown).await?)
}

/// Returns other customers who may be the same person.
#[server(prefix = "/api", endpoint = "same_person", input = GetUrl, output = Postcard)]
pub async fn same_person(#[server(default)] phone: String) -> Result<Vec<MaybeSame>, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.same_person(&phone).await?)
}

/// Changes a customer's name, `WhatsApp` number and place.
#[server(prefix = "/api", endpoint = "update_customer_info")]
pub async fn update_customer_info(phone: String, #[server(default)] edit: Edit) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.update_customer(&phone, edit).await?)
}

/// Takes a change of a customer's details back.
#[server(prefix = "/api", endpoint = "undo_customer_edit")]
pub async fn undo_customer_edit(phone: String, version: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.undo_edit(&phone, version).await?)
}

/// Adds a note to a customer; sent again under the same token, it is there already.
#[server(prefix = "/api", endpoint = "add_note")]
pub async fn add_note(
    phone: String,
    #[server(default)] body: String,
    #[server(default)] token: String,
) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.add_note(&phone, &body, &token).await?)
}

/// Changes what a note says.
#[server(prefix = "/api", endpoint = "edit_note")]
pub async fn edit_note(phone: String, id: i64, #[server(default)] body: String) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.edit_note(&phone, id, &body).await?)
}

/// Takes a note away.
#[server(prefix = "/api", endpoint = "delete_note")]
pub async fn delete_note(phone: String, id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.delete_note(&phone, id).await?)
}

/// Brings a note back.
#[server(prefix = "/api", endpoint = "restore_note")]
pub async fn restore_note(phone: String, id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.restore_note(&phone, id).await?)
}

/// Adds tags to a customer, parted by commas.
#[server(prefix = "/api", endpoint = "add_tags")]
pub async fn add_tags(phone: String, #[server(default)] tags: String) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.add_tags(&phone, &tags).await?)
}

/// Takes a tag off a customer.
#[server(prefix = "/api", endpoint = "remove_tag")]
pub async fn remove_tag(phone: String, tag: String) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.remove_tag(&phone, tag).await?)
}

/// Declares another phone to be the same person's.
#[server(prefix = "/api", endpoint = "merge_customers")]
pub async fn merge_customers(phone: String, #[server(default)] other: String) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.merge(&phone, &other).await?)
}

/// Makes a merged phone a customer of its own again.
#[server(prefix = "/api", endpoint = "separate_phone")]
pub async fn separate_phone(phone: String, other: String) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.separate(&phone, &other).await?)
}

/// Writes down whether a customer wants messages: `yes`, `no`, or nothing where nobody has asked.
#[server(prefix = "/api", endpoint = "set_consent")]
pub async fn set_consent(phone: String, #[server(default)] consent: String) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.set_consent(&phone, &consent).await?)
}

/// Erases a person: their name, or the word for it, is typed.
#[server(prefix = "/api", endpoint = "erase_customer")]
pub async fn erase_customer(phone: String, #[server(default)] confirm: String) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.erase(&phone, &confirm).await?)
}
