//! What people add to a customer: details in place of what orders say, notes, and tags.

use serde::{Deserialize, Serialize};

use super::listing::Day;
use super::text;

/// The most characters of a name, a city or a state.
pub const MAX_NAME: usize = 200;
/// The most characters of a note.
pub const MAX_NOTE: usize = 4_000;
/// The most characters of a tag.
pub const MAX_TAG: usize = 40;

/// A detail of a customer that can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The name.
    Name,
    /// The number for `WhatsApp`.
    Whatsapp,
    /// The city.
    City,
    /// The state.
    State,
}

impl Field {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Name, Self::Whatsapp, Self::City, Self::State];

    /// Returns the name that is stored and that forms use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Whatsapp => "whatsapp",
            Self::City => "city",
            Self::State => "state",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Whatsapp => "WhatsApp",
            Self::City => "City",
            Self::State => "State",
        }
    }

    /// Returns the field with a stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }
}

/// The details as texts; '' is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The name.
    #[serde(default)]
    pub name: String,
    /// The number for `WhatsApp`, where it is not the phone.
    #[serde(default)]
    pub whatsapp: String,
    /// The city.
    #[serde(default)]
    pub city: String,
    /// The state.
    #[serde(default)]
    pub state: String,
}

impl Details {
    /// Returns one of them.
    pub fn get(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Whatsapp => &self.whatsapp,
            Field::City => &self.city,
            Field::State => &self.state,
        }
    }

    /// Puts one of them.
    pub fn set(&mut self, field: Field, value: String) {
        match field {
            Field::Name => self.name = value,
            Field::Whatsapp => self.whatsapp = value,
            Field::City => self.city = value,
            Field::State => self.state = value,
        }
    }
}

/// A form of details: as they were shown when it was opened, and as they are to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// As they were shown.
    #[serde(default)]
    pub was: Details,
    /// As they are to be.
    #[serde(default)]
    pub to: Details,
}

/// A form that was not saved: what was typed, and what is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotSaved {
    /// What was typed.
    pub typed: Details,
    /// What is to be looked at, by field.
    pub remarks: Vec<(Field, String)>,
}

impl NotSaved {
    /// Returns what is to be looked at in a field.
    pub fn of(&self, field: Field) -> Option<&str> {
        let found = self.remarks.iter().find(|(of, _)| *of == field);
        found.map(|(_, remark)| remark.as_str())
    }
}

/// A note on a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its number.
    pub id: i64,
    /// What it says, in lines.
    pub body: String,
    /// Who wrote it.
    pub author: String,
    /// When it was written.
    pub written: Day,
    /// Whether it was changed since.
    pub edited: bool,
    /// Whether the reader may change and delete it.
    pub mine: bool,
}

/// Something that was changed about a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which change of this customer it was part of.
    pub version: i64,
    /// What happened, as a sentence without who and when.
    pub what: String,
    /// Who did it.
    pub who: String,
    /// When.
    pub at: Day,
}

/// Reads tags as they are typed, parted by commas: clean, in lower case, each once.
pub fn tags(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = typed
        .split(',')
        .map(|tag| text::clean(tag).to_lowercase())
        .filter(|tag| !tag.is_empty())
        .collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_parted_by_commas_and_stand_once() {
        assert_eq!(tags(" Wholesale,  VIP  buyer ,, wholesale"), ["vip buyer", "wholesale"]);
        assert_eq!(tags(" , "), [] as [&str; 0]);
    }

    #[test]
    fn fields_are_found_by_their_names() {
        for field in Field::ALL {
            let mut details = Details::default();
            details.set(field, "x".to_owned());
            assert_eq!(Field::parse(field.as_str()), Some(field));
            assert_eq!(
                Field::ALL.map(|other| details.get(other) == "x"),
                Field::ALL.map(|other| other == field)
            );
        }
    }
}
