//! What people add to a customer, checked on its way in and put into the shop's words on its way out.

use chrono::DateTime;

use super::config::Shop;
use super::error::ServerError;
use super::phone;
use super::present;
use super::state::AppState;
use super::store::edits::{self, Change, Conflict, Saved};
use super::store::history::{self, By};
use super::store::users::User;
use super::store::{notes, tags};
use crate::domain::consent::Consent;
use crate::domain::phone::Phone;
use crate::domain::profile::{self, Details, Edit, Entry, Field, MAX_NAME, MAX_NOTE, MAX_TAG, NotSaved, Note};
use crate::domain::queue::Outcome;
use crate::domain::role::Role;
use crate::domain::{place, text};
use crate::error::AppError;

/// Saves a form of details; says with which number the change can be taken back, none where nothing was changed.
pub async fn save(state: &AppState, customer: i64, edit: Edit, by: By) -> Result<Option<i64>, ServerError> {
    let changes = changes(&edit, &state.shop()).map_err(|remarks| {
        AppError::NotSaved(Box::new(NotSaved {
            typed: edit.to.clone(),
            remarks,
        }))
    })?;
    let saved = edits::save(state.db(), customer, changes, by).await?;
    outcome(saved, edit.to)
}

/// Takes a change back, where nobody has changed the same since.
pub async fn undo(state: &AppState, customer: i64, version: i64, by: By) -> Result<Option<i64>, ServerError> {
    let changes = edits::reversed(state.db(), customer, version).await?;
    match edits::save(state.db(), customer, changes, by).await? {
        Saved::Conflict(conflicts) => {
            let fields: Vec<&str> = conflicts.iter().map(|conflict| conflict.field.label()).collect();
            let message = format!("{} was changed again since. Nothing was taken back.", fields.join(", "));
            Err(AppError::invalid("undo", message).into())
        }
        saved => outcome(saved, Details::default()),
    }
}

fn outcome(saved: Saved, typed: Details) -> Result<Option<i64>, ServerError> {
    match saved {
        Saved::All(version) => Ok(Some(version)),
        Saved::Nothing => Ok(None),
        Saved::Unknown => Err(AppError::NotFound("This customer has no orders any more.".to_owned()).into()),
        Saved::Conflict(conflicts) => {
            let remarks = conflicts.into_iter().map(remark).collect();
            Err(AppError::NotSaved(Box::new(NotSaved { typed, remarks })).into())
        }
    }
}

/// Says what somebody else has set meanwhile.
fn remark(conflict: Conflict) -> (Field, String) {
    let now = match conflict.field {
        Field::Whatsapp if !conflict.now.is_empty() => Phone::from_db(conflict.now).display(),
        _ => conflict.now,
    };
    let what = if now.is_empty() {
        "removed it".to_owned()
    } else {
        format!("changed it to “{now}”")
    };
    let who = conflict.who.unwrap_or_else(|| "A new order has".to_owned());
    let sentence = if who.starts_with("A new order") {
        format!("{who} {what} meanwhile. Save again to keep yours.")
    } else {
        format!("{who} {what} while you were typing. Save again to keep yours.")
    };
    (conflict.field, sentence)
}

/// Reads a form: what is to be changed, or what is wrong with it, by field.
fn changes(edit: &Edit, shop: &Shop) -> Result<Vec<Change>, Vec<(Field, String)>> {
    let (mut changes, mut remarks) = (Vec::new(), Vec::new());
    for field in Field::ALL {
        let (was, typed) = (edit.was.get(field), edit.to.get(field));
        match read(field, was, typed, shop) {
            Ok(to) if to == was => {}
            Ok(to) => changes.push(Change {
                field,
                was: was.to_owned(),
                to,
            }),
            Err(remark) => remarks.push((field, remark)),
        }
    }
    if remarks.is_empty() { Ok(changes) } else { Err(remarks) }
}

fn read(field: Field, was: &str, typed: &str, shop: &Shop) -> Result<String, String> {
    let clean = text::clean(typed);
    if clean.chars().nth(MAX_NAME).is_some() {
        return Err(format!("{} is longer than {MAX_NAME} characters.", field.label()));
    }
    match field {
        Field::Name => Ok(clean),
        Field::City => Ok(place::city(&clean)),
        Field::State => Ok(place::state(&clean)),
        Field::Whatsapp if clean.is_empty() => Ok(clean),
        // As it was shown, also where that is a text that is no number.
        Field::Whatsapp if !was.is_empty() && clean == Phone::from_db(was.to_owned()).display() => Ok(was.to_owned()),
        Field::Whatsapp => phone::parse(&clean, &shop.country)
            .and_then(|parsed| parsed.phone.e164_str().map(str::to_owned))
            .ok_or_else(|| {
                format!("“{clean}” is no phone number. Write it as 0803 123 4567 or, of another country, +44 …")
            }),
    }
}

/// Reads a note.
pub fn note(typed: &str) -> Result<String, ServerError> {
    let body = text::clean_lines(typed);
    if body.is_empty() {
        return Err(AppError::invalid("body", "The note is empty.").into());
    }
    match body.chars().nth(MAX_NOTE) {
        None => Ok(body),
        Some(_) => Err(AppError::invalid("body", format!("The note is longer than {MAX_NOTE} characters.")).into()),
    }
}

