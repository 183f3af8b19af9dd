//! Orders of a file: taken in, with what they were before, and taken back.

use std::collections::HashMap;
use std::ops::AddAssign;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, QueryBuilder};

use super::{Change, OrderRow, ROWS, Upserted, digest, last_of_each, numbers, phones, stored_phone};
use crate::domain::order::Order;
use crate::domain::text;
use crate::in_transaction;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::server::import::Summary;
use crate::server::store::erased::{erased, hold_off};

/// Keeps what orders were before an import, and how it left them, on a connection of either database. What came twice
/// in one file was before as it was before the first of the two.
macro_rules! note {
    ($connection:expr, $id:expr, $orders:expr, $before:expr) => {{
        let changed: Vec<&Order> = $orders
            .iter()
            .filter(|order| $before.get(&order.number) != Some(*order))
            .collect();
        for orders in changed.chunks(ROWS) {
            let mut query = QueryBuilder::new("insert into import_changes (import_id, number, before, after) ");
            query.push_values(orders, |mut row, order| {
                let before = $before.get(&order.number).map(serde_json::to_string);
                row.push_bind($id)
                    .push_bind(order.number.clone())
                    .push_bind(before.and_then(Result::ok).unwrap_or_default())
                    .push_bind(digest(order));
            });
            query.push(" on conflict (import_id, number) do update set after = excluded.after");
            query.build().execute(&mut *$connection).await?;
        }
    }};
}

/// What of a file goes into one transaction.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Its orders, at most [`super::BATCH`].
    pub orders: Vec<Order>,
    /// How many rows were read for it.
    pub read: u64,
    /// How many of them were refused.
    pub refused: u64,
    /// The report of those; '' where there are none.
    pub report: String,
    /// How much of the file had been read then, in bytes.
    pub position: u64,
    /// How much there is to read.
    pub total: u64,
}

impl AddAssign<Upserted> for Summary {
    fn add_assign(&mut self, done: Upserted) {
        self.new += done.new;
        self.changed += done.changed;
        self.unchanged += done.unchanged;
        self.repeated += done.repeated;
    }
}

/// Begins to take a file in that has been looked at; false where it does not stand there, or another one comes in.
/// What the one before changed can no longer be taken back.
pub async fn begin_import(db: &Db, id: i64, now: DateTime<Utc>) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        // What the last import changed may be a million rows, so there is no limit of a second here.
        let begun: Result<bool, sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
            let begun = sqlx::query(
                "update imports
                 set state = 'running', moved_at = $2, position = 0, samples = '', rows_read = 0, rows_new = 0,
                   rows_changed = 0, rows_unchanged = 0, rows_refused = 0, rows_repeated = 0
                 where id = $1 and state in ('checking', 'checked')
                   and not exists (select 1 from imports where state in ('running', 'undoing'))",
            )
            .bind(id)
            .bind(now.timestamp_millis())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if begun == 1 {
                sqlx::query("delete from import_changes where import_id <> $1")
                    .bind(id)
                    .execute(&mut *tx)
                    .await?;
            }
            Ok::<_, sqlx::Error>(begun == 1)
        }
        .await);
        match begun {
            Err(error)
                if error
                    .as_database_error()
                    .is_some_and(sqlx::error::DatabaseError::is_unique_violation) =>
            {
                Ok(false)
            }
            begun => Ok(begun?),
        }
    })
    .await
}

