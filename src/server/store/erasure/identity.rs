//! By what somebody is known, and how that is taken out of every table.

use std::collections::BTreeSet;

use sqlx::FromRow;

/// How many values go into one statement.
pub(super) const CHUNK: usize = 500;

/// What an order says about who somebody is.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Told {
    pub number: String,
    pub customer_name: String,
    whatsapp: String,
    other_phone: String,
}

/// What a customer is known by.
#[derive(Clone, Debug, Default)]
pub(super) struct Identity {
    /// The numbers of their orders.
    pub numbers: Vec<String>,
    /// Their phones.
    pub own: BTreeSet<String>,
    /// Every other number by which they were reached.
    pub reached: BTreeSet<String>,
    /// Every name that they have had.
    pub names: Vec<String>,
}

impl Identity {
    /// Leaves numbers out that somebody else has too: the number of the shop, of an agent, or of another customer says
    /// nothing of this one, and stays where it stands.
    pub fn leave(&mut self, shared: &BTreeSet<String>) {
        self.reached.retain(|number| !shared.contains(number));
    }

    /// Their phones, and the other numbers by which they were reached.
    pub fn all_numbers(&self) -> Vec<String> {
        self.own.union(&self.reached).cloned().collect()
    }
}

/// Everything that is about a customer by their phones, and the column that says so. What is left of turns and queues
/// goes before what others refer to.
pub(super) const ABOUT: [(&str, &str); 8] = [
    ("queue_turns", "customer_id"),
    ("queue_entries", "phone_id"),
    ("contacts", "phone_id"),
    ("customer_notes", "phone_id"),
    ("customer_tags", "phone_id"),
    ("customer_history", "phone_id"),
    ("customer_consents", "phone_id"),
    ("customer_edits", "id"),
];

/// Runs a statement once for some of the values at a time, which stand in it as a list at its end.
macro_rules! for_each {
    ($connection:expr, $before:expr, $values:expr, $after:expr) => {
        for values in $values.chunks($crate::server::store::erasure::identity::CHUNK) {
            let mut query = QueryBuilder::new($before);
            let mut list = query.separated(", ");
            for value in values {
                list.push_bind(value.clone());
            }
            query.push($after);
            query.build().execute(&mut *$connection).await?;
        }
    };
}

/// Reads by what a customer is known, on a connection of either database.
macro_rules! identity {
    ($connection:expr, $customer:expr, $phones:expr) => {{
        let told: Vec<$crate::server::store::erasure::identity::Told> = sqlx::query_as(
            "select o.number, o.customer_name, o.whatsapp, o.other_phone
             from phones p join orders o on o.phone = p.phone where p.customer_id = $1",
        )
        .bind($customer)
        .fetch_all(&mut *$connection)
        .await?;
        let set: Vec<(String, String)> = sqlx::query_as(
            "select name, whatsapp from customer_edits where id in (select id from phones where customer_id = $1)",
        )
        .bind($customer)
        .fetch_all(&mut *$connection)
        .await?;
        // Names and numbers that were set for a while.
        let were: Vec<(String, String, String)> = sqlx::query_as(
            "select field, before, after from customer_history
             where phone_id in (select id from phones where customer_id = $1) and field in ('name', 'whatsapp')",
        )
        .bind($customer)
        .fetch_all(&mut *$connection)
        .await?;
        let numbers: Vec<String> = told.iter().map(|order| order.number.clone()).collect();
        let own: std::collections::BTreeSet<String> = $phones.iter().cloned().collect();
        let reached = $crate::server::store::erasure::identity::reached(&told, &set, &were);
        Identity {
            names: $crate::server::store::erasure::identity::names(&told, &set, &were),
            numbers,
            reached: reached.difference(&own).cloned().collect(),
            own,
        }
    }};
}

