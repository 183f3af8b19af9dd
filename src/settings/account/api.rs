//! Server functions of a user's own account.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::people::Account;
use crate::error::AppError;

/// Returns the user's own account.
#[server(prefix = "/api", endpoint = "account", input = GetUrl, output = Postcard)]
pub async fn get_account() -> Result<Account, AppError> {
    let actor = crate::server::guard::account()?;
    Ok(actor.account().await?)
}

/// Changes the user's password.
#[server(prefix = "/api", endpoint = "change_password")]
pub async fn change_password(
    #[server(default)] current: String,
    #[server(default)] password: String,
) -> Result<(), AppError> {
    let actor = crate::server::guard::account()?;
    Ok(actor.change_password(current, password).await?)
}

/// Ends all sessions of the user.
#[server(prefix = "/api", endpoint = "sign_out_everywhere")]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    let actor = crate::server::guard::account()?;
    Ok(actor.sign_out_everywhere().await?)
}

/// Makes a key for an app that makes codes.
#[server(prefix = "/api", endpoint = "begin_second_step")]
pub async fn begin_second_step() -> Result<(), AppError> {
    let actor = crate::server::guard::account()?;
    Ok(actor.begin_second_step().await?)
}

/// Turns the second step on.
#[server(prefix = "/api", endpoint = "confirm_second_step")]
pub async fn confirm_second_step(
    #[server(default)] password: String,
    #[server(default)] code: String,
) -> Result<(), AppError> {
    let actor = crate::server::guard::account()?;
    Ok(actor.confirm_second_step(password, &code).await?)
}

/// Turns the second step off.
#[server(prefix = "/api", endpoint = "end_second_step")]
pub async fn end_second_step(
    #[server(default)] password: String,
    #[server(default)] code: String,
) -> Result<(), AppError> {
    let actor = crate::server::guard::account()?;
    Ok(actor.end_second_step(password, &code).await?)
}
