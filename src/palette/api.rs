//! The server function of the palette.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::found::Found;
use crate::error::AppError;

/// Returns the customers and the orders that are most like what was typed.
#[server(prefix = "/api", endpoint = "find", input = GetUrl, output = Postcard)]
pub async fn find(#[server(default)] typed: String) -> Result<Found, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.search(&typed).await?)
}
