//! A person's data: handed out, erased, and whether they want messages.

use super::Actor;
use crate::domain::consent::Consent;
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::privacy::{self, Form};
use crate::server::store::audit::{self, Action, Subject};
use crate::server::store::consents;

impl Actor {
    /// Returns everything that is held about a customer as a file. That it was handed out is on record first.
    pub async fn hand_out(&self, slug: &str, form: Form) -> Result<Vec<u8>, ServerError> {
        let customer = self.customer_id(slug).await?;
        let detail = format!("as {}", form.ending());
        self.audit_of(Action::HandedOut, Subject::Customer(customer), detail)
            .await?;
        privacy::hand_out(&self.state, customer, form, &self.user.email).await
    }

    /// Names the last erasure; 0 where nobody has been erased.
    pub async fn last_erasure(&self) -> Result<i64, ServerError> {
        audit::last(self.state.db(), Action::Erased).await
    }

    /// Erases a customer whose name, or the word for it, was typed.
    pub async fn erase(&self, slug: &str, typed: &str) -> Result<(), ServerError> {
        let customer = self.customer_id(slug).await?;
        privacy::confirm(&self.state, customer, typed).await?;
        let line = self.entry(Action::Erased, Subject::Customer(customer), String::new());
        privacy::erase(&self.state, customer, line).await?;
        leptos_axum::redirect(&paths::customer_erased());
        Ok(())
    }

    /// Writes down whether a customer wants messages.
    pub async fn set_consent(&self, slug: &str, said: &str) -> Result<(), ServerError> {
        let customer = self.customer_id(slug).await?;
        let consent = Consent::ALL.into_iter().find(|consent| consent.as_str() == said);
        let consent = consent.ok_or_else(|| AppError::invalid("consent", "Choose yes, no or not asked."))?;
        if consents::set(self.state.db(), customer, consent, self.by()).await? {
            let detail = consent.label().to_lowercase();
            self.audit_of(Action::ConsentSet, Subject::Customer(customer), detail)
                .await?;
        }
        leptos_axum::redirect(&paths::customer_of(slug));
        Ok(())
    }
}
