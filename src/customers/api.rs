//! Server functions of the customers page. Each takes its query as it stands in the address.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::facets::Facets;
use crate::domain::listing::{CustomerList, Overview};
use crate::domain::loaded::Loaded;
use crate::domain::saved_view::SavedView;
use crate::domain::view::View;
use crate::error::AppError;

/// Returns the page of customers that a query asks for; those who are shown already, a line each, in their order.
#[server(prefix = "/api", endpoint = "customers", input = GetUrl, output = Postcard)]
pub async fn get_customers(
    #[server(default)] query: String,
    #[server(default)] shown: String,
) -> Result<CustomerList, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.customers(&query, &shown).await?)
}

/// Returns all customers of a query, where they are few enough for the browser to answer narrower ones itself.
#[server(prefix = "/api", endpoint = "load_customers", input = GetUrl, output = Postcard)]
pub async fn load_customers(#[server(default)] query: String) -> Result<Option<Loaded>, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.load_customers(&query).await?)
}

/// Returns how many customers each choice of the filters would leave.
#[server(prefix = "/api", endpoint = "customer_facets", input = GetUrl, output = Postcard)]
pub async fn get_facets(#[server(default)] query: String) -> Result<Facets, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.facets(&query).await?)
}

/// Returns the cards above the list, which follow the query's period and nothing else of it.
#[server(prefix = "/api", endpoint = "customer_overview", input = GetUrl, output = Postcard)]
pub async fn get_overview(#[server(default)] query: String) -> Result<Overview, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.overview(&query).await?)
}

/// Adds tags, with commas between them, to the customers who were chosen, or to all whom a query finds.
#[server(prefix = "/api", endpoint = "tag_chosen")]
pub async fn tag_chosen(
    #[server(default)] chosen: Vec<String>,
    #[server(default)] all: bool,
    #[server(default)] query: String,
    #[server(default)] tags: String,
) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.tag_chosen(chosen, all, &query, &tags).await?)
}

/// Makes a queue of the customers who were chosen, or of all whom a query finds.
#[server(prefix = "/api", endpoint = "make_queue")]
pub async fn make_queue(
    #[server(default)] chosen: Vec<String>,
    #[server(default)] all: bool,
    #[server(default)] query: String,
    #[server(default)] called: String,
) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.make_queue(chosen, all, &query, &called).await?)
}

/// Returns the views that have a name: the user's own, and those that others share.
#[server(prefix = "/api", endpoint = "saved_views", input = GetUrl, output = Postcard)]
pub async fn get_saved_views() -> Result<Vec<SavedView>, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.views().await?)
}

/// Gives a query a name.
#[server(prefix = "/api", endpoint = "save_named_view")]
pub async fn save_named_view(
    #[server(default)] name: String,
    #[server(default)] query: String,
    #[server(default)] shared: bool,
) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.save_named_view(&name, &query, shared).await?)
}

/// Takes a view away.
#[server(prefix = "/api", endpoint = "delete_view")]
pub async fn delete_view(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.delete_view(id).await?)
}

/// Opens the page with a view from now on.
#[server(prefix = "/api", endpoint = "open_with_view")]
pub async fn open_with_view(id: i64, #[server(default)] query: String) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.open_with_view(id, &query).await?)
}

/// Returns how the user wants the table to look.
#[server(prefix = "/api", endpoint = "view", input = GetUrl, output = Postcard)]
pub async fn get_view() -> Result<View, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.view().await?)
}

/// Keeps how the user wants the table to look: how high its rows are, and which columns are shown. Where the query is a
/// view with a name, that view looks so.
#[server(prefix = "/api", endpoint = "save_view")]
pub async fn save_view(
    #[server(default)] density: String,
    #[server(default)] shown: Vec<String>,
    #[server(default)] query: String,
) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    actor.keep_view(&View::showing(&density, &shown), &query).await?;
    Ok(())
}
