//! Filling an empty shop at once, past the triggers.

use sqlx::{AssertSqlSafe, QueryBuilder};

use super::{ROWS, stored_phone};
use crate::domain::order::Order;
use crate::domain::text;
use crate::server::db::{Db, Pool, detached};
use crate::server::error::ServerError;
use crate::server::store::rollup;

/// Turns the triggers of `orders` off while `load` fills it on one connection, and rebuilds what they would have kept.
///
/// Only for a database that nobody else is using: the demo shop and benchmarks.
pub async fn load(db: &Db, mut batches: impl Iterator<Item = Vec<Order>> + Send + 'static) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        match db.bulk() {
            Pool::Sqlite(pool) => {
                let mut tx = pool.begin_with("begin immediate").await?;
                let triggers: Vec<(String, String)> = sqlx::query_as(
                    "select name, sql from sqlite_schema where type = 'trigger' and tbl_name = 'orders'",
                )
                .fetch_all(&mut *tx)
                .await?;
                for (name, _) in &triggers {
                    sqlx::query(AssertSqlSafe(format!("drop trigger {name}")))
                        .execute(&mut *tx)
                        .await?;
                }
                for batch in batches.by_ref() {
                    for rows in batch.chunks(ROWS) {
                        insert!(&mut *tx, rows);
                    }
                }
                for (_, sql) in triggers {
                    sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await?;
                }
                tx.commit().await?;
            }
            Pool::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                sqlx::query("alter table orders disable trigger user")
                    .execute(&mut *tx)
                    .await?;
                for batch in batches.by_ref() {
                    for rows in batch.chunks(ROWS) {
                        insert!(&mut *tx, rows);
                    }
                }
                sqlx::query("alter table orders enable trigger user")
                    .execute(&mut *tx)
                    .await?;
                tx.commit().await?;
            }
        }
        rollup::rebuild(&db).await
    })
    .await
}
