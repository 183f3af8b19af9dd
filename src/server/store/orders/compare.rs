//! Orders beside those that are stored.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use super::{OrderRow, Upserted, last_of_each, numbers};
use crate::domain::order::Order;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::server::store::erased::erased;
use crate::with_pool;

/// Orders beside those that are stored.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// What [`upsert`](super::upsert) would do.
    pub done: Upserted,
    orders: Vec<Order>,
    stored: HashMap<String, Order>,
}

impl Compared {
    /// Returns the orders that are not stored just so, with what is stored instead.
    pub fn others<'a>(&'a self) -> impl Iterator<Item = (&'a Order, Option<&'a Order>)> {
        let beside = |order: &'a Order| (order, self.stored.get(&order.number));
        self.orders
            .iter()
            .map(beside)
            .filter(|(order, before)| *before != Some(*order))
    }
}

/// Says what [`upsert`](super::upsert) would do, and changes nothing.
pub async fn compare(db: &Db, orders: Vec<Order>) -> Result<Compared, ServerError> {
    let given = orders.len();
    let orders = last_of_each(orders);
    let mut done = Upserted {
        repeated: (given - orders.len()) as u64,
        ..Upserted::default()
    };
    if orders.is_empty() {
        return Ok(Compared::default());
    }
    let (orders, stored) = with_pool!(db.jobs(), |pool| {
        let mut connection = pool.acquire().await?;
        let (orders, aside) = sift!(db, connection, &orders);
        done.unchanged += aside.len() as u64;
        let stored = if orders.is_empty() {
            HashMap::new()
        } else {
            stored!(connection, numbers(&orders), "")
        };
        (orders.into_owned(), stored)
    });
    for order in &orders {
        match stored.get(&order.number) {
            None => done.new += 1,
            Some(before) if before == order => done.unchanged += 1,
            Some(_) => done.changed += 1,
        }
    }
    Ok(Compared { done, orders, stored })
}
