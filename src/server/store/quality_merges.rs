//! Merges that are taken back as they were made, and phones that nobody has ordered with.

use super::history::{By, record};
use super::merges::{are_customers, give, lock};
use super::quality::{Fix, What, note, take_back};
use crate::domain::phone::Phone;
use crate::in_transaction;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;

/// Gives all phones of one customer to another, in a way that can be taken back as one; returns the fix's number, or none
/// where one of them is another's by now.
pub async fn merge(db: &Db, primary: i64, other: i64, by: By) -> Result<Option<i64>, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<Option<i64>, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            lock!(db, tx, primary, other);
            if !are_customers!(tx, primary, other) {
                return Ok(None);
            }
            let phones = give!(tx, primary, other, by);
            let ids: Vec<String> = phones.iter().map(|(id, _)| id.to_string()).collect();
            let fix = Fix {
                before: ids.join(","),
                ..Fix::of(What::Merged, primary, other)
            };
            Ok::<_, sqlx::Error>(Some(note!(tx, fix, by)))
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Returns the customer whom a phone belongs to, by its id, where it is known.
macro_rules! customer_of {
    ($connection:expr, $phone:expr) => {{
        let customer: Option<i64> = sqlx::query_scalar("select customer_id from phones where id = $1")
            .bind($phone)
            .fetch_optional(&mut *$connection)
            .await?;
        customer
    }};
}

/// Takes a merge back: its phones that are still with the customer they were given to, whoever's that one is by now, go
/// to the customer they came from, whoever's that one is. Tells whether there were any.
pub async fn unmerge(db: &Db, id: i64, fix: Fix, by: By) -> Result<bool, ServerError> {
    let db = db.clone();
    let phones: Vec<i64> = fix.before.split(',').filter_map(|id| id.parse().ok()).collect();
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let (owner, before) = (customer_of!(tx, fix.one), customer_of!(tx, fix.other));
            lock!(db, tx, owner, before);
            let as_locked = (owner, before) == (customer_of!(tx, fix.one), customer_of!(tx, fix.other));
            let (true, Some(owner), Some(before)) = (as_locked, owner, before) else {
                return Ok(false);
            };
            if !take_back!(tx, id, by) {
                return Ok(false);
            }
            // Where it is with them still it becomes a customer of its own again, and else its phones follow it.
            let target = if before == owner { fix.other } else { before };
            let mut moved = false;
            for phone in &phones {
                let given: Option<String> = sqlx::query_scalar(
                    "update phones set customer_id = $1 where id = $2 and customer_id = $3 returning phone",
                )
                .bind(target)
                .bind(*phone)
                .bind(owner)
                .fetch_optional(&mut *tx)
                .await?;
                if let Some(phone) = given {
                    record!(tx, owner, by, by.entry("phone", &phone, ""));
                    moved = true;
                }
            }
            Ok::<_, sqlx::Error>(moved)
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
