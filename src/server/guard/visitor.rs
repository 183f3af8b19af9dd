//! Those who are not signed in, as far as the sign-in page.

use axum::http::header;
use axum::http::request::Parts;

use super::set_header;
use crate::error::AppError;
use crate::server::config::Shop;
use crate::server::error::ServerError;
use crate::server::limits::Tried;
use crate::server::metrics::Refused;
use crate::server::session::{self, Session};
use crate::server::state::AppState;
use crate::server::store::audit::{Action, Subject};
use crate::server::store::sessions::Shown;
use crate::server::store::users::{Added, User};
use crate::server::store::{sessions, users};
use crate::server::{kept, password, token};

/// Somebody who need not be signed in: sees no data, and may sign in or set up an empty installation.
pub struct Visitor {
    pub(super) state: AppState,
    pub(super) parts: Parts,
}

/// How far a sign-in has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// All the way.
    In,
    /// To the second step.
    CodeWanted,
}

/// Lets everybody in, as far as the sign-in page.
pub fn visitor() -> Result<Visitor, ServerError> {
    let (state, parts) = super::request()?;
    Ok(Visitor { state, parts })
}

impl Visitor {
    /// Returns who is signed in, if anybody is.
    pub fn user(&self) -> Option<&User> {
        self.parts.extensions.get::<Session>().map(|session| &session.user)
    }

    /// Returns the shop's name.
    pub fn shop(&self) -> std::sync::Arc<Shop> {
        self.state.shop()
    }

    /// Tells whether this installation still waits for its owner.
    pub async fn is_first_run(&self) -> Result<bool, ServerError> {
        Ok(self.state.setup_code().is_some() && !users::any(self.state.db()).await?)
    }

    /// Signs in, or answers the same for an unknown address and a wrong password.
    pub async fn sign_in(&self, email: &str, password: String) -> Result<Step, ServerError> {
        let (address, now) = (super::address(&self.parts), self.state.clock().now());
        super::attempt(&self.state, address, Tried::Account(email), None).await?;
        let found = users::credentials(self.state.db(), email).await?;
        let hash = found.as_ref().map(|found| found.password_hash.clone());
        let readable = password.chars().count() <= password::MAX_LENGTH;
        let fits = readable && self.state.passwords().verify(password, hash).await?;
        let user = found.as_ref().map(|found| found.user.clone());
        match found {
            Some(found) if fits && found.second_step => {
                if self.ask_for_code(&found).await? {
                    return Ok(Step::CodeWanted);
                }
            }
            Some(found) if fits => {
                let shown = Shown {
                    user_id: found.user.id,
                    password_hash: found.password_hash,
                    second_step: false,
                };
                if self.start_session(found.user, &shown, Action::SignedIn).await? {
                    self.state.sign_ins().succeeded(address, Tried::Account(email), now);
                    return Ok(Step::In);
                }
            }
            _ => {}
        }
        self.state.metrics().sign_in_refused(Refused::Credentials);
        self.note(user, Action::SignInRefused).await?;
        Err(wrong())
    }

    /// Makes the first owner, with the code that the server printed, and signs them in.
    pub async fn set_up(&self, code: &str, email: &str, password: String) -> Result<(), ServerError> {
        super::attempt(&self.state, super::address(&self.parts), Tried::FirstRun, None).await?;
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
                let shown = Shown {
                    user_id: owner.id,
                    password_hash: hash,
                    second_step: true,
                };
                self.start_session(owner, &shown, Action::OwnerCreated).await?;
                Ok(())
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
        self.leave();
        Ok(())
    }

    /// Takes the session's cookie away, and what the browser kept.
    pub(super) fn leave(&self) {
        set_header(header::SET_COOKIE, &session::removal(&self.state));
        self.forget();
    }

    /// Makes the browser forget what it keeps.
    fn forget(&self) {
        let (name, value) = kept::FORGET;
        set_header(name, value.to_str().unwrap_or_default());
        if kept::keeps(&self.parts.headers) {
            set_header(header::SET_COOKIE, &kept::removal());
        }
    }

    /// Starts a session, unless what was shown for it has ceased to count meanwhile, and says in the audit log why.
    pub(super) async fn start_session(&self, user: User, shown: &Shown, action: Action) -> Result<bool, ServerError> {
        let (token, now) = (token::secret(), self.state.clock().now());
        if !sessions::start(self.state.db(), &token::hash(&token), shown, now).await? {
            return Ok(false);
        }
        self.started(user, token, action).await?;
        Ok(true)
    }

    /// Gives the browser the token of a session that has been started.
    pub(super) async fn started(&self, user: User, token: String, action: Action) -> Result<(), ServerError> {
        self.note(Some(user), action).await?;
        set_header(header::SET_COOKIE, &session::cookie(&self.state, token));
        if kept::keeps(&self.parts.headers) {
            // It was kept in another session, and may be another user's.
            self.forget();
        }
        Ok(())
    }

    /// Writes into the audit log what this user did.
    pub(super) async fn note(&self, user: Option<User>, action: Action) -> Result<(), ServerError> {
        super::audit(
            &self.state,
            user.as_ref(),
            super::address(&self.parts),
            action,
            String::new(),
            Subject::None,
        )
        .await
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
