//! Server functions of signing in and out.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use serde::{Deserialize, Serialize};

use crate::domain::role::Who;
use crate::error::AppError;

/// What the sign-in page needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// The shop's name.
    pub shop: String,
    /// Whether the installation still waits for its owner.
    pub first_run: bool,
}

/// Tells what the sign-in page is to show.
#[server(prefix = "/api", endpoint = "sign_in_page", input = GetUrl, output = Postcard)]
pub async fn sign_in_page() -> Result<Door, AppError> {
    let visitor = crate::server::guard::visitor()?;
    Ok(Door {
        shop: visitor.shop().name.clone(),
        first_run: visitor.is_first_run().await?,
    })
}

/// Tells who is signed in.
#[server(prefix = "/api", endpoint = "signed_in", input = GetUrl, output = Postcard)]
pub async fn signed_in() -> Result<Who, AppError> {
    let actor = crate::server::guard::staff()?;
    let user = actor.user();
    Ok(Who {
        shop: actor.shop().name.clone(),
        email: user.email.clone(),
        role: user.role,
        device: crate::server::guard::device()?,
        seen: actor.seen().await?,
    })
}

/// Signs in and goes on to `next`.
#[server(prefix = "/api", endpoint = "sign_in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), AppError> {
    let visitor = crate::server::guard::visitor()?;
    visitor.sign_in(&email, password).await?;
    leptos_axum::redirect(crate::paths::after_login(&next));
    Ok(())
}

/// Makes the owner of an empty installation.
#[server(prefix = "/api", endpoint = "set_up")]
pub async fn set_up(code: String, email: String, password: String) -> Result<(), AppError> {
    let visitor = crate::server::guard::visitor()?;
    visitor.set_up(&code, &email, password).await?;
    leptos_axum::redirect(crate::paths::CUSTOMERS);
    Ok(())
}

/// Signs out.
#[server(prefix = "/api", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    let visitor = crate::server::guard::visitor()?;
    visitor.sign_out().await?;
    leptos_axum::redirect(crate::paths::LOGIN);
    Ok(())
}
