//! Whether somebody wants to be written to.

use serde::{Deserialize, Serialize};

/// What a customer has said about messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Consent {
    /// Nobody has asked them.
    #[default]
    NotAsked,
    /// They want messages.
    Yes,
    /// They want none.
    No,
}

impl Consent {
    /// Every answer, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::NotAsked, Self::Yes, Self::No];

    /// Returns the name stored and typed; nothing where nobody has asked.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAsked => "",
            Self::Yes => "yes",
            Self::No => "no",
        }
    }

    /// Reads a stored or typed name.
    pub fn parse(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|consent| consent.as_str() == name)
            .unwrap_or_default()
    }

    /// Returns what people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotAsked => "Not asked",
            Self::Yes => "Yes",
            Self::No => "No",
        }
    }
}
