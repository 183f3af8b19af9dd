//! Orders: the only truth there is.

use std::collections::{BTreeSet, HashMap};

use chrono::DateTime;
use sqlx::{FromRow, QueryBuilder};

use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::phone::Phone;
use crate::domain::source::Source;
use crate::domain::status::Status;
use crate::domain::text;
use crate::in_transaction;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::server::store::erased::erased;

/// The most orders that go into one transaction.
pub const BATCH: usize = 1_000;
/// The most rows of one `insert`: 17 values each, and SQLite binds 32,766.
const ROWS: usize = 500;

/// The columns of an order, in the order of [`OrderRow`].
macro_rules! columns {
    () => {
        "number, placed_at, customer_name, phone, phone_raw, other_phone, whatsapp, amount, status, source, city, \
         state, address, sales_rep, items"
    };
}

#[derive(FromRow)]
struct OrderRow {
    number: String,
    placed_at: i64,
    customer_name: String,
    phone: String,
    phone_raw: String,
    other_phone: String,
    whatsapp: String,
    amount: i64,
    status: String,
    source: String,
    city: String,
    state: String,
    address: String,
    sales_rep: String,
    items: String,
}

impl From<OrderRow> for Order {
    fn from(row: OrderRow) -> Self {
        let phone = |stored: String| (!stored.is_empty()).then(|| Phone::from_db(stored));
        Self {
            number: row.number,
            placed_at: DateTime::from_timestamp_millis(row.placed_at).unwrap_or_default(),
            name: row.customer_name,
            phone: Phone::from_db(row.phone),
            phone_raw: row.phone_raw,
            other_phone: phone(row.other_phone),
            whatsapp: phone(row.whatsapp),
            amount: Money(row.amount),
            // The CHECKs of the table know the same names.
            status: Status::parse(&row.status).unwrap_or(Status::New),
            source: Source::parse(&row.source),
            city: row.city,
            state: row.state,
            address: row.address,
            sales_rep: row.sales_rep,
            items: row.items,
        }
    }
}

/// Returns the stored orders with these numbers, by number, on a connection of either database.
macro_rules! stored {
    ($connection:expr, $numbers:expr, $locked:expr) => {{
        let mut query = QueryBuilder::new(concat!("select ", columns!(), " from orders where number in ("));
        let mut numbers = query.separated(", ");
        for number in $numbers {
            numbers.push_bind(number.clone());
        }
        query.push(") order by number ").push($locked);
        let rows: Vec<OrderRow> = query.build_query_as().fetch_all(&mut *$connection).await?;
        rows.into_iter()
            .map(|row| (row.number.clone(), Order::from(row)))
            .collect::<HashMap<String, Order>>()
    }};
}

/// Locks all customers that phones belong to at once, in one order for all writers: locked one by one, two batches
/// would sooner or later wait for each other.
macro_rules! lock {
    ($db:expr, $connection:expr, $phones:expr) => {{
        sqlx::query($db.dialect("select $1", "select lock_customers(string_to_array($1, chr(30)))"))
            .bind($phones)
            .execute(&mut *$connection)
            .await?;
    }};
}

/// Inserts orders that are not there, each with its folded name, on a connection of either database.
macro_rules! insert {
    ($connection:expr, $orders:expr) => {{
        let mut query = QueryBuilder::new(concat!("insert into orders (", columns!(), ", name_key) "));
        query.push_values($orders, |mut row, (order, name_key)| {
            row.push_bind(order.number.clone())
                .push_bind(order.placed_at.timestamp_millis())
                .push_bind(order.name.clone())
                .push_bind(order.phone.as_str().to_owned())
                .push_bind(order.phone_raw.clone())
                .push_bind(stored_phone(order.other_phone.as_ref()))
                .push_bind(stored_phone(order.whatsapp.as_ref()))
                .push_bind(order.amount.0)
                .push_bind(order.status.as_str())
                .push_bind(order.source.as_str())
                .push_bind(order.city.clone())
                .push_bind(order.state.clone())
                .push_bind(order.address.clone())
                .push_bind(order.sales_rep.clone())
                .push_bind(order.items.clone())
                .push_bind(name_key.clone());
        });
        query.build().execute(&mut *$connection).await?;
    }};
}

