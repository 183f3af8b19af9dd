//! Which orders a list shows, newest first, and how many there are.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use sqlx::{FromRow, QueryBuilder};

use crate::domain::order_list::Buyer;
use crate::domain::phone::Phone;
use crate::domain::source::Source;
use crate::domain::status::Status;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::with_pool;

/// Which orders are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of all phones of this customer.
    pub customer: Option<i64>,
    /// Those that stand there.
    pub status: Option<Status>,
    /// Those that came from there.
    pub source: Option<Source>,
}

impl Filter {
    /// Returns the order of the list or its opposite: the same for both, but each has its index.
    ///
    /// By time alone, a database could think of walking through all orders of the shop for one customer's.
    fn order(self, newest_first: bool) -> &'static str {
        match (self.customer.is_some(), newest_first) {
            (true, true) => " order by pos desc",
            (true, false) => " order by pos",
            (false, true) => " order by placed_at desc, number desc",
            (false, false) => " order by placed_at, number",
        }
    }
}

/// Begins a query over the orders that a filter keeps, for either database.
macro_rules! kept {
    ($what:literal, $filter:expr) => {{
        let mut query = QueryBuilder::new(concat!("select ", $what, " from orders where true"));
        if let Some(customer) = $filter.customer {
            query.push(" and phone in (select phone from phones where customer_id = ");
            query.push_bind(customer).push(")");
        }
        if let Some(status) = $filter.status {
            query.push(" and status = ").push_bind(status.as_str());
        }
        if let Some(source) = $filter.source {
            query.push(" and source = ").push_bind(source.as_str());
        }
        query
    }};
}

/// Counts the orders that a filter keeps.
pub async fn count(db: &Db, filter: Filter) -> Result<i64, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        let mut query = kept!("count(*)", filter);
        query.build_query_scalar().fetch_one(pool).await?
    }))
}

/// Returns the numbers of some of the `total` orders that a filter keeps, newest first; `rows` counts from 1.
///
/// Numbers stand in the indexes, so that the orders on the way need not be read; the way begins at the nearer end, so
/// that the last page is as near as the first.
pub async fn numbers(
    db: &Db,
    filter: Filter,
    rows: RangeInclusive<i64>,
    total: i64,
) -> Result<Vec<String>, ServerError> {
    let (first, last) = rows.into_inner();
    let (before, after) = (first - 1, total - last);
    let from_the_newest = before <= after;
    let mut numbers: Vec<String> = with_pool!(db.web(), |pool| {
        let mut query = kept!("number", filter);
        query.push(filter.order(from_the_newest));
        query.push(" limit ").push_bind(last - before);
        query.push(" offset ").push_bind(before.min(after));
        query.build_query_scalar().fetch_all(pool).await?
    });
    if !from_the_newest {
        numbers.reverse();
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
