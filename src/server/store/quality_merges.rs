//! Merges that are taken back as they were made, and phones that nobody has ordered with.

use super::history::{By, record};
use super::merges::{give, lock};
use super::quality::{Fix, What, note};
use crate::domain::phone::Phone;
use crate::in_transaction;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;

/// Gives all phones of one customer to another, in a way that can be taken back as one; returns the fix's number.
pub async fn merge(db: &Db, primary: i64, other: i64, by: By) -> Result<i64, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<i64, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            lock!(db, tx, primary, other);
            let phones = give!(tx, primary, other, by);
            let ids: Vec<String> = phones.iter().map(|(id, _)| id.to_string()).collect();
            let fix = Fix {
                before: ids.join(","),
                ..Fix::of(What::Merged, primary, other)
            };
            Ok::<_, sqlx::Error>(note!(tx, fix, by))
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Gives the phones of a merge back to the customer whose they were; those that are somebody else's by now stay.
pub async fn unmerge(db: &Db, id: i64, fix: Fix, by: By) -> Result<bool, ServerError> {
    let db = db.clone();
    let phones: Vec<i64> = fix.before.split(',').filter_map(|id| id.parse().ok()).collect();
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            lock!(db, tx, fix.one, fix.other);
            let undone = sqlx::query("update quality_fixes set undone_at = $1 where id = $2 and undone_at is null")
                .bind(by.at.timestamp_millis())
                .bind(id)
                .execute(&mut *tx)
                .await?;
            if undone.rows_affected() == 0 {
                return Ok(false);
            }
            for phone in &phones {
                let moved: Option<String> = sqlx::query_scalar(
                    "update phones set customer_id = $1 where id = $2 and customer_id = $3 returning phone",
                )
                .bind(fix.other)
                .bind(*phone)
                .bind(fix.one)
                .fetch_optional(&mut *tx)
                .await?;
                if let Some(phone) = moved {
                    record!(tx, fix.one, by, by.entry("phone", &phone, ""));
                }
            }
            Ok::<_, sqlx::Error>(true)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Returns the customer of a phone, which is made known where nobody has ordered with it.
pub async fn owner(db: &Db, phone: &Phone) -> Result<i64, ServerError> {
    let (db, phone) = (db.clone(), phone.clone());
    detached(async move {
        let done: Result<i64, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            sqlx::query(db.dialect(
                "insert into phones (id, phone, customer_id)
                 select n, $1, n from (select coalesce((select max(id) from phones), 0) + 1 as n)
                 where not exists (select 1 from phones where phone = $1)",
                "select lock_customers(array[$1])",
            ))
            .bind(phone.as_str())
            .execute(&mut *tx)
            .await?;
            let owner: i64 = sqlx::query_scalar("select customer_id from phones where phone = $1")
                .bind(phone.as_str())
                .fetch_one(&mut *tx)
                .await?;
            Ok::<_, sqlx::Error>(owner)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}
