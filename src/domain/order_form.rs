//! An order as a form shows it: texts as people write them.

use serde::{Deserialize, Serialize};

/// The fields of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderForm {
    /// The order's number.
    pub number: String,
    /// When it was placed.
    pub date: String,
    /// The customer's name.
    pub name: String,
    /// The phone, or two.
    pub phone: String,
    /// The `WhatsApp` number.
    pub whatsapp: String,
    /// What it costs.
    pub amount: String,
    /// Where it stands.
    pub status: String,
    /// Where it came from.
    pub source: String,
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
    /// What the order was like when the form was opened; empty for a new one.
    pub seen: String,
}

/// An order's page: its form, and what the reader may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    /// The form as it is to be shown.
    pub form: OrderForm,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// A form that was not saved: what was typed, and what is to be looked at, by field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderNotSaved {
    /// What was typed.
    pub typed: OrderForm,
    /// The field that is to be looked at.
    pub field: String,
    /// What is wrong with it.
    pub remark: String,
}
