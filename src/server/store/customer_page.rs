//! What a customer's page needs beside the customer's figures.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::domain::habits::Bought;
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::source::Source;
use crate::domain::status::Status;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::with_pool;

/// Returns the number of the customer that a phone belongs to: after a merge, the one of the primary phone.
pub async fn id_of(db: &Db, phone: &Phone) -> Result<Option<i64>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select customer_id from phones where phone = $1")
            .bind(phone.as_str())
            .fetch_optional(pool)
            .await?
    }))
}

/// A way that a customer's name was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelt {
    /// The name as written.
    pub name: String,
    /// How many orders have it.
    pub orders: i64,
    /// When the last of them was placed.
    pub last: DateTime<Utc>,
}

/// What all orders of a customer say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Every way that the name was written, the last used one first.
    pub names: Vec<Spelt>,
    /// Every number: phones, `WhatsApp` numbers and others.
    pub numbers: Vec<Phone>,
    /// The orders, lost ones included, in no order.
    pub bought: Vec<Bought>,
}

/// Orders with one name and the same numbers, packed: some thousand orders are read as a few rows.
#[derive(FromRow)]
struct Group {
    name: String,
    phone: String,
    whatsapp: String,
    other_phone: String,
    last_pos: String,
    packed: String,
}

/// Between the orders of a group, and between the fields of an order.
const ORDER: char = ';';
const FIELD: char = ' ';

/// Reads all orders of a customer in one pass.
pub async fn written(db: &Db, customer: i64) -> Result<Written, ServerError> {
    let groups: Vec<Group> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select o.customer_name as name, o.phone, o.whatsapp, o.other_phone, max(o.pos) as last_pos,
               string_agg(
                 cast(o.placed_at as text) || ' ' || cast(o.amount as text) || ' ' || o.status || ' ' || o.source, ';'
               ) as packed
             from phones p join orders o on o.phone = p.phone
             where p.customer_id = $1
             group by o.customer_name, o.phone, o.whatsapp, o.other_phone
             union all
             select '', p.phone, coalesce(e.whatsapp, ''), '', '', ''
             from phones p left join customer_edits e on e.id = p.id
             where p.customer_id = $1",
        )
        .bind(customer)
        .fetch_all(pool)
        .await?
    });
    Ok(unpack(groups))
}

fn unpack(groups: Vec<Group>) -> Written {
    let mut written = Written::default();
    let mut names: HashMap<String, (String, Spelt)> = HashMap::new();
    let mut numbers = BTreeSet::new();
    for group in groups {
        let bought: Vec<Bought> = group.packed.split(ORDER).filter_map(order).collect();
        if !group.name.is_empty() {
            let known = names.entry(group.name.clone()).or_insert_with(|| {
                let name = Spelt {
                    name: group.name,
                    orders: 0,
                    last: DateTime::UNIX_EPOCH,
                };
                (String::new(), name)
            });
            known.0 = std::cmp::max(std::mem::take(&mut known.0), group.last_pos);
            known.1.orders += i64::try_from(bought.len()).unwrap_or(i64::MAX);
            known.1.last = bought.iter().map(|order| order.at).fold(known.1.last, DateTime::max);
        }
        numbers.extend([group.phone, group.whatsapp, group.other_phone]);
        written.bought.extend(bought);
    }
    let mut names: Vec<(String, Spelt)> = names.into_values().collect();
    names.sort_by(|one, other| other.0.cmp(&one.0));
    written.names = names.into_iter().map(|(_, name)| name).collect();
    numbers.remove("");
    written.numbers = numbers.into_iter().map(Phone::from_db).collect();
    written
}

fn order(packed: &str) -> Option<Bought> {
    let mut fields = packed.split(FIELD);
    Some(Bought {
        at: DateTime::from_timestamp_millis(fields.next()?.parse().ok()?)?,
        amount: Money(fields.next()?.parse().ok()?),
        status: Status::parse(fields.next()?).unwrap_or(Status::New),
        source: Source::parse(fields.next()?),
    })
}
