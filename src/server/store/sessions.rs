//! Who is signed in.

use chrono::{DateTime, Duration, Utc};
use sqlx::FromRow;

use super::users::User;
use crate::domain::role::Role;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

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

/// What somebody has shown of themselves when a session of theirs is to start.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Who it is.
    pub user_id: i64,
    /// The PHC string of the password that was checked.
    pub password_hash: String,
    /// Whether a second step need not be asked for any more.
    pub second_step: bool,
}

/// Locks a user, so that of a sign-in on its way and of what ends all sessions the second one sees what the first has done.
/// SQLite has one writer.
macro_rules! lock_user {
    ($db:expr, $tx:expr, $user_id:expr) => {
        sqlx::query($db.dialect(
            "select id from users where id = $1",
            "select id from users where id = $1 for update",
        ))
        .bind($user_id)
        .execute(&mut *$tx)
        .await?
    };
}
pub(super) use lock_user;

/// Ends all sessions of a user, and those that wait for their second step.
macro_rules! end_sessions {
    ($tx:expr, $user_id:expr) => {
        for ending in [
            "delete from sessions where user_id = $1",
            "delete from half_sessions where user_id = $1",
        ] {
            sqlx::query(ending).bind($user_id).execute(&mut *$tx).await?;
        }
    };
}
pub(super) use end_sessions;

/// Writes down that a user was seen, and clears away the sessions that have ended.
macro_rules! started {
    ($tx:expr, $user_id:expr, $now:expr) => {
        sqlx::query("update users set seen_at = $1 where id = $2")
            .bind($now.timestamp_millis())
            .bind($user_id)
            .execute(&mut *$tx)
            .await?;
        sqlx::query("delete from sessions where seen_at < $1 or created_at < $2")
            .bind(($now - IDLE).timestamp_millis())
            .bind(($now - ABSOLUTE).timestamp_millis())
            .execute(&mut *$tx)
            .await?;
    };
}

/// Starts a session for a user, unless what they have shown has ceased to let them in meanwhile; tells whether it was
/// started.
pub async fn start(db: &Db, token_hash: &str, shown: &Shown, now: DateTime<Utc>) -> Result<bool, ServerError> {
    let (db, token_hash, shown) = (db.clone(), token_hash.to_owned(), shown.clone());
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            lock_user!(db, tx, shown.user_id);
            let started = sqlx::query(
                "insert into sessions (token_hash, user_id, created_at, seen_at)
                 select $1, u.id, $3, $3 from users u
                 where u.id = $2 and u.disabled_at is null and u.password_hash = $4
                   and ($5 or not exists (
                     select 1 from second_steps t where t.user_id = u.id and t.confirmed_at is not null
                   ))",
            )
            .bind(token_hash.clone())
            .bind(shown.user_id)
            .bind(now.timestamp_millis())
            .bind(shown.password_hash.clone())
            .bind(shown.second_step)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if started == 1 {
                started!(tx, shown.user_id, now);
            }
            Ok::<_, sqlx::Error>(started == 1)
        }
        .await);
        Ok(done?)
    })
    .await
}

/// Starts the session of somebody who has given their password before and a code now, which ends the waiting; tells
/// whether they were still waited for.
pub async fn start_after(
    db: &Db,
    half: &str,
    token_hash: &str,
    user_id: i64,
    now: DateTime<Utc>,
) -> Result<bool, ServerError> {
    let (db, half, token_hash) = (db.clone(), half.to_owned(), token_hash.to_owned());
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            lock_user!(db, tx, user_id);
            let started = sqlx::query(
                "insert into sessions (token_hash, user_id, created_at, seen_at)
                 select $1, u.id, $3, $3 from users u join half_sessions h on h.user_id = u.id
                 where u.id = $2 and u.disabled_at is null and h.token_hash = $4",
            )
            .bind(token_hash.clone())
            .bind(user_id)
            .bind(now.timestamp_millis())
            .bind(half.clone())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            sqlx::query("delete from half_sessions where token_hash = $1")
                .bind(half.clone())
                .execute(&mut *tx)
                .await?;
            if started == 1 {
                started!(tx, user_id, now);
            }
            Ok::<_, sqlx::Error>(started == 1)
        }
        .await);
        Ok(done?)
    })
    .await
}

/// Returns the user of a living session, unless the user has been disabled; and whether its use is to be written down
/// again, which nobody waits for.
pub async fn user(db: &Db, token_hash: &str, now: DateTime<Utc>) -> Result<Option<(User, bool)>, ServerError> {
    let since = (now - TOUCH).timestamp_millis();
    Ok(alive(db, token_hash, now)
        .await?
        .map(|(user, seen_at)| (user, seen_at < since)))
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

/// Writes down that a session is used.
pub async fn touch(db: &Db, token_hash: &str, now: DateTime<Utc>) -> Result<(), ServerError> {
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

/// Ends all sessions of a user, and whatever sign-in of theirs waits for its second step.
pub async fn end_all(db: &Db, user_id: i64) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<(), sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            end_sessions!(tx, user_id);
            Ok::<_, sqlx::Error>(())
        }
        .await);
        Ok(done?)
    })
    .await
}
