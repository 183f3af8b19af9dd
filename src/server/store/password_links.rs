//! Links with which people set a password, once.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sessions::end_sessions;
use super::users::{self, User};
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// Whom a link is for.
#[derive(Clone, Debug)]
pub struct For {
    /// Whose password it sets.
    pub user: User,
    /// Whether it is their first.
    pub invited: bool,
}

#[derive(FromRow)]
struct ForRow {
    id: i64,
    email: String,
    role: String,
    invited: bool,
}

/// Makes a link for somebody who is not disabled, in the place of the one before; tells whether it was made.
pub async fn make(db: &Db, user_id: i64, token_hash: &str, until: DateTime<Utc>) -> Result<bool, ServerError> {
    let (db, token_hash) = (db.clone(), token_hash.to_owned());
    detached(async move {
        let made = with_pool!(db.writer(), |pool| {
            sqlx::query(
                "insert into password_links (user_id, token_hash, expires_at)
                 select id, $2, $3 from users where id = $1 and disabled_at is null
                 on conflict (user_id) do update
                 set token_hash = excluded.token_hash, expires_at = excluded.expires_at",
            )
            .bind(user_id)
            .bind(token_hash)
            .bind(until.timestamp_millis())
            .execute(pool)
            .await?
            .rows_affected()
        });
        Ok(made == 1)
    })
    .await
}

/// Returns whom a link that is still good is for.
pub async fn find(db: &Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<For>, ServerError> {
    let row: Option<ForRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select u.id, u.email, u.role, u.password_hash = '' as invited
             from password_links l
             join users u on u.id = l.user_id
             where l.token_hash = $1 and l.expires_at > $2 and u.disabled_at is null",
        )
        .bind(token_hash)
        .bind(now.timestamp_millis())
        .fetch_optional(pool)
        .await?
    });
    row.map(|row| {
        Ok(For {
            user: User {
                id: row.id,
                email: row.email,
                role: users::role(&row.role)?,
                must_enrol: false,
            },
            invited: row.invited,
        })
    })
    .transpose()
}

/// Uses a link up: sets the password and ends all sessions. Of several at the same moment one does it.
pub async fn use_up(db: &Db, token_hash: &str, password_hash: &str, now: DateTime<Utc>) -> Result<bool, ServerError> {
    let (db, token_hash, hash) = (db.clone(), token_hash.to_owned(), password_hash.to_owned());
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let user_id: Option<i64> = sqlx::query_scalar(
                "delete from password_links where token_hash = $1 and expires_at > $2 returning user_id",
            )
            .bind(token_hash.clone())
            .bind(now.timestamp_millis())
            .fetch_optional(&mut *tx)
            .await?;
            let Some(user_id) = user_id else {
                return Ok::<_, sqlx::Error>(false);
            };
            let set = sqlx::query("update users set password_hash = $2 where id = $1 and disabled_at is null")
                .bind(user_id)
                .bind(hash.clone())
                .execute(&mut *tx)
                .await?
                .rows_affected();
            end_sessions!(tx, user_id);
            Ok::<_, sqlx::Error>(set == 1)
        }
        .await);
        Ok(done?)
    })
    .await
}
