//! What the signed-in may do with message templates.

use super::Actor;
use crate::domain::message::{TemplateForm, Templates};
use crate::domain::role::Role;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::store::audit::Action;
use crate::server::{store, templates};

impl Actor {
    /// Returns the shop's templates.
    pub async fn templates(&self) -> Result<Templates, ServerError> {
        let (templates, sample) = templates::all(&self.state).await?;
        Ok(Templates {
            templates,
            sample,
            may_edit: self.user.role.includes(Role::Admin),
        })
    }

    /// Adds or changes a template.
    pub async fn save_template(&self, form: TemplateForm) -> Result<(), ServerError> {
        let id = templates::save(&self.state, form).await?;
        self.changed(format!("template {id} saved")).await
    }

    /// Makes a template the one that the `WhatsApp` button of the list takes.
    pub async fn make_default_template(&self, id: i64) -> Result<(), ServerError> {
        store::templates::make_default(self.state.db(), id).await?;
        self.changed(format!("template {id} made the default")).await
    }

    /// Takes a template away.
    pub async fn delete_template(&self, id: i64) -> Result<(), ServerError> {
        store::templates::delete(self.state.db(), id).await?;
        self.changed(format!("template {id} deleted")).await
    }

    async fn changed(&self, detail: String) -> Result<(), ServerError> {
        self.audit(Action::SettingsChanged, detail).await?;
        leptos_axum::redirect(paths::MESSAGES);
        Ok(())
    }
}
