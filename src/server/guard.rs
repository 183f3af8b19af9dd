//! The only door to the database: whoever asks for data shows who they are first.

mod customer;
mod customers;
mod orders;
mod preferences;
mod visitor;

use axum::http::request::Parts;
use leptos::prelude::use_context;

pub use visitor::{Visitor, check_email, visitor};

use super::config::Shop;
use super::error::ServerError;
use super::session::Session;
use super::state::AppState;
use super::store::users::User;
use crate::domain::role::Role;
use crate::error::AppError;

/// A signed-in user with a role that suffices; all data goes through it.
pub struct Actor {
    state: AppState,
    user: User,
}

/// Lets in everybody who is signed in.
pub fn staff() -> Result<Actor, ServerError> {
    with_role(Role::Staff)
}

/// Lets in admins and owners.
pub fn admin() -> Result<Actor, ServerError> {
    with_role(Role::Admin)
}

/// Lets in owners.
pub fn owner() -> Result<Actor, ServerError> {
    with_role(Role::Owner)
}

fn with_role(needed: Role) -> Result<Actor, ServerError> {
    let (state, parts) = request()?;
    let session = parts.extensions.get::<Session>().ok_or(AppError::SignedOut)?;
    if !session.user.role.includes(needed) {
        return Err(AppError::Forbidden.into());
    }
    Ok(Actor {
        state,
        user: session.user.clone(),
    })
}

impl Actor {
    /// Returns who it is.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Returns the shop's settings.
    pub fn shop(&self) -> &Shop {
        self.state.shop()
    }

    /// Returns the current time.
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.state.clock().now()
    }
}

fn request() -> Result<(AppState, Parts), ServerError> {
    let broken = || ServerError::Broken("called outside a request".to_owned());
    let state = use_context::<AppState>().ok_or_else(broken)?;
    let parts = use_context::<Parts>().ok_or_else(broken)?;
    Ok((state, parts))
}
