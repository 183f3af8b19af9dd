//! What is kept beside an import: its file, the report of its refused rows, and what columns people have named.

use std::collections::HashMap;
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::with_pool;

/// Returns where the file of an import lies.
pub async fn path(db: &Db, id: i64) -> Result<Option<PathBuf>, ServerError> {
    let path: Option<String> = with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select path from imports where id = $1 and path <> ''")
            .bind(id)
            .fetch_optional(pool)
            .await?
    });
    Ok(path.map(PathBuf::from))
}

/// Forgets where the file of an import lay that is gone.
pub async fn forget_path(db: &Db, id: i64) -> Result<(), ServerError> {
    change!(db, "update imports set path = '' where id = $1", id);
    Ok(())
}

/// Forgets where files lay that nobody has found, of imports that have not moved since.
pub async fn forget_lost_paths(db: &Db, since: DateTime<Utc>) -> Result<(), ServerError> {
    change!(
        db,
        "update imports set path = '' where path <> '' and moved_at < $1",
        since.timestamp_millis()
    );
    Ok(())
}

/// Returns the imports that have come to an end, and whose files still lie somewhere.
pub async fn ended_with_files(db: &Db) -> Result<Vec<i64>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar(
            "select id from imports where path <> '' and state in ('done', 'stopped', 'failed', 'undone') order by id",
        )
        .fetch_all(pool)
        .await?
    }))
}

/// Returns the imports that have not moved since, and whose files still lie somewhere.
pub async fn left_since(db: &Db, since: DateTime<Utc>) -> Result<Vec<i64>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select id from imports where path <> '' and moved_at < $1")
            .bind(since.timestamp_millis())
            .fetch_all(pool)
            .await?
    }))
}

/// Returns a part of the report of refused rows, the first after a number, with its own number.
pub async fn refused_after(db: &Db, id: i64, after: i64) -> Result<Option<(i64, String)>, ServerError> {
    Ok(with_pool!(db.jobs(), |pool| {
        sqlx::query_as("select id, part from import_refused where import_id = $1 and id > $2 order by id limit 1")
            .bind(id)
            .bind(after)
            .fetch_optional(pool)
            .await?
    }))
}

/// Forgets the reports of imports that began before.
pub async fn forget_reports(db: &Db, before: DateTime<Utc>) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        with_pool!(db.bulk(), |pool| {
            sqlx::query("delete from import_refused where import_id in (select id from imports where began_at < $1)")
                .bind(before.timestamp_millis())
                .execute(pool)
                .await
                .map(drop)?;
        });
        Ok(())
    })
    .await
}

/// Returns what people have said that columns hold: field by folded header.
pub async fn columns(db: &Db) -> Result<HashMap<String, String>, ServerError> {
    let rows: Vec<(String, String)> = with_pool!(db.web(), |pool| {
        sqlx::query_as("select header, field from import_columns")
            .fetch_all(pool)
            .await?
    });
    Ok(rows.into_iter().collect())
}

/// Keeps what people have said that columns hold; a header without a field holds nothing of an order.
pub async fn remember(db: &Db, columns: Vec<(String, String)>) -> Result<(), ServerError> {
    for (header, field) in columns {
        change!(
            db,
            "insert into import_columns (header, field) values ($1, $2)
             on conflict (header) do update set field = excluded.field",
            header,
            field
        );
    }
    Ok(())
}
