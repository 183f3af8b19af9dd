//! Taking changed customers and orders into a finder.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::log::Asked;
use super::stored::{order_id, second, source, status};
use crate::domain::finder::{CustomerFacts, Finder, OrderFacts};
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::source::Source;
use crate::domain::text;
use crate::server::db::packed::Asking;
use crate::server::error::ServerError;
use crate::server::store::customers::tags;

/// How many ids one statement asks for.
const ASKED: usize = 1_000;

#[derive(Deserialize)]
pub(super) struct CustomerRow {
    id: i64,
    phone: String,
    orders: i64,
    ltv: i64,
    first_at: i64,
    last_at: i64,
    source: String,
    name_key: String,
    city: String,
    state: String,
    tags: String,
}

/// A name and a number that were set in place of those of the orders.
#[derive(Deserialize)]
pub(super) struct EditRow {
    customer_id: i64,
    name_key: String,
    whatsapp: String,
}

#[derive(Deserialize)]
pub(super) struct OrderRow {
    id: i64,
    number: String,
    customer_id: i64,
    phone: String,
    placed_at: i64,
    amount: i64,
    status: String,
    source: String,
    sales_rep: String,
    customer_name: String,
    name_key: String,
    whatsapp: String,
    other_phone: String,
}

/// The changed rows, all read in one snapshot.
#[derive(Default)]
pub(super) struct Read {
    /// The customers that changed, with their rows where they still have orders.
    customers: BTreeMap<i64, Option<CustomerRow>>,
    /// The orders that changed, with their rows where they still exist.
    orders: BTreeMap<i64, Option<OrderRow>>,
    /// Customers of whom all orders were read.
    whole: BTreeMap<i64, Vec<OrderRow>>,
    /// What was set of those customers.
    edits: Vec<EditRow>,
}

/// Reads changed rows on a connection of either database, packed as JSON: during an import there are thousands of them in
/// every look, and row by row they would take four times as long.
macro_rules! read {
    ($db:expr, $connection:expr, $asked:expr) => {{
        use $crate::server::db::packed::{packed, unpacked};
        use $crate::server::finder::changes::{CUSTOMERS, EDITS, ORDERS, OWN_ORDERS, Read, chunks};
        let mut read = Read::of(&$asked);
        for ids in chunks(&$asked.customers) {
            read.found_customers(unpacked(&packed!($db, &mut *$connection, CUSTOMERS, ids))?);
        }
        for ids in chunks(&$asked.orders) {
            read.found_orders(unpacked(&packed!($db, &mut *$connection, ORDERS, ids))?);
        }
        for ids in chunks(&$asked.whole) {
            read.found_whole(unpacked(&packed!($db, &mut *$connection, OWN_ORDERS, ids))?);
            read.found_edits(unpacked(&packed!($db, &mut *$connection, EDITS, ids))?);
        }
        read
    }};
}
pub(super) use read;

const ORDER: &str = "o.id, o.number, p.customer_id, o.phone, o.placed_at, o.amount, o.status, o.source, o.sales_rep, \
                     o.customer_name, o.name_key, o.whatsapp, o.other_phone";
pub(super) const CUSTOMERS: Asking = Asking {
    columns: "id, phone, earned_orders + open_orders, earned + open, first_at, last_at, source, name_key, city, state, tags",
    from: "customers",
    key: "id",
};
pub(super) const ORDERS: Asking = Asking {
    columns: ORDER,
    from: "orders o join phones p on p.phone = o.phone",
    key: "o.id",
};
pub(super) const OWN_ORDERS: Asking = Asking {
    columns: ORDER,
    from: "phones p join orders o on o.phone = p.phone",
    key: "p.customer_id",
};
pub(super) const EDITS: Asking = Asking {
    columns: "p.customer_id, e.name_key, e.whatsapp",
    from: "phones p join customer_edits e on e.id = p.id",
    key: "p.customer_id",
};

