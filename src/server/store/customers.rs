//! Customers as the list shows them.

use chrono::DateTime;
use futures::TryStreamExt as _;
use sqlx::{AssertSqlSafe, FromRow};

use crate::domain::customer::Customer;
use crate::domain::customer_query::{CustomerQuery, Sort, SortKey};
use crate::domain::money::Money;
use crate::domain::page::Page;
use crate::domain::phone::Phone;
use crate::domain::source::Source;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::with_pool;

#[derive(FromRow)]
struct CustomerRow {
    id: i64,
    phone: String,
    name: String,
    whatsapp: String,
    earned_orders: i64,
    open_orders: i64,
    lost_orders: i64,
    earned: i64,
    open: i64,
    lost: i64,
    first_at: i64,
    last_at: i64,
    source: String,
    city: String,
    state: String,
}

impl From<CustomerRow> for Customer {
    fn from(row: CustomerRow) -> Self {
        let differs = !row.whatsapp.is_empty() && row.whatsapp != row.phone;
        Self {
            id: row.id,
            phone: Phone::from_db(row.phone),
            name: row.name,
            whatsapp: differs.then(|| Phone::from_db(row.whatsapp)),
            earned_orders: row.earned_orders,
            open_orders: row.open_orders,
            lost_orders: row.lost_orders,
            earned: Money(row.earned),
            open: Money(row.open),
            lost: Money(row.lost),
            first_order: DateTime::from_timestamp_millis(row.first_at).unwrap_or_default(),
            last_order: DateTime::from_timestamp_millis(row.last_at).unwrap_or_default(),
            source: Source::parse(&row.source),
            city: row.city,
            state: row.state,
        }
    }
}

/// How many customers and orders the shop has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Totals {
    /// Customers, those with only lost orders included.
    pub customers: i64,
    /// Orders, lost ones included.
    pub orders: i64,
}

/// Counts the shop's customers and their orders.
pub async fn totals(db: &Db) -> Result<Totals, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select count(*) as customers,
               cast(coalesce(sum(earned_orders + open_orders + lost_orders), 0) as bigint) as orders
             from customer_rollup",
        )
        .fetch_one(pool)
        .await?
    }))
}

/// Returns the page of customers that a query asks for; a page past the end becomes the last one.
pub async fn page(db: &Db, query: &CustomerQuery) -> Result<Page<Customer>, ServerError> {
    let total: i64 = with_pool!(db.web(), |pool| sqlx::query_scalar(
        "select count(*) from customer_rollup"
    )
    .fetch_one(pool)
    .await?);
    let size = query.size;
    let page = query.page.clamp(1, ((total + size.get() - 1) / size.get()).max(1));
    let sql = list_sql(query.sort_or_default());
    let rows: Vec<CustomerRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(AssertSqlSafe(sql))
            .bind(size.get())
            .bind((page - 1) * size.get())
            .fetch_all(pool)
            .await?
    });
    Ok(Page {
        rows: rows.into_iter().map(Customer::from).collect(),
        total,
        page,
        size,
    })
}

/// The list in an order: the keys are found first and the rows after, so that a deep page does not read what it skips.
fn list_sql(sort: Sort) -> String {
    let column = match sort.key {
        SortKey::Name => "name_key",
        SortKey::Orders => "earned_orders + open_orders",
        SortKey::Spent => "earned + open",
        SortKey::Last => "last_at",
        SortKey::First => "first_at",
    };
    let direction = if sort.descending { "desc" } else { "asc" };
    format!(
        "select r.id, r.phone, name, whatsapp, earned_orders, open_orders, lost_orders, earned, open, lost, first_at,
           last_at, source, city, state
         from (select id, {column} as sort_key, phone as tie from customer_rollup
               order by {column} {direction}, phone limit $1 offset $2) as found
         join customer_rollup r on r.id = found.id
         order by found.sort_key {direction}, found.tie"
    )
}

/// Hands every customer of a query to `each`, in the query's order, one at a time.
pub async fn for_each<E: From<sqlx::Error>>(
    db: &Db,
    query: &CustomerQuery,
    mut each: impl FnMut(Customer) -> Result<(), E>,
) -> Result<(), E> {
    let sql = list_sql(query.sort_or_default());
    with_pool!(db.jobs(), |pool| {
        let mut rows = sqlx::query_as(AssertSqlSafe(sql))
            .bind(i64::MAX)
            .bind(0_i64)
            .fetch(pool);
        while let Some(row) = rows.try_next().await? {
            let row: CustomerRow = row;
            each(row.into())?;
        }
    });
    Ok(())
}
