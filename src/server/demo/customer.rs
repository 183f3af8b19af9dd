//! Who a customer is: made from the seed and the customer's place in the crowd whenever an order needs it.

use super::contact::{Contact, Use};
use super::dice::{Dice, Topic};
use super::goods::Purse;
use super::names::Name;
use super::places::{GHANA, STATES, State};
use super::{shop, spelling, streets};
use crate::domain::phone::Phone;
use crate::domain::source::Source;

/// One customer in so many leaves no number; these are they.
const NO_NUMBER: (u32, u32) = (167, 83);
/// One number in so many is an agent's, who orders for others; these are they.
const AGENT: (u32, u32) = (250, 17);

/// What stays the same on all orders of a customer.
pub struct Customer {
    seed: u64,
    index: u32,
    state: State,
    shared: bool,
    /// Whether the name is always typed without marks.
    plain: bool,
    /// What the customer is known by.
    pub contact: Contact,
    /// How the customer writes the number.
    pub style: u64,
    /// Where messages go, where that is another number.
    pub whatsapp: Option<Phone>,
    /// The city; empty where nobody knows, like the state and the address.
    pub city: &'static str,
    /// The delivery address.
    pub address: String,
    /// Where most orders come from.
    pub source: Source,
    /// Who mostly takes the orders.
    pub rep: &'static str,
    /// What the customer tends to spend.
    pub purse: Purse,
    /// Whether the customer tends to pay at the door.
    pub pays: bool,
}

impl Customer {
    /// Makes a customer.
    pub fn of(seed: u64, index: u32) -> Self {
        let mut dice = Dice::new(seed, Topic::Customer, index.into());
        let contact = contact(seed, index, &mut dice);
        let state = match &contact {
            Contact::Abroad("233", _) => GHANA,
            _ => state(&mut dice),
        };
        let city = city(&state, &mut dice);
        let whatsapp = dice
            .chance(96)
            .then(|| Contact::nigerian(seed, index, Use::Whatsapp).phone());
        Self {
            seed,
            index,
            state,
            shared: index % AGENT.0 == AGENT.1 || matches!(contact, Contact::Text(_)),
            plain: dice.chance(250),
            contact,
            style: dice.below(100),
            whatsapp,
            city,
            address: streets::address(city, &mut dice),
            source: dice.weighted(&shop::SOURCES),
            rep: dice.pick_early(&shop::REPS),
            purse: dice.weighted(&[(Purse::Small, 40), (Purse::Middle, 46), (Purse::Large, 14)]),
            pays: !dice.chance(20),
        }
    }

    /// Returns the name of the state.
    pub fn state(&self) -> &'static str {
        self.state.name
    }

    /// Returns a name as it is typed on an order; numbers that are shared have several people.
    pub fn name(&self, dice: &mut Dice) -> String {
        let person = if self.shared { dice.below(5) } else { 0 };
        let mut own = Dice::new(self.seed, Topic::Person, u64::from(self.index) << 3 | person);
        let people = own.weighted(self.state.mix);
        let name = Name::of(people, &mut own);
        if dice.chance(120) {
            return spelling::variant(&name, dice);
        }
        if self.plain {
            spelling::plain(&name.full())
        } else {
            name.full()
        }
    }

    /// Returns the second number that stands on some orders, if the first one is a number.
    pub fn second(&self) -> Option<Contact> {
        let second = || Contact::nigerian(self.seed, self.index, Use::Second);
        (!matches!(self.contact, Contact::Text(_))).then(second)
    }
}

fn contact(seed: u64, index: u32, dice: &mut Dice) -> Contact {
    if index % NO_NUMBER.0 == NO_NUMBER.1 {
        Contact::text(index / NO_NUMBER.0)
    } else if dice.chance(8) {
        Contact::abroad(seed, index)
    } else {
        Contact::nigerian(seed, index, Use::Own)
    }
}

fn state(dice: &mut Dice) -> State {
    let mut left = dice.below(STATES.iter().map(|state| state.weight).sum());
    for state in STATES {
        if left < state.weight {
            return state;
        }
        left -= state.weight;
    }
    STATES[0]
}

/// Throws a city; the largest of a state has a good part of its customers.
fn city(state: &State, dice: &mut Dice) -> &'static str {
    let mut cities = state.cities.split(',');
    let count = cities.clone().count() as u64;
    let nth = dice.below(count).min(dice.below(count)).min(dice.below(count));
    cities.nth(usize::try_from(nth).unwrap_or_default()).unwrap_or_default()
}
