//! Somebody who writes and keeps all other writers waiting.

use onibara::with_pool;
use sqlx::{Connection as _, PgConnection, SqliteConnection};

use super::database::TestDb;

/// A transaction that others wait for; it ends with what holds it.
pub enum Held {
    Sqlite(SqliteConnection),
    Postgres(PgConnection, i32),
}

impl Held {
    /// Begins to hold: on SQLite everything that is written, on PostgreSQL what a statement locks.
    pub async fn on(test: &TestDb, lock: &'static str) -> Self {
        if test.url().starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect(test.url()).await.unwrap();
            sqlx::query("begin immediate").execute(&mut connection).await.unwrap();
            return Self::Sqlite(connection);
        }
        let mut connection = PgConnection::connect(test.url()).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("begin; {lock}")))
            .execute(&mut connection)
            .await
            .unwrap();
        let pid = sqlx::query_scalar("select pg_backend_pid()")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        Self::Postgres(connection, pid)
    }

    /// Waits until somebody waits for it.
    pub async fn is_waited_for(&self, test: &TestDb) {
        loop {
            let waited_for = match self {
                // The one connection that writes is in somebody's hands.
                Self::Sqlite(_) => test
                    .db
                    .connections()
                    .iter()
                    .any(|(pool, size, idle)| *pool == "writer" && *size == 1 && *idle == 0),
                Self::Postgres(_, pid) => {
                    let sql = "select exists (select 1 from pg_stat_activity where $1 = any (pg_blocking_pids(pid)))";
                    with_pool!(test.db.jobs(), |pool| sqlx::query_scalar(sql)
                        .bind(*pid)
                        .fetch_one(pool)
                        .await
                        .unwrap())
                }
            };
            if waited_for {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Does something more in its transaction.
    pub async fn execute(&mut self, sql: &'static str) {
        match self {
            Self::Sqlite(connection) => sqlx::raw_sql(sql).execute(connection).await.map(|_| ()),
            Self::Postgres(connection, _) => sqlx::raw_sql(sql).execute(connection).await.map(|_| ()),
        }
        .unwrap();
    }

    /// Lets the others write.
    pub async fn let_go(mut self) {
        self.execute("commit").await;
    }
}
