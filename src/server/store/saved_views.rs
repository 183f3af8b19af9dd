//! Views that people have given a name.

use sqlx::FromRow;

use crate::domain::saved_view::{MOST, SavedView};
use crate::in_transaction;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::with_pool;

#[derive(FromRow)]
struct ViewRow {
    id: i64,
    user_id: i64,
    name: String,
    query: String,
    shared: i64,
}

/// Returns a user's own views and those that others share, the own ones first.
pub async fn of(db: &Db, user: i64, default: Option<i64>) -> Result<Vec<SavedView>, ServerError> {
    let rows: Vec<ViewRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select id, user_id, name, query, shared from saved_views
             where user_id = $1 or shared = 1
             order by case when user_id = $1 then 0 else 1 end, lower(name), name, id",
        )
        .bind(user)
        .fetch_all(pool)
        .await?
    });
    let view = |row: ViewRow| SavedView {
        id: row.id,
        mine: row.user_id == user,
        name: row.name,
        query: row.query,
        shared: row.shared == 1,
        is_default: Some(row.id) == default,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Keeps a view under a name, in place of the user's own one with that name. Returns false where there are too many.
pub async fn save(db: &Db, user: i64, name: String, query: String, shared: bool) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let others: i64 = sqlx::query_scalar("select count(*) from saved_views where user_id = $1 and name <> $2")
                .bind(user)
                .bind(&name)
                .fetch_one(&mut *tx)
                .await?;
            if usize::try_from(others).is_ok_and(|others| others >= MOST) {
                return Ok(false);
            }
            sqlx::query(
                "insert into saved_views (user_id, name, query, shared) values ($1, $2, $3, $4)
                 on conflict (user_id, name) do update set query = excluded.query, shared = excluded.shared",
            )
            .bind(user)
            .bind(&name)
            .bind(&query)
            .bind(i64::from(shared))
            .execute(&mut *tx)
            .await?;
            Ok::<_, sqlx::Error>(true)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Takes a user's own view away.
pub async fn delete(db: &Db, user: i64, id: i64) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("delete from saved_views where id = $1 and user_id = $2")
                .bind(id)
                .bind(user)
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}
