//! Server functions of imports.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::import::{Import, ImportPage};
use crate::error::AppError;

/// Returns the latest imports.
#[server(prefix = "/api", endpoint = "imports", input = GetUrl, output = Postcard)]
pub async fn get_imports() -> Result<Vec<Import>, AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.imports().await?)
}

/// Returns one import.
#[server(prefix = "/api", endpoint = "import", input = GetUrl, output = Postcard)]
pub async fn get_import(#[server(default)] id: String) -> Result<ImportPage, AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.import(&id).await?)
}

/// Says which columns of a file hold what.
#[server(prefix = "/api", endpoint = "choose_columns")]
pub async fn choose_columns(id: i64, #[server(default)] chosen: Vec<String>) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.choose_columns(id, &chosen).await?)
}

/// Takes a file in.
#[server(prefix = "/api", endpoint = "start_import")]
pub async fn start_import(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.start_import(id).await?)
}

/// Stops an import.
#[server(prefix = "/api", endpoint = "stop_import")]
pub async fn stop_import(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.stop_import(id).await?)
}

/// Takes the last import back.
#[server(prefix = "/api", endpoint = "undo_import")]
pub async fn undo_import(id: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::admin()?;
    Ok(actor.undo_import(id).await?)
}
