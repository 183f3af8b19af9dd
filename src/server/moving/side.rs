//! One of the two databases of a move, within a transaction: the one that is read, or the one that is filled.

use std::collections::HashMap;

use futures::stream::BoxStream;
use futures::{StreamExt as _, TryStreamExt as _};
use sqlx::{AssertSqlSafe, Postgres, Sqlite, Transaction};

use super::MoveError;
use super::row::{Sum, Value, values};
use super::schema::{self, DERIVED, Table, quoted};
use super::target::must_be_empty;
use crate::server::db::{Db, Pool};
use crate::server::store::rollup::{self, Difference};

/// A database within a transaction.
pub(super) enum Side {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Runs a body with the connection of either database.
macro_rules! on {
    ($side:expr, |$connection:ident| $body:expr) => {
        match $side {
            Side::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            Side::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}

/// The triggers of SQLite that were taken away, as the statements that make them.
pub(super) struct Resting(Vec<String>);

impl Side {
    /// Begins to read: everything as it is at one moment, whoever writes meanwhile.
    pub(super) async fn reading(db: &Db) -> Result<Self, sqlx::Error> {
        Ok(match db.jobs() {
            Pool::Sqlite(pool) => Self::Sqlite(pool.begin().await?),
            Pool::Postgres(pool) => {
                let begin = "begin isolation level repeatable read read only";
                Self::Postgres(pool.begin_with(begin).await?)
            }
        })
    }

    /// Begins to write: all or nothing.
    pub(super) async fn writing(db: &Db) -> Result<Self, sqlx::Error> {
        Ok(match db.bulk() {
            Pool::Sqlite(pool) => {
                let mut transaction = pool.begin_with("begin immediate").await?;
                sqlx::query("pragma defer_foreign_keys = on")
                    .execute(&mut *transaction)
                    .await?;
                Self::Sqlite(transaction)
            }
            Pool::Postgres(pool) => Self::Postgres(pool.begin().await?),
        })
    }

    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        }
    }

    /// Returns the tables that are moved, each after those that it refers to.
    pub(super) async fn tables(&mut self) -> Result<Vec<Table>, MoveError> {
        match self {
            Self::Sqlite(transaction) => schema::of_sqlite(transaction).await,
            Self::Postgres(transaction) => schema::of_postgres(transaction).await,
        }
    }

    /// Returns how many rows a table has.
    pub(super) async fn count(&mut self, table: &Table) -> Result<u64, sqlx::Error> {
        let sql = format!("select count(*) from {}", quoted(&table.name));
        let count: i64 = on!(self, |connection| {
            sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(connection).await?
        });
        Ok(count.unsigned_abs())
    }

    /// Returns what changes with every write: where the log of changes ends, and how many rows each table has.
    pub(super) async fn state(&mut self, tables: &[Table]) -> Result<(i64, Vec<u64>), sqlx::Error> {
        let end = on!(self, |connection| {
            sqlx::query_scalar("select coalesce(max(seq), 0) from customer_change")
                .fetch_one(connection)
                .await?
        });
        let mut counts = Vec::with_capacity(tables.len());
        for table in tables {
            counts.push(self.count(table).await?);
        }
        Ok((end, counts))
    }

    /// Reads all rows of a table.
    pub(super) fn rows<'a>(&'a mut self, table: &'a Table) -> BoxStream<'a, Result<Vec<Value>, sqlx::Error>> {
        match self {
            Self::Sqlite(transaction) => sqlx::query(AssertSqlSafe(table.select(false)))
                .fetch(&mut **transaction)
                .map(|row| values(table, &row?))
                .boxed(),
            Self::Postgres(transaction) => sqlx::query(AssertSqlSafe(table.select(true)))
                .fetch(&mut **transaction)
                .map(|row| values(table, &row?))
                .boxed(),
        }
    }

    /// Sums a table up.
    pub(super) async fn sum(&mut self, table: &Table) -> Result<Sum, sqlx::Error> {
        let mut sum = Sum::default();
        let mut rows = self.rows(table);
        while let Some(row) = rows.try_next().await? {
            sum.add(&row);
        }
        Ok(sum)
    }

    /// Lets the triggers rest, which would derive a second time what is copied or made anew, and takes away what a new
    /// schema has in it.
    pub(super) async fn clear(&mut self, tables: &[Table]) -> Result<Resting, MoveError> {
        let resting = match self {
            Self::Sqlite(transaction) => {
                let triggers: Vec<(String, String)> = sqlx::query_as(
                    "select name, sql from sqlite_schema
                     where type = 'trigger' and tbl_name in (select name from sqlite_schema where type = 'table')",
                )
                .fetch_all(&mut **transaction)
                .await?;
                for (name, _) in &triggers {
                    sqlx::query(AssertSqlSafe(format!("drop trigger {}", quoted(name))))
                        .execute(&mut **transaction)
                        .await?;
                }
                triggers.into_iter().map(|(_, sql)| sql).collect()
            }
            Self::Postgres(_) => {
                self.triggers(tables, "disable").await?;
                // Nobody writes to them any more: what has come in since the target was found empty stays.
                if let Self::Postgres(transaction) = self {
                    must_be_empty(transaction).await?;
                }
                Vec::new()
            }
        };
        let derived = DERIVED.iter().map(|name| quoted(name));
        for table in derived.chain(tables.iter().rev().map(|table| quoted(&table.name))) {
            self.execute(format!("delete from {table}")).await?;
        }
        Ok(Resting(resting))
    }

    /// Puts the triggers back.
    pub(super) async fn wake(&mut self, tables: &[Table], resting: Resting) -> Result<(), sqlx::Error> {
        for trigger in resting.0 {
            self.execute(trigger).await?;
        }
        if matches!(self, Self::Postgres(_)) {
            self.triggers(tables, "enable").await?;
        }
        Ok(())
    }

    async fn triggers(&mut self, tables: &[Table], what: &str) -> Result<(), sqlx::Error> {
        let derived = DERIVED.iter().map(|name| quoted(name));
        for table in derived.chain(tables.iter().map(|table| quoted(&table.name))) {
            self.execute(format!("alter table {table} {what} trigger user")).await?;
        }
        Ok(())
    }

    async fn execute(&mut self, sql: String) -> Result<(), sqlx::Error> {
        on!(self, |connection| {
            sqlx::query(AssertSqlSafe(sql)).execute(connection).await?;
        });
        Ok(())
    }

    /// Returns the last number that each table has given, also where its row is gone again.
    pub(super) async fn numbers(&mut self) -> Result<HashMap<String, i64>, sqlx::Error> {
        match self {
            Self::Sqlite(transaction) => {
                let rows: Vec<(String, i64)> = sqlx::query_as("select name, seq from sqlite_sequence")
                    .fetch_all(&mut **transaction)
                    .await?;
                Ok(rows.into_iter().collect())
            }
            Self::Postgres(transaction) => {
                let rows: Vec<(String, i64)> = sqlx::query_as(
                    "select cast(t.relname as text), coalesce(pg_sequence_last_value(d.objid), 0)
                     from pg_depend d join pg_class t on t.oid = d.refobjid join pg_class s on s.oid = d.objid
                     where s.relkind = 'S' and d.deptype in ('a', 'i') and d.classid = cast('pg_class' as regclass)
                       and d.refclassid = cast('pg_class' as regclass)
                       and t.relnamespace = cast(current_schema() as regnamespace)",
                )
                .fetch_all(&mut **transaction)
                .await?;
                Ok(rows.into_iter().collect())
            }
        }
    }

    /// Goes on after the last numbers, and after those of the rows that are there.
    pub(super) async fn go_on_after(&mut self, numbers: &HashMap<String, i64>) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(transaction) => {
                let tables: Vec<String> = sqlx::query_scalar(
                    "select name from sqlite_schema where type = 'table' and lower(sql) like '% autoincrement%'",
                )
                .fetch_all(&mut **transaction)
                .await?;
                let moved = tables.iter().filter(|name| !DERIVED.contains(&name.as_str()));
                for name in moved {
                    let last = numbers.get(name).copied().unwrap_or_default();
                    sqlx::query(
                        "insert into sqlite_sequence (name, seq)
                         select $1, 0 where not exists (select 1 from sqlite_sequence where name = $1)",
                    )
                    .bind(name)
                    .execute(&mut **transaction)
                    .await?;
                    sqlx::query("update sqlite_sequence set seq = max(seq, $2) where name = $1")
                        .bind(name)
                        .bind(last)
                        .execute(&mut **transaction)
                        .await?;
                }
            }
            Self::Postgres(transaction) => {
                let sequences: Vec<(String, String, String)> = sqlx::query_as(
                    "select cast(t.relname as text), cast(a.attname as text), cast(d.objid as regclass)::text
                     from pg_depend d
                     join pg_class t on t.oid = d.refobjid
                     join pg_class s on s.oid = d.objid
                     join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
                     where s.relkind = 'S' and d.deptype in ('a', 'i') and d.classid = cast('pg_class' as regclass)
                       and d.refclassid = cast('pg_class' as regclass)
                       and t.relnamespace = cast(current_schema() as regnamespace)",
                )
                .fetch_all(&mut **transaction)
                .await?;
                let moved = sequences
                    .into_iter()
                    .filter(|(table, ..)| !DERIVED.contains(&table.as_str()));
                for (table, column, sequence) in moved {
                    let last = numbers.get(&table).copied().unwrap_or_default();
                    let (column, table) = (quoted(&column), quoted(&table));
                    let sql = format!(
                        "select setval(cast($1 as regclass), n) from
                         (select greatest($2, (select coalesce(max({column}), 0) from {table})) as n) t where n > 0"
                    );
                    sqlx::query(AssertSqlSafe(sql))
                        .bind(sequence)
                        .bind(last)
                        .execute(&mut **transaction)
                        .await?;
                }
            }
        }
        Ok(())
    }

    /// Makes what is derived.
    pub(super) async fn derive(&mut self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(transaction) => rollup::refill_sqlite(transaction).await,
            Self::Postgres(transaction) => {
                // What has just come in has no statistics yet.
                sqlx::query("analyze orders, phones")
                    .execute(&mut **transaction)
                    .await?;
                rollup::refill_postgres(transaction).await
            }
        }
    }

    /// Compares the customers with their orders.
    pub(super) async fn verify(&mut self) -> Result<Vec<Difference>, sqlx::Error> {
        match self {
            Self::Sqlite(transaction) => rollup::verify_sqlite(transaction).await,
            Self::Postgres(transaction) => rollup::verify_postgres(transaction).await,
        }
    }
}
