//! What the signed-in may know of customers.

use super::Actor;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::facets::Facets;
use crate::domain::listing::{CustomerList, Overview};
use crate::domain::loaded::Loaded;
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::store::audit::Action;
use crate::server::{listing, profile, store};

impl Actor {
    /// Returns the page of customers that a query asks for.
    pub async fn customers(&self, query: &str) -> Result<CustomerList, ServerError> {
        listing::customers(&self.state, query).await
    }

    /// Adds tags to the customers who were chosen, or to all whom a query finds, and leads back to the page.
    pub async fn tag_chosen(
        &self,
        chosen: Vec<String>,
        all: bool,
        query: &str,
        typed: &str,
    ) -> Result<(), ServerError> {
        let tags = profile::read_tags(typed)?;
        let query = CustomerQuery::parse(query);
        let ids = listing::chosen(&self.state, &query, (!all).then_some(chosen)).await?;
        if ids.is_empty() {
            return Err(AppError::invalid("chosen", "Choose a customer, or several.").into());
        }
        let count = ids.len();
        store::tags::add_to_all(self.state.db(), ids, tags, self.by()).await?;
        self.audit(Action::Tagged, format!("{count} customers")).await?;
        leptos_axum::redirect(&paths::customers(&query));
        Ok(())
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
