//! Server functions of the orders page.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;

use crate::domain::order_list::OrderList;
use crate::error::AppError;

/// Returns the page of orders that a query asks for, as it stands in the address.
#[server(prefix = "/api", endpoint = "orders", input = leptos::server_fn::codec::GetUrl)]
pub async fn get_orders(#[server(default)] query: String) -> Result<OrderList, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.orders(&query).await?)
}
