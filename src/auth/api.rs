//! Server functions of signing in and out.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use serde::{Deserialize, Serialize};

use crate::domain::people::Welcome;
use crate::domain::role::Who;
use crate::error::AppError;

/// What the sign-in page needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// The shop's name.
    pub shop: String,
    /// Whether the installation still waits for its owner.
    pub first_run: bool,
    /// Whether the sign-in waits for its second step.
    pub code: bool,
}

/// Tells what the sign-in page is to show.
#[server(prefix = "/api", endpoint = "sign_in_page", input = GetUrl, output = Postcard)]
pub async fn sign_in_page() -> Result<Door, AppError> {
    let visitor = crate::server::guard::visitor()?;
    Ok(Door {
        shop: visitor.shop().name.clone(),
        first_run: visitor.is_first_run().await?,
        code: visitor.is_half_in().await?,
    })
}

/// Tells who is signed in.
#[server(prefix = "/api", endpoint = "signed_in", input = GetUrl, output = Postcard)]
pub async fn signed_in() -> Result<Who, AppError> {
    Ok(crate::server::guard::who().await?)
}

/// Signs in and goes on to `next`.
#[server(prefix = "/api", endpoint = "sign_in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), AppError> {
    let visitor = crate::server::guard::visitor()?;
    let next = crate::paths::after_login(&next);
    match visitor.sign_in(&email, password).await? {
        crate::server::guard::Step::In => leptos_axum::redirect(next),
        crate::server::guard::Step::CodeWanted => leptos_axum::redirect(&crate::paths::login(next)),
    }
    Ok(())
}

/// Takes the second step of signing in and goes on to `next`.
#[server(prefix = "/api", endpoint = "enter_code")]
pub async fn enter_code(#[server(default)] code: String, #[server(default)] next: String) -> Result<(), AppError> {
    let visitor = crate::server::guard::visitor()?;
    visitor.enter_code(&code).await?;
    leptos_axum::redirect(crate::paths::after_login(&next));
    Ok(())
}

/// Leads back to the first step.
#[server(prefix = "/api", endpoint = "sign_in_again")]
pub async fn sign_in_again() -> Result<(), AppError> {
    let visitor = crate::server::guard::visitor()?;
    Ok(visitor.begin_again().await?)
}

/// Tells whoever has opened a link what it is for.
#[server(prefix = "/api", endpoint = "welcome", input = GetUrl, output = Postcard)]
pub async fn get_welcome() -> Result<Welcome, AppError> {
    let visitor = crate::server::guard::visitor()?;
    Ok(visitor.welcome().await?)
}

/// Sets the password that a link is for.
#[server(prefix = "/api", endpoint = "set_password")]
pub async fn set_password(#[server(default)] password: String) -> Result<(), AppError> {
    let visitor = crate::server::guard::visitor()?;
    Ok(visitor.set_password(password).await?)
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
