//! The demo shop: orders of a boutique that does not exist, the same on every machine for the same seed.

mod calendar;
mod contact;
mod crowd;
mod customer;
mod dice;
mod feasts;
mod goods;
mod names;
mod places;
mod shop;
mod spelling;
mod streets;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use self::calendar::Times;
use self::contact::{Contact, MOST_CUSTOMERS};
use self::crowd::Crowd;
use self::customer::Customer;
use self::dice::{Dice, Topic};
use crate::domain::order::Order;
use crate::domain::phone::Phone;
use crate::domain::source::Source;

/// The most orders, so that counts fit.
const MOST_ORDERS: u64 = 1_000_000_000;

/// How large the shop is, and when it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// How many customers order at least once.
    pub customers: u64,
    /// How many orders there are; at least one for each customer.
    pub orders: u64,
    /// Which of the shops of this size it is.
    pub seed: u64,
    /// The last instant that an order may have.
    pub until: DateTime<Utc>,
}

impl Default for Size {
    /// A shop that a small team runs, in its first 26 months; callers say until when.
    fn default() -> Self {
        Self {
            customers: 1_300,
            orders: 4_000,
            seed: 1,
            until: DateTime::UNIX_EPOCH,
        }
    }
}

/// Makes the orders of a shop, from the oldest on, each when it is asked for.
///
/// Memory grows with the customers (about 16 bytes each), not with the orders. Without customers there are no orders;
/// there are at most 86 million of the ones and 1,000 million of the others.
pub fn orders(size: &Size) -> impl Iterator<Item = Order> + Send + use<> {
    let customers = size.customers.min(MOST_CUSTOMERS);
    let total = if customers == 0 {
        0
    } else {
        size.orders.clamp(customers, MOST_ORDERS)
    };
    Orders {
        seed: size.seed,
        until: size.until,
        times: Times::new(size.seed, total, size.until),
        crowd: Crowd::new(size.seed, u32::try_from(customers).unwrap_or(u32::MAX), total),
        made: 0,
        total,
        digits: total.to_string().len().max(6),
    }
}

struct Orders {
    seed: u64,
    until: DateTime<Utc>,
    times: Times,
    crowd: Crowd,
    made: u64,
    total: u64,
    /// How long the numbers are: all the same, so that they sort bytewise.
    digits: usize,
}

impl Iterator for Orders {
    type Item = Order;

    fn next(&mut self) -> Option<Order> {
        let placed_at = self.times.next()?;
        let customer = Customer::of(self.seed, self.crowd.next()?);
        self.made += 1;
        Some(self.order(placed_at, &customer))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.total - self.made).ok();
        (left.unwrap_or(usize::MAX), left)
    }
}

impl Orders {
    /// Makes the order that a customer places.
    fn order(&self, placed_at: DateTime<Utc>, customer: &Customer) -> Order {
        let mut dice = Dice::new(self.seed, Topic::Order, self.made);
        let age = self.until - placed_at;
        let days = u64::try_from(age.num_days()).unwrap_or_default();
        let basket = goods::basket(customer.purse, days, &mut dice);
        let second = customer.second().filter(|_| dice.chance(15));
        let phone = customer.contact.phone();
        let source = source(customer, &mut dice);
        // Now and then somebody picks an order up, and no place is written down.
        let (city, state, address) = if dice.chance(25) {
            ("", "", "")
        } else {
            (customer.city, customer.state(), customer.address.as_str())
        };
        Order {
            number: format!("ON-{:0digits$}", self.made, digits = self.digits),
            placed_at,
            name: customer.name(&mut dice),
            phone_raw: written(customer, second.as_ref(), &mut dice),
            other_phone: second.map(|second| second.phone()),
            whatsapp: whatsapp(customer, &phone, &mut dice),
            phone,
            amount: basket.amount,
            status: shop::fate(age, customer.pays, &mut dice),
            source,
            city: city.to_owned(),
            state: state.to_owned(),
            address: address.to_owned(),
            sales_rep: rep(customer, source, &mut dice).to_owned(),
            items: basket.items,
        }
    }
}

/// Throws where an order came from: mostly where the customer's orders do.
fn source(customer: &Customer, dice: &mut Dice) -> Source {
    match dice.below(1_000) {
        0..22 => Source::Other,
        22..240 => dice.weighted(&shop::SOURCES),
        _ => customer.source,
    }
}

/// Throws who took an order; half of those from the website took care of themselves.
fn rep(customer: &Customer, source: Source, dice: &mut Dice) -> &'static str {
    match dice.below(100) {
        0..50 if source == Source::Website => "",
        50..62 => dice.pick(&shop::REPS),
        _ => customer.rep,
    }
}

/// Throws the `WhatsApp` number of an order: the customer's other one, the phone again, or none.
fn whatsapp(customer: &Customer, phone: &Phone, dice: &mut Dice) -> Option<Phone> {
    match &customer.whatsapp {
        Some(whatsapp) => (!dice.chance(60)).then(|| whatsapp.clone()),
        None => (phone.is_valid() && dice.chance(200)).then(|| phone.clone()),
    }
}

/// Writes the phone as it stands on an order: mostly in the customer's own style, sometimes with a second number.
fn written(customer: &Customer, second: Option<&Contact>, dice: &mut Dice) -> String {
    let style = if dice.chance(800) {
        customer.style
    } else {
        dice.below(100)
    };
    let first = customer.contact.written(style);
    let Some(second) = second else { return first };
    let between = dice.pick_early(&["/", " / ", ", ", " or ", " & "]);
    first + between + &second.written(style)
}
