//! Orders with sensible values, of which a test names those that matter to it.

use chrono::{DateTime, Utc};
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::phone::Phone;
use onibara::domain::source::Source;
use onibara::domain::status::Status;

/// Reads an instant such as `2026-10-01T22:59:59Z`.
pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Builds an order of one number and phone, delivered, on 1 October 2026.
pub fn order(number: &str, phone: &str) -> Order {
    Order {
        number: number.to_owned(),
        placed_at: at("2026-10-01T12:00:00Z"),
        name: "Adébáyò Okafor".to_owned(),
        phone: Phone::e164(phone).or_else(|| Phone::text(phone)).unwrap(),
        phone_raw: phone.to_owned(),
        other_phone: None,
        whatsapp: None,
        amount: Money(1_250_000),
        status: Status::Delivered,
        source: Source::Facebook,
        city: "Ikeja".to_owned(),
        state: "Lagos".to_owned(),
        address: String::new(),
        sales_rep: String::new(),
        items: String::new(),
    }
}
