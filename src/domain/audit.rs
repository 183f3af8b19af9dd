//! What of the audit log is shown, and what its lines say.

use serde::{Deserialize, Serialize};

use super::listing::Day;
use super::period::Period;
use super::query_string::{self, text};

/// What lines of the log are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Group {
    /// Who came in, and who was not let in.
    SignIns,
    /// What somebody's role does not include.
    Refusals,
    /// Details, notes, tags, merges, consent, and what was done about data that looked wrong.
    Customers,
    /// Orders added, changed and deleted.
    Orders,
    /// Files of orders that came in or were taken back.
    Imports,
    /// What was taken away as a file.
    Exports,
    /// Queues and what came of them.
    Queues,
    /// Templates, views and what the shop has decided about itself.
    Settings,
    /// Keys of the API and shops that send their orders.
    Connections,
    /// Who may sign in, and what they may do.
    People,
    /// A person's data handed out or erased.
    Privacy,
}

impl Group {
    /// Every group, in the order in which they are offered.
    pub const ALL: [Self; 11] = [
        Self::SignIns,
        Self::Refusals,
        Self::Customers,
        Self::Orders,
        Self::Imports,
        Self::Exports,
        Self::Queues,
        Self::Settings,
        Self::Connections,
        Self::People,
        Self::Privacy,
    ];

    /// Returns the name that stands in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignIns => "sign-ins",
            Self::Refusals => "refusals",
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::Imports => "imports",
            Self::Exports => "exports",
            Self::Queues => "queues",
            Self::Settings => "settings",
            Self::Connections => "connections",
            Self::People => "people",
            Self::Privacy => "privacy",
        }
    }

    /// Returns what people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::SignIns => "Sign-ins",
            Self::Refusals => "Refusals",
            Self::Customers => "Customers",
            Self::Orders => "Orders",
            Self::Imports => "Imports",
            Self::Exports => "Exports",
            Self::Queues => "Queues",
            Self::Settings => "Settings",
            Self::Connections => "Connections",
            Self::People => "People and rights",
            Self::Privacy => "A person’s data",
        }
    }

    /// Returns the names of the actions that belong to it.
    pub fn actions(self) -> &'static [&'static str] {
        match self {
            Self::SignIns => &[
                "signed_in",
                "sign_in_refused",
                "second_step_refused",
                "recovery_code_used",
                "signed_out",
                "signed_out_everywhere",
            ],
            Self::Refusals => &["refused", "sign_in_refused", "key_refused"],
            Self::Customers => &[
                "customer_edited",
                "merged",
                "separated",
                "tagged",
                "untagged",
                "note_added",
                "note_edited",
                "note_deleted",
                "note_restored",
                "consent_set",
                "quality_noted",
                "place_replaced",
                "fix_undone",
            ],
            Self::Orders => &["order_saved", "status_changed", "order_deleted"],
            Self::Imports => &["imported"],
            Self::Exports => &["exported", "handed_out"],
            Self::Queues => &["queue_made", "queue_changed", "queue_deleted", "contacted"],
            Self::Settings => &["settings_changed", "view_saved", "view_deleted"],
            Self::Connections => &["key_made", "key_revoked", "key_refused"],
            Self::People => &[
                "owner_created",
                "user_added",
                "person_invited",
                "invitation_withdrawn",
                "link_made",
                "password_set",
                "password_changed",
                "role_changed",
                "person_disabled",
                "person_enabled",
                "signed_out_everywhere",
                "second_step_on",
                "second_step_off",
                "second_step_required",
            ],
            Self::Privacy => &["handed_out", "erased", "consent_set"],
        }
    }
}

/// What of the log is shown: the state of its page, as the address holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AuditQuery {
    /// What somebody with this e-mail address did; empty for everybody.
    pub who: String,
    /// What is about this.
    pub group: Option<Group>,
    /// What was done in this period.
    pub period: Period,
    /// What came from this network address; empty for all.
    pub address: String,
    /// What is older than the line with this time and number.
    pub before: Option<(i64, i64)>,
}

impl AuditQuery {
    /// Reads a query string. What it does not understand falls back to its default, field by field.
    pub fn parse(query: &str) -> Self {
        let mut out = Self::default();
        let (mut from, mut to) = (None, None);
        for (key, value) in query_string::pairs(query) {
            match key.as_str() {
                "who" => out.who = text(&value).to_lowercase(),
                "what" => out.group = Group::ALL.into_iter().find(|group| group.code() == value),
                "period" => out.period = Period::parse(&value).unwrap_or_default(),
                "from" => from = Some(value),
                "to" => to = Some(value),
                "address" => out.address = text(&value),
                "before" => out.before = place(&value),
                _ => {}
            }
        }
        out.period = Period::of_form(from, to).unwrap_or(out.period);
        out
    }

    /// Returns the query string that [`AuditQuery::parse`] reads, without what is as it is by default.
    pub fn to_query_string(&self) -> String {
        let mut out = String::new();
        for (key, value) in self.pairs() {
            query_string::push(&mut out, &key, &value);
        }
        out
    }

    /// Returns the same as pairs.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let period = (self.period != Period::default()).then(|| self.period.code());
        let pairs = [
            ("who", given(&self.who)),
            ("what", self.group.map(|group| group.code().to_owned())),
            ("period", period),
            ("address", given(&self.address)),
            ("before", self.before.map(|(at, id)| format!("{at}-{id}"))),
        ];
        let set = pairs.into_iter();
        set.filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
    }

    /// Returns it with something else, from the newest line on.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = Self {
            before: None,
            ..self.clone()
        };
        change(&mut other);
        other
    }
}

fn place(code: &str) -> Option<(i64, i64)> {
    let (at, id) = code.split_once('-')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// Its lines, the newest first.
    pub lines: Vec<AuditLine>,
    /// After which line older ones follow; none where there are none.
    pub older: Option<(i64, i64)>,
    /// The e-mail addresses of those who may sign in.
    pub people: Vec<String>,
}

/// One thing that somebody did, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// When.
    pub at: Day,
    /// Who; empty where nobody was known.
    pub who: String,
    /// From which network address; empty for the command line.
    pub address: String,
    /// What.
    pub what: String,
    /// More about it.
    pub detail: String,
    /// What it was done to, and where that is found.
    pub subject: String,
    /// The address of the page of what it was done to.
    pub link: Option<String>,
}

/// Says what an action was, from its stored name: `order_saved` is “Order saved”.
pub fn said(action: &str) -> String {
    let known = match action {
        "refused" => "Refused: role",
        "key_refused" => "API key refused",
        "key_made" => "API key made",
        "key_revoked" => "API key revoked",
        "imported" => "Import",
        "exported" => "Export",
        "untagged" => "Tag removed",
        "contacted" => "Queue contact",
        "consent_set" => "Consent to messages",
        "handed_out" => "Person’s data handed out",
        "erased" => "Person erased",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let words = action.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests;
