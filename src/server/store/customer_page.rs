//! What a customer's page needs beside the customer's figures.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::domain::habits::Bought;
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::source::Source;
use crate::domain::status::Status;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::with_pool;

/// Returns the number of the customer that a phone belongs to: after a merge, the one of the primary phone.
pub async fn id_of(db: &Db, phone: &Phone) -> Result<Option<i64>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select customer_id from phones where phone = $1")
            .bind(phone.as_str())
            .fetch_optional(pool)
            .await?
    }))
}

/// A way that a customer's name was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelt {
    /// The name as written.
    pub name: String,
    /// How many orders have it.
    pub orders: i64,
    /// When the last of them was placed.
    pub last: DateTime<Utc>,
}

#[derive(FromRow)]
struct SpeltRow {
    name: String,
    orders: i64,
    last_at: i64,
}

impl From<SpeltRow> for Spelt {
    fn from(row: SpeltRow) -> Self {
        Self {
            name: row.name,
            orders: row.orders,
            last: DateTime::from_timestamp_millis(row.last_at).unwrap_or_default(),
        }
    }
}

/// Returns every way that a customer's name was written on orders, the last used one first.
pub async fn spellings(db: &Db, customer: i64) -> Result<Vec<Spelt>, ServerError> {
    let rows: Vec<SpeltRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select o.customer_name as name, count(*) as orders, max(o.placed_at) as last_at
             from phones p join orders o on o.phone = p.phone
             where p.customer_id = $1 and o.customer_name <> ''
             group by o.customer_name
             order by max(o.pos) desc",
        )
        .bind(customer)
        .fetch_all(pool)
        .await?
    });
    Ok(rows.into_iter().map(Spelt::from).collect())
}

/// Returns what habits are made of: all orders of a customer, lost ones included, in no order.
pub async fn bought(db: &Db, customer: i64) -> Result<Vec<Bought>, ServerError> {
    let rows: Vec<(i64, i64, String, String)> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select o.placed_at, o.amount, o.status, o.source
             from phones p join orders o on o.phone = p.phone where p.customer_id = $1",
        )
        .bind(customer)
        .fetch_all(pool)
        .await?
    });
    let bought = |(at, amount, status, source): (i64, i64, String, String)| Bought {
        at: DateTime::from_timestamp_millis(at).unwrap_or_default(),
        amount: Money(amount),
        status: Status::parse(&status).unwrap_or(Status::New),
        source: Source::parse(&source),
    };
    Ok(rows.into_iter().map(bought).collect())
}
