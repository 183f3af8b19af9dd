//! A random shop: few customers, many collisions, every kind of change, the same for the same seed.

use chrono::{DateTime, Utc};
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::phone::Phone;
use onibara::domain::source::Source;
use onibara::domain::status::Status;
use onibara::domain::text;
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;

const PHONES: [&str; 6] = [
    "+2348031234567",
    "+2347065550001",
    "+233241234567",
    "call me",
    "12345",
    "+447911123456",
];
const NAMES: [&str; 5] = [
    "",
    "Adébáyò Okafor",
    "ADEBAYO OKAFOR",
    "Ngọzi Eze",
    "'; drop table orders; --",
];
const CITIES: [(&str, &str); 4] = [("", ""), ("Ikeja", "Lagos"), ("", "FCT"), ("Yaba", "")];

/// Draws random orders and changes.
pub struct RandomShop(pub ChaCha8Rng);

impl RandomShop {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.0.random_range(0..from.len())].clone()
    }

    pub fn phone(&mut self) -> Phone {
        let text = self.pick(&PHONES);
        Phone::e164(text).or_else(|| Phone::text(text)).unwrap()
    }

    /// One of few instants, so that orders often share one and the number decides.
    fn instant(&mut self) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000 + self.0.random_range(0..12) * 40_000, 0).unwrap()
    }

    /// A random order with one of few numbers; `B10` sorts before `B9`.
    pub fn order(&mut self) -> Order {
        let number = format!("{}{}", self.pick(&["A", "B", "b"]), self.0.random_range(1..15));
        self.numbered(&number)
    }

    pub fn numbered(&mut self, number: &str) -> Order {
        let (city, state) = self.pick(&CITIES);
        let whatsapp = self.0.random_bool(0.3).then(|| self.phone());
        Order {
            number: number.to_owned(),
            placed_at: self.instant(),
            name: self.pick(&NAMES).to_owned(),
            phone: self.phone(),
            phone_raw: String::new(),
            other_phone: None,
            whatsapp,
            amount: Money(self.0.random_range(0..5_000_000)),
            status: self.pick(&Status::ALL),
            source: self.pick(&Source::ALL),
            city: city.to_owned(),
            state: state.to_owned(),
            address: String::new(),
            sales_rep: self.pick(&["", "Bisi", "Chidi \u{1f} O."]).to_owned(),
            items: String::new(),
        }
    }
}

/// The statement that writes an order as another program would, with values of its own column order.
pub fn foreign_insert(order: &Order, verb: &str) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    format!(
        "{verb} into orders (number, placed_at, customer_name, name_key, phone, whatsapp, amount, status, source, city, state)
         values ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})",
        quoted(&order.number),
        order.placed_at.timestamp_millis(),
        quoted(&order.name),
        quoted(&text::fold(&order.name)),
        quoted(order.phone.as_str()),
        quoted(order.whatsapp.as_ref().map_or("", |phone| phone.as_str())),
        order.amount.0,
        quoted(order.status.as_str()),
        quoted(order.source.as_str()),
        quoted(&order.city),
        quoted(&order.state),
    )
}
