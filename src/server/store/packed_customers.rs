//! Customers for files: many rows as one text, which is several times as fast as row by row.

use std::collections::HashMap;
use std::sync::Arc;

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
    Copied(Arc<Copied>),
}

impl<'a> Packed<'a> {
    /// Begins to read so many of the shop's customers.
    pub async fn of(db: &'a Db, customers: usize) -> Result<Self, ServerError> {
        match db.jobs() {
            Pool::Postgres(pool) if customers >= COPIED => Ok(Self::Copied(Arc::new(Copied::of(pool).await?))),
            _ => Ok(Self::Stored(db)),
        }
    }

    /// Returns the customers with these numbers, as far as there are any.
    pub async fn by_ids(&self, ids: Vec<i64>) -> Result<HashMap<i64, Customer>, ServerError> {
        match self {
            Self::Copied(copied) => {
                let copied = copied.clone();
                apart(move || Ok(known(copied.by_ids(&ids)?))).await
            }
            Self::Stored(db) => {
                let text = stored(db, &ids).await?;
                apart(move || Ok(known(unpacked(&text)?))).await
            }
        }
    }
}

/// Runs what takes a moment of a core beside what else is going on.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ServerError> + Send + 'static,
) -> Result<T, ServerError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| ServerError::Broken("reading packed customers was given up".to_owned()))?
}

fn known(rows: Vec<CustomerRow>) -> HashMap<i64, Customer> {
    rows.into_iter().map(|row| (row.id, row.into())).collect()
}

const BY_ID: Asking = Asking {
    columns: COLUMNS,
    from: "customers",
    key: "id",
};

async fn stored(db: &Db, ids: &[i64]) -> Result<String, ServerError> {
    let ids = format!("{ids:?}");
    Ok(with_pool!(db.jobs(), |pool| packed!(db, pool, BY_ID, ids)))
}
