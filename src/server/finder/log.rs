//! The change log as a reader sees it: what has been committed since the last look, each entry once.

use std::collections::BTreeSet;

use sqlx::{Executor as _, PgConnection, SqliteConnection};

use crate::server::db::{Db, Pool};

/// The most changes that are taken in one by one; loading everything is quicker than more.
const MOST: i64 = 100_000;

/// How far a reader has read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// SQLite has one writer, so numbers are given in the order of commits.
    Sqlite(i64),
    /// On PostgreSQL a lower number may be committed later: what counts is which transactions the last look saw.
    Postgres(Snapshot),
}

/// Which transactions had ended at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Snapshot {
    /// No transaction from this one on had begun.
    first_unseen: String,
    /// The earlier ones that had not ended, as an array in PostgreSQL's notation.
    running: String,
}

impl Snapshot {
    /// Reads PostgreSQL's `xmin:xmax:xip,xip`.
    fn parse(text: &str) -> Self {
        let mut parts = text.splitn(3, ':').skip(1);
        Self {
            first_unseen: parts.next().unwrap_or("0").to_owned(),
            running: format!("{{{}}}", parts.next().unwrap_or_default()),
        }
    }
}

/// What has changed since a position.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Changes {
    /// Nothing.
    None,
    /// These orders and customers.
    Some(Asked),
    /// Everything, or too much to take in one by one.
    Everything,
}

type Entry = (Option<i64>, Option<i64>);

/// The rows to read again.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// Orders that came, changed or went.
    pub(super) orders: BTreeSet<i64>,
    /// Their customers, before and after.
    pub(super) customers: BTreeSet<i64>,
    /// Customers of whom every order is to be read: an order that was known may have taken a spelling with it.
    pub(super) whole: BTreeSet<i64>,
}

fn collect(entries: Vec<Entry>, is_known: impl Fn(i64) -> bool) -> Changes {
    let too_many = i64::try_from(entries.len()).is_ok_and(|count| count > MOST);
    if too_many || entries.contains(&(None, None)) {
        return Changes::Everything;
    }
    if entries.is_empty() {
        return Changes::None;
    }
    let mut asked = Asked::default();
    for (order, customer) in entries {
        asked.customers.extend(customer);
        asked.orders.extend(order);
        if order.is_none_or(&is_known) {
            asked.whole.extend(customer);
        }
    }
    Changes::Some(asked)
}

/// Returns where the log ends, as a connection within a transaction sees it.
pub(super) async fn end_on_sqlite(connection: &mut SqliteConnection) -> Result<Position, sqlx::Error> {
    let seq: i64 = sqlx::query_scalar("select coalesce(max(seq), 0) from customer_change")
        .fetch_one(connection)
        .await?;
    // A log trimmed to nothing goes on where it was.
    Ok(Position::Sqlite(seq))
}

/// Returns where the log ends, as a connection within a transaction sees it.
pub(super) async fn end_on_postgres(connection: &mut PgConnection) -> Result<Position, sqlx::Error> {
    let text: String = sqlx::query_scalar("select cast(pg_current_snapshot() as text)")
        .fetch_one(connection)
        .await?;
    Ok(Position::Postgres(Snapshot::parse(&text)))
}

/// Reads on from a number.
pub(super) async fn since_on_sqlite(
    connection: &mut SqliteConnection,
    seq: i64,
    is_known: impl Fn(i64) -> bool,
) -> Result<(Changes, Position), sqlx::Error> {
    let rows: Vec<(i64, Option<i64>, Option<i64>)> =
        sqlx::query_as("select seq, order_id, customer_id from customer_change where seq > $1 order by seq limit $2")
            .bind(seq)
            .bind(MOST + 1)
            .fetch_all(connection)
            .await?;
    let last = rows.last().map_or(seq, |row| row.0);
    let entries = rows.into_iter().map(|row| (row.1, row.2)).collect();
    Ok((collect(entries, is_known), Position::Sqlite(last)))
}

/// The entries of transactions that a snapshot had not seen: begun after it, or still running in it.
const UNSEEN: &str = "xid >= cast($1 as xid8) or xid = any (cast($2 as xid8[]))";

/// Tells whether a snapshot has missed anything by now, and what to look from next time if not.
pub(super) async fn missed_on_postgres(
    connection: &mut PgConnection,
    seen: &Snapshot,
) -> Result<(bool, Snapshot), sqlx::Error> {
    let sql =
        format!("select cast(pg_current_snapshot() as text), exists (select 1 from customer_change where {UNSEEN})");
    let (now, missed): (String, bool) = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(&seen.first_unseen)
        .bind(&seen.running)
        .fetch_one(connection)
        .await?;
    Ok((missed, Snapshot::parse(&now)))
}

/// Reads on from a snapshot, on a connection whose transaction has one snapshot for all its statements.
pub(super) async fn since_on_postgres(
    connection: &mut PgConnection,
    seen: &Snapshot,
    is_known: impl Fn(i64) -> bool,
) -> Result<(Changes, Position), sqlx::Error> {
    let sql = format!("select order_id, customer_id from customer_change where {UNSEEN} limit $3");
    let entries: Vec<Entry> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(&seen.first_unseen)
        .bind(&seen.running)
        .bind(MOST + 1)
        .fetch_all(&mut *connection)
        .await?;
    Ok((collect(entries, is_known), end_on_postgres(connection).await?))
}

/// Returns how many changes have been committed since a position.
pub(super) async fn count_since(db: &Db, position: &Position) -> Result<i64, sqlx::Error> {
    match (db.web(), position) {
        (Pool::Sqlite(pool), Position::Sqlite(seq)) => {
            let sql = "select count(*) from customer_change where seq > $1";
            sqlx::query_scalar(sql).bind(seq).fetch_one(pool).await
        }
        (Pool::Postgres(pool), Position::Postgres(seen)) => {
            let sql = format!("select count(*) from customer_change where {UNSEEN}");
            let count = sqlx::query_scalar(sqlx::AssertSqlSafe(sql));
            count.bind(&seen.first_unseen).bind(&seen.running).fetch_one(pool).await
        }
        _ => Ok(0),
    }
}

/// Begins a transaction in which all statements see the same.
pub(super) async fn hold_still(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    connection
        .execute("set transaction isolation level repeatable read read only")
        .await?;
    Ok(())
}
