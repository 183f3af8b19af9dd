//! Files of orders that came in: where each stands, what was refused, and what columns people have named.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{AssertSqlSafe, FromRow};

use crate::domain::import::State;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::server::import::Summary;
use crate::with_pool;

/// How long an import may stand still before its server counts as gone.
const SILENCE: TimeDelta = TimeDelta::minutes(1);

/// A file of orders, and how far it has got.
#[derive(Clone, Debug, FromRow)]
pub struct Import {
    /// Its number.
    pub id: i64,
    /// When it was sent, in milliseconds.
    pub began_at: i64,
    /// Who sent it.
    pub who: String,
    /// What the file was called.
    pub file_name: String,
    /// How large it is, in bytes.
    pub bytes: i64,
    state: String,
    /// How much of `total` has been read, in bytes.
    pub position: i64,
    /// How much there is to read; 0 where that cannot be told.
    pub total: i64,
    rows_read: i64,
    rows_new: i64,
    rows_changed: i64,
    rows_unchanged: i64,
    rows_refused: i64,
    rows_repeated: i64,
    /// How many orders an undo has put back.
    pub undone: i64,
    /// How many orders an undo has left as somebody has made them since.
    pub kept: i64,
    /// Why it came to no end.
    pub note: String,
    /// Rows to look at, as JSON.
    pub samples: String,
    moved_at: i64,
}

const COLUMNS: &str = "id, began_at, who, file_name, bytes, state, position, total, rows_read, rows_new, rows_changed, \
                       rows_unchanged, rows_refused, rows_repeated, undone, kept, note, samples, moved_at";

impl Import {
    /// Returns where it stands: what has not moved for a minute has lost its server.
    pub fn state(&self, now: DateTime<Utc>) -> State {
        let state = State::parse(&self.state);
        let silent = now.timestamp_millis() - self.moved_at > SILENCE.num_milliseconds();
        if silent && state.is_moving() {
            State::Lost
        } else {
            state
        }
    }

    /// Returns how many rows came to what.
    pub fn summary(&self) -> Summary {
        let count = |rows: i64| rows.unsigned_abs();
        Summary {
            read: count(self.rows_read),
            new: count(self.rows_new),
            changed: count(self.rows_changed),
            unchanged: count(self.rows_unchanged),
            refused: count(self.rows_refused),
            repeated: count(self.rows_repeated),
        }
    }
}

/// Runs a statement that changes something, to its end, and tells how many rows it changed.
macro_rules! change {
    ($db:expr, $sql:expr, $($value:expr),+) => {{
        let db = $db.clone();
        detached(async move {
            let done: Result<u64, sqlx::Error> = with_pool!(db.writer(), |pool| {
                sqlx::query($sql)$(.bind($value))+.execute(pool).await.map(|done| done.rows_affected())
            });
            done
        })
        .await?
    }};
}

mod kept;

pub use kept::{
    columns, ended_with_files, forget_lost_paths, forget_path, forget_reports, left_since, path, refused_after,
    remember,
};

/// A file that has just been sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Who sent it.
    pub user_id: Option<i64>,
    /// Who sent it, in words.
    pub who: String,
    /// What it is called.
    pub file_name: String,
    /// How large it is, in bytes.
    pub bytes: i64,
    /// Where it lies; '' where it needs no place.
    pub path: String,
    /// When it was sent.
    pub at: DateTime<Utc>,
}

/// Notes that a file was sent, and returns its number.
pub async fn add(db: &Db, sent: Sent, state: State) -> Result<i64, ServerError> {
    let db = db.clone();
    detached(async move {
        Ok(with_pool!(db.writer(), |pool| {
            sqlx::query_scalar(
                "insert into imports (began_at, user_id, who, file_name, bytes, state, path, moved_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $1) returning id",
            )
            .bind(sent.at.timestamp_millis())
            .bind(sent.user_id)
            .bind(sent.who)
            .bind(sent.file_name)
            .bind(sent.bytes)
            .bind(state.as_str())
            .bind(sent.path)
            .fetch_one(pool)
            .await?
        }))
    })
    .await
}

/// Returns an import.
pub async fn one(db: &Db, id: i64) -> Result<Option<Import>, ServerError> {
    let sql = format!("select {COLUMNS} from imports where id = $1");
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(pool).await?
    }))
}

