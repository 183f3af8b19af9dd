//! Reading orders by their numbers, and by the database's.

use std::collections::HashMap;

use sqlx::{FromRow, QueryBuilder};

use super::{BATCH, OrderRow};
use crate::domain::order::Order;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::with_pool;

/// Returns the orders with these numbers, as far as there are any.
pub async fn by_numbers(db: &Db, numbers: &[String]) -> Result<HashMap<String, Order>, ServerError> {
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<OrderRow> = with_pool!(db.web(), |pool| {
        let mut query = QueryBuilder::new(concat!("select ", columns!(), " from orders where number in ("));
        let mut list = query.separated(", ");
        for number in numbers {
            list.push_bind(number.clone());
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await?
    });
    Ok(rows.into_iter().map(|row| (row.number.clone(), row.into())).collect())
}

#[derive(FromRow)]
struct Stored {
    id: i64,
    #[sqlx(flatten)]
    order: OrderRow,
}

/// Returns the orders with these ids, as far as there are any.
pub async fn by_ids(db: &Db, ids: &[i64]) -> Result<HashMap<i64, Order>, ServerError> {
    let mut orders = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(BATCH) {
        let rows: Vec<Stored> = with_pool!(db.web(), |pool| {
            let mut query = QueryBuilder::new(concat!("select id, ", columns!(), " from orders where id in ("));
            let mut list = query.separated(", ");
            for id in ids {
                list.push_bind(*id);
            }
            query.push(")");
            query.build_query_as().fetch_all(pool).await?
        });
        orders.extend(rows.into_iter().map(|row| (row.id, row.order.into())));
    }
    Ok(orders)
}
