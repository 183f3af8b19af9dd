//! What was erased, known by keyed hashes: orders that come in again with it are left aside.

use std::borrow::Cow;
use std::collections::HashMap;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::domain::order::Order;
use crate::domain::phone::Phone;
use crate::server::token;

/// The name of the setting that holds the key of this installation.
pub(super) const KEY: &str = "erasure_key";

/// What a hash stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The number of an order.
    Order,
    /// A phone that was the person's own.
    Phone,
    /// Any number by which they were reached.
    Number,
}

/// Hashes a value under the key of this installation.
pub(super) fn hash(key: &str, kind: Kind, value: &str) -> String {
    let name = match kind {
        Kind::Order => "order",
        Kind::Phone => "phone",
        Kind::Number => "number",
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
        // HMAC takes keys of every length.
        return String::new();
    };
    mac.update(name.as_bytes());
    mac.update(&[0]);
    mac.update(value.as_bytes());
    token::hex(&mac.finalize().into_bytes())
}

/// The hashes of numbers of orders, each with its number.
pub(super) fn of_numbers(key: &str, numbers: &[String]) -> Vec<(String, String)> {
    let of = |number: &String| (hash(key, Kind::Order, number), number.clone());
    numbers.iter().filter(|number| !number.is_empty()).map(of).collect()
}

/// What has been erased of some orders that come in.
#[derive(Debug, Default)]
pub(super) struct Erased {
    key: String,
    at: HashMap<String, i64>,
}

impl Erased {
    /// What is known of these hashes.
    pub fn new(key: String, at: HashMap<String, i64>) -> Self {
        Self { key, at }
    }

    /// The hashes that have to be looked up for orders.
    pub fn asked(key: &str, orders: &[Order]) -> Vec<String> {
        let mut asked = Vec::with_capacity(orders.len() * 2);
        for order in orders {
            asked.push(hash(key, Kind::Order, &order.number));
            asked.push(hash(key, Kind::Phone, order.phone.as_str()));
            let others = [&order.other_phone, &order.whatsapp].into_iter().flatten();
            asked.extend(others.map(|number| hash(key, Kind::Number, number.as_str())));
        }
        asked.sort_unstable();
        asked.dedup();
        asked
    }

    /// Parts orders into those that come in, and the numbers of those that stay erased: the ones with an erased number,
    /// and the ones of an erased phone that were placed before. Numbers erased with a person leave the orders of others.
    pub fn sift<'a>(&self, orders: &'a [Order]) -> (Cow<'a, [Order]>, Vec<String>) {
        if self.at.is_empty() {
            return (Cow::Borrowed(orders), Vec::new());
        }
        let (mut kept, mut aside) = (Vec::with_capacity(orders.len()), Vec::new());
        for order in orders {
            match self.sifted(order) {
                Some(order) => kept.push(order),
                None => aside.push(order.number.clone()),
            }
        }
        (Cow::Owned(kept), aside)
    }

    fn sifted(&self, order: &Order) -> Option<Order> {
        let placed = order.placed_at.timestamp_millis();
        let erased = |kind, value: &str| self.at.get(&hash(&self.key, kind, value)).copied();
        let before = |kind, phone: &Phone| erased(kind, phone.as_str()).is_some_and(|at| placed <= at);
        if erased(Kind::Order, &order.number).is_some() || before(Kind::Phone, &order.phone) {
            return None;
        }
        let mut order = order.clone();
        if order
            .other_phone
            .as_ref()
            .is_some_and(|number| before(Kind::Number, number))
        {
            order.other_phone = None;
            // It holds both numbers as they were written.
            order.phone_raw.clear();
        }
        if order
            .whatsapp
            .as_ref()
            .is_some_and(|number| before(Kind::Number, number))
        {
            order.whatsapp = None;
        }
        Some(order)
    }
}

/// Waits for an erasure that is under way, and keeps others waiting; SQLite has one writer anyway.
macro_rules! hold_off {
    ($db:expr, $connection:expr) => {
        sqlx::query($db.dialect("select 1", "select pg_advisory_xact_lock_shared(1702000019)"))
            .execute(&mut *$connection)
            .await?
    };
}
pub(super) use hold_off;

