//! Where the page's answers come from: the one place that decides between the server and what the browser has.

use leptos::prelude::*;

use super::api::{get_customers, get_facets, get_overview};
use crate::domain::customer_query::CustomerQuery;
use crate::domain::facets::Facets;
use crate::domain::listing::{CustomerList, Overview};
use crate::domain::loaded::LoadedList;
use crate::domain::period::Period;
use crate::error::AppError;

/// What the browser was given to answer from; on the server, and until it is there, nothing.
pub type Given = StoredValue<Option<LoadedList>>;

/// Returns the page of customers that a query asks for, or those who are shown and are to stay.
pub async fn list(given: Given, query: CustomerQuery, shown: String) -> Result<CustomerList, AppError> {
    let here = shown.is_empty().then(|| here(given, |given| given.list(&query)));
    match here.flatten() {
        Some(list) => Ok(list),
        None => get_customers(query.to_query_string(), shown).await,
    }
}

/// Returns the counts beside the choices of the filters.
pub async fn facets(given: Given, query: CustomerQuery) -> Result<Facets, AppError> {
    match here(given, |given| given.facets(&query)) {
        Some(facets) => Ok(facets),
        None => get_facets(query.to_query_string()).await,
    }
}

fn here<T>(given: Given, answer: impl FnOnce(&mut LoadedList) -> Option<T>) -> Option<T> {
    given
        .try_update_value(|given| given.as_mut().and_then(answer))
        .flatten()
}

/// Returns the cards of a period.
pub async fn overview(period: Period) -> Result<Overview, AppError> {
    let query = CustomerQuery {
        period,
        ..CustomerQuery::default()
    };
    get_overview(query.to_query_string()).await
}
