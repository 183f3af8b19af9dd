//! The only door to the database: whoever asks for data shows who they are first.

mod account;
mod audit_log;
mod connections;
mod customer;
mod customers;
mod export;
mod imports;
mod live;
mod orders;
mod palette;
mod people;
mod person;
mod preferences;
mod profile;
mod program;
mod quality;
mod queues;
mod saved_views;
mod shop;
mod templates;
mod two_steps;
mod visitor;
mod who;

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

pub use live::follow;
pub use program::{ApiActor, KEY_START, Refusal, program};
pub use visitor::{Step, Visitor, check_email, visitor};
pub use who::{introduce, who};

use super::client;
use super::config::Shop;
use super::error::ServerError;
use super::limits::Tried;
use super::metrics::Refused;
use super::session::{Session, Waiting};
use super::state::AppState;
use super::store::audit::{self, Action, Entry, Subject};
use super::store::history::By;
use super::store::users::{self, User};
use crate::domain::role::Role;
use crate::error::AppError;

/// A signed-in user with a role that suffices; all data goes through it.
#[derive(Clone)]
pub struct Actor {
    state: AppState,
    user: User,
    address: IpAddr,
}

/// Lets in everybody who is signed in.
pub fn staff() -> Result<Actor, ServerError> {
    with_role(Role::Staff)
}

/// Lets in admins and owners.
pub fn admin() -> Result<Actor, ServerError> {
    with_role(Role::Admin)
}

/// Lets in owners.
pub fn owner() -> Result<Actor, ServerError> {
    with_role(Role::Owner)
}

/// Lets in everybody who is signed in, as far as their own account: also those who have yet to turn on a second step of
/// signing in, and until then may do nothing else.
pub fn account() -> Result<Actor, ServerError> {
    let (state, parts) = request()?;
    Ok(signed_in(state, &parts)?)
}

/// Whether a request was refused for its role, which may be known deep within a page.
#[derive(Clone, Default)]
pub struct Denied(Arc<AtomicBool>);

/// Writes into the audit log what somebody's role did not include.
pub async fn note_denied(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let denied = Denied::default();
    request.extensions_mut().insert(denied.clone());
    let (session, address) = (
        request.extensions().get::<Session>().cloned(),
        client::address(request.extensions()),
    );
    let asked = audit_log::asked(request.method(), request.uri().path());
    let response = next.run(request).await;
    if let Some(session) = session.filter(|_| denied.0.load(Ordering::Relaxed))
        && let Err(error) = audit(
            &state,
            Some(&session.user),
            address,
            Action::Refused,
            asked,
            Subject::None,
        )
        .await
    {
        // The refusal stands all the same.
        tracing::error!(kind = error.kind(), "a refusal could not be written into the audit log");
    }
    response
}

/// Lets in admins and owners, where a request is answered by no server function.
pub fn admin_of(state: AppState, parts: &Parts) -> Result<Actor, AppError> {
    of(state, parts, Role::Admin)
}

/// Lets in the staff, where a request is answered by no server function.
pub fn staff_of(state: AppState, parts: &Parts) -> Result<Actor, AppError> {
    of(state, parts, Role::Staff)
}

/// Lets in owners, where a request is answered by no server function.
pub fn owner_of(state: AppState, parts: &Parts) -> Result<Actor, AppError> {
    of(state, parts, Role::Owner)
}

fn with_role(needed: Role) -> Result<Actor, ServerError> {
    let (state, parts) = request()?;
    Ok(of(state, &parts, needed)?)
}

fn of(state: AppState, parts: &Parts, needed: Role) -> Result<Actor, AppError> {
    let actor = signed_in(state, parts)?;
    if actor.user.must_enrol {
        return Err(AppError::SecondStepMissing);
    }
    if !actor.user.role.includes(needed) {
        if let Some(denied) = parts.extensions.get::<Denied>() {
            denied.0.store(true, Ordering::Relaxed);
        }
        return Err(AppError::Forbidden);
    }
    Ok(actor)
}

