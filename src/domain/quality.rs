//! Data that looks wrong, and what may be done about it.

use serde::{Deserialize, Serialize};

use super::order_list::Buyer;
use super::phone::Phone;

/// How many rows a page has.
pub const ROWS: i64 = 25;

/// What may be wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Phones that are no valid number.
    #[default]
    Numbers,
    /// Customers who may be one person.
    Duplicates,
    /// States that there are not.
    Places,
    /// Orders that cost nothing.
    Amounts,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Numbers, Self::Duplicates, Self::Places, Self::Amounts];

    /// Returns the name in URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Duplicates => "duplicates",
            Self::Places => "places",
            Self::Amounts => "amounts",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Numbers => "Invalid numbers",
            Self::Duplicates => "Likely duplicates",
            Self::Places => "Unknown places",
            Self::Amounts => "Zero amounts",
        }
    }

    /// Reads the name in URLs; what is none is the first kind.
    pub fn parse(code: &str) -> Self {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == code);
        known.unwrap_or_default()
    }
}

/// A customer with a phone that is no valid number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadNumber {
    /// The customer.
    pub buyer: Buyer,
    /// How many orders there are, lost ones included.
    pub orders: i64,
    /// How many names stand on them: with several it may be several people.
    pub names: i64,
}

/// Two customers who may be one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// The one who ordered last: their phone stays the primary one.
    pub one: Buyer,
    /// The other one.
    pub other: Buyer,
    /// Why.
    pub why: String,
}

/// A spelling of a state that there is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadPlace {
    /// The spelling.
    pub spelled: String,
    /// How many customers are there.
    pub customers: i64,
}

/// An order that costs nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZeroOrder {
    /// Its number.
    pub number: String,
    /// The name on it; may be empty.
    pub name: String,
    /// Its phone.
    pub phone: Phone,
    /// Its status, as people read it.
    pub status: String,
    /// Its day.
    pub placed: String,
}

/// The rows of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rows {
    /// Of invalid numbers.
    Numbers(Vec<BadNumber>),
    /// Of likely duplicates.
    Duplicates(Vec<Pair>),
    /// Of unknown places.
    Places(Vec<BadPlace>),
    /// Of zero amounts.
    Amounts(Vec<ZeroOrder>),
}

/// What was done last, and can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fixed {
    /// Its number.
    pub id: i64,
    /// What it was.
    pub said: String,
    /// Whether it was taken back.
    pub undone: bool,
}

/// The page of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualityPage {
    /// The kind.
    pub kind: Kind,
    /// How many there are of each kind, where that is known: of duplicates among many customers it is when somebody looks.
    pub counts: Vec<(Kind, Option<i64>)>,
    /// Which page it is; the first is 1.
    pub page: i64,
    /// How many pages there are, at least one.
    pub pages: i64,
    /// The rows.
    pub rows: Rows,
    /// The time of the look for duplicates, where it was not just now.
    pub as_of: Option<String>,
    /// What was done last.
    pub fixed: Option<Fixed>,
}
