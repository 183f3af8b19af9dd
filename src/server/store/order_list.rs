//! What a list of orders needs besides the orders.

use std::collections::HashMap;

use sqlx::{FromRow, QueryBuilder};

use crate::domain::order_list::Buyer;
use crate::domain::phone::Phone;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::with_pool;

/// The most orders that are found by what their numbers begin with; a beginning that more have says nothing.
const MOST: i64 = 5_000;
/// How many ids one statement asks for; SQLite binds 32,766 values.
const IDS: usize = 10_000;

/// Returns the ids of the orders whose numbers begin with a text, as it is written or in capitals; none for a text
/// without a digit, which is a name, and for one that more than [`MOST`] begin with.
pub async fn numbered(db: &Db, start: &str) -> Result<Vec<i64>, ServerError> {
    // PostgreSQL takes no NUL, and no number has one.
    if !start.contains(|letter: char| letter.is_ascii_digit()) || start.contains('\0') {
        return Ok(Vec::new());
    }
    let end = |start: &str| format!("{start}\u{10ffff}");
    let capitals = start.to_uppercase();
    let ids: Vec<i64> = with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select id from orders where number between $1 and $2 or number between $3 and $4 limit $5")
            .bind(start)
            .bind(end(start))
            .bind(&capitals)
            .bind(end(&capitals))
            .bind(MOST + 1)
            .fetch_all(pool)
            .await?
    });
    let too_many = i64::try_from(ids.len()).is_ok_and(|count| count > MOST);
    Ok(if too_many { Vec::new() } else { ids })
}

/// Returns the numbers of the orders with these ids.
pub async fn numbers(db: &Db, ids: &[i64]) -> Result<HashMap<i64, String>, ServerError> {
    let mut numbers = HashMap::new();
    for ids in ids.chunks(IDS) {
        let rows: Vec<(i64, String)> = with_pool!(db.web(), |pool| {
            let mut query = QueryBuilder::new("select id, number from orders where id in (");
            let mut list = query.separated(", ");
            for id in ids {
                list.push_bind(*id);
            }
            query.push(")");
            query.build_query_as().fetch_all(pool).await?
        });
        numbers.extend(rows);
    }
    Ok(numbers)
}

#[derive(FromRow)]
struct BuyerRow {
    ordered_by: String,
    phone: String,
    name: String,
}

/// Returns whose these phones are, by phone.
pub async fn buyers(db: &Db, phones: &[Phone]) -> Result<HashMap<Phone, Buyer>, ServerError> {
    if phones.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<BuyerRow> = with_pool!(db.web(), |pool| {
        let mut query = QueryBuilder::new(
            "select p.phone as ordered_by, k.phone, k.name
             from phones p join customers k on k.id = p.customer_id
             where p.phone in (",
        );
        let mut list = query.separated(", ");
        for phone in phones {
            list.push_bind(phone.as_str().to_owned());
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await?
    });
    let buyer = |row: BuyerRow| {
        let buyer = Buyer {
            phone: Phone::from_db(row.phone),
            name: row.name,
        };
        (Phone::from_db(row.ordered_by), buyer)
    };
    Ok(rows.into_iter().map(buyer).collect())
}
