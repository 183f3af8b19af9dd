//! Copies of the database that can be restored.

use std::path::Path;

use crate::server::db::Db;

/// Copies a SQLite database to a new file, consistently, while others read and write it.
///
/// PostgreSQL has `pg_dump` for this; it knows more than an application can.
pub async fn backup(db: &Db, file: &Path) -> Result<(), String> {
    let Db::Sqlite {
        jobs: _,
        web: _,
        writer,
    } = db
    else {
        return Err("This shop is on PostgreSQL: use pg_dump --format=custom, which is made for it.".to_owned());
    };
    if file.exists() {
        return Err(format!(
            "{} is there already; a backup never overwrites a file.",
            file.display()
        ));
    }
    let target = file.to_str().ok_or("The file's name must be plain text.")?;
    sqlx::query("vacuum into $1")
        .bind(target)
        .execute(writer)
        .await
        .map_err(|error| format!("The backup could not be written: {error}"))?;
    restrict(file).map_err(|error| format!("The backup is written, but others may read it: {error}"))
}

/// Lets only the file's owner read it: it holds every customer of the shop.
#[cfg(unix)]
fn restrict(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn restrict(_: &Path) -> std::io::Result<()> {
    Ok(())
}
