//! How each user wants pages to look.

use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::with_pool;

/// Returns what a user prefers, where they have said so.
pub async fn get(db: &Db, user_id: i64, name: &str) -> Result<Option<String>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select value from preferences where user_id = $1 and name = $2")
            .bind(user_id)
            .bind(name)
            .fetch_optional(pool)
            .await?
    }))
}

/// Keeps what a user prefers, in place of what they did before.
pub async fn set(db: &Db, user_id: i64, name: &str, value: String) -> Result<(), ServerError> {
    let (db, name) = (db.clone(), name.to_owned());
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query(
                "insert into preferences (user_id, name, value) values ($1, $2, $3)
                 on conflict (user_id, name) do update set value = excluded.value",
            )
            .bind(user_id)
            .bind(name)
            .bind(value)
            .execute(pool)
            .await?;
        });
        Ok(())
    })
    .await
}
