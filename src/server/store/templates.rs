//! The shop's message templates.

use std::collections::HashMap;

use sqlx::{FromRow, QueryBuilder};

use crate::domain::message::Template;
use crate::in_transaction;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::with_pool;

#[derive(FromRow)]
struct TemplateRow {
    id: i64,
    name: String,
    body: String,
    is_default: i64,
}

impl From<TemplateRow> for Template {
    fn from(row: TemplateRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            body: row.body,
            is_default: row.is_default == 1,
        }
    }
}

/// Returns all templates, in the order of their names.
pub async fn all(db: &Db) -> Result<Vec<Template>, ServerError> {
    let rows: Vec<TemplateRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as("select id, name, body, is_default from templates order by lower(name), name")
            .fetch_all(pool)
            .await?
    });
    Ok(rows.into_iter().map(Template::from).collect())
}

/// Returns the text of the default template, where the shop has chosen one.
pub async fn default_body(db: &Db) -> Result<Option<String>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select body from templates where is_default = 1")
            .fetch_optional(pool)
            .await?
    }))
}

/// What came of saving a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is stored under this number.
    Done(i64),
    /// Another one has the name.
    NameTaken,
    /// There is none with the number.
    Unknown,
}

/// Adds a template, or changes the one with a number. The first one of a shop is its default.
pub async fn save(db: &Db, id: Option<i64>, name: String, body: String) -> Result<Saved, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<Saved, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let other: Option<i64> = sqlx::query_scalar("select id from templates where name = $1")
                .bind(&name)
                .fetch_optional(&mut *tx)
                .await?;
            if other.is_some() && other != id {
                return Ok(Saved::NameTaken);
            }
            let stored: Option<i64> = match id {
                Some(id) => {
                    sqlx::query_scalar("update templates set name = $1, body = $2 where id = $3 returning id")
                        .bind(&name)
                        .bind(&body)
                        .bind(id)
                        .fetch_optional(&mut *tx)
                        .await?
                }
                None => {
                    sqlx::query_scalar(
                        "insert into templates (name, body, is_default)
                         select cast($1 as text), cast($2 as text), case when exists (select 1 from templates) then 0 else 1 end
                         returning id",
                    )
                    .bind(&name)
                    .bind(&body)
                    .fetch_optional(&mut *tx)
                    .await?
                }
            };
            Ok::<_, sqlx::Error>(stored.map_or(Saved::Unknown, Saved::Done))
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Makes a template the default in place of another; does nothing where there is none with the number.
pub async fn make_default(db: &Db, id: i64) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<(), sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            for sql in [
                "update templates set is_default = 0
                 where is_default = 1 and id <> $1 and exists (select 1 from templates where id = $1)",
                "update templates set is_default = 1 where id = $1",
            ] {
                sqlx::query(sql).bind(id).execute(&mut *tx).await?;
            }
            Ok::<_, sqlx::Error>(())
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Takes a template away.
pub async fn delete(db: &Db, id: i64) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("delete from templates where id = $1")
                .bind(id)
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}

/// Returns the items of the last order of each of these customers, by number.
pub async fn last_items(db: &Db, customers: &[i64]) -> Result<HashMap<i64, String>, ServerError> {
    if customers.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(i64, String)> = with_pool!(db.web(), |pool| {
        // The order's number follows 15 digits of its position.
        let mut query = QueryBuilder::new(
            "select r.id, o.items from customer_rollup r join orders o on o.number = substr(r.last_pos, 16)
             where r.id in (",
        );
        let mut list = query.separated(", ");
        for id in customers {
            list.push_bind(*id);
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await?
    });
    Ok(rows.into_iter().collect())
}

/// Returns the customer who ordered last, where anybody has.
pub async fn latest_customer(db: &Db) -> Result<Option<i64>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar(
            "select p.customer_id from orders o join phones p on p.phone = o.phone order by o.id desc limit 1",
        )
        .fetch_optional(pool)
        .await?
    }))
}
