//! A person's identity taken out of the shop: amounts and dates stay, under a tombstone.

mod identity;
mod mentions;
mod places;
mod sweep;
mod wipe;

use std::collections::BTreeSet;

use sqlx::QueryBuilder;

use identity::{Identity, forget, identity};
pub use mentions::Mentions;
use places::{Changed, Places, Standing, of_others, on_others, places, read_by};
pub(super) use sweep::MARK;
use sweep::sweep;
pub use wipe::wipe;

use super::audit::{self, Entry};
use super::erased::{KEY, Kind, hash};
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::server::token;
use crate::{in_transaction, with_pool};

/// Reads a customer's phones, on a connection of either database.
macro_rules! phones {
    ($connection:expr, $customer:expr) => {{
        let phones: Vec<String> = sqlx::query_scalar("select phone from phones where customer_id = $1 order by id")
            .bind($customer)
            .fetch_all(&mut *$connection)
            .await?;
        phones
    }};
}

/// What came of an erasure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// The person is gone.
    Done(Gone),
    /// A file is coming in or being taken back, and may hold them.
    Busy,
    /// There is no such customer.
    Unknown,
}

/// What is left of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The text that stands in place of their phone.
    pub tombstone: String,
    /// How many orders keep their amounts and dates.
    pub orders: u64,
}

/// Erases a customer with all their phones, in one transaction with the line of the audit log that says so.
///
/// No file may be coming in meanwhile. What the database's file still holds of it afterwards, [`wipe`] takes away; files
/// that were sent are for whoever has them to remove.
pub async fn erase(db: &Db, customer: i64, entry: Entry) -> Result<Erasure, ServerError> {
    let db = db.clone();
    detached(async move {
        let places = look(&db, customer).await?;
        // Made once: a transaction that is tried again writes the same.
        let fresh = token::secret();
        let reference = token::reference();
        let done: Result<Erasure, sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
            // Everybody who writes orders holds it shared.
            sqlx::query(db.dialect("select 1", "select pg_advisory_xact_lock(1702000019)"))
                .execute(&mut *tx)
                .await?;
            let moving: i64 = sqlx::query_scalar("select count(*) from imports where state in ('running', 'undoing')")
                .fetch_one(&mut *tx)
                .await?;
            if moving > 0 {
                return Ok(Erasure::Busy);
            }
            sqlx::query("insert into settings (name, value) values ($1, $2) on conflict (name) do nothing")
                .bind(KEY)
                .bind(&fresh)
                .execute(&mut *tx)
                .await?;
            let key: String = sqlx::query_scalar("select value from settings where name = $1")
                .bind(KEY)
                .fetch_one(&mut *tx)
                .await?;
            sqlx::query(db.dialect(
                "select $1",
                "select lock_customers(array(select phone from phones where customer_id = $1))",
            ))
            .bind(customer)
            .execute(&mut *tx)
            .await?;
            let phones = phones!(tx, customer);
            if phones.is_empty() {
                return Ok(Erasure::Unknown);
            }
            let mut known = identity!(tx, customer, &phones);
            let changed: Vec<Changed> =
                sqlx::query_as("select distinct order_id, customer_id from customer_change where seq > $1")
                    .bind(places.seen)
                    .fetch_all(&mut *tx)
                    .await?;
            let places = if places.hold(&known, &changed) {
                places.clone()
            } else {
                places!(tx, &known, places.seen)
            };
            let standing: Vec<Standing> = read_by!(
                tx,
                "select id, phone, whatsapp, other_phone from orders where id in (",
                &places.with(&changed),
                ""
            );
            known.leave(&places.shared);
            known.leave(&on_others(&standing, &known));
            known.leave(&of_others!(tx, customer, &known));
            let at = entry.at.timestamp_millis();
            let hashes = hashes(&key, &known);
            for some in hashes.chunks(identity::CHUNK) {
                let mut query = QueryBuilder::new("insert into erased (hash, at) ");
                query.push_values(some, |mut row, hash| {
                    row.push_bind(hash.clone()).push_bind(at);
                });
                query.push(" on conflict (hash) do update set at = excluded.at");
                query.build().execute(&mut *tx).await?;
            }

            let tombstone = format!("~erased {reference}");
            let orders = sqlx::query(
                "update orders
                 set number = 'erased-' || $2 || '-' || cast(id as text), customer_name = '', name_key = '', phone = $3,
                   phone_raw = '', other_phone = '', whatsapp = '', city = '', state = '', address = '', items = ''
                 where phone in (select phone from phones where customer_id = $1)",
            )
            .bind(customer)
            .bind(&reference)
            .bind(&tombstone)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            forget!(db, tx, customer, &known, &standing);
            let mentions = Mentions::new(&known.all_numbers(), &known.names, &known.numbers);
            sweep!(tx, &mentions, at);
            // Every finder forgets all that it has, not only what it can be asked for.
            sqlx::query("insert into customer_change (order_id, customer_id) values (null, null)")
                .execute(&mut *tx)
                .await?;
            let line = Entry {
                detail: format!("{orders} orders keep their amounts and dates"),
                ..entry.clone()
            };
            audit::insert!(&mut *tx, line);
            Ok::<_, sqlx::Error>(Erasure::Done(Gone { tombstone, orders }))
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Looks through all orders for a customer's numbers before anybody has to wait for the erasure.
async fn look(db: &Db, customer: i64) -> Result<Places, ServerError> {
    let seen: Result<i64, sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
        // Whoever is writing orders has committed by then, so that no change comes in later with an earlier number.
        sqlx::query(db.dialect("select 1", "select pg_advisory_xact_lock(1702000019)"))
            .execute(&mut *tx)
            .await?;
        sqlx::query_scalar("select coalesce(max(seq), 0) from customer_change")
            .fetch_one(&mut *tx)
            .await
    }
    .await);
    let seen = seen?;
    Ok(with_pool!(db.jobs(), |pool| {
        let mut connection = pool.acquire().await?;
        let phones = phones!(connection, customer);
        let known = identity!(connection, customer, &phones);
        places!(connection, &known, seen)
    }))
}

/// Returns by what a customer is known, so that texts can be searched for them.
pub async fn known(db: &Db, customer: i64) -> Result<Mentions, ServerError> {
    let known: Identity = with_pool!(db.jobs(), |pool| {
        let mut connection = pool.acquire().await?;
        let phones = phones!(connection, customer);
        let mut known = identity!(connection, customer, &phones);
        known.leave(&places!(connection, &known, 0).shared);
        known.leave(&of_others!(connection, customer, &known));
        known
    });
    Ok(Mentions::new(&known.all_numbers(), &known.names, &known.numbers))
}

/// The hashes by which what was erased is known when it comes again.
fn hashes(key: &str, known: &Identity) -> Vec<String> {
    let numbers = known.numbers.iter().map(|number| hash(key, Kind::Order, number));
    let own = known.own.iter().map(|phone| hash(key, Kind::Phone, phone));
    let reached = known.all_numbers();
    let reached = reached.iter().map(|number| hash(key, Kind::Number, number));
    let all: BTreeSet<String> = numbers.chain(own).chain(reached).collect();
    all.into_iter().collect()
}
