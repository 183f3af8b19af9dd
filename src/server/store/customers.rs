//! Customers with their stored figures.

use std::collections::{BTreeSet, HashMap};

use chrono::DateTime;
use serde::Deserialize;
use sqlx::{FromRow, QueryBuilder};

use crate::domain::customer::Customer;
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::source::Source;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::with_pool;

/// A row of the view `customers`, its fields in the order of [`COLUMNS`].
#[derive(Deserialize, FromRow)]
pub(super) struct CustomerRow {
    pub(super) id: i64,
    pub(super) phone: String,
    pub(super) name: String,
    pub(super) whatsapp: String,
    pub(super) earned_orders: i64,
    pub(super) open_orders: i64,
    pub(super) lost_orders: i64,
    pub(super) earned: i64,
    pub(super) open: i64,
    pub(super) lost: i64,
    pub(super) first_at: i64,
    pub(super) last_at: i64,
    pub(super) source: String,
    pub(super) city: String,
    pub(super) state: String,
    pub(super) tags: String,
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
            tags: tags(&row.tags),
        }
    }
}

/// Reads the tags of all phones of a customer, put together with commas: each once, in the order of the alphabet.
pub fn tags(joined: &str) -> Vec<String> {
    let tags: BTreeSet<&str> = joined.split(',').filter(|tag| !tag.is_empty()).collect();
    tags.into_iter().map(str::to_owned).collect()
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

/// Binds numbers, parted by commas, on a builder of either database.
macro_rules! push_ids {
    ($query:expr, $ids:expr) => {{
        let mut list = $query.separated(", ");
        for id in $ids {
            list.push_bind(*id);
        }
    }};
}

/// The columns of a customer, in the order of [`CustomerRow`].
pub(super) const COLUMNS: &str = "id, phone, name, whatsapp, earned_orders, open_orders, lost_orders, earned, open, lost, first_at, \
                       last_at, source, city, state, tags";

/// Returns the customers with these numbers, as far as there are any.
pub async fn by_ids(db: &Db, ids: &[i64]) -> Result<HashMap<i64, Customer>, ServerError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<CustomerRow> = with_pool!(db.web(), |pool| {
        let mut query = QueryBuilder::new(format!("select {COLUMNS} from customers where id in ("));
        push_ids!(query, ids);
        query.push(")");
        query.build_query_as().fetch_all(pool).await?
    });
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

/// Returns the numbers of the customers whom phones belong to.
pub async fn ids_of(db: &Db, phones: &[Phone]) -> Result<Vec<i64>, ServerError> {
    let mut ids = Vec::new();
    for phones in phones.chunks(1_000) {
        let found: Vec<i64> = with_pool!(db.web(), |pool| {
            let mut query = QueryBuilder::new("select customer_id from phones where phone in (");
            let mut list = query.separated(", ");
            for phone in phones {
                list.push_bind(phone.as_str().to_owned());
            }
            query.push(")");
            query.build_query_scalar().fetch_all(pool).await?
        });
        ids.extend(found);
    }
    Ok(ids)
}

/// How a customer has been written on orders, and reached by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spelled {
    /// Every spelling of the name.
    pub names: Vec<String>,
    /// Every number: phones, `WhatsApp` numbers and others.
    pub numbers: Vec<Phone>,
}

#[derive(FromRow)]
struct SpelledRow {
    customer_id: i64,
    customer_name: String,
    phone: String,
    whatsapp: String,
    other_phone: String,
}

/// Returns how customers have been written on orders and reached by.
pub async fn spelled(db: &Db, ids: &[i64]) -> Result<HashMap<i64, Spelled>, ServerError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<SpelledRow> = with_pool!(db.web(), |pool| {
        let mut query = QueryBuilder::new(
            "select distinct p.customer_id, o.customer_name, o.phone, o.whatsapp, o.other_phone
             from phones p join orders o on o.phone = p.phone
             where p.customer_id in (",
        );
        push_ids!(query, ids);
        query.push(
            ") union
             select p.customer_id, e.name, p.phone, e.whatsapp, ''
             from phones p join customer_edits e on e.id = p.id
             where p.customer_id in (",
        );
        push_ids!(query, ids);
        query.push(") order by 1, 2, 3, 4, 5");
        query.build_query_as().fetch_all(pool).await?
    });
    let mut spelled: HashMap<i64, Spelled> = HashMap::new();
    for row in rows {
        let known = spelled.entry(row.customer_id).or_default();
        if !row.customer_name.is_empty() && !known.names.contains(&row.customer_name) {
            known.names.push(row.customer_name);
        }
        for number in [row.phone, row.whatsapp, row.other_phone] {
            let number = Phone::from_db(number);
            if !number.as_str().is_empty() && !known.numbers.contains(&number) {
                known.numbers.push(number);
            }
        }
    }
    Ok(spelled)
}
