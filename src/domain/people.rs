//! Those who may sign in, as the shop's owner sees them.

use serde::{Deserialize, Serialize};

use super::listing::Day;
use super::role::Role;

/// Whether somebody can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// With their password.
    Active,
    /// Not before they have set one, by the link that they were given.
    Invited,
    /// Not any more.
    Disabled,
}

impl State {
    /// Returns what people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Invited => "Invited",
            Self::Disabled => "Disabled",
        }
    }
}

/// Somebody who may sign in, or was to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The database's number.
    pub id: i64,
    /// The e-mail address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Whether they can sign in.
    pub state: State,
    /// Whether their sign-in asks for a code too.
    pub second_step: bool,
    /// When they were seen last.
    pub seen: Option<Day>,
    /// Until when a link that sets their password is good.
    pub link_until: Option<Day>,
}

/// Everybody, and once a link that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Everybody, by e-mail address.
    pub people: Vec<Person>,
    /// The link, for this one page.
    pub fresh: Option<FreshLink>,
    /// Whether everybody has to have a second step.
    pub required: bool,
}

/// A link that was just made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshLink {
    /// Whose it is.
    pub email: String,
    /// The address.
    pub address: String,
}

/// What whoever opens a link is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The shop's name.
    pub shop: String,
    /// Whose password is to be set.
    pub email: String,
    /// Whether it is their first.
    pub invited: bool,
}

/// A user's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The e-mail address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// How far the second step of signing in is.
    pub second_step: SecondStep,
    /// Whether the shop wants everybody to have one.
    pub required: bool,
    /// Codes for a lost phone, shown to this one page.
    pub fresh_codes: Vec<String>,
}

/// How far the second step of signing in is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondStep {
    /// Signing in asks for the password alone.
    Off,
    /// An app is to be given this key, and to answer with a code.
    Pending(Enrolment),
    /// Signing in asks for a code too; so many codes for a lost phone are left.
    On(i64),
}

/// What an app that makes codes is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The key, in groups, to be typed.
    pub key: String,
    /// The key as an address that such apps open.
    pub uri: String,
    /// The squares of the QR code of that address, as the path of a drawing.
    pub squares: String,
    /// How many squares the code is wide and high, its quiet zone included.
    pub size: usize,
}
