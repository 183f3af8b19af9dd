//! Server functions of the settings page.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::message::{TemplateForm, Templates};
use crate::error::AppError;

/// Returns the shop's message templates.
#[server(prefix = "/api", endpoint = "templates", input = GetUrl, output = Postcard)]
pub async fn get_templates() -> Result<Templates, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.templates().await?)
}

/// Adds a template, or changes one.
#[server(prefix = "/api", endpoint = "save_template")]
pub async fn save_template(#[server(default)] template: TemplateForm) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.save_template(template).await?)
}

/// Makes a template the one that the `WhatsApp` button of the list takes.
#[server(prefix = "/api", endpoint = "make_default_template")]
pub async fn make_default_template(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.make_default_template(id).await?)
}

/// Takes a template away.
#[server(prefix = "/api", endpoint = "delete_template")]
pub async fn delete_template(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.delete_template(id).await?)
}
