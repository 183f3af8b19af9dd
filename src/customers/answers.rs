//! Where the page's answers come from: the one place that decides between the server and what the browser has.

use super::api::{get_customers, get_facets, get_overview};
use crate::domain::customer_query::CustomerQuery;
use crate::domain::facets::Facets;
use crate::domain::listing::{CustomerList, Overview};
use crate::domain::page::PageSize;
use crate::domain::period::Period;
use crate::error::AppError;

/// Returns the page of customers that a query asks for.
pub async fn list(query: CustomerQuery) -> Result<CustomerList, AppError> {
    get_customers(query.to_query_string()).await
}

/// Returns the counts beside the choices of the filters.
pub async fn facets(query: CustomerQuery) -> Result<Facets, AppError> {
    get_facets(query.to_query_string()).await
}

/// Returns the cards of a period.
pub async fn overview(period: Period) -> Result<Overview, AppError> {
    let query = CustomerQuery {
        period,
        ..CustomerQuery::default()
    };
    get_overview(query.to_query_string()).await
}

/// Returns what of a query the counts depend on, so that turning a page or sorting asks for none.
pub fn counted(query: &CustomerQuery) -> CustomerQuery {
    query.with(|query| {
        query.sort = None;
        query.size = PageSize::default();
    })
}
