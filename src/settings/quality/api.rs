//! Server functions of the page of data that looks wrong.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::quality::QualityPage;
use crate::error::AppError;

/// Returns a page of what looks wrong in one way, and what was done last.
#[server(prefix = "/api", endpoint = "quality", input = GetUrl, output = Postcard)]
pub async fn get_quality(
    #[server(default)] kind: String,
    #[server(default)] page: i64,
    #[server(default)] done: String,
) -> Result<QualityPage, AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.quality(&kind, page, &done).await?)
}

/// Gives the orders of a phone that is no number to the right one.
#[server(prefix = "/api", endpoint = "fix_number")]
pub async fn fix_number(phone: String, #[server(default)] number: String) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.fix_number(&phone, &number).await?)
}

/// Makes two customers one, or remembers that they are two people.
#[server(prefix = "/api", endpoint = "fix_duplicate")]
pub async fn fix_duplicate(one: String, other: String, #[server(default)] different: bool) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.fix_duplicate(&one, &other, different).await?)
}

/// Gives a spelling the state that it means, or remembers that it is right.
#[server(prefix = "/api", endpoint = "fix_place")]
pub async fn fix_place(
    spelled: String,
    #[server(default)] state: String,
    #[server(default)] right: bool,
) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.fix_place(&spelled, &state, right).await?)
}

/// Remembers that an order costs nothing indeed.
#[server(prefix = "/api", endpoint = "right_amount")]
pub async fn right_amount(number: String) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.right_amount(&number).await?)
}

/// Takes back what was done.
#[server(prefix = "/api", endpoint = "undo_fix")]
pub async fn undo_fix(#[server(default)] kind: String, id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.undo_fix(&kind, id).await?)
}
