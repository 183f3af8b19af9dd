//! Notes on customers.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::history::By;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::with_pool;

/// A note as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Note {
    /// Its number.
    pub id: i64,
    /// The number of the user who wrote it.
    pub author_id: i64,
    /// The e-mail address of the user who wrote it.
    pub author: String,
    /// What it says.
    pub body: String,
    /// When it was written, in milliseconds.
    pub written_at: i64,
    /// When it was last changed, in milliseconds.
    pub edited_at: Option<i64>,
}

/// Returns the notes on all phones of a customer, newest first.
pub async fn of(db: &Db, customer: i64) -> Result<Vec<Note>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select n.id, n.author_id, n.author, n.body, n.written_at, n.edited_at
             from phones p join customer_notes n on n.phone_id = p.id
             where p.customer_id = $1 and n.deleted_at is null order by n.id desc",
        )
        .bind(customer)
        .fetch_all(pool)
        .await?
    }))
}

/// Adds a note to a phone on a connection of either database.
macro_rules! insert {
    ($connection:expr, $phone_id:expr, $body:expr, $token:expr, $by:expr) => {
        sqlx::query(
            "insert into customer_notes (phone_id, author_id, author, body, written_at, token)
             values ($1, $2, $3, $4, $5, nullif($6, '')) on conflict (author_id, token) do nothing",
        )
        .bind($phone_id)
        .bind($by.user_id)
        .bind(&$by.who)
        .bind($body)
        .bind($by.at.timestamp_millis())
        .bind($token)
        .execute($connection)
        .await?
    };
}
pub(super) use insert;

/// Adds a note to a phone, and tells whether it did: one that its author has sent under the same token before is there
/// already.
pub async fn add(db: &Db, phone_id: i64, body: String, token: String, by: By) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let added = with_pool!(db.writer(), |pool| {
            insert!(pool, phone_id, body, token, by).rows_affected()
        });
        Ok(added == 1)
    })
    .await
}

/// Changes what a note says, where it was written by this author or `anybody` may; tells whether there was one.
pub async fn edit(db: &Db, id: i64, body: String, anybody: bool, by: By) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        Ok(with_pool!(db.writer(), |pool| {
            sqlx::query(
                "update customer_notes set body = $2, edited_at = $3
                 where id = $1 and deleted_at is null and (author_id = $4 or $5 = 1)",
            )
            .bind(id)
            .bind(body)
            .bind(by.at.timestamp_millis())
            .bind(by.user_id)
            .bind(i64::from(anybody))
            .execute(pool)
            .await?
            .rows_affected()
                == 1
        }))
    })
    .await
}

/// Takes a note away or, without a time, brings it back; tells whether there was one that this author may.
pub async fn delete(
    db: &Db,
    id: i64,
    at: Option<DateTime<Utc>>,
    anybody: bool,
    user_id: i64,
) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        Ok(with_pool!(db.writer(), |pool| {
            sqlx::query("update customer_notes set deleted_at = $2 where id = $1 and (author_id = $3 or $4 = 1)")
                .bind(id)
                .bind(at.map(|at| at.timestamp_millis()))
                .bind(user_id)
                .bind(i64::from(anybody))
                .execute(pool)
                .await?
                .rows_affected()
                == 1
        }))
    })
    .await
}
