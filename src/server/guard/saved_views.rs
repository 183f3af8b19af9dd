//! Views that the signed-in have given a name.

use axum::http::request::Parts;
use leptos::prelude::use_context;

use super::Actor;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::saved_view::{self, MAX_NAME, MOST, SavedView};
use crate::domain::text;
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::store::audit::Action;
use crate::server::store::{preferences, saved_views};

/// The name that the view is kept by with which the page opens.
const DEFAULT_VIEW: &str = "default_customers_view";

impl Actor {
    /// Returns the views that the user sees; who asks for the bare page is led to the one that it opens with.
    pub async fn views(&self) -> Result<Vec<SavedView>, ServerError> {
        let views = self.saved_views().await?;
        let page = use_context::<Parts>().map(|parts| parts.uri);
        let bare = page.is_some_and(|page| page.path() == paths::CUSTOMERS && page.query().is_none());
        if let Some(view) = views.iter().find(|view| view.is_default && bare) {
            leptos_axum::redirect(&paths::view(&CustomerQuery::parse(&view.query)));
        }
        Ok(views)
    }

    pub(super) async fn saved_views(&self) -> Result<Vec<SavedView>, ServerError> {
        let default = preferences::get(self.state.db(), self.user.id, DEFAULT_VIEW).await?;
        saved_views::of(self.state.db(), self.user.id, default.and_then(|id| id.parse().ok())).await
    }

    /// Keeps a view under a name, and leads to it.
    pub async fn save_named_view(&self, name: &str, query: &str, shared: bool) -> Result<(), ServerError> {
        let (name, query) = (text::clean(name), CustomerQuery::parse(query));
        if name.is_empty() {
            return Err(AppError::invalid("name", "The view needs a name.").into());
        }
        if name.chars().nth(MAX_NAME).is_some() {
            return Err(AppError::invalid("name", format!("The name is longer than {MAX_NAME} characters.")).into());
        }
        let (kept, liked) = (saved_view::of(&query), self.view().await?);
        let look = saved_view::look(&self.saved_views().await?, &query, liked);
        if !saved_views::save(self.state.db(), self.user.id, name, kept, shared, &look).await? {
            let message = format!("You have {MOST} views. Delete one to make room.");
            return Err(AppError::invalid("name", message).into());
        }
        let detail = if shared { "shared" } else { "for oneself" };
        self.audit(Action::ViewSaved, detail.to_owned()).await?;
        leptos_axum::redirect(&paths::customers(&query));
        Ok(())
    }

    /// Takes a view away, and leads to all customers.
    pub async fn delete_view(&self, id: i64) -> Result<(), ServerError> {
        saved_views::delete(self.state.db(), self.user.id, id).await?;
        self.audit(Action::ViewDeleted, format!("view {id}")).await?;
        leptos_axum::redirect(&paths::all_customers());
        Ok(())
    }

    /// Opens the page with a view from now on; with all customers where the number is 0.
    pub async fn open_with_view(&self, id: i64, query: &str) -> Result<(), ServerError> {
        preferences::set(self.state.db(), self.user.id, DEFAULT_VIEW, id.to_string()).await?;
        leptos_axum::redirect(&paths::view(&CustomerQuery::parse(query)));
        Ok(())
    }
}