/// Overwrites the stored order of the same number, on a connection of either database.
macro_rules! update {
    ($connection:expr, $order:expr) => {{
        sqlx::query(
            "update orders
             set placed_at = $2, customer_name = $3, phone = $4, phone_raw = $5, other_phone = $6, whatsapp = $7,
               amount = $8, status = $9, source = $10, city = $11, state = $12, address = $13, sales_rep = $14,
               items = $15, name_key = $16
             where number = $1",
        )
        .bind($order.number.clone())
        .bind($order.placed_at.timestamp_millis())
        .bind($order.name.clone())
        .bind($order.phone.as_str().to_owned())
        .bind($order.phone_raw.clone())
        .bind(stored_phone($order.other_phone.as_ref()))
        .bind(stored_phone($order.whatsapp.as_ref()))
        .bind($order.amount.0)
        .bind($order.status.as_str())
        .bind($order.source.as_str())
        .bind($order.city.clone())
        .bind($order.state.clone())
        .bind($order.address.clone())
        .bind($order.sales_rep.clone())
        .bind($order.items.clone())
        .bind(text::fold(&$order.name))
        .execute(&mut *$connection)
        .await?;
    }};
}

/// Parts orders into those that come in, and the numbers of those that were erased and stay so, on a connection of
/// either database. Nothing is locked or written for the latter: not even their phones get a number again.
macro_rules! sift {
    ($db:expr, $connection:expr, $orders:expr) => {
        erased!($db, $connection, $orders).sift($orders)
    };
}

/// Inserts or updates orders, each number once, and returns by number what that did, and what was stored before.
macro_rules! put {
    ($db:expr, $connection:expr, $orders:expr) => {{
        let (mut done, mut fresh) = (HashMap::with_capacity($orders.len()), Vec::new());
        let mut stored = HashMap::new();
        if !$orders.is_empty() {
            stored = stored!($connection, numbers($orders), $db.dialect("", "for update"));
            lock!($db, $connection, phones($orders, &stored));
        }
        for order in $orders.iter() {
            let change = match stored.get(&order.number) {
                None => {
                    fresh.push((order, text::fold(&order.name)));
                    Change::Created
                }
                Some(before) if before == order => Change::Unchanged,
                Some(_) => {
                    update!($connection, order);
                    Change::Updated
                }
            };
            done.insert(order.number.clone(), change);
        }
        for rows in fresh.chunks(ROWS) {
            insert!($connection, rows);
        }
        (done, stored)
    }};
}

mod compare;
mod delivered;
mod import;
mod load;
mod read;
mod save;
mod upserted;

pub use compare::{Compared, compare};
pub use delivered::{Delivery, Landed, News, deliver};
pub use import::{Batch, Undone, begin_import, import, undo};
pub use load::load;
pub use read::{by_ids, by_numbers};
pub use save::{Saved, change_status, delete, digest, save};
pub use upserted::{Change, Upserted};

fn numbers(orders: &[Order]) -> impl Iterator<Item = &String> {
    orders.iter().map(|order| &order.number)
}

fn stored_phone(phone: Option<&Phone>) -> String {
    phone.map(|phone| phone.as_str().to_owned()).unwrap_or_default()
}

/// Inserts or updates orders by number, at most [`BATCH`] of them in one transaction; a later one wins.
pub async fn upsert(db: &Db, orders: Vec<Order>) -> Result<Upserted, ServerError> {
    let given = orders.len();
    let changes = upsert_each(db, orders).await?;
    Ok(Upserted::of(given, &changes))
}

/// Does what [`upsert`] does, and says by number what it did.
pub async fn upsert_each(db: &Db, orders: Vec<Order>) -> Result<HashMap<String, Change>, ServerError> {
    let orders = last_of_each(orders);
    if orders.is_empty() {
        return Ok(HashMap::new());
    }
    let db = db.clone();
    detached(async move {
        let done: Result<_, sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
            let (orders, aside) = sift!(db, tx, &orders);
            let (mut done, _) = put!(db, tx, &orders);
            done.extend(aside.into_iter().map(|number| (number, Change::Erased)));
            Ok::<_, sqlx::Error>(done)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// The phones that orders have and had, in one text.
fn phones(orders: &[Order], stored: &HashMap<String, Order>) -> String {
    let all = orders.iter().chain(stored.values());
    let phones: BTreeSet<&str> = all.map(|order| order.phone.as_str()).collect();
    phones.into_iter().collect::<Vec<_>>().join("\u{1e}")
}

/// Keeps the last order of each number, sorted by phone, so that writers lock customers in the same order.
fn last_of_each(orders: Vec<Order>) -> Vec<Order> {
    let mut last: HashMap<String, Order> = HashMap::with_capacity(orders.len());
    for order in orders {
        last.insert(order.number.clone(), order);
    }
    let mut orders: Vec<Order> = last.into_values().collect();
    orders.sort_by(|a, b| (&a.phone, a.placed_at, &a.number).cmp(&(&b.phone, b.placed_at, &b.number)));
    orders
}
