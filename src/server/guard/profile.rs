//! What the signed-in may add to a customer.

use super::Actor;
use crate::domain::order_list::MaybeSame;
use crate::domain::phone::Phone;
use crate::domain::profile::Edit;
use crate::domain::role::Role;
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::store::audit::{Action, Subject};
use crate::server::store::{customer_page, merges, notes, tags};
use crate::server::{customer_details, merging, phone, profile};

impl Actor {
    /// Changes details of a customer, and leads back to their page, where the change can be taken back.
    pub async fn update_customer(&self, slug: &str, edit: Edit) -> Result<(), ServerError> {
        let customer = self.customer_id(slug).await?;
        let version = profile::save(&self.state, customer, edit, self.by()).await?;
        self.edited(slug, customer, version).await
    }

    /// Takes a change of details back.
    pub async fn undo_edit(&self, slug: &str, version: i64) -> Result<(), ServerError> {
        let customer = self.customer_id(slug).await?;
        let version = profile::undo(&self.state, customer, version, self.by()).await?;
        self.edited(slug, customer, version).await
    }

    async fn edited(&self, slug: &str, customer: i64, version: Option<i64>) -> Result<(), ServerError> {
        if let Some(version) = version {
            let detail = format!("change {version}");
            self.audit_of(Action::CustomerEdited, Subject::Customer(customer), detail)
                .await?;
        }
        leptos_axum::redirect(&paths::customer_saved(slug, version));
        Ok(())
    }

    /// Adds a note to a customer; sent again under the same token, it is there already.
    pub async fn add_note(&self, slug: &str, typed: &str, token: &str) -> Result<(), ServerError> {
        let customer = self.customer_id(slug).await?;
        let token = token.chars().filter(char::is_ascii_graphic).take(64).collect();
        if notes::add(self.state.db(), customer, profile::note(typed)?, token, self.by()).await? {
            self.about(Action::NoteAdded, customer).await?;
        }
        leptos_axum::redirect(&paths::customer_of(slug));
        Ok(())
    }

    /// Changes what a note says: one's own or, for admins, anybody's.
    pub async fn edit_note(&self, slug: &str, id: i64, typed: &str) -> Result<(), ServerError> {
        let body = profile::note(typed)?;
        let done = notes::edit(self.state.db(), id, body, self.may_all(), self.by()).await?;
        note_done(done)?;
        self.note_changed(Action::NoteEdited, slug, id).await?;
        leptos_axum::redirect(&paths::customer_of(slug));
        Ok(())
    }

    /// Takes a note away, and leads to where it can be brought back.
    pub async fn delete_note(&self, slug: &str, id: i64) -> Result<(), ServerError> {
        let at = Some(self.now());
        note_done(notes::delete(self.state.db(), id, at, self.may_all(), self.user.id).await?)?;
        self.note_changed(Action::NoteDeleted, slug, id).await?;
        leptos_axum::redirect(&paths::customer_without_note(slug, id));
        Ok(())
    }

    /// Brings a note back.
    pub async fn restore_note(&self, slug: &str, id: i64) -> Result<(), ServerError> {
        note_done(notes::delete(self.state.db(), id, None, self.may_all(), self.user.id).await?)?;
        self.note_changed(Action::NoteRestored, slug, id).await?;
        leptos_axum::redirect(&paths::customer_of(slug));
        Ok(())
    }

    /// Adds tags to a customer.
    pub async fn add_tags(&self, slug: &str, typed: &str) -> Result<(), ServerError> {
        let customer = self.customer_id(slug).await?;
        profile::tag(&self.state, customer, typed, self.by()).await?;
        self.about(Action::Tagged, customer).await?;
        leptos_axum::redirect(&paths::customer_of(slug));
        Ok(())
    }

    /// Takes a tag off a customer.
    pub async fn remove_tag(&self, slug: &str, tag: String) -> Result<(), ServerError> {
        let customer = self.customer_id(slug).await?;
        tags::remove(self.state.db(), customer, tag, self.by()).await?;
        self.about(Action::Untagged, customer).await?;
        leptos_axum::redirect(&paths::customer_of(slug));
        Ok(())
    }

    /// Returns who may be the same person as a customer.
    pub async fn same_person(&self, slug: &str) -> Result<Vec<MaybeSame>, ServerError> {
        let phone = Phone::from_slug(slug).ok_or_else(unknown)?;
        let customer = customer_details::of_phone(self.state.db(), &phone)
            .await?
            .ok_or_else(unknown)?;
        merging::same_person(&self.state, &customer).await
    }

    /// Declares another phone, in any spelling, to be a customer's.
    pub async fn merge(&self, slug: &str, typed: &str) -> Result<(), ServerError> {
        let customer = self.customer_id(slug).await?;
        let invalid = |message: String| ServerError::from(AppError::invalid("other", message));
        let spelled = phone::parse(typed, &self.shop().country).map(|parsed| parsed.phone);
        let other = Phone::from_slug(typed).or(spelled);
        let other = other.ok_or_else(|| invalid("Write the other phone.".to_owned()))?;
        let known = customer_page::id_of(self.state.db(), &other).await?;
        let known = known.ok_or_else(|| invalid(format!("No order has the phone {}.", other.display())))?;
        if known == customer {
            return Err(invalid(format!("{} is this customer’s already.", other.display())));
        }
        let phones = merges::merge(self.state.db(), customer, known, self.by()).await?;
        if phones == 0 {
            let message = format!(
                "{} or this customer was merged by somebody else just now. Look again.",
                other.display()
            );
            return Err(invalid(message));
        }
        let detail = format!("customer {known} into it, {phones} phones");
        self.audit_of(Action::Merged, Subject::Customer(customer), detail)
            .await?;
        leptos_axum::redirect(&paths::customer_of(slug));
        Ok(())
    }

    /// Makes a phone of a customer a customer of its own again.
    pub async fn separate(&self, slug: &str, other: &str) -> Result<(), ServerError> {
        let customer = self.customer_id(slug).await?;
        let phone = Phone::from_slug(other).ok_or_else(unknown)?;
        if merges::separate(self.state.db(), customer, phone, self.by()).await? {
            self.about(Action::Separated, customer).await?;
        }
        leptos_axum::redirect(&paths::customer_of(slug));
        Ok(())
    }

    async fn note_changed(&self, action: Action, slug: &str, id: i64) -> Result<(), ServerError> {
        let customer = self.customer_id(slug).await?;
        self.audit_of(action, Subject::Customer(customer), format!("note {id}"))
            .await
    }

    /// Writes into the audit log what was done to a customer, where there is no more to be said.
    async fn about(&self, action: Action, customer: i64) -> Result<(), ServerError> {
        self.audit_of(action, Subject::Customer(customer), String::new()).await
    }

    pub(super) fn may_all(&self) -> bool {
        self.user.role.includes(Role::Admin)
    }

    pub(super) async fn customer_id(&self, slug: &str) -> Result<i64, ServerError> {
        let phone = Phone::from_slug(slug).ok_or_else(unknown)?;
        Ok(customer_page::id_of(self.state.db(), &phone)
            .await?
            .ok_or_else(unknown)?)
    }
}

fn unknown() -> AppError {
    AppError::NotFound("No order has this phone number.".to_owned())
}

fn note_done(done: bool) -> Result<(), AppError> {
    let message = "This note is gone, or it is somebody else’s.";
    done.then_some(()).ok_or_else(|| AppError::NotFound(message.to_owned()))
}
