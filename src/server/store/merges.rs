//! Two phones that are one customer.

use super::history::{By, record};
use crate::domain::phone::Phone;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// Returns the phones that merges have given to a customer, without the primary one.
pub async fn phones(db: &Db, customer: i64) -> Result<Vec<Phone>, ServerError> {
    let phones: Vec<String> = with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select phone from phones where customer_id = $1 and id <> $1 order by phone")
            .bind(customer)
            .fetch_all(pool)
            .await?
    });
    Ok(phones.into_iter().map(Phone::from_db).collect())
}

/// Locks two customers as writers of orders do; SQLite has one writer anyway.
macro_rules! lock {
    ($db:expr, $connection:expr, $one:expr, $other:expr) => {{
        sqlx::query($db.dialect(
            "select $1, $2",
            "select lock_customers(array(select phone from phones where customer_id in ($1, $2)))",
        ))
        .bind($one)
        .bind($other)
        .execute(&mut *$connection)
        .await?;
    }};
}
pub(super) use lock;

/// Gives all phones of one customer to another, both locked, and returns the phones with their numbers.
macro_rules! give {
    ($connection:expr, $primary:expr, $other:expr, $by:expr) => {{
        let phones: Vec<(i64, String)> =
            sqlx::query_as("select id, phone from phones where customer_id = $1 order by id")
                .bind($other)
                .fetch_all(&mut *$connection)
                .await?;
        for (id, phone) in &phones {
            sqlx::query("update phones set customer_id = $1 where id = $2")
                .bind($primary)
                .bind(*id)
                .execute(&mut *$connection)
                .await?;
            record!($connection, $primary, $by, $by.entry("phone", "", phone));
        }
        phones
    }};
}
pub(super) use give;

/// Tells whether two customers, both locked, are customers still and nobody has made one of them another's meanwhile.
macro_rules! are_customers {
    ($connection:expr, $one:expr, $other:expr) => {{
        let found: i64 = sqlx::query_scalar("select count(*) from phones where id in ($1, $2) and customer_id = id")
            .bind($one)
            .bind($other)
            .fetch_one(&mut *$connection)
            .await?;
        found == 2
    }};
}
pub(super) use are_customers;

/// Gives all phones of one customer to another, and returns how many that were: none where one of them is another's by now.
pub async fn merge(db: &Db, primary: i64, other: i64, by: By) -> Result<usize, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<usize, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            lock!(db, tx, primary, other);
            if !are_customers!(tx, primary, other) {
                return Ok(0);
            }
            let phones = give!(tx, primary, other, by);
            Ok::<_, sqlx::Error>(phones.len())
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Makes a phone of a customer a customer of its own again; tells whether it was another's.
pub async fn separate(db: &Db, primary: i64, phone: Phone, by: By) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            lock!(db, tx, primary, primary);
            let separated =
                sqlx::query("update phones set customer_id = id where phone = $1 and customer_id = $2 and id <> $2")
                    .bind(phone.as_str())
                    .bind(primary)
                    .execute(&mut *tx)
                    .await?;
            if separated.rows_affected() == 0 {
                return Ok(false);
            }
            record!(tx, primary, by, by.entry("phone", phone.as_str(), ""));
            Ok::<_, sqlx::Error>(true)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}