/// Takes a batch in and notes how far the file is in, in one transaction; none where the import was stopped.
pub async fn import(db: &Db, id: i64, batch: Batch, now: DateTime<Utc>) -> Result<Option<Upserted>, ServerError> {
    let given = batch.orders.len();
    let orders = last_of_each(batch.orders);
    let db = db.clone();
    let (read, refused, report) = (batch.read, batch.refused, batch.report);
    let (position, total) = (batch.position, batch.total);
    detached(async move {
        let done: Result<Option<Upserted>, sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
            let (orders, aside) = sift!(db, tx, &orders);
            let (mut changes, before) = put!(db, tx, &orders);
            changes.extend(aside.into_iter().map(|number| (number, Change::Erased)));
            let done = Upserted::of(given, &changes);
            note!(tx, id, &orders, &before);
            if !report.is_empty() {
                sqlx::query("insert into import_refused (import_id, part) values ($1, $2)")
                    .bind(id)
                    .bind(report.clone())
                    .execute(&mut *tx)
                    .await?;
            }
            let moved = sqlx::query(
                "update imports
                 set rows_read = rows_read + $2, rows_new = rows_new + $3, rows_changed = rows_changed + $4,
                   rows_unchanged = rows_unchanged + $5, rows_refused = rows_refused + $6,
                   rows_repeated = rows_repeated + $7, position = $8, total = $9, moved_at = $10
                 where id = $1 and state = 'running'",
            )
            .bind(id)
            .bind(read.cast_signed())
            .bind(done.new.cast_signed())
            .bind(done.changed.cast_signed())
            .bind(done.unchanged.cast_signed())
            .bind(refused.cast_signed())
            .bind(done.repeated.cast_signed())
            .bind(position.cast_signed())
            .bind(total.cast_signed())
            .bind(now.timestamp_millis())
            .execute(&mut *tx)
            .await?;
            // What a stopped import was about to take in is not taken in.
            if moved.rows_affected() == 1 {
                Ok(Some(done))
            } else {
                Err(sqlx::Error::RowNotFound)
            }
        }
        .await);
        match done {
            Err(sqlx::Error::RowNotFound) => Ok(None),
            done => Ok(done?),
        }
    })
    .await
}

/// How far an import has been taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Orders that are as they were before.
    pub undone: u64,
    /// Orders that somebody has changed since, and that stay so.
    pub kept: u64,
}

/// What an import did to an order.
#[derive(FromRow)]
struct Left {
    number: String,
    before: String,
    after: String,
}

/// Returns what is still as an import left it.
fn left<'a>(rows: &'a [Left], stored: &HashMap<String, Order>) -> Vec<&'a Left> {
    let as_left = |row: &&Left| stored.get(&row.number).is_some_and(|order| digest(order) == row.after);
    rows.iter().filter(as_left).collect()
}

/// Returns the orders as they were before.
fn before(rows: &[&Left]) -> Vec<Order> {
    rows.iter()
        .filter_map(|row| serde_json::from_str(&row.before).ok())
        .collect()
}

/// Returns the numbers of the orders that there were not before.
fn fresh(rows: &[&Left]) -> Vec<String> {
    let fresh = rows.iter().filter(|row| row.before.is_empty());
    fresh.map(|row| row.number.clone()).collect()
}

/// Takes back some of what an import did; none where nothing is left of it.
pub async fn undo(db: &Db, id: i64, now: DateTime<Utc>) -> Result<Option<Undone>, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<Option<Undone>, sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
            hold_off!(db, tx);
            let rows: Vec<Left> = sqlx::query_as(
                "select number, before, after from import_changes where import_id = $1 order by number limit $2",
            )
            .bind(id)
            .bind(500_i64)
            .fetch_all(&mut *tx)
            .await?;
            if rows.is_empty() {
                return Ok(None);
            }
            let stored = stored!(tx, rows.iter().map(|row| &row.number), db.dialect("", "for update"));
            let left = left(&rows, &stored);
            let before = before(&left);
            lock!(db, tx, phones(&before, &stored));
            for order in &before {
                update!(tx, order);
            }
            let mut fresh = fresh(&left);
            if !fresh.is_empty() {
                let mut query = QueryBuilder::new("delete from orders where number in (");
                let mut list = query.separated(", ");
                for number in fresh.drain(..) {
                    list.push_bind(number);
                }
                query.push(")");
                query.build().execute(&mut *tx).await?;
            }
            sqlx::query("delete from import_changes where import_id = $1 and number <= $2")
                .bind(id)
                .bind(rows.last().map(|row| row.number.clone()))
                .execute(&mut *tx)
                .await?;
            let done = Undone {
                undone: left.len() as u64,
                kept: (rows.len() - left.len()) as u64,
            };
            sqlx::query("update imports set undone = undone + $2, kept = kept + $3, moved_at = $4 where id = $1")
                .bind(id)
                .bind(done.undone.cast_signed())
                .bind(done.kept.cast_signed())
                .bind(now.timestamp_millis())
                .execute(&mut *tx)
                .await?;
            Ok::<_, sqlx::Error>(Some(done))
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}
