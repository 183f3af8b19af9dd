//! Orders changed by hand: one over what was seen of it, or the status of several.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use super::{OrderRow, numbers, phones, stored_phone};
use crate::domain::order::Order;
use crate::domain::status::Status;
use crate::domain::text;
use crate::in_transaction;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::server::store::erased::{erased, hold_off};
use crate::server::token;

/// What came of saving an order.
#[derive(Clone, Debug, PartialEq)]
pub enum Saved {
    /// It is stored.
    Done,
    /// It is not: this is stored instead of what was seen, or nothing is.
    Changed(Option<Box<Order>>),
    /// It is not: it is an order of somebody who was erased.
    Erased,
}

/// Names the state of an order, so that another can be told from it.
pub fn digest(order: &Order) -> String {
    token::hash(&format!("{order:?}"))
}

/// Stores an order where what is stored has this digest, or where it is '' and there is none with its number.
pub async fn save(db: &Db, order: Order, seen: String) -> Result<Saved, ServerError> {
    let db = db.clone();
    detached(async move {
        let given = [order];
        let done: Result<Saved, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let (orders, aside) = sift!(db, tx, &given);
            if !aside.is_empty() {
                return Ok(Saved::Erased);
            }
            let mut stored = stored!(tx, numbers(&orders), db.dialect("", "for update"));
            let before = stored.get(&orders[0].number);
            if before.map(digest).unwrap_or_default() != seen {
                return Ok(Saved::Changed(stored.remove(&orders[0].number).map(Box::new)));
            }
            lock!(db, tx, phones(&orders, &stored));
            match before {
                None => insert!(tx, orders.iter().map(|order| (order, text::fold(&order.name)))),
                Some(_) => update!(tx, &orders[0]),
            }
            Ok::<_, sqlx::Error>(Saved::Done)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Gives orders a status, and returns the numbers of those that had another.
pub async fn change_status(db: &Db, numbers: Vec<String>, status: Status) -> Result<Vec<String>, ServerError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let db = db.clone();
    detached(async move {
        let done: Result<Vec<String>, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            hold_off!(db, tx);
            let mut others = stored!(tx, &numbers, db.dialect("", "for update"));
            others.retain(|_, order| order.status != status);
            if others.is_empty() {
                return Ok(Vec::new());
            }
            lock!(db, tx, phones(&[], &others));
            let mut query = QueryBuilder::new("update orders set status = ");
            query.push_bind(status.as_str()).push(" where number in (");
            let mut list = query.separated(", ");
            for number in others.keys() {
                list.push_bind(number.clone());
            }
            query.push(")");
            query.build().execute(&mut *tx).await?;
            Ok::<_, sqlx::Error>(others.into_keys().collect())
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Removes an order; tells whether there was one.
pub async fn delete(db: &Db, number: String) -> Result<bool, ServerError> {
    // PostgreSQL takes no such text, and so no order has it.
    if number.contains('\0') {
        return Ok(false);
    }
    let db = db.clone();
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            hold_off!(db, tx);
            let deleted = sqlx::query("delete from orders where number = $1")
                .bind(&number)
                .execute(&mut *tx)
                .await?;
            Ok::<_, sqlx::Error>(deleted.rows_affected() == 1)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}