/// Takes out all that is about a customer and all that would bring them back, on a connection of either database.
macro_rules! forget {
    ($db:expr, $connection:expr, $customer:expr, $known:expr, $standing:expr) => {{
        let Identity { numbers, own, .. } = $known;
        let reached = &$known.all_numbers();
        let standing: &[Standing] = $standing;
        for (table, column) in $crate::server::store::erasure::identity::ABOUT {
            let sql = format!("delete from {table} where {column} in (select id from phones where customer_id = $1)");
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind($customer)
                .execute(&mut *$connection)
                .await?;
        }
        sqlx::query("delete from phones where customer_id = $1")
            .bind($customer)
            .execute(&mut *$connection)
            .await?;

        // What others' orders and histories say of these numbers.
        let others = || standing.iter().filter(|order| !own.contains(&order.phone));
        let second = others().filter(|order| own.contains(&order.other_phone));
        let second: Vec<i64> = second.map(|order| order.id).collect();
        $crate::server::store::erasure::identity::for_each!(
            $connection,
            "update orders set other_phone = '', phone_raw = '' where id in (",
            second,
            ")"
        );
        let whatsapp = others().filter(|order| own.contains(&order.whatsapp));
        let whatsapp: Vec<i64> = whatsapp.map(|order| order.id).collect();
        $crate::server::store::erasure::identity::for_each!(
            $connection,
            "update orders set whatsapp = '' where id in (",
            whatsapp,
            ")"
        );
        $crate::server::store::erasure::identity::for_each!(
            $connection,
            "update customer_edits set whatsapp = '' where whatsapp in (",
            reached,
            ")"
        );
        $crate::server::store::erasure::identity::for_each!(
            $connection,
            "update customer_history set before = '' where before in (",
            reached,
            ")"
        );
        $crate::server::store::erasure::identity::for_each!(
            $connection,
            "update customer_history set after = '' where after in (",
            reached,
            ")"
        );
        // What would bring them back, and what came from elsewhere under their numbers.
        $crate::server::store::erasure::identity::for_each!(
            $connection,
            "delete from import_changes where number in (",
            numbers,
            ")"
        );
        $crate::server::store::erasure::identity::for_each!(
            $connection,
            "delete from hook_orders where order_number in (",
            numbers,
            ")"
        );
        $crate::server::store::erasure::identity::for_each!(
            $connection,
            "update hook_deliveries set order_number = '', reason = '' where order_number in (",
            numbers,
            ")"
        );
        let (blank, end) = match $db {
            Db::Sqlite { .. } => (
                "update audit_log set order_number = '(erased)' where order_number in (",
                ")",
            ),
            // The application's role may not update the log itself.
            Db::Postgres { .. } => ("select audit_log_erase(array[", "])"),
        };
        $crate::server::store::erasure::identity::for_each!($connection, blank, numbers, end);
    }};
}
pub(super) use {for_each, forget, identity};

/// Every number by which somebody was reached besides their phones.
pub(super) fn reached(told: &[Told], set: &[(String, String)], were: &[(String, String, String)]) -> BTreeSet<String> {
    let orders = told.iter().flat_map(|order| [&order.whatsapp, &order.other_phone]);
    let set = set.iter().map(|(_, whatsapp)| whatsapp);
    let were = were.iter().filter(|(field, ..)| field == "whatsapp");
    let were = were.flat_map(|(_, before, after)| [before, after]);
    let all = orders.chain(set).chain(were);
    all.filter(|number| !number.is_empty()).cloned().collect()
}

/// Every name that somebody has had.
pub(super) fn names(told: &[Told], set: &[(String, String)], were: &[(String, String, String)]) -> Vec<String> {
    let orders = told.iter().map(|order| &order.customer_name);
    let set = set.iter().map(|(name, _)| name);
    let were = were.iter().filter(|(field, ..)| field == "name");
    let were = were.flat_map(|(_, before, after)| [before, after]);
    let names: BTreeSet<&String> = orders.chain(set).chain(were).collect();
    names.into_iter().cloned().collect()
}
