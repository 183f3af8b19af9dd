//! Server functions of the settings page.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::audit::AuditPage;
use crate::domain::connection::Connections;
use crate::domain::message::{TemplateForm, Templates};
use crate::domain::shop::{ShopForm, ShopPage};
use crate::error::AppError;

/// Returns what the shop has decided about itself, and what the change that the address names has done.
#[server(prefix = "/api", endpoint = "shop", input = GetUrl, output = Postcard)]
pub async fn get_shop(#[server(default)] saved: String) -> Result<ShopPage, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.shop_page(&saved).await?)
}

/// Changes what the shop has decided about itself, or only says what that would do.
#[server(prefix = "/api", endpoint = "save_shop")]
pub async fn save_shop(#[server(default)] shop: ShopForm, #[server(default)] only_try: bool) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.save_shop(shop, only_try).await?)
}

/// Takes a change of the shop's settings back.
#[server(prefix = "/api", endpoint = "undo_shop")]
pub async fn undo_shop(version: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.undo_shop(version).await?)
}

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

/// Returns what connects the shop to other programs.
#[server(prefix = "/api", endpoint = "connections", input = GetUrl, output = Postcard)]
pub async fn get_connections() -> Result<Connections, AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.connections().await?)
}

/// Makes a key of the API.
#[server(prefix = "/api", endpoint = "make_key")]
pub async fn make_key(#[server(default)] name: String, #[server(default)] scopes: Vec<String>) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.make_key(&name, &scopes).await?)
}

/// Ends a key of the API.
#[server(prefix = "/api", endpoint = "revoke_key")]
pub async fn revoke_key(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.revoke_key(id).await?)
}

/// Adds a shop that sends its orders.
#[server(prefix = "/api", endpoint = "add_shop")]
pub async fn add_shop(system: String, #[server(default)] secret: String) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.add_shop(&system, &secret).await?)
}

/// Leaves aside what a shop sends, or takes it in again.
#[server(prefix = "/api", endpoint = "pause_shop")]
pub async fn pause_shop(id: i64, #[server(default)] paused: bool) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.pause_shop(id, paused).await?)
}

/// Takes a shop away.
#[server(prefix = "/api", endpoint = "remove_shop")]
pub async fn remove_shop(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::owner()?;
    Ok(actor.remove_shop(id).await?)
}

/// Returns a page of the audit log.
#[server(prefix = "/api", endpoint = "audit", input = GetUrl, output = Postcard)]
pub async fn get_audit(#[server(default)] query: String) -> Result<AuditPage, AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.audit_page(&query).await?)
}
