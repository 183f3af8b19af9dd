//! Where a shop is moved to: a database that is empty, and that nobody takes for a shop before it is one.

use std::path::PathBuf;
use std::str::FromStr as _;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::schema::quoted;
use super::{Draft, Meanwhile, MoveError, Moved, Step, copy};
use crate::server::db::{self, Db};

/// A database to be filled.
pub enum Target {
    /// A file that is not there yet.
    File(PathBuf),
    /// A PostgreSQL database without a row in it.
    Postgres(String),
}

impl Target {
    /// Finds the database that an address names, and refuses it where it has anything in it.
    pub async fn find(url: &str) -> Result<Self, MoveError> {
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url).map_err(db::Connect::Address)?;
            let file = options.get_filename().to_owned();
            return match std::fs::metadata(&file) {
                Ok(_) => Err(MoveError::NotEmpty(file.display().to_string())),
                Err(_) => Ok(Self::File(file)),
            };
        }
        if !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
            return Err(db::Connect::UnknownScheme.into());
        }
        let mut connection = PgConnection::connect(url).await.map_err(db::Connect::Open)?;
        must_be_empty(&mut connection).await?;
        connection.close().await?;
        Ok(Self::Postgres(url.to_owned()))
    }

    /// Moves a shop into it.
    pub async fn fill(
        self,
        from: &Db,
        meanwhile: Meanwhile,
        told: &mut (dyn FnMut(Step) + Send),
    ) -> Result<Moved, MoveError> {
        match self {
            Self::File(file) => {
                let draft = Draft::of(&file)?;
                let moved = into(&draft.url(), from, meanwhile, told).await?;
                draft.finish()?;
                Ok(moved)
            }
            Self::Postgres(url) => into(&url, from, meanwhile, told).await,
        }
    }
}

async fn into(
    url: &str,
    from: &Db,
    meanwhile: Meanwhile,
    told: &mut (dyn FnMut(Step) + Send),
) -> Result<Moved, MoveError> {
    let db = db::open(url).await?;
    let moved = copy(from, &db, meanwhile, told).await;
    db.close().await;
    moved
}

/// Refuses a database that has anything in it.
pub(super) async fn must_be_empty(connection: &mut PgConnection) -> Result<(), MoveError> {
    match filled(connection).await? {
        Some(table) => Err(MoveError::NotEmpty(format!("The table {table} of that database"))),
        None => Ok(()),
    }
}

/// Returns a table that has a row, or that is not of a shop. It is looked for before the schema is brought up to date:
/// a shop of an older version stays one.
async fn filled(connection: &mut PgConnection) -> Result<Option<String>, sqlx::Error> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select cast(relname as text) from pg_class
         where relnamespace = cast(current_schema() as regnamespace) and relkind in ('r', 'p') order by 1",
    )
    .fetch_all(&mut *connection)
    .await?;
    let ours = tables.iter().any(|table| table == "_sqlx_migrations");
    for table in tables {
        // The log of changes may say that there was something once.
        if matches!(table.as_str(), "_sqlx_migrations" | "customer_change") {
            continue;
        }
        // A new shop has not saved its settings yet.
        let rows = match table.as_str() {
            "settings" => "settings where (name, value) <> ('shop.version', '0')".to_owned(),
            table => quoted(table),
        };
        let sql = format!("select exists (select 1 from {rows})");
        let any: bool = sqlx::query_scalar(AssertSqlSafe(sql))
            .fetch_one(&mut *connection)
            .await?;
        if any || !ours {
            return Ok(Some(table));
        }
    }
    Ok(None)
}
