//! The second step of signing in, and the page behind a link that sets a password.

use super::Visitor;
use crate::domain::people::Welcome;
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::limits::Tried;
use crate::server::metrics::Refused;
use crate::server::session::Waiting;
use crate::server::state::AppState;
use crate::server::store::audit::Action;
use crate::server::store::password_links::{self, For};
use crate::server::store::sessions::{self, Shown};
use crate::server::store::users::Credentials;
use crate::server::store::{half_sessions, second_steps};
use crate::server::{password, second_step, token};

/// What a code was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Used {
    /// One of the app.
    OfApp,
    /// One for a lost phone.
    Recovery,
}

/// Uses up a code of a user's app, or one for a lost phone.
pub(super) async fn use_code(state: &AppState, user_id: i64, code: &str) -> Result<Option<Used>, ServerError> {
    let Some(own) = second_steps::of(state.db(), user_id).await?.filter(|own| own.confirmed) else {
        return Ok(None);
    };
    if let Some(step) = second_step::matching_step(&own.secret, code, own.step, state.clock().now()) {
        let used = second_steps::use_step(state.db(), user_id, step).await?;
        return Ok(used.then_some(Used::OfApp));
    }
    let used = second_steps::use_recovery(state.db(), user_id, token::code_hash(code)).await?;
    Ok(used.then_some(Used::Recovery))
}

impl Visitor {
    /// Waits for the second step of somebody who has given their password; tells whether that still lets them in.
    pub(super) async fn ask_for_code(&self, found: &Credentials) -> Result<bool, ServerError> {
        let (token, now) = (token::secret(), self.state.clock().now());
        let token_hash = token::hash(&token);
        let begun =
            half_sessions::begin(self.state.db(), &token_hash, found.user.id, &found.password_hash, now).await?;
        if begun {
            super::set_cookie(&Waiting::HalfSession.cookie(&self.state, token));
        }
        Ok(begun)
    }

    /// Tells whether the sign-in waits for its second step.
    pub async fn is_half_in(&self) -> Result<bool, ServerError> {
        match Waiting::HalfSession.of(&self.state, &self.parts.headers) {
            Some(token) => {
                let now = self.state.clock().now();
                let user = half_sessions::user(self.state.db(), &token::hash(&token), now).await?;
                Ok(user.is_some())
            }
            None => Ok(false),
        }
    }

    /// Signs in whoever has given their password, with a code.
    pub async fn enter_code(&self, code: &str) -> Result<(), ServerError> {
        let now = self.state.clock().now();
        let token = Waiting::HalfSession.of(&self.state, &self.parts.headers);
        let token_hash = token.map(|token| token::hash(&token)).ok_or_else(too_late)?;
        let user = half_sessions::user(self.state.db(), &token_hash, now).await?;
        let user = user.ok_or_else(too_late)?;
        let (address, tried) = (super::address(&self.parts), Tried::Code(user.id));
        super::attempt(&self.state, address, tried, Some(&user)).await?;
        if !half_sessions::attempt(self.state.db(), &token_hash).await? {
            return Err(too_late());
        }
        let Some(kind) = use_code(&self.state, user.id, code).await? else {
            self.state.metrics().sign_in_refused(Refused::Code);
            self.note(Some(user), Action::SecondStepRefused).await?;
            return Err(wrong_code());
        };
        let session = token::secret();
        if !sessions::start_after(self.state.db(), &token_hash, &token::hash(&session), user.id, now).await? {
            return Err(too_late());
        }
        self.state.sign_ins().succeeded(address, tried, now);
        self.state
            .sign_ins()
            .succeeded(address, Tried::Account(&user.email), now);
        super::set_cookie(&Waiting::HalfSession.removal(&self.state));
        let action = match kind {
            Used::OfApp => Action::SignedIn,
            Used::Recovery => Action::RecoveryCodeUsed,
        };
        self.started(user, session, action).await
    }

    /// Gives up waiting for the second step.
    pub async fn begin_again(&self) -> Result<(), ServerError> {
        if let Some(token) = Waiting::HalfSession.of(&self.state, &self.parts.headers) {
            half_sessions::end(self.state.db(), &token::hash(&token)).await?;
        }
        super::set_cookie(&Waiting::HalfSession.removal(&self.state));
        leptos_axum::redirect(paths::LOGIN);
        Ok(())
    }

    /// Tells whoever has opened a link what it is for.
    pub async fn welcome(&self) -> Result<Welcome, ServerError> {
        let (_, link) = self.link().await?;
        Ok(Welcome {
            shop: self.shop().name.clone(),
            email: link.user.email,
            invited: link.invited,
        })
    }

    /// Sets the password that a link is for, which uses the link up and ends all sessions of its user.
    pub async fn set_password(&self, password: String) -> Result<(), ServerError> {
        let (token_hash, link) = self.link().await?;
        password::check(&password)?;
        let hash = self.state.passwords().hash(password).await?;
        let now = self.state.clock().now();
        if !password_links::use_up(self.state.db(), &token_hash, &hash, now).await? {
            return Err(not_good());
        }
        super::set_cookie(&Waiting::Welcome.removal(&self.state));
        let shown = Shown {
            user_id: link.user.id,
            password_hash: hash,
            second_step: false,
        };
        let user = link.user;
        if self.start_session(user.clone(), &shown, Action::PasswordSet).await? {
            leptos_axum::redirect(paths::CUSTOMERS);
        } else {
            // Where there is a second step, the link stands in for the password, and for nothing else.
            self.note(Some(user), Action::PasswordSet).await?;
            leptos_axum::redirect(paths::LOGIN);
        }
        Ok(())
    }

    async fn link(&self) -> Result<(String, For), ServerError> {
        let token = Waiting::Welcome.of(&self.state, &self.parts.headers);
        let token_hash = token.map(|token| token::hash(&token)).ok_or_else(not_good)?;
        let now = self.state.clock().now();
        let link = password_links::find(self.state.db(), &token_hash, now).await?;
        Ok((token_hash, link.ok_or_else(not_good)?))
    }
}

/// Says that a code is none.
pub(super) fn wrong_code() -> ServerError {
    let message = "This is not the code that the app shows now. Wait for the next one.";
    AppError::invalid("code", message).into()
}

fn too_late() -> ServerError {
    AppError::invalid(
        "code",
        "This sign-in has taken too long, or too many codes. Begin again with your password.",
    )
    .into()
}

fn not_good() -> ServerError {
    let message = "This link is not good any more: it was used, replaced, or its time is up. Ask for a new one.";
    AppError::NotFound(message.to_owned()).into()
}
