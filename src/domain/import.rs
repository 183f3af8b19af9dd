//! A file of orders on its way into the shop, as its page shows it.

use serde::{Deserialize, Serialize};

use super::listing::Day;

/// Where a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Somebody is to say which columns hold what.
    Columns,
    /// It is compared with the shop's orders.
    Checking,
    /// It has been compared, and can come in.
    Checked,
    /// It comes in.
    Running,
    /// It is in.
    Done,
    /// Somebody stopped it; what was in by then is in.
    Stopped,
    /// It could not be read on.
    Failed,
    /// Its server went away meanwhile.
    Lost,
    /// It is being taken back.
    Undoing,
    /// It was taken back.
    Undone,
}

/// Every state that is stored, with its name.
const NAMES: [(State, &str); 9] = [
    (State::Columns, "columns"),
    (State::Checking, "checking"),
    (State::Checked, "checked"),
    (State::Running, "running"),
    (State::Done, "done"),
    (State::Stopped, "stopped"),
    (State::Failed, "failed"),
    (State::Undoing, "undoing"),
    (State::Undone, "undone"),
];

impl State {
    /// Reads the stored name.
    pub fn parse(name: &str) -> Self {
        let known = NAMES.into_iter().find(|(_, known)| *known == name);
        known.map_or(Self::Failed, |(state, _)| state)
    }

    /// Returns the name stored; what is lost is stored as what it was.
    pub fn as_str(self) -> &'static str {
        NAMES
            .into_iter()
            .find(|(state, _)| *state == self)
            .map_or("", |(_, name)| name)
    }

    /// Tells whether the server is at work on it.
    pub fn is_moving(self) -> bool {
        matches!(self, Self::Checking | Self::Running | Self::Undoing)
    }
}

/// A file of orders, as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// Its number.
    pub id: i64,
    /// What the file is called.
    pub file: String,
    /// Who sent it.
    pub who: String,
    /// When.
    pub sent: Day,
    /// Where it stands.
    pub state: State,
    /// That in a sentence, with all that a reader must know.
    pub said: String,
    /// How much of it has been read, in percent, where that can be told.
    pub percent: Option<u8>,
    /// How many rows came to what, in words and figures.
    pub counts: Vec<(String, String)>,
    /// How many rows were refused, and wait in a report.
    pub refused: u64,
    /// Whether it can be taken back.
    pub undoable: bool,
}

/// What stands between the parts of an order in [`Sample::said`].
pub const SAID_BETWEEN: &str = " · ";

/// A row of a file to look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// What becomes of it: "new", "changed" or "refused".
    pub kind: String,
    /// Its number in the file.
    pub line: u64,
    /// The order's number.
    pub number: String,
    /// What it says, or what changes, or why it is refused.
    pub said: String,
}

/// A part of an order, and which column of the file holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// What it is called.
    pub label: String,
    /// Whether no order can do without it.
    pub required: bool,
    /// The column's number, where one holds it.
    pub chosen: Option<usize>,
}

/// The page of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportPage {
    /// The file.
    pub import: Import,
    /// Rows to look at.
    pub samples: Vec<Sample>,
    /// The parts of an order, where somebody is to say which columns hold them.
    pub columns: Vec<Column>,
    /// The file's columns, each with what stands in the first row.
    pub headers: Vec<String>,
}
