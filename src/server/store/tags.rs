//! Tags of customers.

use super::history::{By, record};
use crate::in_transaction;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;

/// How many tags go into one transaction.
const BATCH: usize = 500;

/// Adds tags to customers; what a phone of theirs has already stays as it is.
pub async fn add_to_all(db: &Db, customers: Vec<i64>, tags: Vec<String>, by: By) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        let each: Vec<(i64, &String)> = customers
            .iter()
            .flat_map(|customer| tags.iter().map(move |tag| (*customer, tag)))
            .collect();
        for some in each.chunks(BATCH) {
            let done: Result<(), sqlx::Error> = in_transaction!(db.writer(), |tx| async {
                for (customer, tag) in some {
                    let added = sqlx::query(
                        "insert into customer_tags (phone_id, tag)
                         select cast($1 as bigint), cast($2 as text)
                         where not exists (
                           select 1 from phones p join customer_tags t on t.phone_id = p.id
                           where p.customer_id = $1 and t.tag = $2
                         )
                         on conflict (phone_id, tag) do nothing",
                    )
                    .bind(*customer)
                    .bind(*tag)
                    .execute(&mut *tx)
                    .await?;
                    if added.rows_affected() > 0 {
                        record!(tx, *customer, by, by.entry("tag", "", tag));
                    }
                }
                Ok::<_, sqlx::Error>(())
            }
            .await);
            done?;
        }
        Ok(())
    })
    .await
}

/// Takes a tag off all phones of a customer.
pub async fn remove(db: &Db, customer: i64, tag: String, by: By) -> Result<(), ServerError> {
    // PostgreSQL takes no such text, and so no tag has it.
    if tag.contains('\0') {
        return Ok(());
    }
    let db = db.clone();
    detached(async move {
        let done: Result<(), sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let removed = sqlx::query(
                "delete from customer_tags
                 where tag = $2 and phone_id in (select id from phones where customer_id = $1)",
            )
            .bind(customer)
            .bind(&tag)
            .execute(&mut *tx)
            .await?;
            if removed.rows_affected() > 0 {
                record!(tx, customer, by, by.entry("tag", &tag, ""));
            }
            Ok::<_, sqlx::Error>(())
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}
