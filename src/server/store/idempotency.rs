//! Requests that count once, however often they are sent.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::FromRow;

use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::server::store::erased::hold_off;
use crate::{in_transaction, with_pool};

/// How long an answer is kept: a day, and an hour for whoever begins to try again at its end.
const KEPT: TimeDelta = TimeDelta::hours(25);
/// After how long a request that has no answer yet is taken to have died with its server; none runs half as long.
const DEAD: TimeDelta = TimeDelta::minutes(2);

/// How far the clocks of two servers may be apart.
const SKEW: TimeDelta = TimeDelta::minutes(1);

/// A request, known by the key that sends it and by the name that its sender has given it.
#[derive(Clone, Debug)]
pub struct Request {
    /// The number of the key.
    pub key_id: i64,
    /// The sender's name for it.
    pub name: String,
    /// The hash of all that it says.
    pub hash: String,
}

/// How a request stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Whoever asks has to do it.
    Yours,
    /// Another copy of it is being worked on.
    Running,
    /// It was answered, with this status and body.
    Answered(u16, String),
    /// Another request has had the name.
    Other,
    /// Nobody has begun it, or whoever did has given it up.
    Unknown,
}

#[derive(FromRow)]
struct Row {
    request_hash: String,
    status: Option<i64>,
    body: String,
}

/// Begins a request, or says how an equal one stands.
pub async fn begin(db: &Db, request: Request, now: DateTime<Utc>) -> Result<Standing, ServerError> {
    let db = db.clone();
    detached(async move {
        let (now, dead) = (now.timestamp_millis(), (now - DEAD).timestamp_millis());
        with_pool!(db.writer(), |pool| {
            let claimed = sqlx::query(
                "insert into idempotent_requests (key_id, name, request_hash, began_at) values ($1, $2, $3, $4)
                 on conflict (key_id, name) do update set began_at = excluded.began_at
                 where idempotent_requests.status is null and idempotent_requests.began_at <= $5
                   and idempotent_requests.request_hash = excluded.request_hash",
            )
            .bind(request.key_id)
            .bind(&request.name)
            .bind(&request.hash)
            .bind(now)
            .bind(dead)
            .execute(pool)
            .await?;
            if claimed.rows_affected() == 1 {
                return Ok(Standing::Yours);
            }
        });
        standing(&db, &request).await
    })
    .await
}

/// Says how a request stands that was not begun by whoever asks.
pub async fn standing(db: &Db, request: &Request) -> Result<Standing, ServerError> {
    let row: Option<Row> = with_pool!(db.web(), |pool| {
        sqlx::query_as("select request_hash, status, body from idempotent_requests where key_id = $1 and name = $2")
            .bind(request.key_id)
            .bind(&request.name)
            .fetch_optional(pool)
            .await?
    });
    Ok(match row {
        Some(row) if row.request_hash != request.hash => Standing::Other,
        Some(Row {
            status: Some(status),
            body,
            ..
        }) => Standing::Answered(u16::try_from(status).unwrap_or(500), body),
        Some(_) => Standing::Running,
        None => Standing::Unknown,
    })
}

/// Keeps the answer of a request, unless somebody was erased since it was begun: it may name them, and an erasure looks
/// through the answers that are kept. Sent again, the request is done again, which changes nothing.
pub async fn answered(db: &Db, request: Request, status: u16, body: String) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<(), sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            hold_off!(db, tx);
            let kept = sqlx::query(
                "update idempotent_requests set status = $3, body = $4
                 where key_id = $1 and name = $2
                   and not exists (select 1 from audit_log where action = 'erased' and at >= began_at - $5)",
            )
            .bind(request.key_id)
            .bind(&request.name)
            .bind(i64::from(status))
            .bind(&body)
            .bind(SKEW.num_milliseconds())
            .execute(&mut *tx)
            .await?;
            if kept.rows_affected() == 0 {
                sqlx::query("delete from idempotent_requests where key_id = $1 and name = $2")
                    .bind(request.key_id)
                    .bind(&request.name)
                    .execute(&mut *tx)
                    .await?;
            }
            Ok::<_, sqlx::Error>(())
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Forgets a request that failed, so that it can be sent again.
pub async fn forget(db: &Db, request: Request) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("delete from idempotent_requests where key_id = $1 and name = $2 and status is null")
                .bind(request.key_id)
                .bind(request.name)
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}

/// Forgets the requests that are older than anybody may count on.
pub async fn trim(db: &Db, now: DateTime<Utc>) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("delete from idempotent_requests where began_at < $1")
                .bind((now - KEPT).timestamp_millis())
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}
