//! Reading orders by their numbers.

use std::collections::HashMap;

use sqlx::QueryBuilder;

use super::OrderRow;
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
