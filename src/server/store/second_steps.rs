//! The second step of signing in: keys, and codes for a lost phone.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sessions::{end_sessions, lock_user};
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// The key of a user.
#[derive(Clone, FromRow)]
pub struct SecondStep {
    /// The key as apps take it.
    pub secret: String,
    /// Whether a code has confirmed it.
    pub confirmed: bool,
    /// The last step whose code was used.
    pub step: i64,
    /// How many codes for a lost phone are left.
    pub codes: i64,
}

/// Returns the key of a user, if there is one.
pub async fn of(db: &Db, user_id: i64) -> Result<Option<SecondStep>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select secret, confirmed_at is not null as confirmed, step,
               (select count(*) from recovery_codes r where r.user_id = s.user_id) as codes
             from second_steps s where s.user_id = $1",
        )
        .bind(user_id)
        .fetch_optional(pool)
        .await?
    }))
}

/// Tells whether the shop wants everybody to have one.
pub async fn required(db: &Db) -> Result<bool, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select exists (select 1 from settings where name = 'second_step_required')")
            .fetch_one(pool)
            .await?
    }))
}

/// Writes down whether the shop wants everybody to have one.
pub async fn require(db: &Db, required: bool) -> Result<(), ServerError> {
    let db = db.clone();
    let query = if required {
        "insert into settings (name, value) values ('second_step_required', '1') on conflict (name) do nothing"
    } else {
        "delete from settings where name = 'second_step_required'"
    };
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query(query).execute(pool).await?;
        });
        Ok(())
    })
    .await
}

/// Keeps a key that is to be confirmed; one that is in force stays.
pub async fn begin(db: &Db, user_id: i64, secret: String) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query(
                "insert into second_steps (user_id, secret) values ($1, $2)
                 on conflict (user_id) do update set secret = excluded.secret, step = 0
                 where second_steps.confirmed_at is null",
            )
            .bind(user_id)
            .bind(secret)
            .execute(pool)
            .await?;
        });
        Ok(())
    })
    .await
}

/// Puts a pending key in force, with codes for a lost phone; the other sessions end. Tells whether it was this key that was
/// pending.
pub async fn confirm(
    db: &Db,
    user_id: i64,
    seen: &SecondStep,
    step: i64,
    code_hashes: Vec<String>,
    session: &str,
    now: DateTime<Utc>,
) -> Result<bool, ServerError> {
    let (db, secret, session) = (db.clone(), seen.secret.clone(), session.to_owned());
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            lock_user!(db, tx, user_id);
            let confirmed = sqlx::query(
                "update second_steps set confirmed_at = $2, step = $3
                 where user_id = $1 and confirmed_at is null and secret = $4",
            )
            .bind(user_id)
            .bind(now.timestamp_millis())
            .bind(step)
            .bind(secret.clone())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if confirmed == 0 {
                return Ok::<_, sqlx::Error>(false);
            }
            sqlx::query("delete from recovery_codes where user_id = $1")
                .bind(user_id)
                .execute(&mut *tx)
                .await?;
            for hash in &code_hashes {
                sqlx::query("insert into recovery_codes (user_id, code_hash) values ($1, $2)")
                    .bind(user_id)
                    .bind(hash.clone())
                    .execute(&mut *tx)
                    .await?;
            }
            sqlx::query("delete from sessions where user_id = $1 and token_hash <> $2")
                .bind(user_id)
                .bind(session.clone())
                .execute(&mut *tx)
                .await?;
            Ok::<_, sqlx::Error>(true)
        }
        .await);
        Ok(done?)
    })
    .await
}

/// Uses a code of the app up; of two at the same moment one does it.
pub async fn use_step(db: &Db, user_id: i64, step: i64) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let used = with_pool!(db.writer(), |pool| {
            sqlx::query("update second_steps set step = $2 where user_id = $1 and step < $2")
                .bind(user_id)
                .bind(step)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(used == 1)
    })
    .await
}

/// Uses a code for a lost phone up; tells whether it was one.
pub async fn use_recovery(db: &Db, user_id: i64, code_hash: String) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let used = with_pool!(db.writer(), |pool| {
            sqlx::query("delete from recovery_codes where user_id = $1 and code_hash = $2")
                .bind(user_id)
                .bind(code_hash)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(used == 1)
    })
    .await
}

/// Takes the key and the codes of a user away.
macro_rules! end {
    ($tx:expr, $user_id:expr) => {{
        sqlx::query("delete from recovery_codes where user_id = $1")
            .bind($user_id)
            .execute(&mut *$tx)
            .await?;
        let ended = sqlx::query("delete from second_steps where user_id = $1")
            .bind($user_id)
            .execute(&mut *$tx)
            .await?;
        ended.rows_affected() == 1
    }};
}

/// Takes the key and the codes of a user away; tells whether there was one.
pub async fn end(db: &Db, user_id: i64) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<bool, sqlx::Error> =
            in_transaction!(db.writer(), |tx| async { Ok::<_, sqlx::Error>(end!(tx, user_id)) }
                .await);
        Ok(done?)
    })
    .await
}

/// Takes the key and the codes of somebody else away, and ends their sessions; tells whether there was a key.
pub async fn end_for(db: &Db, user_id: i64) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            lock_user!(db, tx, user_id);
            let ended = end!(tx, user_id);
            if ended {
                end_sessions!(tx, user_id);
            }
            Ok::<_, sqlx::Error>(ended)
        }
        .await);
        Ok(done?)
    })
    .await
}
