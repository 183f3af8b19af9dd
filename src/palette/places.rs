//! Where the palette leads besides customers and orders.

use crate::domain::role::Role;
use crate::domain::segment::Segment;
use crate::paths;

/// A page, or something that can be done on every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is called.
    pub name: &'static str,
    /// Other words for it.
    words: &'static str,
    /// Where it leads.
    pub to: To,
    /// Its icon.
    pub icon: &'static str,
    /// Who may go there.
    role: Role,
}

/// Where a place leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// A page.
    Page(&'static str),
    /// The customers of a segment.
    Segment(Segment),
    /// What the control with this selector does.
    Press(&'static str),
    /// The list of keys.
    Keys,
}

impl To {
    /// Returns the address, where it is a page.
    pub fn href(self) -> Option<String> {
        match self {
            Self::Page(href) => Some(href.to_owned()),
            Self::Segment(segment) => Some(paths::segment(segment)),
            Self::Press(_) | Self::Keys => None,
        }
    }
}

const fn place(name: &'static str, words: &'static str, to: To, icon: &'static str, role: Role) -> Place {
    Place {
        name,
        words,
        to,
        icon,
        role,
    }
}

/// The places before the pages of the settings, in the order in which they are shown.
#[rustfmt::skip]
const DAILY: [Place; 9] = [
    place("Customers", "list people buyers", To::Page(paths::CUSTOMERS), "users", Role::Staff),
    place("Orders", "sales deliveries", To::Page(paths::ORDERS), "shopping-bag", Role::Staff),
    place("Add an order", "new create", To::Page(paths::ORDER), "plus", Role::Admin),
    place("Queues", "call message outreach", To::Page(paths::QUEUES), "list", Role::Staff),
    place("Import", "upload file csv excel xlsx", To::Page(paths::IMPORT), "upload", Role::Admin),
    place("VIP customers", "segment best", To::Segment(Segment::Vip), "star", Role::Staff),
    place("Repeat customers", "segment loyal", To::Segment(Segment::Repeat), "repeat", Role::Staff),
    place("One-time customers", "segment first", To::Segment(Segment::OneTime), "user", Role::Staff),
    place("At-risk customers", "segment slipping away", To::Segment(Segment::AtRisk), "alert-triangle", Role::Staff),
];

/// What can be done on every page.
#[rustfmt::skip]
const DEEDS: [Place; 3] = [
    place("Light or dark", "theme", To::Press("[title=\"Light or dark\"]"), "sun-moon", Role::Staff),
    place("Keys", "keyboard shortcuts help", To::Keys, "info", Role::Staff),
    place("Sign out", "log out leave", To::Press("form[action=\"/api/sign_out\"] button"), "log-out", Role::Staff),
];

fn all() -> impl Iterator<Item = Place> {
    let settings = paths::SETTINGS_PAGES
        .into_iter()
        .map(|(href, name, words, role)| place(name, words, To::Page(href), "settings", role));
    DAILY.into_iter().chain(settings).chain(DEEDS)
}

/// Returns the places that somebody may go to and whose words begin with what was typed; all where nothing was.
pub fn places(typed: &str, role: Role) -> impl Iterator<Item = Place> {
    let typed = typed.to_lowercase();
    all().filter(move |place| {
        let words = format!("{} {}", place.name.to_lowercase(), place.words);
        let is_setting = matches!(place.to, To::Page(href) if href.starts_with(paths::SETTINGS));
        let begins = |typed: &str| {
            words.split([' ', '-']).any(|word| word.starts_with(typed)) || is_setting && "settings".starts_with(typed)
        };
        role.includes(place.role) && typed.split_whitespace().all(begins)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(typed: &str, role: Role) -> Vec<&'static str> {
        places(typed, role).map(|place| place.name).collect()
    }

    #[test]
    fn words_may_be_begun_in_any_order() {
        assert_eq!(names("cust VIP", Role::Staff), ["VIP customers"]);
        assert_eq!(names("shortcut", Role::Staff), ["Keys"]);
        assert_eq!(names("nothing like it", Role::Owner), [""; 0]);
        assert_eq!(names("", Role::Owner).len(), all().count());
    }

    #[test]
    fn nobody_is_led_where_they_may_not_go() {
        assert_eq!(names("api", Role::Admin), [""; 0]);
        assert_eq!(names("api", Role::Owner), ["Connections"]);
        assert_eq!(names("import", Role::Staff), [""; 0]);
        assert_eq!(names("settings", Role::Staff), ["Shop", "Messages", "Account"]);
        assert_eq!(names("settings", Role::Owner).len(), paths::SETTINGS_PAGES.len());
    }
}
