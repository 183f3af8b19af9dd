//! What the signed-in may do with the shop's settings.

use super::Actor;
use crate::domain::role::Role;
use crate::domain::shop::{ShopForm, ShopPage};
use crate::paths;
use crate::server::error::ServerError;
use crate::server::shop;
use crate::server::store::audit::Action;

impl Actor {
    /// Returns the settings, and the change that the address names.
    pub async fn shop_page(&self, saved: &str) -> Result<ShopPage, ServerError> {
        shop::page(&self.state, self.user.role.includes(Role::Admin), saved).await
    }

    /// Saves the settings, or only says what that would do, and leads to where it can be taken back.
    pub async fn save_shop(&self, form: ShopForm, only_try: bool) -> Result<(), ServerError> {
        let version = shop::save(&self.state, form, only_try, self.by()).await?;
        self.shop_changed(version).await
    }

    /// Takes a change of the settings back.
    pub async fn undo_shop(&self, version: i64) -> Result<(), ServerError> {
        let version = shop::undo(&self.state, version, self.by()).await?;
        self.shop_changed(version).await
    }

    async fn shop_changed(&self, version: Option<i64>) -> Result<(), ServerError> {
        // The page that this leads to is of the settings as they are now.
        self.state.current_shop().follow().await?;
        if let Some(version) = version {
            let detail = shop::said(&self.state, version).await?;
            self.audit(Action::SettingsChanged, detail).await?;
        }
        leptos_axum::redirect(&paths::settings_saved(version));
        Ok(())
    }
}
