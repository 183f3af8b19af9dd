//! What the signed-in may know of customers.

use super::Actor;
use crate::domain::facets::Facets;
use crate::domain::listing::{CustomerList, Overview};
use crate::domain::loaded::Loaded;
use crate::server::error::ServerError;
use crate::server::listing;

impl Actor {
    /// Returns the page of customers that a query asks for.
    pub async fn customers(&self, query: &str) -> Result<CustomerList, ServerError> {
        listing::customers(&self.state, query).await
    }

    /// Returns all customers of a query, where they are few enough for a browser.
    pub async fn load_customers(&self, query: &str) -> Result<Option<Loaded>, ServerError> {
        listing::load(&self.state, query).await
    }

    /// Returns how many customers each choice of the filters would leave.
    pub async fn facets(&self, query: &str) -> Result<Facets, ServerError> {
        listing::facets(&self.state, query).await
    }

    /// Returns the cards above the list for a query's period.
    pub async fn overview(&self, query: &str) -> Result<Overview, ServerError> {
        listing::overview(&self.state, query).await
    }
}
