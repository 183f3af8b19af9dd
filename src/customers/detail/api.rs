//! Server functions of a customer's page.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;

use crate::domain::order_list::CustomerPage;
use crate::error::AppError;

/// Returns the customer whom a phone in any spelling means, and leads to the one address of their page.
#[server(prefix = "/api", endpoint = "customer", input = leptos::server_fn::codec::GetUrl)]
pub async fn get_customer(#[server(default)] phone: String) -> Result<CustomerPage, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.customer(&phone).await?)
}
