//! Who did what.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::server::store::erased::gone;
use crate::{in_transaction, with_pool};

/// What stands in place of the number of an order that was erased.
const ERASED: &str = "(erased)";

/// What an entry of the audit log is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The first-run page made the owner.
    OwnerCreated,
    /// The command line added a user.
    UserAdded,
    /// Somebody signed in.
    SignedIn,
    /// A sign-in was refused.
    SignInRefused,
    /// Somebody signed out.
    SignedOut,
    /// A file of orders came in.
    Imported,
    /// Customers or orders were exported.
    Exported,
    /// Details of a customer were changed.
    CustomerEdited,
    /// An order was added or changed by hand.
    OrderSaved,
    /// Orders were given a status.
    StatusChanged,
    /// An order was deleted.
    OrderDeleted,
    /// Two phones were declared one customer.
    Merged,
    /// A phone was made a customer of its own again.
    Separated,
    /// Somebody said that data that looked wrong is right.
    QualityNoted,
    /// A spelling of a place was put in place of another everywhere.
    PlaceReplaced,
    /// What was done about data that looked wrong was taken back.
    FixUndone,
    /// Tags were added to several customers at once.
    Tagged,
    /// A queue was made.
    QueueMade,
    /// A queue was deleted.
    QueueDeleted,
    /// The shop's settings were changed.
    SettingsChanged,
    /// A key of the API was made.
    KeyMade,
    /// A key of the API was ended.
    KeyRevoked,
    /// Somebody came to the API with a key that is none.
    KeyRefused,
    /// Somebody was invited.
    PersonInvited,
    /// An invitation was withdrawn.
    InvitationWithdrawn,
    /// A link that sets a password was made.
    LinkMade,
    /// A password was set by a link, or on the command line.
    PasswordSet,
    /// Somebody changed their password.
    PasswordChanged,
    /// Somebody was given another role.
    RoleChanged,
    /// Somebody was disabled.
    PersonDisabled,
    /// Somebody was enabled again.
    PersonEnabled,
    /// All sessions of somebody were ended.
    SignedOutEverywhere,
    /// Somebody turned on the second step of signing in.
    SecondStepOn,
    /// The second step of somebody's sign-in was turned off.
    SecondStepOff,
    /// The second step of a sign-in was refused.
    SecondStepRefused,
    /// The owner decided whether everybody has to have a second step.
    SecondStepRequired,
    /// Somebody signed in with a code for a lost phone.
    RecoveryCodeUsed,
    /// Somebody asked for what their role does not include.
    Refused,
    /// A note was written.
    NoteAdded,
    /// A note was changed.
    NoteEdited,
    /// A note was taken away.
    NoteDeleted,
    /// A note was brought back.
    NoteRestored,
    /// A tag was taken off a customer.
    Untagged,
    /// A queue was given another message.
    QueueChanged,
    /// What came of a turn was written down.
    Contacted,
    /// A view was kept under a name.
    ViewSaved,
    /// A view was taken away.
    ViewDeleted,
    /// Whether a customer wants messages was written down.
    ConsentSet,
    /// All that is held about a person was handed out.
    HandedOut,
    /// A person was erased.
    Erased,
}

impl Action {
    /// Returns the name stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OwnerCreated => "owner_created",
            Self::UserAdded => "user_added",
            Self::SignedIn => "signed_in",
            Self::SignInRefused => "sign_in_refused",
            Self::SignedOut => "signed_out",
            Self::Imported => "imported",
            Self::Exported => "exported",
            Self::CustomerEdited => "customer_edited",
            Self::OrderSaved => "order_saved",
            Self::StatusChanged => "status_changed",
            Self::OrderDeleted => "order_deleted",
            Self::Merged => "merged",
            Self::Separated => "separated",
            Self::QualityNoted => "quality_noted",
            Self::PlaceReplaced => "place_replaced",
            Self::FixUndone => "fix_undone",
            Self::Tagged => "tagged",
            Self::QueueMade => "queue_made",
            Self::QueueDeleted => "queue_deleted",
            Self::SettingsChanged => "settings_changed",
            Self::KeyMade => "key_made",
            Self::KeyRevoked => "key_revoked",
            Self::KeyRefused => "key_refused",
            Self::PersonInvited => "person_invited",
            Self::InvitationWithdrawn => "invitation_withdrawn",
            Self::LinkMade => "link_made",
            Self::PasswordSet => "password_set",
            Self::PasswordChanged => "password_changed",
            Self::RoleChanged => "role_changed",
            Self::PersonDisabled => "person_disabled",
            Self::PersonEnabled => "person_enabled",
            Self::SignedOutEverywhere => "signed_out_everywhere",
            Self::SecondStepOn => "second_step_on",
            Self::SecondStepOff => "second_step_off",
            Self::SecondStepRefused => "second_step_refused",
            Self::SecondStepRequired => "second_step_required",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::Refused => "refused",
            Self::NoteAdded => "note_added",
            Self::NoteEdited => "note_edited",
            Self::NoteDeleted => "note_deleted",
            Self::NoteRestored => "note_restored",
            Self::Untagged => "untagged",
            Self::QueueChanged => "queue_changed",
            Self::Contacted => "contacted",
            Self::ViewSaved => "view_saved",
            Self::ViewDeleted => "view_deleted",
            Self::ConsentSet => "consent_set",
            Self::HandedOut => "handed_out",
            Self::Erased => "erased",
        }
    }
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
