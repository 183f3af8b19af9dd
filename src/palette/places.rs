//! Where the palette leads besides customers and orders.

use crate::domain::role::Role;
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
    /// What the control with this selector does.
    Press(&'static str),
    /// The list of keys.
    Keys,
}

const fn page(name: &'static str, words: &'static str, href: &'static str, icon: &'static str, role: Role) -> Place {
    Place {
        name,
        words,
        to: To::Page(href),
        icon,
        role,
    }
}

const fn act(name: &'static str, words: &'static str, to: To, icon: &'static str) -> Place {
    Place {
        name,
        words,
        to,
        icon,
        role: Role::Staff,
    }
}

/// Every place, in the order in which they are shown.
const PLACES: [Place; 14] = [
    page(
        "Customers",
        "list people buyers",
        paths::CUSTOMERS,
        "users",
        Role::Staff,
    ),
    page("Orders", "sales deliveries", paths::ORDERS, "shopping-bag", Role::Staff),
    page("Add an order", "new create", paths::ORDER, "plus", Role::Admin),
    page("Queues", "call message outreach", paths::QUEUES, "list", Role::Staff),
    page(
        "Import",
        "upload file csv excel xlsx",
        paths::IMPORT,
        "upload",
        Role::Admin,
    ),
    page(
        "VIP customers",
        "segment best",
        "/dashboard/admin/customers?segment=vip",
        "star",
        Role::Staff,
    ),
    page(
        "Repeat customers",
        "segment loyal",
        "/dashboard/admin/customers?segment=repeat",
        "repeat",
        Role::Staff,
    ),
    page(
        "One-time customers",
        "segment first",
        "/dashboard/admin/customers?segment=one_time",
        "user",
        Role::Staff,
    ),
    page(
        "At-risk customers",
        "segment slipping away inactive",
        "/dashboard/admin/customers?segment=at_risk",
        "alert-triangle",
        Role::Staff,
    ),
    page(
        "Settings",
        "messages templates whatsapp",
        paths::SETTINGS,
        "settings",
        Role::Staff,
    ),
    page(
        "Connections",
        "api keys webhooks woocommerce shopify",
        paths::CONNECTIONS,
        "settings",
        Role::Owner,
    ),
    act(
        "Light or dark",
        "theme",
        To::Press("[title=\"Light or dark\"]"),
        "sun-moon",
    ),
    act("Keys", "keyboard shortcuts help", To::Keys, "info"),
    act(
        "Sign out",
        "log out leave",
        To::Press("form[action=\"/api/sign_out\"] button"),
        "log-out",
    ),
];

/// Returns the places that somebody may go to and whose words begin with what was typed; all where nothing was.
pub fn places(typed: &str, role: Role) -> impl Iterator<Item = Place> {
    let typed = typed.to_lowercase();
    PLACES.into_iter().filter(move |place| {
        let words = format!("{} {}", place.name.to_lowercase(), place.words);
        let begins = |typed: &str| words.split([' ', '-']).any(|word| word.starts_with(typed));
        role.includes(place.role) && typed.split_whitespace().all(begins)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer_query::CustomerQuery;

    fn names(typed: &str, role: Role) -> Vec<&'static str> {
        places(typed, role).map(|place| place.name).collect()
    }

    #[test]
    fn words_may_be_begun_in_any_order() {
        assert_eq!(names("cust VIP", Role::Staff), ["VIP customers"]);
        assert_eq!(names("shortcut", Role::Staff), ["Keys"]);
        assert_eq!(names("nothing like it", Role::Owner), [""; 0]);
        assert_eq!(names("", Role::Owner).len(), PLACES.len());
    }

    #[test]
    fn nobody_is_led_where_they_may_not_go() {
        assert_eq!(names("api", Role::Admin), [""; 0]);
        assert_eq!(names("api", Role::Owner), ["Connections"]);
        assert_eq!(names("import", Role::Staff), [""; 0]);
    }

    #[test]
    fn segments_lead_to_queries_that_are_understood() {
        for place in PLACES {
            if let To::Page(href) = place.to
                && let Some((_, query)) = href.split_once('?')
            {
                assert_eq!(CustomerQuery::parse(query).to_query_string(), query);
            }
        }
    }
}
