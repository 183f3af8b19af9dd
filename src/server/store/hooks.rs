//! Shops that send their orders, and what came from them.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;

use crate::domain::connection::ShopSystem;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::with_pool;

/// How long deliveries are remembered.
const KEPT: TimeDelta = TimeDelta::days(30);
/// How many of them are listed.
const LISTED: i64 = 50;

/// A shop that sends its orders.
#[derive(Clone, Debug)]
pub struct Hook {
    /// The database's number.
    pub id: i64,
    /// The last part of its address.
    pub token: String,
    /// What kind of shop it is.
    pub system: ShopSystem,
    /// What its deliveries are signed with.
    pub secret: String,
    /// Whether what it sends is left aside.
    pub paused: bool,
}

#[derive(FromRow)]
struct HookRow {
    id: i64,
    token: String,
    kind: String,
    secret: String,
    paused: i64,
}

impl From<HookRow> for Hook {
    fn from(row: HookRow) -> Self {
        Self {
            id: row.id,
            token: row.token,
            // The CHECK of the table knows the same names.
            system: ShopSystem::parse(&row.kind).unwrap_or(ShopSystem::WooCommerce),
            secret: row.secret,
            paused: row.paused == 1,
        }
    }
}

/// Something that was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The kind of shop that it came from.
    pub system: ShopSystem,
    /// When.
    pub at: DateTime<Utc>,
    /// What it was about.
    pub topic: String,
    /// The order's number, where it is known.
    pub order_number: String,
    /// What came of it.
    pub result: String,
    /// Why it was refused.
    pub reason: String,
}

#[derive(FromRow)]
struct DeliveredRow {
    kind: String,
    at: i64,
    topic: String,
    order_number: String,
    result: String,
    reason: String,
}

/// Adds a shop.
pub async fn add(db: &Db, hook: Hook, maker: String, at: DateTime<Utc>) -> Result<i64, ServerError> {
    let db = db.clone();
    detached(async move {
        Ok(with_pool!(db.writer(), |pool| {
            sqlx::query_scalar(
                "insert into hooks (token, kind, secret, maker, created_at) values ($1, $2, $3, $4, $5) returning id",
            )
            .bind(hook.token)
            .bind(hook.system.as_str())
            .bind(hook.secret)
            .bind(maker)
            .bind(at.timestamp_millis())
            .fetch_one(pool)
            .await?
        }))
    })
    .await
}

/// Returns all shops, in the order in which they were added.
pub async fn all(db: &Db) -> Result<Vec<Hook>, ServerError> {
    let rows: Vec<HookRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as("select id, token, kind, secret, paused from hooks order by id")
            .fetch_all(pool)
            .await?
    });
    Ok(rows.into_iter().map(Hook::from).collect())
}

/// Returns the shop of an address.
pub async fn find(db: &Db, system: ShopSystem, token: &str) -> Result<Option<Hook>, ServerError> {
    let row: Option<HookRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as("select id, token, kind, secret, paused from hooks where token = $1 and kind = $2")
            .bind(token)
            .bind(system.as_str())
            .fetch_optional(pool)
            .await?
    });
    Ok(row.map(Hook::from))
}

/// Leaves aside what a shop sends, or takes it in again; tells whether there is such a shop.
pub async fn pause(db: &Db, id: i64, paused: bool) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let found = with_pool!(db.writer(), |pool| {
            sqlx::query("update hooks set paused = $2 where id = $1")
                .bind(id)
                .bind(i64::from(paused))
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(found == 1)
    })
    .await
}

/// Takes a shop away, with all that is remembered of it but its orders; tells whether there was one.
pub async fn remove(db: &Db, id: i64) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let found = with_pool!(db.writer(), |pool| {
            sqlx::query("delete from hooks where id = $1")
                .bind(id)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(found == 1)
    })
    .await
}

/// Returns what was delivered last, the newest first.
pub async fn deliveries(db: &Db) -> Result<Vec<Delivered>, ServerError> {
    let rows: Vec<DeliveredRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select h.kind, d.at, d.topic, d.order_number, d.result, d.reason
             from hook_deliveries d join hooks h on h.id = d.hook_id order by d.id desc limit $1",
        )
        .bind(LISTED)
        .fetch_all(pool)
        .await?
    });
    let delivered = |row: DeliveredRow| Delivered {
        system: ShopSystem::parse(&row.kind).unwrap_or(ShopSystem::WooCommerce),
        at: DateTime::from_timestamp_millis(row.at).unwrap_or_default(),
        topic: row.topic,
        order_number: row.order_number,
        result: row.result,
        reason: row.reason,
    };
    Ok(rows.into_iter().map(delivered).collect())
}

/// Forgets the deliveries of long ago.
pub async fn trim(db: &Db, now: DateTime<Utc>) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("delete from hook_deliveries where at < $1")
                .bind((now - KEPT).timestamp_millis())
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}
