//! Copies of a shop that can be restored: one file, whatever the database.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};

use super::db::{Db, Pool};
use super::moving::{self, Draft, Meanwhile, MoveError, Step, Target};

/// Why there is no backup, as a sentence.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something lies there.
    #[error("{0} is there already; a backup never overwrites a file.")]
    Exists(String),
    /// The copy is not sound, so it was thrown away.
    #[error("The copy is damaged and was thrown away. Check the disk: {0}")]
    Damaged(String),
    /// It could not be written.
    #[error("The backup could not be written: {0}")]
    File(#[from] std::io::Error),
    /// The database failed.
    #[error("The backup could not be made: {0}")]
    Database(#[from] sqlx::Error),
    /// A shop on PostgreSQL could not be copied into a file.
    #[error("The backup could not be made: {0}")]
    Copy(#[from] MoveError),
}

/// Copies a shop as it is at one moment into a SQLite file, while others read and write it. The file has its name only
/// when it is whole and has been checked; only its owner may read it.
///
/// A shop on PostgreSQL goes into the same kind of file, so that one way to restore serves both.
pub async fn backup(db: &Db, file: &Path, told: &mut (dyn FnMut(Step) + Send)) -> Result<(), BackupError> {
    let exists = || BackupError::Exists(file.display().to_string());
    if file.exists() {
        return Err(exists());
    }
    let Pool::Sqlite(writer) = db.writer() else {
        Target::File(file.to_owned())
            .fill(db, Meanwhile::MayChange, told)
            .await?;
        return Ok(());
    };
    let draft = Draft::of(file)?;
    vacuum_into(writer, draft.path()).await?;
    check(draft.path()).await?;
    draft.finish().map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => exists(),
        _ => error.into(),
    })
}

async fn vacuum_into(pool: &SqlitePool, file: &Path) -> Result<(), BackupError> {
    let target = file.to_str().ok_or_else(|| {
        let error = "the file's name must be plain text";
        std::io::Error::new(std::io::ErrorKind::InvalidInput, error)
    })?;
    sqlx::query("vacuum into $1").bind(target).execute(pool).await?;
    Ok(())
}

/// Reads the whole copy, as whoever restores it will.
async fn check(file: &Path) -> Result<(), BackupError> {
    let options: SqliteConnectOptions = moving::address(file).parse()?;
    let mut connection = options.read_only(true).connect().await?;
    let said: String = sqlx::query_scalar("pragma integrity_check(1)")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    if said == "ok" {
        Ok(())
    } else {
        Err(BackupError::Damaged(said))
    }
}
