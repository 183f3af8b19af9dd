//! Those who have given their password and are to give a code.

use chrono::{DateTime, Duration, Utc};
use sqlx::FromRow;

use super::sessions::lock_user;
use super::users::{self, User};
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// So long there may be between the two steps.
const BETWEEN: Duration = Duration::minutes(10);
/// So many codes may be tried after one password.
const ATTEMPTS: i64 = 5;

/// Begins to wait for the second step of a user, and clears away those who have waited too long. Tells whether the
/// password that was checked still lets them in.
pub async fn begin(
    db: &Db,
    token_hash: &str,
    user_id: i64,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, ServerError> {
    let (db, token_hash, password_hash) = (db.clone(), token_hash.to_owned(), password_hash.to_owned());
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            lock_user!(db, tx, user_id);
            sqlx::query("delete from half_sessions where created_at < $1")
                .bind((now - BETWEEN).timestamp_millis())
                .execute(&mut *tx)
                .await?;
            let begun = sqlx::query(
                "insert into half_sessions (token_hash, user_id, created_at)
                 select $1, id, $3 from users where id = $2 and disabled_at is null and password_hash = $4",
            )
            .bind(token_hash.clone())
            .bind(user_id)
            .bind(now.timestamp_millis())
            .bind(password_hash.clone())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            Ok::<_, sqlx::Error>(begun == 1)
        }
        .await);
        Ok(done?)
    })
    .await
}

#[derive(FromRow)]
struct UserRow {
    id: i64,
    email: String,
    role: String,
}

/// Returns who is waited for.
pub async fn user(db: &Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<User>, ServerError> {
    let row: Option<UserRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select u.id, u.email, u.role from half_sessions h join users u on u.id = h.user_id
             where h.token_hash = $1 and h.created_at >= $2 and h.attempts < $3 and u.disabled_at is null",
        )
        .bind(token_hash)
        .bind((now - BETWEEN).timestamp_millis())
        .bind(ATTEMPTS)
        .fetch_optional(pool)
        .await?
    });
    let Some(row) = row else { return Ok(None) };
    Ok(Some(User {
        id: row.id,
        email: row.email,
        role: users::role(&row.role)?,
        must_enrol: false,
    }))
}

/// Counts an attempt of somebody who is waited for; tells whether it is none too many.
pub async fn attempt(db: &Db, token_hash: &str) -> Result<bool, ServerError> {
    let (db, token_hash) = (db.clone(), token_hash.to_owned());
    detached(async move {
        let counted = with_pool!(db.writer(), |pool| {
            sqlx::query("update half_sessions set attempts = attempts + 1 where token_hash = $1 and attempts < $2")
                .bind(token_hash)
                .bind(ATTEMPTS)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(counted == 1)
    })
    .await
}

/// Does not wait any more.
pub async fn end(db: &Db, token_hash: &str) -> Result<(), ServerError> {
    let (db, token_hash) = (db.clone(), token_hash.to_owned());
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("delete from half_sessions where token_hash = $1")
                .bind(token_hash)
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}