/// Numbers as JSON arrays, so many in each.
pub(super) fn chunks(ids: &BTreeSet<i64>) -> Vec<String> {
    let ids: Vec<i64> = ids.iter().copied().collect();
    ids.chunks(ASKED).map(|ids| format!("{ids:?}")).collect()
}

impl Read {
    pub(super) fn of(asked: &Asked) -> Self {
        Self {
            customers: asked.customers.iter().map(|id| (*id, None)).collect(),
            orders: asked.orders.iter().map(|id| (*id, None)).collect(),
            whole: asked.whole.iter().map(|id| (*id, Vec::new())).collect(),
            edits: Vec::new(),
        }
    }

    pub(super) fn found_customers(&mut self, rows: Vec<CustomerRow>) {
        for row in rows {
            self.customers.insert(row.id, Some(row));
        }
    }

    pub(super) fn found_orders(&mut self, rows: Vec<OrderRow>) {
        for row in rows {
            self.orders.insert(row.id, Some(row));
        }
    }

    pub(super) fn found_whole(&mut self, rows: Vec<OrderRow>) {
        for row in rows {
            self.whole.entry(row.customer_id).or_default().push(row);
        }
    }

    pub(super) fn found_edits(&mut self, rows: Vec<EditRow>) {
        self.edits.extend(rows);
    }

    /// The customers about whom something changed.
    pub(super) fn customers(&self) -> impl Iterator<Item = i64> + '_ {
        self.customers.keys().copied()
    }

    /// Takes everything in.
    pub(super) fn apply(self, finder: &mut Finder) -> Result<(), ServerError> {
        let mut gone = Vec::new();
        for (id, row) in self.customers {
            match row {
                Some(row) => finder.put(&row.into()),
                None => gone.push(id),
            }
        }
        for (id, row) in self.orders {
            match row {
                Some(row) => {
                    finder.put_order(facts(&row)?, row.customer_id);
                    finder.spell(
                        row.customer_id,
                        &row.key(),
                        &[&row.phone, &row.whatsapp, &row.other_phone],
                    );
                }
                None => finder.remove_order(order_id(id)?),
            }
        }
        for (customer, rows) in self.whole {
            for row in &rows {
                finder.put_order(facts(row)?, customer);
            }
            let keys: Vec<String> = rows.iter().map(OrderRow::key).collect();
            let numbers: Vec<Phone> = rows.iter().flat_map(OrderRow::numbers).collect();
            finder.spell_all(customer, &keys, &numbers);
        }
        for edit in self.edits {
            finder.spell(edit.customer_id, &edit.name_key, &[&edit.whatsapp]);
        }
        // Last, when none of their orders is theirs any more.
        for id in gone {
            finder.remove(id);
        }
        Ok(())
    }
}

impl From<CustomerRow> for CustomerFacts {
    fn from(row: CustomerRow) -> Self {
        Self {
            id: row.id,
            phone: Phone::from_db(row.phone),
            name_key: row.name_key,
            orders: row.orders,
            ltv: Money(row.ltv),
            first: row.first_at / 1_000,
            last: row.last_at / 1_000,
            source: Source::parse(&row.source),
            city: row.city,
            state: row.state,
            tags: tags(&row.tags),
        }
    }
}

impl OrderRow {
    /// The folded name; a foreign writer may have left it out.
    fn key(&self) -> String {
        if self.name_key.is_empty() {
            text::fold(&self.customer_name)
        } else {
            self.name_key.clone()
        }
    }

    fn numbers(&self) -> Vec<Phone> {
        [&self.phone, &self.whatsapp, &self.other_phone]
            .into_iter()
            .filter(|number| !number.is_empty())
            .map(|number| Phone::from_db(number.clone()))
            .collect()
    }
}

fn facts(row: &OrderRow) -> Result<OrderFacts<'_>, ServerError> {
    Ok(OrderFacts {
        id: order_id(row.id)?,
        second: second(row.placed_at / 1_000),
        amount: row.amount,
        status: status(&row.status),
        source: source(&row.source),
        sales_rep: &row.sales_rep,
        number: &row.number,
    })
}
