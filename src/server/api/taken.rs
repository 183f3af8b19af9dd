//! What the API says of orders that it was sent.

use serde::Serialize;
use utoipa::ToSchema;

use super::problem::FieldError;
use super::view::OrderView;
use crate::server::store::orders::Change;

/// What was done with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It was added.
    Created,
    /// It was there with other values, and was changed.
    Updated,
    /// It was there as it is.
    Unchanged,
    /// It is an order of somebody whose data was erased, and was left out.
    Erased,
    /// A later order of the same request has the same number, and counts instead.
    Replaced,
    /// It was not taken.
    Refused,
}

impl From<Change> for Outcome {
    fn from(change: Change) -> Self {
        match change {
            Change::Created => Self::Created,
            Change::Updated => Self::Updated,
            Change::Unchanged => Self::Unchanged,
            Change::Erased => Self::Erased,
        }
    }
}

/// An order that was taken, or left out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Taken {
    /// What was done.
    pub result: Outcome,
    /// The order's number.
    pub number: String,
    /// The order as it is stored; missing where it was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub order: Option<OrderView>,
}

/// One order of several.
#[derive(Debug, Serialize, ToSchema)]
pub struct Item {
    /// Its place in the request; the first is 0.
    pub index: usize,
    /// Its number; empty where it has none.
    pub number: String,
    /// What was done.
    pub result: Outcome,
    /// What is wrong with it, where it was refused.
    pub errors: Vec<FieldError>,
}

/// What was done with several orders.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchTaken {
    /// How many were added.
    pub created: usize,
    /// How many were changed.
    pub updated: usize,
    /// How many were there as they are.
    pub unchanged: usize,
    /// How many were left out, as orders of somebody whose data was erased.
    pub erased: usize,
    /// How many gave way to a later one with the same number.
    pub replaced: usize,
    /// How many were refused.
    pub refused: usize,
    /// Each of them, in the order of the request.
    pub orders: Vec<Item>,
}

impl BatchTaken {
    /// Counts what was done.
    pub fn new(orders: Vec<Item>) -> Self {
        let count = |outcome| orders.iter().filter(|item| item.result == outcome).count();
        Self {
            created: count(Outcome::Created),
            updated: count(Outcome::Updated),
            unchanged: count(Outcome::Unchanged),
            erased: count(Outcome::Erased),
            replaced: count(Outcome::Replaced),
            refused: count(Outcome::Refused),
            orders,
        }
    }
}

/// What was done with one order or with several.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it describes that an answer is one of them")]
pub enum TakenOneOrMany {
    /// One.
    One(Box<Taken>),
    /// Several.
    Many(BatchTaken),
}
