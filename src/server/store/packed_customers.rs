//! Customers for files: many rows as one text, which is several times as fast as row by row.

use std::collections::HashMap;

use super::copied_customers::Copied;
use super::customers::{COLUMNS, CustomerRow};
use crate::domain::customer::Customer;
use crate::server::db::packed::{Asking, packed, unpacked};
use crate::server::db::{Db, Pool};
use crate::server::error::ServerError;
use crate::with_pool;

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

const BY_ID: Asking = Asking {
    columns: COLUMNS,
    from: "customers",
    key: "id",
};

async fn stored(db: &Db, ids: &[i64]) -> Result<Vec<CustomerRow>, ServerError> {
    let ids = format!("{ids:?}");
    let text = with_pool!(db.jobs(), |pool| packed!(db, pool, BY_ID, ids));
    unpacked(&text)
}
