//! Where a customer's numbers stand on orders, their own and others'.
//!
//! No index leads from these numbers to orders: on SQLite, two of them made an import of 60,000 orders, of which a
//! quarter had a `WhatsApp` number, take a twentieth longer. An erasure keeps every writer of orders waiting, so it
//! looks through all orders before, and inside its lock only at those that have changed since.

use std::collections::BTreeSet;

use sqlx::FromRow;

use super::identity::Identity;

/// Where numbers stood when all orders were looked through.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The last change that had been made before.
    pub seen: i64,
    /// The customer's phones.
    pub own: BTreeSet<String>,
    /// The other numbers that were looked for.
    pub reached: BTreeSet<String>,
    /// Those of them that stood on others' orders.
    pub shared: BTreeSet<String>,
    /// The orders on which a phone of the customer's stood as another number.
    pub orders: BTreeSet<i64>,
}

/// An order that has changed, or with two nulls everything.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Changed {
    pub order_id: Option<i64>,
    pub customer_id: Option<i64>,
}

/// The numbers on an order.
#[derive(Clone, Debug, FromRow)]
pub(super) struct Standing {
    pub id: i64,
    pub phone: String,
    pub whatsapp: String,
    pub other_phone: String,
}

impl Places {
    /// Tells whether all orders were looked through for what is known by now, so that those that have changed since are
    /// the only others.
    pub fn hold(&self, known: &Identity, changed: &[Changed]) -> bool {
        let everything = |change: &Changed| change.order_id.is_none() && change.customer_id.is_none();
        self.own == known.own && known.reached.is_subset(&self.reached) && !changed.iter().any(everything)
    }

    /// The orders to look at again.
    pub fn with(&self, changed: &[Changed]) -> Vec<i64> {
        let since = changed.iter().filter_map(|change| change.order_id);
        let all: BTreeSet<i64> = self.orders.iter().copied().chain(since).collect();
        all.into_iter().collect()
    }
}

/// Returns which of the numbers stand on orders of somebody else.
pub(super) fn on_others(standing: &[Standing], known: &Identity) -> BTreeSet<String> {
    let others = standing.iter().filter(|order| !known.own.contains(&order.phone));
    let numbers = others.flat_map(|order| [&order.whatsapp, &order.other_phone]);
    numbers
        .filter(|number| known.reached.contains(*number))
        .cloned()
        .collect()
}

/// Reads rows by some values at a time, which stand in the statement as a list at its end, on a connection of either
/// database.
macro_rules! read_by {
    ($connection:expr, $before:expr, $values:expr, $after:expr) => {{
        let mut all = Vec::new();
        let values: Vec<_> = $values.iter().cloned().collect();
        for some in values.chunks($crate::server::store::erasure::identity::CHUNK) {
            let mut query = QueryBuilder::new($before);
            let mut list = query.separated(", ");
            for value in some {
                list.push_bind(value.clone());
            }
            query.push(") ").push($after);
            let mut rows = query.build_query_as().fetch_all(&mut *$connection).await?;
            all.append(&mut rows);
        }
        all
    }};
}

/// Looks through all orders for a customer's numbers, on a connection of either database; `seen` is the last change that
/// is among them.
macro_rules! places {
    ($connection:expr, $known:expr, $seen:expr) => {{
        let known: &Identity = $known;
        let mut places = Places {
            seen: $seen,
            own: known.own.clone(),
            reached: known.reached.clone(),
            ..Places::default()
        };
        for column in ["whatsapp", "other_phone"] {
            let sql = format!("select phone, {column} from orders where {column} in (");
            let group = format!("group by phone, {column}");
            let found: Vec<(String, String)> = $crate::server::store::erasure::places::read_by!(
                $connection,
                sql.as_str(),
                &known.reached,
                group.as_str()
            );
            let others = found.into_iter().filter(|(phone, _)| !known.own.contains(phone));
            places.shared.extend(others.map(|(_, number)| number));
            let sql = format!("select id from orders where {column} in (");
            let ids: Vec<(i64,)> =
                $crate::server::store::erasure::places::read_by!($connection, sql.as_str(), &known.own, "");
            places.orders.extend(ids.into_iter().map(|(id,)| id));
        }
        places
    }};
}

/// Returns which numbers are a phone of somebody else, or were set for them by hand, on a connection of either database.
macro_rules! of_others {
    ($connection:expr, $customer:expr, $known:expr) => {{
        let known: &Identity = $known;
        let phones: Vec<(String, i64)> = $crate::server::store::erasure::places::read_by!(
            $connection,
            "select phone, customer_id from phones where phone in (",
            &known.reached,
            ""
        );
        let set: Vec<(String, i64)> = $crate::server::store::erasure::places::read_by!(
            $connection,
            "select e.whatsapp, p.customer_id from customer_edits e join phones p on p.id = e.id where e.whatsapp in (",
            &known.reached,
            ""
        );
        let others = phones
            .into_iter()
            .chain(set)
            .filter(|(_, customer)| *customer != $customer);
        others
            .map(|(number, _)| number)
            .collect::<std::collections::BTreeSet<String>>()
    }};
}
pub(super) use {of_others, places, read_by};

#[cfg(test)]
mod tests {
    use super::*;

    fn set(numbers: &[&str]) -> BTreeSet<String> {
        numbers.iter().map(|number| (*number).to_owned()).collect()
    }

    #[test]
    fn what_was_looked_through_before_holds_but_for_what_has_changed_since() {
        let known = Identity {
            own: set(&["+1"]),
            reached: set(&["+2"]),
            ..Identity::default()
        };
        let places = Places {
            own: set(&["+1"]),
            reached: set(&["+2", "+3"]),
            orders: [7].into(),
            ..Places::default()
        };
        let change = |order_id, customer_id| Changed { order_id, customer_id };
        let changed = [
            change(Some(9), Some(1)),
            change(None, Some(2)),
            change(Some(7), Some(1)),
        ];
        assert!(places.hold(&known, &changed));
        assert_eq!(places.with(&changed), [7, 9]);
        assert!(!places.hold(&known, &[change(None, None)]), "everything has changed");
        let merged = Identity {
            own: set(&["+1", "+4"]),
            ..known.clone()
        };
        assert!(!places.hold(&merged, &[]));
        let another = Identity {
            reached: set(&["+5"]),
            ..known
        };
        assert!(!places.hold(&another, &[]));
    }

    #[test]
    fn a_number_on_somebody_elses_order_is_others_too() {
        let known = Identity {
            own: set(&["+1"]),
            reached: set(&["+2", "+3"]),
            ..Identity::default()
        };
        let order = |phone: &str, whatsapp: &str, other_phone: &str| Standing {
            id: 1,
            phone: phone.to_owned(),
            whatsapp: whatsapp.to_owned(),
            other_phone: other_phone.to_owned(),
        };
        let standing = [order("+1", "+3", ""), order("+9", "", "+2"), order("+9", "+1", "+8")];
        assert_eq!(on_others(&standing, &known), set(&["+2"]));
    }
}