fn signed_in(state: AppState, parts: &Parts) -> Result<Actor, AppError> {
    let session = parts.extensions.get::<Session>().ok_or(AppError::SignedOut)?;
    Ok(Actor {
        state,
        user: session.user.clone(),
        address: address(parts),
    })
}

impl Actor {
    /// Returns who it is.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Returns the shop's settings.
    pub fn shop(&self) -> Arc<Shop> {
        self.state.shop()
    }

    /// Returns who does something now.
    fn by(&self) -> By {
        By {
            user_id: self.user.id,
            who: self.user.email.clone(),
            at: self.now(),
        }
    }

    /// Writes into the audit log what was done; the detail names no customer but by number.
    async fn audit(&self, action: Action, detail: String) -> Result<(), ServerError> {
        self.audit_of(action, Subject::None, detail).await
    }

    /// Writes into the audit log what was done to whom; the detail names neither customers nor orders.
    async fn audit_of(&self, action: Action, subject: Subject, detail: String) -> Result<(), ServerError> {
        audit::append(self.state.db(), self.entry(action, subject, detail)).await
    }

    /// Returns an entry for the audit log, to be written with what it is about.
    fn entry(&self, action: Action, subject: Subject, detail: String) -> Entry {
        Entry {
            at: self.now(),
            user_id: Some(self.user.id),
            who: self.user.email.clone(),
            address: self.address.to_string(),
            action,
            detail,
            subject,
        }
    }

    /// Takes out of the reader's browser what waits there for this one page.
    fn take(&self, what: Waiting) -> Option<String> {
        let parts = use_context::<Parts>()?;
        let value = what.of(&self.state, &parts.headers)?;
        set_cookie(&what.removal(&self.state));
        Some(value)
    }

    /// Returns the current time.
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.state.clock().now()
    }
}

fn request() -> Result<(AppState, Parts), ServerError> {
    let broken = || ServerError::Broken("called outside a request".to_owned());
    let state = use_context::<AppState>().ok_or_else(broken)?;
    let parts = use_context::<Parts>().ok_or_else(broken)?;
    Ok((state, parts))
}

fn set_cookie(cookie: &str) {
    set_header(header::SET_COOKIE, cookie);
}

fn set_header(name: HeaderName, value: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        response.append_header(name, value);
    }
}

/// Counts an attempt of somebody to show who they are, and refuses it where there were too many.
async fn attempt(state: &AppState, address: IpAddr, tried: Tried<'_>, user: Option<&User>) -> Result<(), ServerError> {
    let Err(refused) = state.sign_ins().attempt(address, tried, state.clock().now()) else {
        return Ok(());
    };
    state.metrics().sign_in_refused(Refused::Limit);
    if refused.is_news {
        let user = match tried {
            Tried::Account(email) => users::credentials(state.db(), email).await?.map(|found| found.user),
            _ => user.cloned(),
        };
        let detail = "too many attempts".to_owned();
        audit(
            state,
            user.as_ref(),
            address,
            Action::SignInRefused,
            detail,
            Subject::None,
        )
        .await?;
    }
    Err(AppError::from(refused).into())
}

/// Writes into the audit log what somebody did, or tried to.
async fn audit(
    state: &AppState,
    user: Option<&User>,
    address: IpAddr,
    action: Action,
    detail: String,
    subject: Subject,
) -> Result<(), ServerError> {
    let entry = Entry {
        at: state.clock().now(),
        user_id: user.map(|user| user.id),
        who: user.map(|user| user.email.clone()).unwrap_or_default(),
        address: address.to_string(),
        action,
        detail,
        subject,
    };
    audit::append(state.db(), entry).await
}

/// The network address that a request came from.
fn address(parts: &Parts) -> IpAddr {
    client::address(&parts.extensions)
}
