//! Who did what.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::server::store::erased::gone;
use crate::{in_transaction, with_pool};

/// What stands in place of the number of an order that was erased.
const ERASED: &str = "(erased)";

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal,)+) => {
        /// What an entry of the audit log is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Action {
            $($(#[$doc])* $action,)+
        }

        impl Action {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$action),+];

            /// Returns the name stored.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$action => $name,)+
                }
            }
        }
    };
}

actions! {
    /// The first-run page made the owner.
    OwnerCreated = "owner_created",
    /// The command line added a user.
    UserAdded = "user_added",
    /// Somebody signed in.
    SignedIn = "signed_in",
    /// A sign-in was refused.
    SignInRefused = "sign_in_refused",
    /// Somebody signed out.
    SignedOut = "signed_out",
    /// A file of orders came in.
    Imported = "imported",
    /// Customers or orders were exported.
    Exported = "exported",
    /// Details of a customer were changed.
    CustomerEdited = "customer_edited",
    /// An order was added or changed by hand.
    OrderSaved = "order_saved",
    /// Orders were given a status.
    StatusChanged = "status_changed",
    /// An order was deleted.
    OrderDeleted = "order_deleted",
    /// Two phones were declared one customer.
    Merged = "merged",
    /// A phone was made a customer of its own again.
    Separated = "separated",
    /// Somebody said that data that looked wrong is right.
    QualityNoted = "quality_noted",
    /// A spelling of a place was put in place of another everywhere.
    PlaceReplaced = "place_replaced",
    /// What was done about data that looked wrong was taken back.
    FixUndone = "fix_undone",
    /// Tags were added to several customers at once.
    Tagged = "tagged",
    /// A queue was made.
    QueueMade = "queue_made",
    /// A queue was deleted.
    QueueDeleted = "queue_deleted",
    /// The shop's settings were changed.
    SettingsChanged = "settings_changed",
    /// A key of the API was made.
    KeyMade = "key_made",
    /// A key of the API was ended.
    KeyRevoked = "key_revoked",
    /// Somebody came to the API with a key that is none.
    KeyRefused = "key_refused",
    /// Somebody was invited.
    PersonInvited = "person_invited",
    /// An invitation was withdrawn.
    InvitationWithdrawn = "invitation_withdrawn",
    /// A link that sets a password was made.
    LinkMade = "link_made",
    /// A password was set by a link, or on the command line.
    PasswordSet = "password_set",
    /// Somebody changed their password.
    PasswordChanged = "password_changed",
    /// Somebody was given another role.
    RoleChanged = "role_changed",
    /// Somebody was disabled.
    PersonDisabled = "person_disabled",
    /// Somebody was enabled again.
    PersonEnabled = "person_enabled",
    /// All sessions of somebody were ended.
    SignedOutEverywhere = "signed_out_everywhere",
    /// Somebody turned on the second step of signing in.
    SecondStepOn = "second_step_on",
    /// The second step of somebody's sign-in was turned off.
    SecondStepOff = "second_step_off",
    /// The second step of a sign-in was refused.
    SecondStepRefused = "second_step_refused",
    /// The owner decided whether everybody has to have a second step.
    SecondStepRequired = "second_step_required",
    /// Somebody signed in with a code for a lost phone.
    RecoveryCodeUsed = "recovery_code_used",
    /// Somebody asked for what their role does not include.
    Refused = "refused",
    /// A note was written.
    NoteAdded = "note_added",
    /// A note was changed.
    NoteEdited = "note_edited",
    /// A note was taken away.
    NoteDeleted = "note_deleted",
    /// A note was brought back.
    NoteRestored = "note_restored",
    /// A tag was taken off a customer.
    Untagged = "untagged",
    /// A queue was given another message.
    QueueChanged = "queue_changed",
    /// What came of a turn was written down.
    Contacted = "contacted",
    /// A view was kept under a name.
    ViewSaved = "view_saved",
    /// A view was taken away.
    ViewDeleted = "view_deleted",
    /// Whether a customer wants messages was written down.
    ConsentSet = "consent_set",
    /// All that is held about a person was handed out.
    HandedOut = "handed_out",
    /// A person was erased.
    Erased = "erased",
}

/// One thing that somebody did.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// The user's number, where one is known.
    pub user_id: Option<i64>,
    /// The user's e-mail address, or `command line`.
    pub who: String,
    /// The network address it came from; empty for the command line.
    pub address: String,
    /// What was done.
    pub action: Action,
    /// Counts and filters; never a customer's name or phone, nor an order's number.
    pub detail: String,
    /// What it was done to.
    pub subject: Subject,
}

/// What something was done to, in a way that an erasure can take back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// Nothing of its own, or what the detail says.
    #[default]
    None,
    /// The customer with a number, which means nobody once they are erased.
    Customer(i64),
    /// The order with a number, which an erasure takes out of the line.
    Order(String),
}

impl Subject {
    pub(super) fn customer(&self) -> Option<i64> {
        match self {
            Self::Customer(id) => Some(*id),
            _ => None,
        }
    }

    pub(super) fn order(&self) -> String {
        match self {
            Self::Order(number) => number.clone(),
            _ => String::new(),
        }
    }
}

/// Appends an entry on a pool or a connection of either database.
macro_rules! insert {
    ($executor:expr, $entry:expr) => {{
        let entry: $crate::server::store::audit::Entry = $entry;
        sqlx::query(
            "insert into audit_log (at, user_id, who, address, action, detail, customer_id, order_number)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(entry.at.timestamp_millis())
        .bind(entry.user_id)
        .bind(entry.who)
        .bind(entry.address)
        .bind(entry.action.as_str())
        .bind(entry.detail)
        .bind(entry.subject.customer())
        .bind(entry.subject.order())
        .execute($executor)
        .await?;
    }};
}
pub(super) use insert;

/// Appends an entry.
pub async fn append(db: &Db, entry: Entry) -> Result<(), ServerError> {
    append_all(db, vec![entry]).await
}

/// Appends entries, all or none. The number of an order that was erased before its line could be written is not written.
pub async fn append_all(db: &Db, entries: Vec<Entry>) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<(), sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let named: Vec<String> = entries.iter().map(|entry| entry.subject.order()).collect();
            let gone = gone!(db, tx, &named);
            for entry in &entries {
                let mut entry = entry.clone();
                if gone.contains(&entry.subject.order()) {
                    entry.subject = Subject::Order(ERASED.to_owned());
                }
                insert!(&mut *tx, entry);
            }
            Ok::<_, sqlx::Error>(())
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Returns the number of the last entry of a kind; 0 where there is none.
pub async fn last(db: &Db, action: Action) -> Result<i64, ServerError> {
    let last: Option<i64> = with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select id from audit_log where action = $1 order by at desc, id desc limit 1")
            .bind(action.as_str())
            .fetch_optional(pool)
            .await?
    });
    Ok(last.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::Action;
    use crate::domain::audit::Group;

    #[test]
    fn every_action_is_found_by_a_filter_and_every_filter_finds_actions() {
        for action in Action::ALL {
            let found = Group::ALL
                .iter()
                .any(|group| group.actions().contains(&action.as_str()));
            assert!(found, "{action:?}");
        }
        for name in Group::ALL.iter().flat_map(|group| group.actions()) {
            assert!(Action::ALL.iter().any(|action| action.as_str() == *name), "{name}");
        }
    }
}
