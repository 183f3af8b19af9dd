//! Customers out: nobody writes them, they follow from orders.

use axum::Extension;
use axum::extract::{Path, RawQuery};

use super::answer::Reply;
use super::problem::Problem;
use super::query::{self, CustomerParams};
use super::view::{CustomerPage, CustomerView, Paging};
use crate::server::guard::ApiActor;

/// List customers, with the filters of the customers page.
#[utoipa::path(
    get, path = "/customers", operation_id = "list_customers", tag = "customers", params(CustomerParams),
    responses((status = 200, description = "A page of them.", body = CustomerPage)),
    security(("key" = ["customers:read"]))
)]
pub async fn list(Extension(actor): Extension<ApiActor>, RawQuery(raw): RawQuery) -> Result<Reply, Problem> {
    actor.may_read_customers()?;
    let (query, page) = query::customers(&raw.unwrap_or_default())?;
    let found = actor.customers(&query).await?.page;
    let paging = Paging::of(&found, page);
    let (shop, now) = (actor.shop(), actor.now());
    let rows = found.rows.iter().filter(|_| paging.has_rows());
    let customers = rows.map(|row| CustomerView::new(&row.customer, &shop, now)).collect();
    Ok(Reply::ok(&CustomerPage { customers, paging }))
}

/// Read a customer by any of their phones, in any spelling.
#[utoipa::path(
    get, path = "/customers/{phone}", operation_id = "get_customer", tag = "customers",
    params(("phone" = String, Path, description = "A phone, or the `id` of a customer.")),
    responses(
        (status = 200, description = "The customer.", body = CustomerView),
        (status = 404, description = "No order has this phone.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("key" = ["customers:read"]))
)]
pub async fn get(Extension(actor): Extension<ApiActor>, Path(phone): Path<String>) -> Result<Reply, Problem> {
    let customer = actor.customer(&phone).await?;
    let customer = customer.ok_or_else(|| Problem::not_found("order with this phone"))?;
    Ok(Reply::ok(&CustomerView::new(&customer, &actor.shop(), actor.now())))
}
