//! Queues: customers to be called or messaged one after the other, by whoever of the shop has time.

use serde::{Deserialize, Serialize};

use super::listing::{CustomerRow, Day};
use super::message::Message;
use super::order_list::{Buyer, OrderRow};
use super::page::Page;
use super::profile::Note;
use super::segment::Segment;

/// The most customers of a queue; nobody calls more, and a longer one is a campaign.
pub const MOST: usize = 10_000;
/// The most characters of a queue's name.
pub const MAX_NAME: usize = 60;

/// What came of a call or a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The customer answered.
    Reached,
    /// Nobody answered.
    NoAnswer,
    /// The number is somebody else's, or nobody's.
    WrongNumber,
    /// The customer placed an order.
    Ordered,
}

impl Outcome {
    /// Every outcome, in the order of their buttons.
    pub const ALL: [Self; 4] = [Self::Reached, Self::NoAnswer, Self::WrongNumber, Self::Ordered];

    /// Returns the name that is stored and that forms use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no_answer",
            Self::WrongNumber => "wrong_number",
            Self::Ordered => "ordered",
        }
    }

    /// Returns what people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Reached => "Reached",
            Self::NoAnswer => "No answer",
            Self::WrongNumber => "Wrong number",
            Self::Ordered => "Order placed",
        }
    }

    /// Reads a stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }
}

/// What a form does with the customer in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Says what came of it, and goes on.
    Contacted(Outcome),
    /// Puts the customer off to the end of the queue, and goes on.
    Skip,
    /// Puts the customer back where they were, and ends for now.
    Leave,
}

impl Step {
    /// Puts a customer off.
    pub const SKIP: &'static str = "skip";
    /// Ends for now.
    pub const LEAVE: &'static str = "leave";

    /// Reads the value of a form's button.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            Self::SKIP => Some(Self::Skip),
            Self::LEAVE => Some(Self::Leave),
            name => Outcome::parse(name).map(Self::Contacted),
        }
    }
}

/// When a customer is to be tried again: what the form offers, in days from today.
pub const AGAIN: [(&str, &str); 5] = [
    ("", "Not again"),
    ("1", "Tomorrow"),
    ("3", "In 3 days"),
    ("7", "In a week"),
    ("30", "In 30 days"),
];
/// The choice of a day of one's own.
pub const AGAIN_ON: &str = "on";

/// A turn's form as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TurnForm {
    /// The queue.
    pub queue: i64,
    /// The customer, by the part of an address that names them.
    pub customer: String,
    /// The latest contact that was shown.
    pub seen: i64,
    /// What is done: a [`Step`].
    pub step: String,
    /// When to try again: one of [`AGAIN`], or [`AGAIN_ON`].
    pub again: String,
    /// The day, with [`AGAIN_ON`].
    pub on: String,
    /// What else is to be known of the customer.
    pub note: String,
}

/// A turn's form that was not saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnNotSaved {
    /// What was typed.
    pub typed: TurnForm,
    /// What is wrong with it.
    pub remark: String,
}

/// A queue, and how far it has got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// The database's number.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Who made it.
    pub maker: String,
    /// When it was made.
    pub made: Day,
    /// How far it has got.
    pub progress: Progress,
}

/// How far a queue has got, in customers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// All of them.
    pub total: i64,
    /// Those with whom nothing more is to be done.
    pub done: i64,
    /// Those who are to be tried again on a later day.
    pub later: i64,
    /// Those whom somebody else has in hand.
    pub with_others: i64,
    /// The next day on which somebody is to be tried again.
    pub next_day: Option<String>,
    /// How many stand at each outcome.
    pub outcomes: Vec<(Outcome, i64)>,
}

impl Progress {
    /// Those whose turn it is, or would be if nobody else had them in hand.
    pub fn open(&self) -> i64 {
        self.total - self.done - self.later
    }

    /// Those whom one can have now.
    pub fn free(&self) -> i64 {
        self.open() - self.with_others
    }
}

/// A queue's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueuePage {
    /// The queue.
    pub queue: Queue,
    /// The customer whom the reader has in hand.
    pub turn: Option<Turn>,
    /// Everybody in it, a page at a time.
    pub people: Page<Person>,
    /// Whether the reader may delete it.
    pub may_delete: bool,
}

/// The customer in hand, with what matters for a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// The customer.
    pub row: CustomerRow,
    /// Every segment that the customer is in.
    pub segments: Vec<Segment>,
    /// The latest orders.
    pub orders: Vec<OrderRow>,
    /// The latest notes.
    pub notes: Vec<Note>,
    /// The latest contacts, of all queues.
    pub contacts: Vec<Contact>,
    /// What the shop writes.
    pub message: Message,
    /// The messages to choose from.
    pub messages: Vec<Message>,
    /// The number of the latest contact in this queue; 0 where there is none.
    pub seen: i64,
    /// Tomorrow, the first day on which the customer can be tried again, as a date field writes it.
    pub tomorrow: String,
}

/// A call or a message, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// What came of it.
    pub outcome: Outcome,
    /// Whose it was.
    pub who: String,
    /// When.
    pub at: Day,
    /// The day on which to try again, where one was chosen.
    pub again: Option<String>,
}

/// A customer of a queue, and how they stand in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The customer.
    pub buyer: Buyer,
    /// The latest contact.
    pub contact: Option<Contact>,
    /// Who has the customer in hand.
    pub with: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(outcome.as_str()), Some(outcome));
            assert_eq!(Step::parse(outcome.as_str()), Some(Step::Contacted(outcome)));
        }
        assert_eq!(Step::parse("skip"), Some(Step::Skip));
        assert_eq!(Step::parse("leave"), Some(Step::Leave));
        assert_eq!(Step::parse("on"), None);
    }

    #[test]
    fn whose_turn_it_is() {
        let progress = Progress {
            total: 10,
            done: 4,
            later: 2,
            with_others: 1,
            ..Progress::default()
        };
        assert_eq!((progress.open(), progress.free()), (4, 3));
    }
}
