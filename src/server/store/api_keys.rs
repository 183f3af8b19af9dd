//! Keys of the API.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::domain::connection::Scope;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::with_pool;

/// How long a key's last use need not be written down again, in milliseconds.
const MINUTE: i64 = 60_000;

/// A key as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The database's number.
    pub id: i64,
    /// What the shop calls it.
    pub name: String,
    /// Its first letters.
    pub prefix: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Who made it.
    pub maker: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was used last.
    pub used_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct KeyRow {
    id: i64,
    name: String,
    prefix: String,
    scopes: String,
    maker: String,
    created_at: i64,
    used_at: Option<i64>,
}

impl From<KeyRow> for Key {
    fn from(row: KeyRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            prefix: row.prefix,
            scopes: row.scopes.split(' ').filter_map(Scope::parse).collect(),
            maker: row.maker,
            created_at: DateTime::from_timestamp_millis(row.created_at).unwrap_or_default(),
            used_at: row.used_at.and_then(DateTime::from_timestamp_millis),
        }
    }
}

/// A key that is to be stored.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// What the shop calls it.
    pub name: String,
    /// The SHA-256 of the key.
    pub key_hash: String,
    /// Its first letters.
    pub prefix: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Who makes it.
    pub maker: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Adds a key; returns its number.
pub async fn add(db: &Db, key: NewKey) -> Result<i64, ServerError> {
    let db = db.clone();
    detached(async move {
        let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.as_str()).collect();
        Ok(with_pool!(db.writer(), |pool| {
            sqlx::query_scalar(
                "insert into api_keys (name, key_hash, prefix, scopes, maker, created_at)
                 values ($1, $2, $3, $4, $5, $6) returning id",
            )
            .bind(key.name)
            .bind(key.key_hash)
            .bind(key.prefix)
            .bind(scopes.join(" "))
            .bind(key.maker)
            .bind(key.at.timestamp_millis())
            .fetch_one(pool)
            .await?
        }))
    })
    .await
}

/// Returns the keys in force, the newest first.
pub async fn all(db: &Db) -> Result<Vec<Key>, ServerError> {
    let rows: Vec<KeyRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select id, name, prefix, scopes, maker, created_at, used_at from api_keys
             where revoked_at is null order by id desc",
        )
        .fetch_all(pool)
        .await?
    });
    Ok(rows.into_iter().map(Key::from).collect())
}

/// Returns the key in force with a hash.
pub async fn find(db: &Db, key_hash: &str) -> Result<Option<Key>, ServerError> {
    let row: Option<KeyRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select id, name, prefix, scopes, maker, created_at, used_at from api_keys
             where key_hash = $1 and revoked_at is null",
        )
        .bind(key_hash)
        .fetch_optional(pool)
        .await?
    });
    Ok(row.map(Key::from))
}

impl Key {
    /// Tells whether its use is to be written down again.
    pub fn is_stale(&self, now: DateTime<Utc>) -> bool {
        let since = now.timestamp_millis() - MINUTE;
        self.used_at.is_none_or(|used| used.timestamp_millis() <= since)
    }
}

/// Writes down that a key is used, unless that was done within the last minute.
pub async fn used(db: &Db, id: i64, now: DateTime<Utc>) -> Result<(), ServerError> {
    let since = now.timestamp_millis() - MINUTE;
    let db = db.clone();
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("update api_keys set used_at = $2 where id = $1 and coalesce(used_at, 0) <= $3")
                .bind(id)
                .bind(now.timestamp_millis())
                .bind(since)
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}

/// Ends a key; tells whether it was in force.
pub async fn revoke(db: &Db, id: i64, now: DateTime<Utc>) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let ended = with_pool!(db.writer(), |pool| {
            sqlx::query("update api_keys set revoked_at = $2 where id = $1 and revoked_at is null")
                .bind(id)
                .bind(now.timestamp_millis())
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(ended == 1)
    })
    .await
}
