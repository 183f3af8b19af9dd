//! What the shop has decided about itself: rows of `settings`, and a history of their changes.

use std::collections::BTreeMap;

use sqlx::FromRow;

use super::history::By;
use crate::domain::text;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// The setting that says which change the others are of.
pub const VERSION: &str = "shop.version";

/// The setting that counts the changes of what spellings of places mean.
pub const PLACES: &str = "shop.places";

/// What the names begin with that say which state a spelling means; what follows is the spelling, folded.
const PLACE: &str = "shop.place.";

/// Returns the name that the state of a spelling is stored under.
pub fn place_name(spelled: &str) -> String {
    format!("{PLACE}{}", text::fold(spelled))
}

/// Returns the folded spelling that a name is of; none where it is of something else.
pub fn place_of(name: &str) -> Option<&str> {
    name.strip_prefix(PLACE)
}

/// Counts a change of what spellings of places mean, in the transaction that makes it.
macro_rules! count_places {
    ($connection:expr) => {
        sqlx::query(
            "insert into settings (name, value) values ($1, '1')
             on conflict (name) do update set value = cast(cast(settings.value as bigint) + 1 as text)",
        )
        .bind($crate::server::store::settings::PLACES)
        .execute(&mut *$connection)
        .await?;
    };
}
pub(super) use count_places;

/// Returns which states the spellings mean that are none, by the folded spelling.
pub fn places(stored: &Values) -> BTreeMap<String, String> {
    let places = stored.iter();
    places
        .filter_map(|(name, state)| Some((place_of(name)?.to_owned(), state.clone())))
        .collect()
}

/// Settings by their names.
pub type Values = BTreeMap<String, String>;

/// What came of saving settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// They are stored, as the change with this number.
    Done(i64),
    /// Everything is as wanted already.
    Nothing,
    /// Nothing is stored: there has been a change since the one that was seen.
    Changed,
}

/// One setting that a change has changed.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Entry {
    /// Who changed it.
    pub who: String,
    /// Its name.
    pub name: String,
    /// What it was.
    pub before: String,
    /// What it became.
    pub after: String,
}

/// Returns what is stored.
pub async fn stored(db: &Db) -> Result<Values, ServerError> {
    let rows: Vec<(String, String)> = with_pool!(db.web(), |pool| {
        sqlx::query_as("select name, value from settings where name like 'shop.%'")
            .fetch_all(pool)
            .await?
    });
    Ok(rows.into_iter().collect())
}

/// Stores the wanted settings where any of them is not as wanted and the change that was seen is the latest. `first` is
/// what holds where nothing is stored.
pub async fn save(db: &Db, seen: i64, first: Values, wanted: Values, by: By) -> Result<Saved, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<Saved, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let version: Option<String> = sqlx::query_scalar(db.dialect(
                "select value from settings where name = $1",
                "select value from settings where name = $1 for update",
            ))
            .bind(VERSION)
            .fetch_optional(&mut *tx)
            .await?;
            if version.unwrap_or_default() != seen.to_string() {
                return Ok(Saved::Changed);
            }
            let rows: Vec<(String, String)> =
                sqlx::query_as("select name, value from settings where name like 'shop.%'")
                    .fetch_all(&mut *tx)
                    .await?;
            let mut now = first.clone();
            now.extend(rows);
            let mut changed: Vec<(&str, &str, &str)> = Vec::new();
            for (name, after) in &wanted {
                let before = now.get(name).map(String::as_str).unwrap_or_default();
                if before != after {
                    changed.push((name, before, after));
                }
            }
            if changed.is_empty() {
                return Ok(Saved::Nothing);
            }
            let version = seen + 1;
            for (name, before, after) in &changed {
                sqlx::query(
                    "insert into settings_history (version, at, user_id, who, name, before, after)
                     values ($1, $2, $3, $4, $5, $6, $7)",
                )
                .bind(version)
                .bind(by.at.timestamp_millis())
                .bind(by.user_id)
                .bind(&by.who)
                .bind(*name)
                .bind(*before)
                .bind(*after)
                .execute(&mut *tx)
                .await?;
            }
            let number = version.to_string();
            // All of them, so that no server goes on by what it was started with.
            let values = wanted.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            for (name, value) in values.chain([(VERSION, number.as_str())]) {
                sqlx::query(
                    "insert into settings (name, value) values ($1, $2)
                     on conflict (name) do update set value = excluded.value",
                )
                .bind(name)
                .bind(value)
                .execute(&mut *tx)
                .await?;
            }
            Ok::<_, sqlx::Error>(Saved::Done(version))
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Returns what a change has changed; empty where there is no such change.
pub async fn change(db: &Db, version: i64) -> Result<Vec<Entry>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as("select who, name, before, after from settings_history where version = $1 order by id")
            .bind(version)
            .fetch_all(pool)
            .await?
    }))
}

/// Returns the latest change of each setting since a version.
pub async fn since(db: &Db, version: i64) -> Result<Vec<Entry>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as("select who, name, before, after from settings_history where version > $1 order by id")
            .bind(version)
            .fetch_all(pool)
            .await?
    }))
}