/// Returns which numbers of orders are erased, on a connection of either database.
macro_rules! gone {
    ($db:expr, $connection:expr, $numbers:expr) => {{
        let mut gone = std::collections::HashSet::new();
        let numbers: &[String] = $numbers;
        if numbers.iter().any(|number| !number.is_empty()) {
            $crate::server::store::erased::hold_off!($db, $connection);
            let key: Option<String> = sqlx::query_scalar("select value from settings where name = $1")
                .bind($crate::server::store::erased::KEY)
                .fetch_optional(&mut *$connection)
                .await?;
            let hashes = key.map(|key| $crate::server::store::erased::of_numbers(&key, numbers));
            let hashes: Vec<(String, String)> = hashes.unwrap_or_default();
            for some in hashes.chunks(5_000) {
                let mut query = QueryBuilder::new("select hash from erased where hash in (");
                let mut list = query.separated(", ");
                for (hash, _) in some {
                    list.push_bind(hash.clone());
                }
                query.push(")");
                let known: Vec<String> = query.build_query_scalar().fetch_all(&mut *$connection).await?;
                let erased = some.iter().filter(|(hash, _)| known.contains(hash));
                gone.extend(erased.map(|(_, number)| number.clone()));
            }
        }
        gone
    }};
}
pub(super) use gone;

/// Reads what has been erased of orders that are to be written, on a connection of either database.
macro_rules! erased {
    ($db:expr, $connection:expr, $orders:expr) => {{
        $crate::server::store::erased::hold_off!($db, $connection);
        let key: Option<String> = sqlx::query_scalar("select value from settings where name = $1")
            .bind($crate::server::store::erased::KEY)
            .fetch_optional(&mut *$connection)
            .await?;
        let mut known = HashMap::new();
        let key = key.unwrap_or_default();
        if !key.is_empty() {
            for hashes in $crate::server::store::erased::Erased::asked(&key, $orders).chunks(5_000) {
                let mut query = QueryBuilder::new("select hash, at from erased where hash in (");
                let mut list = query.separated(", ");
                for hash in hashes {
                    list.push_bind(hash.clone());
                }
                query.push(")");
                let rows: Vec<(String, i64)> = query.build_query_as().fetch_all(&mut *$connection).await?;
                known.extend(rows);
            }
        }
        $crate::server::store::erased::Erased::new(key, known)
    }};
}
pub(super) use erased;

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::money::Money;
    use crate::domain::source::Source;
    use crate::domain::status::Status;

    fn order(number: &str, phone: &str, placed: i64) -> Order {
        Order {
            number: number.to_owned(),
            placed_at: DateTime::from_timestamp(placed, 0).unwrap(),
            name: "Ada".to_owned(),
            phone: Phone::e164(phone).unwrap(),
            phone_raw: "both".to_owned(),
            other_phone: None,
            whatsapp: None,
            amount: Money(1),
            status: Status::New,
            source: Source::Other,
            city: String::new(),
            state: String::new(),
            address: String::new(),
            sales_rep: String::new(),
            items: String::new(),
        }
    }

    #[test]
    fn what_was_erased_stays_so_and_what_is_new_comes_in() {
        let (ada, ben) = ("+2348031234567", "+2347065550001");
        let known = [(Kind::Order, "A1"), (Kind::Phone, ada), (Kind::Number, ada)];
        let at = known.map(|(kind, value)| (hash("key", kind, value), 2_000_000));
        let erased = Erased::new("key".to_owned(), at.into());
        let mut shared = order("B1", ben, 1_000);
        shared.other_phone = Phone::e164(ada);
        shared.whatsapp = Phone::e164(ada);
        let orders = [
            order("A1", ben, 9_000),
            order("A2", ada, 2_000),
            order("A3", ada, 2_001),
            shared,
        ];
        let (kept, aside) = erased.sift(&orders);
        assert_eq!(aside, ["A1", "A2"], "an erased number, and an order of before");
        let numbers: Vec<&str> = kept.iter().map(|order| order.number.as_str()).collect();
        assert_eq!(numbers, ["A3", "B1"]);
        let others = &kept[1];
        assert_eq!(
            (&others.other_phone, &others.whatsapp, others.phone_raw.as_str()),
            (&None, &None, "")
        );
    }

    #[test]
    fn a_hash_depends_on_the_key_and_on_what_it_stands_for() {
        let hashes = [
            hash("one", Kind::Order, "1"),
            hash("two", Kind::Order, "1"),
            hash("one", Kind::Phone, "1"),
            hash("one", Kind::Number, "1"),
        ];
        let distinct: std::collections::HashSet<&String> = hashes.iter().collect();
        assert_eq!(distinct.len(), 4);
        assert_eq!(hashes[0].len(), 64);
    }

    #[test]
    fn without_an_erasure_orders_are_not_even_copied() {
        let orders = [order("A1", "+2348031234567", 1)];
        assert!(matches!(Erased::default().sift(&orders).0, Cow::Borrowed(_)));
    }
}
