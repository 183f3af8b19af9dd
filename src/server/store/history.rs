//! Who changed what about a customer.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::with_pool;

/// The most entries that a page shows.
const SHOWN: i64 = 50;

/// Who does something, and when.
#[derive(Clone, Debug)]
pub struct By {
    /// The user's number.
    pub user_id: i64,
    /// The user's e-mail address.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// One thing that was changed about a customer.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Entry {
    /// Which change of the customer's details it was part of; 0 for what is no detail.
    pub version: i64,
    /// When, in milliseconds.
    pub at: i64,
    /// Who did it.
    pub who: String,
    /// What was changed: a detail, `tag`, `phone` for merges, or `contact` for what came of a call.
    pub field: String,
    /// What was shown before.
    pub before: String,
    /// What is shown after.
    pub after: String,
    /// Whether what was shown before had been set: 1, or came from the orders: 0.
    pub before_edited: i64,
}

/// Appends an entry on a connection of either database.
macro_rules! record {
    ($connection:expr, $phone_id:expr, $by:expr, $entry:expr) => {{
        let entry: $crate::server::store::history::Entry = $entry;
        sqlx::query(
            "insert into customer_history (phone_id, version, at, user_id, who, field, before, after, before_edited)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind($phone_id)
        .bind(entry.version)
        .bind(entry.at)
        .bind($by.user_id)
        .bind(entry.who)
        .bind(entry.field)
        .bind(entry.before)
        .bind(entry.after)
        .bind(entry.before_edited)
        .execute(&mut *$connection)
        .await?;
    }};
}
pub(super) use record;

impl By {
    /// Makes an entry of something that is no detail.
    pub(super) fn entry(&self, field: &str, before: &str, after: &str) -> Entry {
        Entry {
            version: 0,
            at: self.at.timestamp_millis(),
            who: self.who.clone(),
            field: field.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
            before_edited: 0,
        }
    }
}

/// Returns the latest entries of all phones of a customer, newest first.
pub async fn of(db: &Db, customer: i64) -> Result<Vec<Entry>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select h.version, h.at, h.who, h.field, h.before, h.after, h.before_edited
             from phones p join customer_history h on h.phone_id = p.id
             where p.customer_id = $1 order by h.id desc limit $2",
        )
        .bind(customer)
        .bind(SHOWN)
        .fetch_all(pool)
        .await?
    }))
}
