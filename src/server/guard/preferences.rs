//! How the signed-in want their pages to look.

use super::Actor;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::view::View;
use crate::server::error::ServerError;
use crate::server::store::{preferences, saved_views};

/// The name that the look of the customers table is kept by.
const CUSTOMERS_VIEW: &str = "customers_view";

impl Actor {
    /// Returns how the customers table is to look.
    pub async fn view(&self) -> Result<View, ServerError> {
        let kept = preferences::get(self.state.db(), self.user.id, CUSTOMERS_VIEW).await?;
        Ok(kept.map(|kept| View::parse(&kept)).unwrap_or_default())
    }

    /// Keeps how the customers table is to look: in the view that a query is, where it is one, else in all others.
    ///
    /// One's own view looks so for everybody; another's, for oneself.
    pub async fn keep_view(&self, view: &View, query: &str) -> Result<(), ServerError> {
        let (db, user) = (self.state.db(), self.user.id);
        let views = self.saved_views().await?;
        let shown = views.iter().find(|saved| saved.is(&CustomerQuery::parse(query)));
        match shown {
            Some(saved) if saved.mine => saved_views::keep_look(db, user, saved.id, view).await,
            Some(saved) => {
                let name = format!("{}{}", saved_views::LOOK_OF, saved.id);
                preferences::set(db, user, &name, view.to_query_string()).await
            }
            None => preferences::set(db, user, CUSTOMERS_VIEW, view.to_query_string()).await,
        }
    }
}
