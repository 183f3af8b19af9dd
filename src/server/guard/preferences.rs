//! How the signed-in want their pages to look.

use super::Actor;
use crate::domain::view::View;
use crate::server::error::ServerError;
use crate::server::store::preferences;

/// The name that the look of the customers table is kept by.
const CUSTOMERS_VIEW: &str = "customers_view";

impl Actor {
    /// Returns how the customers table is to look.
    pub async fn view(&self) -> Result<View, ServerError> {
        let kept = preferences::get(self.state.db(), self.user.id, CUSTOMERS_VIEW).await?;
        Ok(kept.map(|kept| View::parse(&kept)).unwrap_or_default())
    }

    /// Keeps how the customers table is to look.
    pub async fn keep_view(&self, view: &View) -> Result<(), ServerError> {
        preferences::set(self.state.db(), self.user.id, CUSTOMERS_VIEW, view.to_query_string()).await
    }
}
