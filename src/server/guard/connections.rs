//! What owners may do with the keys of other programs.

use axum::http::header;
use leptos::prelude::use_context;

use super::{Actor, KEY_START};
use crate::domain::connection::{ApiKey, Connections, Delivered, MAX_NAME, Scope, Shop, ShopSystem};
use crate::domain::text;
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::session::Waiting;
use crate::server::store::api_keys::{self, Key, NewKey};
use crate::server::store::audit::Action;
use crate::server::store::hooks::{self, Hook};
use crate::server::{present, present_orders, token, webhook};

/// How many letters of a key are kept to know it by, its beginning included.
const PREFIX: usize = 10;
/// The fewest letters of a secret that is not a slip, and the most.
const MIN_SECRET: usize = 16;
const MAX_SECRET: usize = 200;

impl Actor {
    /// Returns what connects the shop to other programs, and once a key that was just made.
    pub async fn connections(&self) -> Result<Connections, ServerError> {
        let keys = api_keys::all(self.state.db()).await?;
        let shops = hooks::all(self.state.db()).await?;
        let deliveries = hooks::deliveries(self.state.db()).await?;
        Ok(Connections {
            shops: shops.into_iter().map(|hook| self.shop_of(hook)).collect(),
            deliveries: deliveries.into_iter().map(|one| self.delivered(one)).collect(),
            keys: keys.into_iter().map(|key| self.shown(key)).collect(),
            fresh: self.fresh_key(),
            address: self.origin(),
        })
    }

    fn shop_of(&self, hook: Hook) -> Shop {
        Shop {
            id: hook.id,
            system: hook.system,
            address: format!(
                "{}{}/{}/{}",
                self.origin(),
                webhook::ROOT,
                hook.system.as_str(),
                hook.token
            ),
            // Shopify shows its secret itself.
            secret: match hook.system {
                ShopSystem::WooCommerce => hook.secret,
                ShopSystem::Shopify => String::new(),
            },
            paused: hook.paused,
        }
    }

    fn delivered(&self, one: hooks::Delivered) -> Delivered {
        Delivered {
            at: present_orders::placed(one.at, self.shop().zone, self.now()),
            topic: format!("{} {}", one.system.label(), one.topic),
            number: one.order_number,
            result: one.result,
            reason: one.reason,
        }
    }

    /// Adds a shop that sends its orders. WooCommerce signs with what we say, Shopify with what it says.
    pub async fn add_shop(&self, system: &str, secret: &str) -> Result<(), ServerError> {
        let system = ShopSystem::parse(system);
        let system = system.ok_or_else(|| AppError::invalid("system", "Choose WooCommerce or Shopify."))?;
        let secret = match system {
            ShopSystem::WooCommerce => token::secret(),
            ShopSystem::Shopify => text::clean(secret),
        };
        if !(MIN_SECRET..=MAX_SECRET).contains(&secret.len()) {
            let message = "Paste the secret that Shopify shows under its webhooks, whole.";
            return Err(AppError::invalid("secret", message).into());
        }
        let hook = Hook {
            id: 0,
            token: token::secret(),
            system,
            secret,
            paused: false,
        };
        let id = hooks::add(self.state.db(), hook, self.user.email.clone(), self.now()).await?;
        self.shops_changed(format!("connection {id} added: {}", system.as_str()))
            .await
    }

    /// Leaves aside what a shop sends, or takes it in again.
    pub async fn pause_shop(&self, id: i64, paused: bool) -> Result<(), ServerError> {
        let what = if paused { "paused" } else { "resumed" };
        if !hooks::pause(self.state.db(), id, paused).await? {
            return Err(AppError::NotFound("This connection is not there any more.".to_owned()).into());
        }
        self.shops_changed(format!("connection {id} {what}")).await
    }

    /// Takes a shop away; its orders stay.
    pub async fn remove_shop(&self, id: i64) -> Result<(), ServerError> {
        hooks::remove(self.state.db(), id).await?;
        self.shops_changed(format!("connection {id} removed")).await
    }

    async fn shops_changed(&self, detail: String) -> Result<(), ServerError> {
        self.audit(Action::SettingsChanged, detail).await?;
        leptos_axum::redirect(paths::CONNECTIONS);
        Ok(())
    }

    fn shown(&self, key: Key) -> ApiKey {
        let day = |at| present::day(at, self.shop().zone, self.now());
        ApiKey {
            id: key.id,
            name: key.name,
            prefix: key.prefix,
            scopes: key.scopes,
            maker: key.maker,
            made: day(key.created_at),
            used: key.used_at.map(day),
        }
    }

    /// Makes a key, and leads to the page that shows it.
    pub async fn make_key(&self, name: &str, scopes: &[String]) -> Result<(), ServerError> {
        let name = text::clean(name);
        if name.is_empty() {
            return Err(AppError::invalid("name", "The key needs a name.").into());
        }
        if name.chars().nth(MAX_NAME).is_some() {
            let message = format!("The name is longer than {MAX_NAME} characters.");
            return Err(AppError::invalid("name", message).into());
        }
        let wanted = |scope: &Scope| scopes.iter().any(|name| name == scope.as_str());
        let scopes: Vec<Scope> = Scope::ALL.into_iter().filter(wanted).collect();
        if scopes.is_empty() {
            return Err(AppError::invalid("scopes", "Choose what the key may do.").into());
        }
        let key = format!("{KEY_START}{}", token::secret());
        let new = NewKey {
            name,
            key_hash: token::hash(&key),
            prefix: key.chars().take(PREFIX).collect(),
            maker: self.user.email.clone(),
            at: self.now(),
            scopes,
        };
        let said: Vec<&str> = new.scopes.iter().map(|scope| scope.as_str()).collect();
        let said = said.join(", ");
        let id = api_keys::add(self.state.db(), new).await?;
        self.audit(Action::KeyMade, format!("key {id}: {said}")).await?;
        super::set_cookie(&Waiting::Key.cookie(&self.state, key));
        leptos_axum::redirect(paths::CONNECTIONS);
        Ok(())
    }

    /// Ends a key: its next request is refused.
    pub async fn revoke_key(&self, id: i64) -> Result<(), ServerError> {
        if api_keys::revoke(self.state.db(), id, self.now()).await? {
            self.audit(Action::KeyRevoked, format!("key {id}")).await?;
        }
        leptos_axum::redirect(paths::CONNECTIONS);
        Ok(())
    }

    /// Takes the key that was just made out of its maker's browser, where it waits for this one page.
    fn fresh_key(&self) -> Option<String> {
        let key = self.take(Waiting::Key)?;
        key.starts_with(KEY_START).then_some(key)
    }

    /// Returns where the shop is reached, as the browser that asks reaches it.
    pub(super) fn origin(&self) -> String {
        let parts = use_context::<axum::http::request::Parts>();
        let host = parts.as_ref().and_then(|parts| parts.headers.get(header::HOST));
        let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
        let scheme = if self.state.secure_cookies() { "https" } else { "http" };
        format!("{scheme}://{host}")
    }
}
