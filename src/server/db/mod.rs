//! One database, SQLite or PostgreSQL, behind one handle.

mod connect;
pub mod packed;
mod retry;

use sqlx::{PgPool, SqlitePool};

pub use connect::{Connect, open};

use crate::with_pool;
pub use retry::{detached, is_transient};

/// The shop's database: pools for requests, for long jobs, and for writing.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file beside the server.
    Sqlite {
        /// Reads of requests, a second a statement.
        web: SqlitePool,
        /// Reads of verify, rebuild and export, without a limit.
        jobs: SqlitePool,
        /// The one connection that writes.
        writer: SqlitePool,
    },
    /// A PostgreSQL server.
    Postgres {
        /// Reads and writes of requests, a second a statement.
        web: PgPool,
        /// Verify, rebuild, import and export, without a limit.
        jobs: PgPool,
    },
}

/// One of the pools of either database; [`with_pool!`](crate::with_pool) opens it.
#[derive(Clone, Copy, Debug)]
pub enum Pool<'a> {
    /// A pool of SQLite connections.
    Sqlite(&'a SqlitePool),
    /// A pool of PostgreSQL connections.
    Postgres(&'a PgPool),
}

impl Db {
    /// Returns the pool for the reads of a request.
    pub fn web(&self) -> Pool<'_> {
        match self {
            Self::Sqlite { web, .. } => Pool::Sqlite(web),
            Self::Postgres { web, .. } => Pool::Postgres(web),
        }
    }

    /// Returns the pool for long reads, and on PostgreSQL long writes.
    pub fn jobs(&self) -> Pool<'_> {
        match self {
            Self::Sqlite { jobs, .. } => Pool::Sqlite(jobs),
            Self::Postgres { jobs, .. } => Pool::Postgres(jobs),
        }
    }

    /// Returns the pool for the short writes of a request.
    pub fn writer(&self) -> Pool<'_> {
        match self {
            Self::Sqlite { writer, .. } => Pool::Sqlite(writer),
            Self::Postgres { web, .. } => Pool::Postgres(web),
        }
    }

    /// Returns the pool for long writes: imports, rebuilds, migrations.
    pub fn bulk(&self) -> Pool<'_> {
        match self {
            Self::Sqlite { writer, .. } => Pool::Sqlite(writer),
            Self::Postgres { jobs, .. } => Pool::Postgres(jobs),
        }
    }

    /// Picks the text for the database in use, for the little that is not said in one SQL.
    pub fn dialect(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self {
            Self::Sqlite { .. } => sqlite,
            Self::Postgres { .. } => postgres,
        }
    }

    /// Returns the pools by name, each with how many connections it has and how many of them have nothing to do.
    pub fn connections(&self) -> Vec<(&'static str, usize, usize)> {
        fn of<D: sqlx::Database>(name: &'static str, pool: &sqlx::Pool<D>) -> (&'static str, usize, usize) {
            (
                name,
                usize::try_from(pool.size()).unwrap_or(usize::MAX),
                pool.num_idle(),
            )
        }
        match self {
            Self::Sqlite { web, jobs, writer } => vec![of("web", web), of("jobs", jobs), of("writer", writer)],
            Self::Postgres { web, jobs } => vec![of("web", web), of("jobs", jobs)],
        }
    }

    /// Tells whether the database answers and has the schema of this program, or a later one.
    pub async fn is_current(&self) -> Result<bool, sqlx::Error> {
        let version: Option<i64> = with_pool!(self.web(), |pool| {
            sqlx::query_scalar("select max(version) from _sqlx_migrations where success")
                .fetch_one(pool)
                .await?
        });
        Ok(version >= connect::version(self))
    }

    /// Closes every connection; on SQLite this also checkpoints the write-ahead log.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { web, jobs, writer } => {
                web.close().await;
                jobs.close().await;
                writer.close().await;
            }
            Self::Postgres { web, jobs } => {
                web.close().await;
                jobs.close().await;
            }
        }
    }
}

/// Expands one body for both databases, with the pool of the one in use bound to a name.
#[macro_export]
macro_rules! with_pool {
    ($pool:expr, |$name:ident| $body:expr) => {
        match $pool {
            $crate::server::db::Pool::Sqlite($name) => $body,
            $crate::server::db::Pool::Postgres($name) => $body,
        }
    };
}

/// Runs a body in a write transaction of either database and commits it, again when the database asks for that.
///
/// The body is an expression of type `Result<T, sqlx::Error>` that uses the named connection. It may run several
/// times, so it must not move what it captures.
#[macro_export]
macro_rules! in_transaction {
    ($pool:expr, |$name:ident| $body:expr) => {
        match $pool {
            $crate::server::db::Pool::Sqlite(pool) => {
                $crate::in_transaction!(@retry pool.begin_with("begin immediate"), |$name| $body)
            }
            $crate::server::db::Pool::Postgres(pool) => {
                $crate::in_transaction!(@retry pool.begin(), |$name| $body)
            }
        }
    };
    (@retry $begin:expr, |$name:ident| $body:expr) => {{
        let mut attempt = 0_u32;
        loop {
            let outcome = async {
                let mut transaction = $begin.await?;
                let $name = &mut *transaction;
                let value = $body?;
                transaction.commit().await?;
                Ok::<_, sqlx::Error>(value)
            }
            .await;
            match outcome {
                Err(error) if attempt < 20 && $crate::server::db::is_transient(&error) => attempt += 1,
                outcome => break outcome,
            }
        }
    }};
}
