//! What the law gives a person: a copy of what is held about them, and its erasure.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::db::detached;
use super::error::ServerError;
use super::export;
use super::state::AppState;
use super::store::audit::Entry;
use super::store::customers;
use super::store::erasure::{self, Erasure};
use super::store::person::{self, Section};
use crate::domain::text;
use crate::error::AppError;

/// What is typed to erase somebody who has no name.
pub const WORD: &str = "ERASE";

/// The kinds of file in which a person's data is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For programs.
    Json,
    /// A workbook of Excel.
    Xlsx,
}

impl Form {
    /// Reads a kind as forms name it.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Self::Json),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Returns the ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }

    /// Returns its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xlsx => export::Format::Xlsx.media_type(),
        }
    }
}

/// Returns everything that is held about a customer, as a file.
pub async fn hand_out(state: &AppState, customer: i64, form: Form, by: &str) -> Result<Vec<u8>, ServerError> {
    let mut sections = person::everything(state.db(), customer).await?;
    sections.iter_mut().for_each(with_moments);
    let (shop, now) = (state.shop().clone(), state.clock().now());
    if form == Form::Json {
        return Ok(as_json(&shop.name, now, &sections));
    }
    let by = by.to_owned();
    let packed = tokio::task::spawn_blocking(move || export::person(&shop, now, &by, &sections)).await;
    let broken = |error: String| ServerError::Broken(format!("a person's workbook could not be written: {error}"));
    packed
        .map_err(|error| broken(error.to_string()))?
        .map_err(|error| broken(error.to_string()))
}

/// Writes moments as everybody reads them: with date, time and zone.
fn with_moments(section: &mut Section) {
    for (place, field) in section.fields.iter().enumerate() {
        if !field.ends_with("_at") {
            continue;
        }
        for row in &mut section.rows {
            let millis = row[place].parse().ok().and_then(DateTime::from_timestamp_millis);
            if let Some(at) = millis {
                row[place] = at.to_rfc3339();
            }
        }
    }
}

fn as_json(shop: &str, now: DateTime<Utc>, sections: &[Section]) -> Vec<u8> {
    let held = sections.iter().map(|section| {
        let rows = section.rows.iter().map(|row| {
            let fields = section.fields.iter().zip(row);
            Value::Object(
                fields
                    .map(|(field, value)| ((*field).to_owned(), json!(value)))
                    .collect(),
            )
        });
        (section.name.to_owned(), Value::Array(rows.collect()))
    });
    let held: Map<String, Value> = held.collect();
    let file = json!({ "shop": shop, "handed_out_at": now.to_rfc3339(), "held": held });
    format!("{file:#}").into_bytes()
}

/// Checks that somebody means whom they are about to erase.
pub async fn confirm(state: &AppState, customer: i64, typed: &str) -> Result<(), ServerError> {
    let found = customers::by_ids(state.db(), &[customer]).await?.remove(&customer);
    let name = found.map(|customer| customer.name).unwrap_or_default();
    let typed = text::clean(typed);
    let is_name = !name.is_empty() && text::fold(&typed) == text::fold(&name);
    if is_name || typed == WORD {
        return Ok(());
    }
    let message = format!("Type the customer’s name as it stands above, or {WORD}.");
    Err(AppError::invalid("confirm", message).into())
}

/// Erases a customer, to the end, also where whoever asks does not wait for it; what waits to be taken in may hold them,
/// so it is let go.
pub async fn erase(state: &AppState, customer: i64, entry: Entry) -> Result<(), ServerError> {
    let state = state.clone();
    detached(async move {
        match erasure::erase(state.db(), customer, entry).await? {
            Erasure::Busy => {
                let message = "A file is coming in. Erase when it is in, so that nothing is left of them.";
                Err(AppError::invalid("confirm", message).into())
            }
            Erasure::Unknown => Err(AppError::NotFound("This customer is not there any more.".to_owned()).into()),
            Erasure::Done(_) => forget(&state).await,
        }
    })
    .await
}

/// Takes out of files and memory what a committed erasure has deleted. Each is tried, whatever becomes of the others.
async fn forget(state: &AppState) -> Result<(), ServerError> {
    let files = state.importing().let_ended_go().await;
    let wiped = erasure::wipe(state.db()).await;
    // What this process keeps of the shop is made anew now, not when somebody next asks.
    let looked = state.finder().look(state.clock().now()).await;
    files?;
    if !wiped? {
        tracing::warn!("readers keep the write-ahead log; it is emptied by the next checkpoint");
    }
    looked.map(drop)
}
