//! Server functions of the customers page.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;

use crate::domain::listing::CustomerList;
use crate::error::AppError;

/// Returns the page of customers that a query, as it stands in the address, asks for.
#[server(prefix = "/api", endpoint = "customers", input = leptos::server_fn::codec::GetUrl)]
pub async fn get_customers(#[server(default)] query: String) -> Result<CustomerList, AppError> {
    let actor = crate::server::guard::staff()?;
    let query = crate::domain::customer_query::CustomerQuery::parse(&query);
    let page = actor.customers(&query).await?;
    let totals = actor.totals().await?;
    Ok(crate::server::present::customer_list(
        page,
        totals.orders,
        actor.shop(),
        actor.now(),
    ))
}
