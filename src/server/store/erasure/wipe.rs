//! What a database's files still hold of what was deleted.

use sqlx::{Row as _, SqlitePool};

use crate::server::db::{Db, Pool, detached};
use crate::server::error::ServerError;

/// How often the write-ahead log is tried to be emptied while readers hold on to it.
const TRIES: usize = 5;

/// The tables of PostgreSQL that an erasure rewrites rows of.
const TOUCHED: [&str; 20] = [
    "orders",
    "phones",
    "customer_rollup",
    "customer_edits",
    "customer_history",
    "customer_notes",
    "customer_tags",
    "customer_consents",
    "queue_entries",
    "queue_turns",
    "contacts",
    "queues",
    "imports",
    "import_changes",
    "import_refused",
    "hook_orders",
    "hook_deliveries",
    "idempotent_requests",
    "saved_views",
    "audit_log",
];

/// Takes out of the files what a committed erasure has deleted; tells whether nothing is left of it there.
///
/// SQLite: the connections overwrite what they delete with zeros (`secure_delete`), pages that become free among it; the
/// planner's samples of indexes are thrown away, and the write-ahead log is emptied. PostgreSQL: dead rows are removed
/// and the statistics, which hold samples of values, are made anew; its own log and its backups keep what they keep.
pub async fn wipe(db: &Db) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        match db.bulk() {
            Pool::Sqlite(pool) => wipe_sqlite(pool).await,
            Pool::Postgres(pool) => {
                for table in TOUCHED {
                    // A role that does not own the tables is told so by a warning; the server's own vacuum follows.
                    sqlx::query(sqlx::AssertSqlSafe(format!("vacuum (analyze) {table}")))
                        .execute(pool)
                        .await?;
                }
                Ok(true)
            }
        }
    })
    .await
}

async fn wipe_sqlite(pool: &SqlitePool) -> Result<bool, ServerError> {
    let samples: i64 = sqlx::query_scalar("select count(*) from sqlite_schema where name = 'sqlite_stat4'")
        .fetch_one(pool)
        .await?;
    if samples > 0 {
        sqlx::query("delete from sqlite_stat4").execute(pool).await?;
    }
    for _ in 0..TRIES {
        let row = sqlx::query("pragma wal_checkpoint(truncate)").fetch_one(pool).await?;
        if row.try_get::<i64, _>(0)? == 0 {
            return Ok(true);
        }
    }
    Ok(false)
}
