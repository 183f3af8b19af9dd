//! What other programs may know and do: those that show a key of the API.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use axum::http::{HeaderMap, header};
use chrono::{DateTime, Utc};

use crate::domain::connection::Scope;
use crate::domain::customer::Customer;
use crate::domain::listing::CustomerList;
use crate::domain::order::Order;
use crate::domain::order_list::OrderList;
use crate::server::config::Shop;
use crate::server::error::ServerError;
use crate::server::state::AppState;
use crate::server::store::api_keys::{self, Key};
use crate::server::store::audit::{self, Action, Entry, Subject};
use crate::server::store::idempotency::{self, Request, Standing};
use crate::server::store::orders::{self, Change, Saved};
use crate::server::{customer_details, listing, order_listing, token};

/// What every key begins with, so that one that leaks is recognised.
pub const KEY_START: &str = "onb_";
/// The letters of a key: its beginning and 256 bits.
const KEY_LENGTH: usize = KEY_START.len() + 43;

/// A program that has shown a key; all data goes through it, as far as the key's scopes reach.
#[derive(Clone)]
pub struct ApiActor {
    state: AppState,
    key: Arc<Key>,
    address: IpAddr,
}

/// Why a program is not let in.
#[derive(Debug)]
pub enum Refusal {
    /// It shows no key, or one that is not in force.
    NoKey,
    /// Its key is not meant for this.
    Scope(Scope),
    /// It asks too often: seconds to wait.
    SlowDown(u64),
    /// Something failed.
    Failed(ServerError),
}

impl From<ServerError> for Refusal {
    fn from(error: ServerError) -> Self {
        Self::Failed(error)
    }
}

/// Lets in a program with a key. Cookies say nothing here.
pub async fn program(state: &AppState, headers: &HeaderMap, address: IpAddr) -> Result<ApiActor, Refusal> {
    let found = match shown(headers) {
        Some(key) => api_keys::find(state.db(), &token::hash(key)).await?,
        None => None,
    };
    let Some(key) = found else {
        return Err(refused(state, address).await?);
    };
    state.programs().request(key.id).map_err(Refusal::SlowDown)?;
    let now = state.clock().now();
    if key.is_stale(now) {
        let (db, id) = (state.db().clone(), key.id);
        state
            .by_the_way()
            .write(async move { api_keys::used(&db, id, now).await });
    }
    Ok(ApiActor {
        state: state.clone(),
        key: Arc::new(key),
        address,
    })
}

/// The key of a request, where it looks like one.
fn shown(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let fits = scheme.eq_ignore_ascii_case("bearer") && key.len() == KEY_LENGTH && key.starts_with(KEY_START);
    fits.then_some(key)
}

async fn refused(state: &AppState, address: IpAddr) -> Result<Refusal, ServerError> {
    if let Err(seconds) = state.programs().refused(address) {
        return Ok(Refusal::SlowDown(seconds));
    }
    if state.programs().is_news(address) {
        super::audit(state, None, address, Action::KeyRefused, String::new(), Subject::None).await?;
    }
    Ok(Refusal::NoKey)
}

impl ApiActor {
    fn needs(&self, scope: Scope) -> Result<(), Refusal> {
        let may = self.key.scopes.contains(&scope);
        may.then_some(()).ok_or(Refusal::Scope(scope))
    }

    /// Tells whether the key may write orders, before their bodies are read.
    pub fn may_write(&self) -> Result<(), Refusal> {
        self.needs(Scope::OrdersWrite)
    }

    /// Tells whether the key may read orders, before the filters are read.
    pub fn may_read_orders(&self) -> Result<(), Refusal> {
        self.needs(Scope::OrdersRead)
    }

    /// Tells whether the key may read customers, before the filters are read.
    pub fn may_read_customers(&self) -> Result<(), Refusal> {
        self.needs(Scope::CustomersRead)
    }

    /// Returns the shop's settings.
    pub fn shop(&self) -> std::sync::Arc<Shop> {
        self.state.shop()
    }

    /// Returns the current time.
    pub fn now(&self) -> DateTime<Utc> {
        self.state.clock().now()
    }

