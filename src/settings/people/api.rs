//! Server functions of the page of those who may sign in.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::people::People;
use crate::error::AppError;

/// Returns those who may sign in.
#[server(prefix = "/api", endpoint = "people", input = GetUrl, output = Postcard)]
pub async fn get_people() -> Result<People, AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.people().await?)
}

/// Invites somebody.
#[server(prefix = "/api", endpoint = "invite")]
pub async fn invite(#[server(default)] email: String, #[server(default)] role: String) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.invite(&email, &role).await?)
}

/// Takes an invitation back.
#[server(prefix = "/api", endpoint = "withdraw_invitation")]
pub async fn withdraw_invitation(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.withdraw_invitation(id).await?)
}

/// Makes a link with which somebody sets a password.
#[server(prefix = "/api", endpoint = "make_link")]
pub async fn make_link(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.make_link(id).await?)
}

/// Gives somebody another role.
#[server(prefix = "/api", endpoint = "change_role")]
pub async fn change_role(id: i64, role: String) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.change_role(id, &role).await?)
}

/// Keeps somebody out, or lets them in again.
#[server(prefix = "/api", endpoint = "disable_person")]
pub async fn disable_person(id: i64, #[server(default)] disabled: bool) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.disable_person(id, disabled).await?)
}

/// Ends all sessions of somebody.
#[server(prefix = "/api", endpoint = "sign_out_person")]
pub async fn sign_out_person(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.sign_out_person(id).await?)
}

/// Turns off somebody's second step of signing in.
#[server(prefix = "/api", endpoint = "end_second_step_of")]
pub async fn end_second_step_of(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.end_second_step_of(id).await?)
}

/// Decides whether everybody has to have a second step of signing in.
#[server(prefix = "/api", endpoint = "require_second_step")]
pub async fn require_second_step(#[server(default)] required: bool) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.require_second_step(required).await?)
}
