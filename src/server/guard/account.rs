//! What everybody may do with their own account.

use super::{Actor, visitor};
use crate::domain::people::{Account, SecondStep};
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::session::{Session, Waiting};
use crate::server::store::audit::Action;
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
        visitor()?
            .start_session(self.user.clone(), Action::PasswordChanged)
            .await?;
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

    /// Turns the second step on, where the code is one of the key; the other sessions end.
    pub async fn confirm_second_step(&self, code: &str) -> Result<(), ServerError> {
        self.attempt("code")?;
        let pending = second_steps::of(self.state.db(), self.user.id).await?;
        let pending = pending.filter(|step| !step.confirmed);
        let step =
            pending.and_then(|pending| second_step::matching_step(&pending.secret, code, pending.step, self.now()));
        let step = step.ok_or_else(wrong_code)?;
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| token::code()).collect();
        let hashes = codes.iter().map(|code| token::code_hash(code)).collect();
        let session = session()?;
        if !second_steps::confirm(self.state.db(), self.user.id, step, hashes, &session, self.now()).await? {
            return Err(wrong_code());
        }
        self.succeeded("code");
        self.audit(Action::SecondStepOn, String::new()).await?;
        super::set_cookie(&Waiting::Codes.cookie(&self.state, codes.join(".")));
        leptos_axum::redirect(paths::ACCOUNT);
        Ok(())
    }

    /// Turns the second step off, with the password and a code.
    pub async fn end_second_step(&self, password: String, code: &str) -> Result<(), ServerError> {
        self.check_password("password", password).await?;
        self.attempt("code")?;
        if super::two_steps::use_code(&self.state, self.user.id, code)
            .await?
            .is_none()
        {
            return Err(wrong_code());
        }
        self.succeeded("code");
        second_steps::end(self.state.db(), self.user.id).await?;
        self.audit(Action::SecondStepOff, String::new()).await?;
        leptos_axum::redirect(paths::ACCOUNT);
        Ok(())
    }

    /// Checks the user's own password, which is how they show that nobody else sits at their desk.
    async fn check_password(&self, field: &str, password: String) -> Result<(), ServerError> {
        let wrong = || AppError::invalid(field, "This is not your password.");
        self.attempt("password")?;
        if password.chars().count() > password::MAX_LENGTH {
            return Err(wrong().into());
        }
        let hash = people::password_hash(self.state.db(), self.user.id).await?;
        if !self.state.passwords().verify(password, hash).await? {
            return Err(wrong().into());
        }
        self.succeeded("password");
        Ok(())
    }

    fn attempt(&self, what: &str) -> Result<(), ServerError> {
        let account = format!("{what} {}", self.user.id);
        Ok(self.state.sign_ins().attempt(self.address, &account, self.now())?)
    }

    fn succeeded(&self, what: &str) {
        let account = format!("{what} {}", self.user.id);
        self.state.sign_ins().succeeded(self.address, &account, self.now());
    }
}

/// What the database knows the session by that asks.
fn session() -> Result<String, ServerError> {
    let (_, parts) = super::request()?;
    let session = parts.extensions.get::<Session>();
    Ok(session.ok_or(AppError::SignedOut)?.token_hash.clone())
}

fn wrong_code() -> ServerError {
    AppError::invalid(
        "code",
        "This is not the code that the app shows now. Wait for the next one.",
    )
    .into()
}
