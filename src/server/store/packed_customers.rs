//! Customers for files: many rows as one text, which is several times as fast as row by row.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, PgPool};

use super::copied_customers::Copied;
use super::customers::{COLUMNS, CustomerRow};
use crate::domain::customer::Customer;
use crate::server::db::{Db, Pool};
use crate::server::error::ServerError;

/// From how many customers on PostgreSQL copies the table instead of looking for each: that costs it a page of the
/// table for each, and a copy little more than a second a million.
const COPIED: usize = 100_000;

/// Where the customers of a file are read from.
pub enum Packed<'a> {
    /// From the database, each by its number.
    Stored(&'a Db),
    /// From a copy of all of them.
    Copied(Copied),
}

impl<'a> Packed<'a> {
    /// Begins to read so many of the shop's customers.
    pub async fn of(db: &'a Db, customers: usize) -> Result<Self, ServerError> {
        match db.jobs() {
            Pool::Postgres(pool) if customers >= COPIED => Ok(Self::Copied(Copied::of(pool).await?)),
            _ => Ok(Self::Stored(db)),
        }
    }

    /// Returns the customers with these numbers, as far as there are any.
    pub async fn by_ids(&self, ids: &[i64]) -> Result<HashMap<i64, Customer>, ServerError> {
        let rows = match self {
            Self::Copied(copied) => copied.by_ids(ids)?,
            Self::Stored(db) => stored(db, ids).await?,
        };
        Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
    }
}

async fn stored(db: &Db, ids: &[i64]) -> Result<Vec<CustomerRow>, ServerError> {
    let packed = match db.jobs() {
        Pool::Sqlite(pool) => {
            let sql = format!(
                "select json_group_array(json_array({COLUMNS})) from customers
                 where id in (select value from json_each($1))"
            );
            let ids = format!("{ids:?}");
            let packed = sqlx::query_scalar(AssertSqlSafe(sql)).bind(ids);
            Some(packed.fetch_one(pool).await?)
        }
        Pool::Postgres(pool) => on_postgres(pool, ids).await?,
    };
    let Some(packed): Option<String> = packed else {
        return Ok(Vec::new());
    };
    serde_json::from_str(&packed)
        .map_err(|error| ServerError::Broken(format!("packed customers cannot be read: {error}")))
}

async fn on_postgres(pool: &PgPool, ids: &[i64]) -> Result<Option<String>, ServerError> {
    let sql = format!("select cast(json_agg(json_build_array({COLUMNS})) as text) from customers where id = any($1)");
    let packed = sqlx::query_scalar(AssertSqlSafe(sql)).bind(ids);
    Ok(packed.fetch_one(pool).await?)
}
