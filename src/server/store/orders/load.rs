//! Filling an empty shop at once, past the triggers.

use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection as _, PgPool, QueryBuilder, SqlitePool};
use tokio::sync::mpsc;

use super::{ROWS, stored_phone};
use crate::domain::order::Order;
use crate::domain::text;
use crate::server::db::{Db, Pool, detached};
use crate::server::error::ServerError;
use crate::server::store::rollup;

/// Orders with their folded names.
type Batch = Vec<(Order, String)>;

/// How many batches are made ahead of the one that is being written.
const AHEAD: usize = 4;

/// Fills `orders` on one connection without its triggers and indexes, and then makes what they would have kept.
///
/// Only for a database that nobody else is using: the demo shop and benchmarks. The orders are taken at their word: on
/// SQLite the table's checks rest too.
pub async fn load(db: &Db, batches: impl Iterator<Item = Vec<Order>> + Send + 'static) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        let batches = made_ahead(batches);
        match db.bulk() {
            Pool::Sqlite(pool) => load_sqlite(pool, batches).await?,
            Pool::Postgres(pool) => load_postgres(pool, batches).await?,
        }
        rollup::rebuild(&db).await
    })
    .await
}

/// Makes the batches on a thread of their own, while earlier ones are being written.
fn made_ahead(batches: impl Iterator<Item = Vec<Order>> + Send + 'static) -> mpsc::Receiver<Batch> {
    let (sender, receiver) = mpsc::channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        for orders in batches {
            let keyed = |order: Order| {
                let key = text::fold(&order.name);
                (order, key)
            };
            let batch = orders.into_iter().map(keyed).collect();
            // The writer has failed and says so itself.
            if sender.blocking_send(batch).is_err() {
                break;
            }
        }
    });
    receiver
}

async fn load_sqlite(pool: &SqlitePool, batches: mpsc::Receiver<Batch>) -> Result<(), sqlx::Error> {
    let mut connection = pool.acquire().await?;
    sqlx::query("pragma ignore_check_constraints = on")
        .execute(&mut *connection)
        .await?;
    let loaded = write_sqlite(&mut connection, batches).await;
    sqlx::query("pragma ignore_check_constraints = off")
        .execute(&mut *connection)
        .await?;
    loaded
}

async fn write_sqlite(
    connection: &mut SqliteConnection,
    mut batches: mpsc::Receiver<Batch>,
) -> Result<(), sqlx::Error> {
    let mut tx = connection.begin_with("begin immediate").await?;
    let resting: Vec<(String, String, String)> = sqlx::query_as(
        "select type, name, sql from sqlite_schema
         where tbl_name = 'orders' and type in ('trigger', 'index') and sql is not null",
    )
    .fetch_all(&mut *tx)
    .await?;
    for (kind, name, _) in &resting {
        sqlx::query(AssertSqlSafe(format!("drop {kind} {name}")))
            .execute(&mut *tx)
            .await?;
    }
    while let Some(batch) = batches.recv().await {
        for rows in batch.chunks(ROWS) {
            insert!(&mut *tx, rows);
        }
    }
    for (_, _, sql) in resting {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await?;
    }
    tx.commit().await
}

async fn load_postgres(pool: &PgPool, mut batches: mpsc::Receiver<Batch>) -> Result<(), sqlx::Error> {
    let mut tx = pool.begin().await?;
    sqlx::query("alter table orders disable trigger user")
        .execute(&mut *tx)
        .await?;
    while let Some(batch) = batches.recv().await {
        for rows in batch.chunks(ROWS) {
            insert!(&mut *tx, rows);
        }
    }
    sqlx::query("alter table orders enable trigger user")
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}
