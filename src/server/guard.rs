//! The only door to the database: whoever asks for data shows who they are first.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::config::Shop;
use super::error::ServerError;
use super::session::{self, Session};
use super::state::AppState;
use super::store::audit::{self, Action, Entry};
use super::store::users::{Added, User};
use super::store::{customers, sessions, users};
use super::{password, token};
use crate::domain::customer::Customer;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::page::Page;
use crate::domain::role::Role;
use crate::error::AppError;

/// A signed-in user with a role that suffices; all data goes through it.
pub struct Actor {
    state: AppState,
    user: User,
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

fn with_role(needed: Role) -> Result<Actor, ServerError> {
    let (state, parts) = request()?;
    let session = parts.extensions.get::<Session>().ok_or(AppError::SignedOut)?;
    if !session.user.role.includes(needed) {
        return Err(AppError::Forbidden.into());
    }
    Ok(Actor {
        state,
        user: session.user.clone(),
    })
}

impl Actor {
    /// Returns who it is.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Returns the shop's settings.
    pub fn shop(&self) -> &Shop {
        self.state.shop()
    }

    /// Returns the current time.
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.state.clock().now()
    }

    /// Returns a page of customers.
    pub async fn customers(&self, query: &CustomerQuery) -> Result<Page<Customer>, ServerError> {
        customers::page(self.state.db(), query).await
    }

    /// Counts the shop's customers and orders.
    pub async fn totals(&self) -> Result<customers::Totals, ServerError> {
        customers::totals(self.state.db()).await
    }
}

/// Somebody who need not be signed in: sees no data, and may sign in or set up an empty installation.
pub struct Visitor {
    state: AppState,
    parts: Parts,
}

/// Lets everybody in, as far as the sign-in page.
pub fn visitor() -> Result<Visitor, ServerError> {
    let (state, parts) = request()?;
    Ok(Visitor { state, parts })
}

impl Visitor {
    /// Returns who is signed in, if anybody is.
    pub fn user(&self) -> Option<&User> {
        self.parts.extensions.get::<Session>().map(|session| &session.user)
    }

    /// Returns the shop's name.
    pub fn shop(&self) -> &Shop {
        self.state.shop()
    }

    /// Tells whether this installation still waits for its owner.
    pub async fn is_first_run(&self) -> Result<bool, ServerError> {
        Ok(self.state.setup_code().is_some() && !users::any(self.state.db()).await?)
    }

    /// Signs in, or answers the same for an unknown address and a wrong password.
    pub async fn sign_in(&self, email: &str, password: String) -> Result<(), ServerError> {
        self.state.sign_ins().attempt(self.address(), email)?;
        if password.chars().count() > password::MAX_LENGTH {
            return Err(wrong());
        }
        let found = users::credentials(self.state.db(), email).await?;
        let hash = found.as_ref().map(|found| found.password_hash.clone());
        let fits = self.state.passwords().verify(password, hash).await?;
        match found {
            Some(found) if fits => self.start_session(found.user, Action::SignedIn).await,
            found => {
                self.note(found.map(|found| found.user), Action::SignInRefused).await?;
                Err(wrong())
            }
        }
    }

    /// Makes the first owner, with the code that the server printed, and signs them in.
    pub async fn set_up(&self, code: &str, email: &str, password: String) -> Result<(), ServerError> {
        self.state.sign_ins().attempt(self.address(), "first run")?;
        let expected = self.state.setup_code().ok_or(AppError::Forbidden)?;
        if !token::code_matches(code, &expected) {
            return Err(
                AppError::invalid("code", "This is not the code that the server printed when it started.").into(),
            );
        }
        check_email(email)?;
        password::check(&password)?;
        let hash = self.state.passwords().hash(password).await?;
        match users::add_first_owner(self.state.db(), email, &hash, self.state.clock().now()).await? {
            Added::User(owner) => {
                self.state.forget_setup_code();
                self.start_session(owner, Action::OwnerCreated).await
            }
            Added::EmailTaken | Added::NotFirst => Err(AppError::Forbidden.into()),
        }
    }

    /// Ends the session, if there is one, and tells the browser to forget what it kept.
    pub async fn sign_out(&self) -> Result<(), ServerError> {
        if let Some(session) = self.parts.extensions.get::<Session>() {
            sessions::end(self.state.db(), &session.token_hash).await?;
            self.note(Some(session.user.clone()), Action::SignedOut).await?;
        }
        set_header(header::SET_COOKIE, &session::removal(&self.state));
        set_header(HeaderName::from_static("clear-site-data"), "\"storage\"");
        Ok(())
    }

    async fn start_session(&self, user: User, action: Action) -> Result<(), ServerError> {
        let token = token::secret();
        sessions::start(self.state.db(), &token::hash(&token), user.id, self.state.clock().now()).await?;
        self.note(Some(user), action).await?;
        set_header(header::SET_COOKIE, &session::cookie(&self.state, token));
        Ok(())
    }

    async fn note(&self, user: Option<User>, action: Action) -> Result<(), ServerError> {
        let entry = Entry {
            at: self.state.clock().now(),
            user_id: user.as_ref().map(|user| user.id),
            who: user.map(|user| user.email).unwrap_or_default(),
            address: self.address().to_string(),
            action,
            detail: String::new(),
        };
        audit::append(self.state.db(), entry).await
    }

    fn address(&self) -> IpAddr {
        self.parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip())
    }
}

/// Checks that a text can be an e-mail address; whether it is one, only a message to it could tell.
pub fn check_email(email: &str) -> Result<(), AppError> {
    let email = email.trim();
    let plausible = email.len() <= 254
        && !email
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control())
        && email
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    if plausible {
        Ok(())
    } else {
        Err(AppError::invalid(
            "email",
            format!("“{email}” is not an e-mail address; one looks like ada@shop.ng."),
        ))
    }
}

fn wrong() -> ServerError {
    AppError::invalid("password", "This e-mail address and password do not go together.").into()
}

fn request() -> Result<(AppState, Parts), ServerError> {
    let broken = || ServerError::Broken("called outside a request".to_owned());
    let state = use_context::<AppState>().ok_or_else(broken)?;
    let parts = use_context::<Parts>().ok_or_else(broken)?;
    Ok((state, parts))
}

fn set_header(name: HeaderName, value: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        response.append_header(name, value);
    }
}
