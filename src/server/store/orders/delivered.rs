//! Orders that another shop system keeps: each delivery counts once, and the newest state stays.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use super::{OrderRow, numbers, phones, stored_phone};
use crate::domain::order::Order;
use crate::domain::text;
use crate::in_transaction;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::server::store::erased::{erased, gone, hold_off};

/// Something that a shop system has delivered.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The number of the shop that sent it.
    pub hook_id: i64,
    /// The sender's name for it.
    pub name: String,
    /// What it is about.
    pub topic: String,
    /// When it came.
    pub at: DateTime<Utc>,
    /// What it says.
    pub news: News,
}

/// What a delivery says.
#[derive(Clone, Debug)]
pub enum News {
    /// An order stands like this.
    Stands {
        /// The sender's own number of the order.
        external_id: String,
        /// Since when.
        changed_at: DateTime<Utc>,
        /// How.
        order: Box<Order>,
        /// Whether it comes back after it was deleted.
        restored: bool,
    },
    /// An order was deleted.
    Deleted {
        /// The sender's own number of the order.
        external_id: String,
    },
    /// Nothing that is to be taken in.
    Nothing {
        /// The order's number, where it is known.
        number: String,
        /// `ignored`, `paused` or `refused`.
        result: &'static str,
        /// Why.
        reason: String,
    },
}

/// What came of a delivery, and the number of its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landed {
    /// `created`, `updated`, `unchanged`, `deleted`, `older`, `ignored`, `paused`, `refused`, or `repeated`.
    pub result: &'static str,
    /// The order's number; empty where it is not known.
    pub number: String,
}

/// Reads and locks what an order of a shop has been brought to, on a connection of either database.
macro_rules! standing {
    ($db:expr, $connection:expr, $hook:expr, $external:expr, $number:expr) => {{
        sqlx::query(
            "insert into hook_orders (hook_id, external_id, order_number, changed_at) values ($1, $2, $3, -1)
             on conflict (hook_id, external_id) do nothing",
        )
        .bind($hook)
        .bind($external)
        .bind($number)
        .execute(&mut *$connection)
        .await?;
        let standing: (String, i64, i64) = sqlx::query_as($db.dialect(
            "select order_number, changed_at, deleted from hook_orders where hook_id = $1 and external_id = $2",
            "select order_number, changed_at, deleted from hook_orders where hook_id = $1 and external_id = $2 for update",
        ))
        .bind($hook)
        .bind($external)
        .fetch_one(&mut *$connection)
        .await?;
        standing
    }};
}

/// Writes down what an order of a shop has been brought to, on a connection of either database.
macro_rules! stands {
    ($connection:expr, $hook:expr, $external:expr, $number:expr, $changed:expr, $deleted:expr) => {{
        sqlx::query(
            "update hook_orders set order_number = $3, changed_at = $4, deleted = $5
             where hook_id = $1 and external_id = $2",
        )
        .bind($hook)
        .bind($external)
        .bind($number)
        .bind($changed)
        .bind($deleted)
        .execute(&mut *$connection)
        .await?;
    }};
}

/// Writes down what came of a delivery, on a connection of either database.
macro_rules! note {
    ($connection:expr, $hook:expr, $name:expr, $number:expr, $result:expr, $reason:expr) => {{
        sqlx::query(
            "update hook_deliveries set order_number = $3, result = $4, reason = $5
             where hook_id = $1 and delivery = $2",
        )
        .bind($hook)
        .bind($name)
        .bind($number)
        .bind($result)
        .bind($reason)
        .execute(&mut *$connection)
        .await?;
    }};
}

/// Takes a delivery in, in one transaction with the line that remembers it.
pub async fn deliver(db: &Db, delivery: Delivery) -> Result<Landed, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<Landed, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            hold_off!(db, tx);
            let known = sqlx::query(
                "insert into hook_deliveries (hook_id, delivery, at, topic, order_number, result, reason)
                 values ($1, $2, $3, $4, '', '', '') on conflict (hook_id, delivery) do nothing",
            )
            .bind(delivery.hook_id)
            .bind(&delivery.name)
            .bind(delivery.at.timestamp_millis())
            .bind(&delivery.topic)
            .execute(&mut *tx)
            .await?;
            if known.rows_affected() == 0 {
                let number = String::new();
                return Ok(Landed {
                    result: "repeated",
                    number,
                });
            }
            let hook = delivery.hook_id;
            let (result, number, reason) = match &delivery.news {
                News::Nothing { number, result, reason } => {
                    let numbers = [number.clone()];
                    if gone!(db, tx, &numbers).is_empty() {
                        (*result, number.clone(), reason.as_str())
                    } else {
                        (*result, String::new(), "")
                    }
                }
                News::Deleted { external_id } => {
                    let (number, changed_at, _) = standing!(db, tx, hook, external_id, "");
                    sqlx::query("delete from orders where number = $1 and number <> ''")
                        .bind(&number)
                        .execute(&mut *tx)
                        .await?;
                    stands!(tx, hook, external_id, &number, changed_at, 1_i64);
                    ("deleted", number, "")
                }
                News::Stands {
                    external_id,
                    changed_at,
                    order,
                    restored,
                } => {
                    let changed_at = changed_at.timestamp_millis();
                    let given = [order.as_ref().clone()];
                    let (orders, aside) = sift!(db, tx, &given);
                    if !aside.is_empty() {
                        // Not even which order it is about is written down.
                        let (result, number) = ("unchanged", String::new());
                        note!(tx, hook, &delivery.name, &number, result, "");
                        return Ok(Landed { result, number });
                    }
                    let (_, known_at, deleted) = standing!(db, tx, hook, external_id, &order.number);
                    let number = order.number.clone();
                    if known_at > changed_at || deleted == 1 && !restored {
                        ("older", number, "")
                    } else {
                        let stored = stored!(tx, numbers(&orders), db.dialect("", "for update"));
                        lock!(db, tx, phones(&orders, &stored));
                        let result = match stored.get(&number) {
                            None => {
                                insert!(tx, orders.iter().map(|order| (order, text::fold(&order.name))));
                                "created"
                            }
                            Some(before) if *before == orders[0] => "unchanged",
                            Some(_) => {
                                update!(tx, &orders[0]);
                                "updated"
                            }
                        };
                        stands!(tx, hook, external_id, &number, changed_at, 0_i64);
                        (result, number, "")
                    }
                }
            };
            note!(tx, hook, &delivery.name, &number, result, reason);
            Ok::<_, sqlx::Error>(Landed { result, number })
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}
