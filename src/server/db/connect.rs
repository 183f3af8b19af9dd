//! Opening the database: options, pools, migrations.

use std::str::FromStr;
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::Db;

/// How long one statement of a request may run.
const STATEMENT_LIMIT: Duration = Duration::from_secs(1);
/// How long a request waits for a connection before it is told to come back.
const ACQUIRE_LIMIT: Duration = Duration::from_secs(3);

static SQLITE: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: sqlx::migrate::Migrator = sqlx::migrate!("migrations/postgres");

/// Why a database could not be opened, as a sentence for the person who started the server.
#[derive(Debug, thiserror::Error)]
pub enum Connect {
    /// The setting names no database that Onibara knows.
    #[error("DATABASE_URL must begin with sqlite: or postgres:, for example sqlite:onibara.db")]
    UnknownScheme,
    /// The address cannot be read.
    #[error("DATABASE_URL cannot be read: {0}")]
    Address(sqlx::Error),
    /// The database refused or is not there.
    #[error("The database cannot be opened: {0}")]
    Open(sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("The database's schema cannot be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

/// Opens the database that `url` names and brings its schema up to date.
pub async fn open(url: &str) -> Result<Db, Connect> {
    if url.starts_with("sqlite:") {
        open_sqlite(url).await
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        open_postgres(url).await
    } else {
        Err(Connect::UnknownScheme)
    }
}

/// Returns the version of the schema that this program needs.
pub(super) fn version(db: &Db) -> Option<i64> {
    let migrator = match db {
        Db::Sqlite { .. } => &SQLITE,
        Db::Postgres { .. } => &POSTGRES,
    };
    migrator.iter().map(|migration| migration.version).max()
}

async fn open_sqlite(url: &str) -> Result<Db, Connect> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(Connect::Address)?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A commit that was answered survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        // Without it `insert or replace` would delete an order behind the triggers' back.
        .pragma("recursive_triggers", "on")
        .pragma("trusted_schema", "off")
        .pragma("secure_delete", "on")
        .pragma("cache_size", "-8192")
        // As much as SQLite maps: what is read there need not be copied, and is not the process's own memory.
        .pragma("mmap_size", "2147418112")
        .pragma("temp_store", "memory");
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(options.clone())
        .await
        .map_err(Connect::Open)?;
    SQLITE.run(&writer).await?;
    if let Err(error) = forget_statistics(&writer).await {
        // Somebody else is writing for long. It is slow with them, and right.
        tracing::warn!(%error, "statistics of the tables could not be forgotten");
    }
    // Each of a dozen has a cache of its own.
    let readers = options
        .create_if_missing(false)
        .pragma("query_only", "on")
        .pragma("cache_size", "-1024");
    let web = SqlitePoolOptions::new()
        .max_connections(8)
        .acquire_timeout(ACQUIRE_LIMIT)
        .after_connect(|connection, _| Box::pin(limit_statements(connection)))
        .before_acquire(|connection, _| Box::pin(async { limit_statements(connection).await.map(|()| true) }))
        .connect_lazy_with(readers.clone());
    let jobs = SqlitePoolOptions::new().max_connections(4).connect_lazy_with(readers);
    Ok(Db::Sqlite { web, jobs, writer })
}

/// Forgets what SQLite was once told of the sizes of tables: taken of a shop with one order, it would have each of the
/// next hundred thousand read whole tables. Without it the plans are those of a large shop, whatever the size.
async fn forget_statistics(writer: &SqlitePool) -> Result<(), sqlx::Error> {
    let taken: i64 = sqlx::query_scalar("select count(*) from sqlite_schema where name = 'sqlite_stat1'")
        .fetch_one(writer)
        .await?;
    if taken == 0 {
        return Ok(());
    }
    let kept: i64 = sqlx::query_scalar("select count(*) from sqlite_stat1")
        .fetch_one(writer)
        .await?;
    if kept > 0 {
        sqlx::raw_sql("delete from sqlite_stat1; analyze sqlite_schema")
            .execute(writer)
            .await?;
    }
    Ok(())
}

/// Ends what runs on the connection once it has been in a request's hands for longer than a statement may take.
async fn limit_statements(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let began = Instant::now();
    connection
        .lock_handle()
        .await?
        .set_progress_handler(10_000, move || began.elapsed() < STATEMENT_LIMIT);
    Ok(())
}

async fn open_postgres(url: &str) -> Result<Db, Connect> {
    let options = PgConnectOptions::from_str(url)
        .map_err(Connect::Address)?
        .application_name("onibara")
        .options([
            ("default_transaction_isolation", "read committed"),
            ("lock_timeout", "30s"),
        ]);
    let jobs = PgPoolOptions::new()
        .max_connections(8)
        .acquire_timeout(Duration::from_secs(30))
        .connect_with(options.clone())
        .await
        .map_err(Connect::Open)?;
    POSTGRES.run(&jobs).await?;
    let limit = STATEMENT_LIMIT.as_millis().to_string();
    let web = PgPoolOptions::new()
        .max_connections(16)
        .acquire_timeout(ACQUIRE_LIMIT)
        .connect_lazy_with(options.options([("statement_timeout", limit.as_str())]));
    Ok(Db::Postgres { web, jobs })
}
