//! What everybody may do with their own account.

use super::two_steps::{use_code, wrong_code};
use super::{Actor, visitor};
use crate::domain::people::{Account, SecondStep};
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::limits::Tried;
use crate::server::session::{Session, Waiting};
use crate::server::store::audit::Action;
use crate::server::store::sessions::Shown;
use crate::server::store::{people, second_steps, sessions};
use crate::server::{password, second_step, token};

/// How many codes for a lost phone there are.
const RECOVERY_CODES: usize = 10;

impl Actor {
    /// Returns the user's own account, and once the codes for a lost phone that were just made.
    pub async fn account(&self) -> Result<Account, ServerError> {
        let db = self.state.db();
        let second_step = match second_steps::of(db, self.user.id).await? {
            None => SecondStep::Off,
            Some(step) if step.confirmed => SecondStep::On(step.codes),
            Some(step) => {
                let given = second_step::enrolment(&step.secret, &self.shop().name, &self.user.email);
                SecondStep::Pending(given.map_err(|_| ServerError::Broken("a QR code is too large".to_owned()))?)
            }
        };
        let codes = self.take(Waiting::Codes).unwrap_or_default();
        Ok(Account {
            email: self.user.email.clone(),
            role: self.user.role,
            second_step,
            required: second_steps::required(db).await?,
            fresh_codes: codes
                .split('.')
                .filter(|code| !code.is_empty())
                .map(str::to_owned)
                .collect(),
        })
    }

    /// Changes the user's password; all other sessions end.
    pub async fn change_password(&self, current: String, new: String) -> Result<(), ServerError> {
        self.check_password("current", current).await?;
        password::check(&new)?;
        let hash = self.state.passwords().hash(new).await?;
        people::set_password(self.state.db(), self.user.id, &hash).await?;
        let shown = Shown {
            user_id: self.user.id,
            password_hash: hash,
            second_step: true,
        };
        let (visitor, changed) = (visitor()?, Action::PasswordChanged);
        if !visitor.start_session(self.user.clone(), &shown, changed).await? {
            // It has been changed once more meanwhile, which ended this session too.
            self.audit(changed, String::new()).await?;
        }
        leptos_axum::redirect(paths::ACCOUNT);
        Ok(())
    }

    /// Ends all sessions of the user, this one too.
    pub async fn sign_out_everywhere(&self) -> Result<(), ServerError> {
        sessions::end_all(self.state.db(), self.user.id).await?;
        self.audit(Action::SignedOutEverywhere, self.user.email.clone()).await?;
        visitor()?.leave();
        leptos_axum::redirect(paths::LOGIN);
        Ok(())
    }

    /// Makes a key for an app that makes codes; it counts once a code has confirmed it.
    pub async fn begin_second_step(&self) -> Result<(), ServerError> {
        let secret = second_step::secret(&token::random::<20>());
        second_steps::begin(self.state.db(), self.user.id, secret).await?;
        leptos_axum::redirect(paths::ACCOUNT);
        Ok(())
    }

    /// Turns the second step on, with the password, where the code is one of the key; the other sessions end.
    pub async fn confirm_second_step(&self, password: String, code: &str) -> Result<(), ServerError> {
        self.check_password("password", password).await?;
        self.attempt(Tried::Code(self.user.id)).await?;
        let pending = second_steps::of(self.state.db(), self.user.id).await?;
        let pending = pending.filter(|step| !step.confirmed).ok_or_else(wrong_code)?;
        let step = second_step::matching_step(&pending.secret, code, pending.step, self.now());
        let step = step.ok_or_else(wrong_code)?;
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| token::code()).collect();
        let hashes = codes.iter().map(|code| token::code_hash(code)).collect();
        let session = session()?;
        let (db, now) = (self.state.db(), self.now());
        if !second_steps::confirm(db, self.user.id, &pending, step, hashes, &session, now).await? {
            return Err(wrong_code());
        }
        self.succeeded(Tried::Code(self.user.id));
        self.audit(Action::SecondStepOn, String::new()).await?;
        super::set_cookie(&Waiting::Codes.cookie(&self.state, codes.join(".")));
        leptos_axum::redirect(paths::ACCOUNT);
        Ok(())
    }

    /// Turns the second step off, with the password and a code.
    pub async fn end_second_step(&self, password: String, code: &str) -> Result<(), ServerError> {
        self.check_password("password", password).await?;
        self.attempt(Tried::Code(self.user.id)).await?;
        if use_code(&self.state, self.user.id, code).await?.is_none() {
            return Err(wrong_code());
        }
        self.succeeded(Tried::Code(self.user.id));
        second_steps::end(self.state.db(), self.user.id).await?;
        self.audit(Action::SecondStepOff, String::new()).await?;
        leptos_axum::redirect(paths::ACCOUNT);
        Ok(())
    }

    /// Checks the user's own password, which is how they show that nobody else sits at their desk.
    async fn check_password(&self, field: &str, password: String) -> Result<(), ServerError> {
        let wrong = || AppError::invalid(field, "This is not your password.");
        self.attempt(Tried::Password(self.user.id)).await?;
        if password.chars().count() > password::MAX_LENGTH {
            return Err(wrong().into());
        }
        let hash = people::password_hash(self.state.db(), self.user.id).await?;
        if !self.state.passwords().verify(password, hash).await? {
            return Err(wrong().into());
        }
        self.succeeded(Tried::Password(self.user.id));
        Ok(())
    }

    async fn attempt(&self, tried: Tried<'_>) -> Result<(), ServerError> {
        super::attempt(&self.state, self.address, tried, Some(&self.user)).await
    }

    fn succeeded(&self, tried: Tried<'_>) {
        self.state.sign_ins().succeeded(self.address, tried, self.now());
    }
}

/// What the database knows the session by that asks.
fn session() -> Result<String, ServerError> {
    let (_, parts) = super::request()?;
    let session = parts.extensions.get::<Session>();
    Ok(session.ok_or(AppError::SignedOut)?.token_hash.clone())
}