/// Returns the latest imports, the newest first.
pub async fn latest(db: &Db, count: i64) -> Result<Vec<Import>, ServerError> {
    let sql = format!("select {COLUMNS} from imports order by id desc limit $1");
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as(AssertSqlSafe(sql)).bind(count).fetch_all(pool).await?
    }))
}

/// Returns the number of the import that can be undone: the last one that changed an order.
pub async fn undoable(db: &Db) -> Result<Option<i64>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select import_id from import_changes order by import_id desc limit 1")
            .fetch_optional(pool)
            .await?
    }))
}

/// Moves an import on where it stands in one of these states, and tells whether it did.
pub async fn move_on(
    db: &Db,
    id: i64,
    from: &'static [State],
    to: State,
    now: DateTime<Utc>,
) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let from: Vec<String> = from.iter().map(|state| format!("'{}'", state.as_str())).collect();
        let sql = format!(
            "update imports set state = $2, moved_at = $3 where id = $1 and state in ({})",
            from.join(", ")
        );
        let moved = with_pool!(db.writer(), |pool| {
            sqlx::query(AssertSqlSafe(sql))
                .bind(id)
                .bind(to.as_str())
                .bind(now.timestamp_millis())
                .execute(pool)
                .await
                .map(|done| done.rows_affected() == 1)
        });
        match moved {
            // Another one is running.
            Err(error)
                if error
                    .as_database_error()
                    .is_some_and(sqlx::error::DatabaseError::is_unique_violation) =>
            {
                Ok(false)
            }
            moved => Ok(moved?),
        }
    })
    .await
}

/// Ends what has lost its server, so that it stands in nobody's way.
pub async fn end_lost(db: &Db, now: DateTime<Utc>) -> Result<(), ServerError> {
    change!(
        db,
        "update imports set state = 'stopped', samples = '', note = 'The server stopped while it was at work.'
         where state in ('checking', 'running', 'undoing') and moved_at < $1",
        (now - SILENCE).timestamp_millis()
    );
    Ok(())
}

/// Asks somebody which columns hold what, and says why.
pub async fn ask(db: &Db, id: i64, note: String, samples: String, now: DateTime<Utc>) -> Result<(), ServerError> {
    change!(
        db,
        "update imports set state = 'columns', note = $2, samples = $3, moved_at = $4
         where id = $1 and state = 'checking'",
        id,
        note,
        samples,
        now.timestamp_millis()
    );
    Ok(())
}

/// Ends an import with a reason.
pub async fn fail(db: &Db, id: i64, note: String, now: DateTime<Utc>) -> Result<(), ServerError> {
    change!(
        db,
        "update imports set state = 'failed', samples = '', note = $2, moved_at = $3 where id = $1",
        id,
        note,
        now.timestamp_millis()
    );
    Ok(())
}

/// Ends an import that is being worked on, with a reason; one that has just come to its end stays as it is.
pub async fn interrupt(db: &Db, id: i64, note: &'static str, now: DateTime<Utc>) -> Result<(), ServerError> {
    change!(
        db,
        "update imports set state = 'failed', samples = '', note = $2, moved_at = $3
         where id = $1 and state in ('checking', 'running', 'undoing')",
        id,
        note,
        now.timestamp_millis()
    );
    Ok(())
}

/// How far a file has been looked through.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// How many rows would come to what.
    pub summary: Summary,
    /// How much has been read, in bytes.
    pub position: u64,
    /// How much there is to read.
    pub total: u64,
    /// Rows to look at, as JSON.
    pub samples: String,
}

/// Notes how far a file has been looked through; false where it is not to be looked through any more.
pub async fn checked(db: &Db, id: i64, checked: Checked, now: DateTime<Utc>) -> Result<bool, ServerError> {
    let Checked {
        summary,
        position,
        total,
        samples,
    } = checked;
    let rows = change!(
        db,
        "update imports
         set rows_read = $2, rows_new = $3, rows_changed = $4, rows_unchanged = $5, rows_refused = $6,
           rows_repeated = $7, position = $8, total = $9, samples = $10, moved_at = $11
         where id = $1 and state = 'checking'",
        id,
        summary.read.cast_signed(),
        summary.new.cast_signed(),
        summary.changed.cast_signed(),
        summary.unchanged.cast_signed(),
        summary.refused.cast_signed(),
        summary.repeated.cast_signed(),
        position.cast_signed(),
        total.cast_signed(),
        samples,
        now.timestamp_millis()
    );
    Ok(rows == 1)
}
