//! Server functions of the orders page.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::order_form::{OrderForm, OrderPage};
use crate::domain::order_list::OrderList;
use crate::error::AppError;

/// Returns the page of orders that a query asks for, as it stands in the address; those that are shown already, a line
/// each, in their order.
#[server(prefix = "/api", endpoint = "orders", input = GetUrl, output = Postcard)]
pub async fn get_orders(
    #[server(default)] query: String,
    #[server(default)] shown: String,
) -> Result<OrderList, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.orders(&query, &shown).await?)
}

/// Returns the form of an order; of a new one where no number is given.
#[server(prefix = "/api", endpoint = "order", input = GetUrl, output = Postcard)]
pub async fn get_order(#[server(default)] number: String) -> Result<OrderPage, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.order(&number).await?)
}

/// Adds an order, or changes one that is still as it was seen.
#[server(prefix = "/api", endpoint = "save_order")]
pub async fn save_order(#[server(default)] order: OrderForm) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.save_order(order).await?)
}

/// Deletes an order.
#[server(prefix = "/api", endpoint = "delete_order")]
pub async fn delete_order(number: String) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.delete_order(number).await?)
}

/// Gives orders a status, and leads back to the page that they were chosen on.
#[server(prefix = "/api", endpoint = "change_status")]
pub async fn change_status(
    #[server(default)] numbers: Vec<String>,
    #[server(default)] status: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.change_status(numbers, &status, &back).await?)
}
