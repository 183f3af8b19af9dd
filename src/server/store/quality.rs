//! What people have said about data that looked wrong, and what it is found by.

use std::collections::HashSet;

use sqlx::FromRow;

use super::history::By;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// What people can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Two customers are one person.
    Merged,
    /// Two customers are not the same person.
    Different,
    /// A spelling means a state.
    Place,
    /// A place is right as it is.
    PlaceRight,
    /// An order costs nothing indeed.
    ZeroRight,
}

impl What {
    const ALL: [Self; 5] = [
        Self::Merged,
        Self::Different,
        Self::Place,
        Self::PlaceRight,
        Self::ZeroRight,
    ];

    /// Returns the name stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Merged => "merged",
            Self::Different => "different",
            Self::Place => "place",
            Self::PlaceRight => "place_right",
            Self::ZeroRight => "zero_right",
        }
    }
}

#[derive(FromRow)]
struct FixRow {
    what: String,
    one: i64,
    other: i64,
    before: String,
    after: String,
    undone_at: Option<i64>,
}

/// Something that somebody has said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What.
    pub what: What,
    /// A customer, or an order.
    pub one: i64,
    /// Another customer.
    pub other: i64,
    /// What was put right: a spelling, or the ids of merged phones.
    pub before: String,
    /// What it is now.
    pub after: String,
    /// Whether it was taken back.
    pub undone: bool,
}

impl Fix {
    /// Makes one that is about customers or an order.
    pub fn of(what: What, one: i64, other: i64) -> Self {
        Self {
            what,
            one,
            other,
            before: String::new(),
            after: String::new(),
            undone: false,
        }
    }

    /// Makes one that is about a spelling.
    pub fn place(what: What, before: &str, after: &str) -> Self {
        Self {
            before: before.to_owned(),
            after: after.to_owned(),
            ..Self::of(what, 0, 0)
        }
    }
}

/// Notes a fix on a connection of either database, and gives its number.
macro_rules! note {
    ($connection:expr, $fix:expr, $by:expr) => {{
        let id: i64 = sqlx::query_scalar(
            "insert into quality_fixes (at, user_id, who, what, one, other, before, after)
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        )
        .bind($by.at.timestamp_millis())
        .bind($by.user_id)
        .bind(&$by.who)
        .bind($fix.what.as_str())
        .bind($fix.one)
        .bind($fix.other)
        .bind(&$fix.before)
        .bind(&$fix.after)
        .fetch_one(&mut *$connection)
        .await?;
        id
    }};
}
pub(super) use note;

/// Marks a fix as taken back, on a connection of either database; tells whether it stood.
macro_rules! take_back {
    ($connection:expr, $id:expr, $by:expr) => {{
        let done = sqlx::query("update quality_fixes set undone_at = $1 where id = $2 and undone_at is null")
            .bind($by.at.timestamp_millis())
            .bind($id)
            .execute(&mut *$connection)
            .await?;
        done.rows_affected() == 1
    }};
}
pub(super) use take_back;

/// Remembers what somebody has said; returns its number.
pub async fn remember(db: &Db, fix: Fix, by: By) -> Result<i64, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<i64, sqlx::Error> =
            in_transaction!(db.writer(), |tx| async { Ok::<_, sqlx::Error>(note!(tx, fix, by)) }
                .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Returns something that was said.
pub async fn get(db: &Db, id: i64) -> Result<Option<Fix>, ServerError> {
    let row: Option<FixRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as("select what, one, other, before, after, undone_at from quality_fixes where id = $1")
            .bind(id)
            .fetch_optional(pool)
            .await?
    });
    Ok(row.and_then(|row| {
        Some(Fix {
            what: What::ALL.into_iter().find(|what| what.as_str() == row.what)?,
            one: row.one,
            other: row.other,
            before: row.before,
            after: row.after,
            undone: row.undone_at.is_some(),
        })
    }))
}

/// Marks a fix as taken back; tells whether it stood.
pub async fn forget(db: &Db, id: i64, by: By) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<bool, sqlx::Error> =
            in_transaction!(db.writer(), |tx| async { Ok::<_, sqlx::Error>(take_back!(tx, id, by)) }
                .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Returns the pairs of customers who are not the same person.
pub async fn different(db: &Db) -> Result<HashSet<(i64, i64)>, ServerError> {
    let pairs: Vec<(i64, i64)> = with_pool!(db.web(), |pool| {
        sqlx::query_as("select one, other from quality_fixes where what = 'different' and undone_at is null")
            .fetch_all(pool)
            .await?
    });
    Ok(pairs.into_iter().collect())
}

/// Returns the customers who have been made another's, and are gone as long as that stands.
pub async fn merged(db: &Db) -> Result<HashSet<i64>, ServerError> {
    let customers: Vec<i64> = with_pool!(db.web(), |pool| {
        sqlx::query_scalar(
            "select f.other from quality_fixes f join phones p on p.id = f.other
             where f.what = 'merged' and f.undone_at is null and p.customer_id <> p.id",
        )
        .fetch_all(pool)
        .await?
    });
    Ok(customers.into_iter().collect())
}

/// Returns the spellings of places that are right as they are.
pub async fn right_places(db: &Db) -> Result<HashSet<String>, ServerError> {
    let places: Vec<String> = with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select before from quality_fixes where what = 'place_right' and undone_at is null")
            .fetch_all(pool)
            .await?
    });
    Ok(places.into_iter().collect())
}

/// The orders that cost nothing, and of which nobody has said that it is so.
const ZERO: &str = "from orders o where o.amount = 0 and not exists (
    select 1 from quality_fixes f where f.what = 'zero_right' and f.one = o.id and f.undone_at is null)";

/// Returns how many orders cost nothing.
pub async fn zeros(db: &Db) -> Result<i64, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) {ZERO}")))
            .fetch_one(pool)
            .await?
    }))
}

/// Returns the numbers of the orders of a page of those that cost nothing, the latest first.
pub async fn zero_orders(db: &Db, limit: i64, offset: i64) -> Result<Vec<String>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
            "select o.number {ZERO} order by o.id desc limit $1 offset $2"
        )))
        .bind(limit)
        .bind(offset)
        .fetch_all(pool)
        .await?
    }))
}

/// Returns the id of an order that costs nothing.
pub async fn zero_order(db: &Db, number: &str) -> Result<Option<i64>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select id from orders where number = $1 and amount = 0")
            .bind(number)
            .fetch_optional(pool)
            .await?
    }))
}
