//! What the signed-in may know of customers.

use super::Actor;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::facets::Facets;
use crate::domain::listing::{CustomerList, Overview};
use crate::domain::loaded::Loaded;
use crate::domain::phone::Phone;
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::store::audit::Action;
use crate::server::{listing, outreach, profile, store};

impl Actor {
    /// Returns the page of customers that a query asks for, or the customers who are shown already.
    pub async fn customers(&self, query: &str, shown: &str) -> Result<CustomerList, ServerError> {
        listing::customers(&self.state, query, shown).await
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
        let ids = self.chosen(&query, (!all).then_some(chosen)).await?;
        let count = ids.len();
        store::tags::add_to_all(self.state.db(), ids, tags, self.by()).await?;
        self.audit(Action::Tagged, format!("{count} customers")).await?;
        leptos_axum::redirect(&paths::customers(&query));
        Ok(())
    }

    /// Makes a queue of the customers who were chosen, or of all whom a query finds, and leads to it.
    pub async fn make_queue(&self, chosen: Vec<String>, all: bool, query: &str, name: &str) -> Result<(), ServerError> {
        let query = CustomerQuery::parse(query);
        let ids = self.chosen(&query, (!all).then_some(chosen)).await?;
        let count = ids.len();
        let id = outreach::make(&self.state, ids, &query, name, self.by()).await?;
        self.audit(Action::QueueMade, format!("queue {id}, {count} customers"))
            .await?;
        leptos_axum::redirect(&paths::queue(id));
        Ok(())
    }

    async fn chosen(&self, query: &CustomerQuery, slugs: Option<Vec<String>>) -> Result<Vec<i64>, ServerError> {
        let phones = slugs.map(|slugs| {
            slugs
                .iter()
                .filter_map(|slug| Phone::from_slug(slug))
                .collect::<Vec<_>>()
        });
        let (state, phones) = (&self.state, phones.as_deref());
        let found = listing::chosen(state.db(), state.finder(), &state.shop(), self.now(), query, phones).await?;
        if found.is_empty() {
            return Err(AppError::invalid("chosen", "Choose a customer, or several.").into());
        }
        Ok(found.into_iter().map(|row| row.id).collect())
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