/// Adds tags as they were typed.
pub async fn tag(state: &AppState, customer: i64, typed: &str, by: By) -> Result<(), ServerError> {
    tags::add_to_all(state.db(), vec![customer], read_tags(typed)?, by).await
}

/// Reads tags with commas between them.
pub fn read_tags(typed: &str) -> Result<Vec<String>, ServerError> {
    let read = profile::tags(typed);
    if read.is_empty() {
        return Err(AppError::invalid("tags", "Write a tag, or several with commas between them.").into());
    }
    if let Some(long) = read.iter().find(|tag| tag.chars().nth(MAX_TAG).is_some()) {
        let message = format!("“{long}” is longer than {MAX_TAG} characters.");
        return Err(AppError::invalid("tags", message).into());
    }
    Ok(read)
}

/// Returns the notes on a customer, newest first.
pub async fn notes(state: &AppState, customer: i64, reader: &User) -> Result<Vec<Note>, ServerError> {
    let (zone, now) = (state.shop().zone, state.clock().now());
    let day = |millis| present::day(DateTime::from_timestamp_millis(millis).unwrap_or_default(), zone, now);
    let stored = notes::of(state.db(), customer).await?;
    let note = |note: notes::Note| Note {
        id: note.id,
        body: note.body,
        written: day(note.written_at),
        edited: note.edited_at.is_some(),
        mine: note.author_id == reader.id || reader.role.includes(Role::Admin),
        author: note.author,
    };
    Ok(stored.into_iter().map(note).collect())
}

/// Returns what was changed about a customer, newest first.
pub async fn history(state: &AppState, customer: i64) -> Result<Vec<Entry>, ServerError> {
    let (zone, now) = (state.shop().zone, state.clock().now());
    let entry = |entry: history::Entry| Entry {
        version: entry.version,
        at: present::day(DateTime::from_timestamp_millis(entry.at).unwrap_or_default(), zone, now),
        what: said(&entry),
        who: entry.who,
    };
    Ok(history::of(state.db(), customer)
        .await?
        .into_iter()
        .map(entry)
        .collect())
}

/// Says what happened: `Name: “Ade” → “Adé”`.
fn said(entry: &history::Entry) -> String {
    let number = |stored: &str| Phone::from_db(stored.to_owned()).display();
    let (before, after) = (entry.before.as_str(), entry.after.as_str());
    match (entry.field.as_str(), before, after) {
        ("tag", "", tag) => format!("Tag “{tag}” added"),
        ("tag", tag, _) => format!("Tag “{tag}” removed"),
        ("contact", queue, outcome) => {
            let outcome = Outcome::parse(outcome).map(Outcome::label).unwrap_or_default();
            if queue.is_empty() {
                return outcome.to_owned();
            }
            format!("{outcome} (queue “{queue}”)")
        }
        ("consent", _, to) => format!("Wants messages: {}", Consent::parse(to).label().to_lowercase()),
        ("phone", "", "") => "A phone that was erased".to_owned(),
        ("phone", "", phone) => format!("{} merged into this customer", number(phone)),
        ("phone", phone, _) => format!("{} separated from this customer", number(phone)),
        (name, ..) => {
            let field = Field::parse(name);
            let shown = |value: &str| match (field, value) {
                (_, "") => "none".to_owned(),
                (Some(Field::Whatsapp), stored) => number(stored),
                (_, value) => format!("“{value}”"),
            };
            let label = field.map(Field::label).unwrap_or_default();
            format!("{label}: {} → {}", shown(before), shown(after))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(field: Field, was: &str, to: &str) -> Edit {
        let mut edit = Edit::default();
        edit.was.set(field, was.to_owned());
        edit.to.set(field, to.to_owned());
        edit
    }

    #[test]
    fn a_form_changes_what_was_changed_and_nothing_else() {
        let shop = Shop::default();
        let read = |field, was, to| {
            let changes = changes(&edit(field, was, to), &shop).unwrap();
            changes.first().map(|change| change.to.clone())
        };
        assert_eq!(read(Field::Name, "Ade", "  Ade "), None);
        assert_eq!(read(Field::Name, "Ade", " Adé  Obi "), Some("Adé Obi".to_owned()));
        assert_eq!(read(Field::Name, "Ade", ""), Some(String::new()));
        assert_eq!(read(Field::Whatsapp, "+2348031234567", "0803 123 4567"), None);
        assert_eq!(read(Field::Whatsapp, "~call me", "call me"), None, "as it was shown");
        assert_eq!(
            read(Field::Whatsapp, "", "0706-555-0001"),
            Some("+2347065550001".to_owned())
        );
        assert_eq!(read(Field::State, "", "LAGOS STATE"), Some("Lagos".to_owned()));
    }

    #[test]
    fn what_cannot_be_taken_is_named_with_its_value() {
        let wrong = changes(&edit(Field::Whatsapp, "", "call me"), &Shop::default()).unwrap_err();
        assert!(wrong[0].1.contains("“call me” is no phone number"), "{wrong:?}");
        let wrong = changes(&edit(Field::Name, "", &"x".repeat(201)), &Shop::default()).unwrap_err();
        assert_eq!(wrong[0].0, Field::Name);
        assert!(note(" \n ").is_err() && note(&"x".repeat(4_001)).is_err());
        assert_eq!(note(" a \n b").unwrap(), text::clean_lines(" a \n b"));
    }
}
