//! Views that people have given a name.

use sqlx::FromRow;

use crate::domain::saved_view::{MOST, SavedView};
use crate::domain::view::View;
use crate::in_transaction;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::with_pool;

/// What the name of a preference begins with that says how another's view looks; the view's number follows.
pub const LOOK_OF: &str = "customers_view:";

#[derive(FromRow)]
struct ViewRow {
    id: i64,
    user_id: i64,
    name: String,
    query: String,
    shared: i64,
    look: Option<String>,
}

/// Returns a user's own views and those that others share, the own ones first.
pub async fn of(db: &Db, user: i64, default: Option<i64>) -> Result<Vec<SavedView>, ServerError> {
    let rows: Vec<ViewRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            // How somebody likes another's view to look is among their preferences.
            "select v.id, v.user_id, v.name, v.query, v.shared, coalesce(p.value, v.look) as look
             from saved_views v
             left join preferences p on p.user_id = $1 and p.name = cast($2 as text) || v.id
             where v.user_id = $1 or v.shared = 1
             order by case when v.user_id = $1 then 0 else 1 end, lower(v.name), v.name, v.id",
        )
        .bind(user)
        .bind(LOOK_OF)
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
        look: row.look.as_deref().map(View::parse),
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Keeps a view under a name, in place of the user's own one with that name. Returns false where there are too many.
pub async fn save(
    db: &Db,
    user: i64,
    name: String,
    query: String,
    shared: bool,
    look: &View,
) -> Result<bool, ServerError> {
    let (db, look) = (db.clone(), look.to_query_string());
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
                "insert into saved_views (user_id, name, query, shared, look) values ($1, $2, $3, $4, $5)
                 on conflict (user_id, name) do update
                 set query = excluded.query, shared = excluded.shared, look = excluded.look",
            )
            .bind(user)
            .bind(&name)
            .bind(&query)
            .bind(i64::from(shared))
            .bind(&look)
            .execute(&mut *tx)
            .await?;
            Ok::<_, sqlx::Error>(true)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Keeps how a user's own view looks, for everybody who sees it.
pub async fn keep_look(db: &Db, user: i64, id: i64, look: &View) -> Result<(), ServerError> {
    let (db, look) = (db.clone(), look.to_query_string());
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("update saved_views set look = $3 where id = $1 and user_id = $2")
                .bind(id)
                .bind(user)
                .bind(look)
                .execute(pool)
                .await?;
        });
        Ok(())
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
