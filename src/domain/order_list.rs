//! What the orders page and a customer's page show, with everything that depends on the clock and the zone worked out.

use serde::{Deserialize, Serialize};

use super::consent::Consent;
use super::customer::Customer;
use super::finder::OrderFacets;
use super::habits::Sum;
use super::listing::{CustomerRow, Day};
use super::message::Message;
use super::order::Order;
use super::page::Page;
use super::phone::Phone;
use super::profile::{Entry, Note};
use super::segment::Segment;

/// A page of orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderList {
    /// The orders of this page and how many match in all.
    pub page: Page<OrderRow>,
    /// Whose orders they are, where only one customer's were asked for and there is such a customer.
    pub customer: Option<Customer>,
    /// All orders of the shop, lost ones included.
    pub orders: i64,
    /// What the choices of the filters would leave.
    pub facets: OrderFacets,
    /// Where the rows are those that somebody saw already, whether others would stand there now, or in another order.
    pub moved: Option<bool>,
}

/// An order with whose it is and what the shop's clock says about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrderRow {
    /// The order.
    pub order: Order,
    /// When it was placed.
    pub placed: Day,
    /// Whose it is.
    pub buyer: Buyer,
}

/// A customer as far as an order shows one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// The phone that the customer is known by; after a merge, the primary one.
    pub phone: Phone,
    /// The customer's name; may be empty.
    pub name: String,
}

/// One customer, with how they have been written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerPage {
    /// The customer.
    pub row: CustomerRow,
    /// Every segment that the customer is in.
    pub segments: Vec<Segment>,
    /// Every spelling of the name on orders, the last used one first.
    pub names: Vec<Spelling>,
    /// The numbers besides phone and `WhatsApp`.
    pub numbers: Vec<Phone>,
    /// How the customer buys.
    pub buying: Buying,
    /// The phones that merges have given to the customer.
    pub merged: Vec<Phone>,
    /// The notes, newest first.
    pub notes: Vec<Note>,
    /// What was changed, newest first.
    pub history: Vec<Entry>,
    /// The shop's messages, filled in.
    pub messages: Vec<Message>,
    /// Whether the reader may change details and merge.
    pub may_edit: bool,
    /// Whether they want messages.
    pub consent: Consent,
    /// Whether the reader may hand out and erase what is held.
    pub may_erase: bool,
}

/// How a customer buys, in the shop's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buying {
    /// What was bought in the period; none for all time.
    pub period: Option<Sum>,
    /// How often they order and when the next order would come; none with orders on one day only.
    pub pace: Option<String>,
    /// What they bought when, and from where.
    pub charts: Vec<Chart>,
}

/// Bars under one title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// What the bars are about.
    pub title: String,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// A bar with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// How long it is, in hundredths of the longest.
    pub share: i64,
    /// What it stands for.
    pub value: String,
}

/// A way that a customer's name was written on orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spelling {
    /// The name as written.
    pub name: String,
    /// How many orders have it, lost ones included.
    pub orders: i64,
    /// When the last of them was placed.
    pub last: Day,
}

/// Another customer who may be the same person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaybeSame {
    /// The other one.
    pub buyer: Buyer,
    /// What speaks for it.
    pub why: String,
}

impl From<&Customer> for Buyer {
    fn from(customer: &Customer) -> Self {
        Self {
            phone: customer.phone.clone(),
            name: customer.name.clone(),
        }
    }
}

/// Returns a customer's name, or what stands for it where no order gave one.
pub fn shown_name(name: &str) -> &str {
    if name.is_empty() { "No name" } else { name }
}
