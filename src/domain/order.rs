//! An order: the only thing a shop has to begin with.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::money::Money;
use super::phone::Phone;
use super::source::Source;
use super::status::Status;

/// An order as it is stored; an empty text is one that nobody gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The shop's own number, which no other order has.
    pub number: String,
    /// When it was placed, in whole seconds.
    pub placed_at: DateTime<Utc>,
    /// The customer's name as written on it.
    pub name: String,
    /// Whose it is.
    pub phone: Phone,
    /// The phone as written on it.
    pub phone_raw: String,
    /// The other number, where two were written.
    pub other_phone: Option<Phone>,
    /// The `WhatsApp` number, where one was given.
    pub whatsapp: Option<Phone>,
    /// What it costs; never negative.
    pub amount: Money,
    /// Where it stands.
    pub status: Status,
    /// Where it came from.
    pub source: Source,
    /// The city it goes to.
    pub city: String,
    /// The state it goes to.
    pub state: String,
    /// The delivery address.
    pub address: String,
    /// Who sold it.
    pub sales_rep: String,
    /// What was ordered.
    pub items: String,
}

impl Order {
    /// Returns the order's place in time: a text that sorts bytewise like (placed-at, number).
    ///
    /// Milliseconds since 1970 with zeros to 15 digits, then the number; the database computes the same.
    pub fn position(&self) -> String {
        format!("{:015}{}", self.placed_at.timestamp_millis(), self.number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn order(number: &str, seconds: i64) -> Order {
        Order {
            number: number.to_owned(),
            placed_at: DateTime::from_timestamp(seconds, 0).unwrap(),
            name: "Ada".to_owned(),
            phone: Phone::e164("+2348031234567").unwrap(),
            phone_raw: "0803 123 4567".to_owned(),
            other_phone: None,
            whatsapp: Phone::text("call me"),
            amount: Money(1_250_000),
            status: Status::New,
            source: Source::Tiktok,
            city: String::new(),
            state: String::new(),
            address: String::new(),
            sales_rep: String::new(),
            items: String::new(),
        }
    }

    #[test]
    fn the_number_follows_fifteen_digits() {
        assert_eq!(order("M-1", 1_790_000_000).position(), "001790000000000M-1");
        assert_eq!(order("", 0).position(), "000000000000000");
    }

    #[test]
    fn an_order_crosses_the_wire_unchanged() {
        let order = order("M-1", 1_790_000_000);
        let wire = serde_json::to_string(&order).unwrap();
        assert_eq!(serde_json::from_str::<Order>(&wire).unwrap(), order);
    }

    proptest! {
        #[test]
        fn positions_sort_like_time_and_number(
            // Times that often meet, so that the number decides.
            (a, b) in (0_i64..3, 0_i64..3).prop_map(|(a, b)| (a * 900_000_000, b * 900_000_000)),
            (m, n) in ("[ -~é]{0,4}", "[ -~é]{0,4}"),
        ) {
            let (first, second) = (order(&m, a), order(&n, b));
            let expected = (a, m.as_bytes()).cmp(&(b, n.as_bytes()));
            let found = first.position().into_bytes().cmp(&second.position().into_bytes());
            prop_assert_eq!(found, expected);
        }
    }
}