    /// Adds or changes orders, and says by number what was done.
    pub async fn take(&self, orders: Vec<Order>) -> Result<HashMap<String, Change>, Refusal> {
        self.needs(Scope::OrdersWrite)?;
        let about = match orders.as_slice() {
            [order] => Subject::Order(order.number.clone()),
            _ => Subject::None,
        };
        let done = orders::upsert_each(self.state.db(), orders).await?;
        let count = |change| done.values().filter(|one| **one == change).count();
        self.audit(about, count(Change::Created), count(Change::Updated))
            .await?;
        Ok(done)
    }

    /// Writes into the audit log how many orders the program added and changed, if any.
    async fn audit(&self, subject: Subject, added: usize, changed: usize) -> Result<(), ServerError> {
        if added + changed == 0 {
            return Ok(());
        }
        let entry = Entry {
            at: self.now(),
            user_id: None,
            // The log is searched in small letters, as e-mail addresses are written.
            who: format!("key {}", self.key.name).to_lowercase(),
            address: self.address.to_string(),
            action: Action::OrderSaved,
            detail: format!("{added} added, {changed} changed"),
            subject,
        };
        audit::append(self.state.db(), entry).await
    }

    /// Returns the stored order that is to be changed.
    pub async fn to_change(&self, number: &str) -> Result<Option<Order>, Refusal> {
        self.needs(Scope::OrdersWrite)?;
        Ok(self.stored(number).await?)
    }

    /// Saves an order over what was seen of it, where it is still so.
    pub async fn change(&self, order: Order, seen: &Order) -> Result<Saved, Refusal> {
        self.needs(Scope::OrdersWrite)?;
        let number = order.number.clone();
        let saved = orders::save(self.state.db(), order, orders::digest(seen)).await?;
        if saved == Saved::Done {
            self.audit(Subject::Order(number), 0, 1).await?;
        }
        Ok(saved)
    }

    /// Returns an order.
    pub async fn order(&self, number: &str) -> Result<Option<Order>, Refusal> {
        self.needs(Scope::OrdersRead)?;
        Ok(self.stored(number).await?)
    }

    async fn stored(&self, number: &str) -> Result<Option<Order>, ServerError> {
        let found = orders::by_numbers(self.state.db(), &[number.to_owned()]).await?;
        Ok(found.into_values().next())
    }

    /// Returns the page of orders that a query asks for.
    pub async fn orders(&self, query: &str) -> Result<OrderList, Refusal> {
        self.needs(Scope::OrdersRead)?;
        Ok(order_listing::orders(&self.state, query, "").await?)
    }

    /// Returns the page of customers that a query asks for.
    pub async fn customers(&self, query: &str) -> Result<CustomerList, Refusal> {
        self.needs(Scope::CustomersRead)?;
        Ok(listing::customers(&self.state, query, "").await?)
    }

    /// Returns the customer whom a phone in any spelling means.
    pub async fn customer(&self, asked: &str) -> Result<Option<Customer>, Refusal> {
        self.needs(Scope::CustomersRead)?;
        Ok(customer_details::known(&self.state, asked).await?)
    }

    /// Names a request that is to count once.
    pub fn request(&self, name: String, hash: String) -> Request {
        Request {
            key_id: self.key.id,
            name,
            hash,
        }
    }

    /// Begins a request, or says how an equal one stands.
    pub async fn begin(&self, request: &Request) -> Result<Standing, Refusal> {
        self.needs(Scope::OrdersWrite)?;
        Ok(idempotency::begin(self.state.db(), request.clone(), self.now()).await?)
    }

    /// Says how a request stands.
    pub async fn standing(&self, request: &Request) -> Result<Standing, Refusal> {
        Ok(idempotency::standing(self.state.db(), request).await?)
    }

    /// Keeps the answer of a request, or forgets that it was begun where it failed.
    pub async fn ended(&self, request: Request, status: u16, body: &str) -> Result<(), Refusal> {
        let db = self.state.db();
        if status < 500 {
            idempotency::answered(db, request, status, body.to_owned()).await?;
        } else {
            idempotency::forget(db, request).await?;
        }
        Ok(())
    }
}
