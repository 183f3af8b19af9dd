//! Who is signed in.

use chrono::{DateTime, Duration, Utc};
use sqlx::FromRow;

use super::users::User;
use crate::domain::role::Role;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::with_pool;

/// A session ends this long after its last request.
pub const IDLE: Duration = Duration::hours(12);
/// A session ends this long after its start, whatever happens.
pub const ABSOLUTE: Duration = Duration::days(7);
/// The last request is written down at most this often.
const TOUCH: Duration = Duration::minutes(1);

#[derive(FromRow)]
struct SessionRow {
    id: i64,
    email: String,
    role: String,
    must_enrol: bool,
    seen_at: i64,
}

/// Starts a session for a user, and clears away the ones that have ended.
pub async fn start(db: &Db, token_hash: &str, user_id: i64, now: DateTime<Utc>) -> Result<(), ServerError> {
    let (db, token_hash) = (db.clone(), token_hash.to_owned());
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("delete from sessions where seen_at < $1 or created_at < $2")
                .bind((now - IDLE).timestamp_millis())
                .bind((now - ABSOLUTE).timestamp_millis())
                .execute(pool)
                .await?;
            sqlx::query("insert into sessions (token_hash, user_id, created_at, seen_at) values ($1, $2, $3, $3)")
                .bind(token_hash)
                .bind(user_id)
                .bind(now.timestamp_millis())
                .execute(pool)
                .await?;
            sqlx::query("update users set seen_at = $1 where id = $2")
                .bind(now.timestamp_millis())
                .bind(user_id)
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}

/// Returns the user of a living session, unless the user has been disabled; the session counts as used.
pub async fn user(db: &Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<User>, ServerError> {
    let Some((user, seen_at)) = alive(db, token_hash, now).await? else {
        return Ok(None);
    };
    if seen_at < (now - TOUCH).timestamp_millis() {
        touch(db, token_hash, now).await?;
    }
    Ok(Some(user))
}

/// Returns the user of a session that is only looked at: what a page asks for by itself does not keep it alive.
pub async fn unused(db: &Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<User>, ServerError> {
    Ok(alive(db, token_hash, now).await?.map(|(user, _)| user))
}

/// Returns the user of a living session, and when it was used last.
async fn alive(db: &Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<(User, i64)>, ServerError> {
    let row: Option<SessionRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select u.id, u.email, u.role, s.seen_at,
               exists (select 1 from settings where name = 'second_step_required')
                 and not exists (
                   select 1 from second_steps t where t.user_id = u.id and t.confirmed_at is not null
                 ) as must_enrol
             from sessions s
             join users u on u.id = s.user_id
             where s.token_hash = $1
               and s.seen_at >= $2
               and s.created_at >= $3
               and u.disabled_at is null",
        )
        .bind(token_hash)
        .bind((now - IDLE).timestamp_millis())
        .bind((now - ABSOLUTE).timestamp_millis())
        .fetch_optional(pool)
        .await?
    });
    let Some(row) = row else {
        return Ok(None);
    };
    let role = Role::parse(&row.role).ok_or_else(|| ServerError::Broken("a user has an unknown role".to_owned()))?;
    let user = User {
        id: row.id,
        email: row.email,
        role,
        must_enrol: row.must_enrol,
    };
    Ok(Some((user, row.seen_at)))
}

async fn touch(db: &Db, token_hash: &str, now: DateTime<Utc>) -> Result<(), ServerError> {
    let (db, token_hash) = (db.clone(), token_hash.to_owned());
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("update sessions set seen_at = $1 where token_hash = $2")
                .bind(now.timestamp_millis())
                .bind(token_hash.clone())
                .execute(pool)
                .await?;
            sqlx::query(
                "update users set seen_at = $1 where id = (select user_id from sessions where token_hash = $2)",
            )
            .bind(now.timestamp_millis())
            .bind(token_hash)
            .execute(pool)
            .await?;
        });
        Ok(())
    })
    .await
}

/// Ends a session.
pub async fn end(db: &Db, token_hash: &str) -> Result<(), ServerError> {
    let (db, token_hash) = (db.clone(), token_hash.to_owned());
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("delete from sessions where token_hash = $1")
                .bind(token_hash)
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}

/// Ends all sessions of a user.
pub async fn end_all(db: &Db, user_id: i64) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("delete from sessions where user_id = $1")
                .bind(user_id)
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}
