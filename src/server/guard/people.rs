//! What owners may do with those who may sign in.

use chrono::Duration;

use super::{Actor, check_email};
use crate::domain::people::{FreshLink, People, Person, State};
use crate::domain::role::Role;
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::session::Waiting;
use crate::server::store::audit::Action;
use crate::server::store::people::{self, Change};
use crate::server::store::users::{self, Added};
use crate::server::store::{password_links, second_steps, sessions};
use crate::server::{present, token};

/// How long an invitation is good.
const INVITATION: Duration = Duration::days(7);
/// How long a link that resets a password is good.
const RESET: Duration = Duration::hours(24);

impl Actor {
    /// Returns everybody, and once a link that was just made.
    pub async fn people(&self) -> Result<People, ServerError> {
        let people = people::all(self.state.db(), self.now()).await?;
        Ok(People {
            people: people.into_iter().map(|person| self.person(person)).collect(),
            fresh: self.fresh_link().await?,
            required: second_steps::required(self.state.db()).await?,
        })
    }

    fn person(&self, person: people::Person) -> Person {
        let day = |at| present::day(at, self.shop().zone, self.now());
        Person {
            id: person.id,
            email: person.email,
            role: person.role,
            state: person.state,
            second_step: person.second_step,
            seen: person.seen_at.map(day),
            link_until: person.link_until.map(day),
        }
    }

    /// Takes the link that was just made out of its maker's browser.
    async fn fresh_link(&self) -> Result<Option<FreshLink>, ServerError> {
        let Some(token) = self.take(Waiting::Link) else {
            return Ok(None);
        };
        let link = password_links::find(self.state.db(), &token::hash(&token), self.now()).await?;
        Ok(link.map(|link| FreshLink {
            email: link.user.email,
            address: format!("{}{}", self.origin(), paths::welcome(&token)),
        }))
    }

    /// Invites somebody, and leads to the page that shows their link.
    pub async fn invite(&self, email: &str, role: &str) -> Result<(), ServerError> {
        check_email(email)?;
        let role = known(role)?;
        match users::add(self.state.db(), email, role, "", self.now()).await? {
            Added::User(user) => {
                let detail = format!("{} as {}", user.email, role.as_str());
                self.audit(Action::PersonInvited, detail).await?;
                self.show_link(user.id, INVITATION).await
            }
            Added::EmailTaken | Added::NotFirst => {
                let message = format!("“{}” is among the people already.", email.trim());
                Err(AppError::invalid("email", message).into())
            }
        }
    }

    /// Makes a link for somebody, in the place of the one before: an invitation, or one that resets the password.
    pub async fn make_link(&self, id: i64) -> Result<(), ServerError> {
        let person = self.find(id).await?;
        let good_for = match person.state {
            State::Invited => INVITATION,
            State::Active => RESET,
            State::Disabled => return Err(disabled(&person.email)),
        };
        self.audit(Action::LinkMade, person.email).await?;
        self.show_link(id, good_for).await
    }

    async fn show_link(&self, id: i64, good_for: Duration) -> Result<(), ServerError> {
        let token = token::secret();
        let until = self.now() + good_for;
        if !password_links::make(self.state.db(), id, &token::hash(&token), until).await? {
            return Err(gone());
        }
        super::set_cookie(&Waiting::Link.cookie(&self.state, token));
        leptos_axum::redirect(paths::PEOPLE);
        Ok(())
    }

    /// Takes an invitation back.
    pub async fn withdraw_invitation(&self, id: i64) -> Result<(), ServerError> {
        let person = self.find(id).await?;
        if !people::withdraw(self.state.db(), id).await? {
            let message = format!("{} has come in already; disable them instead.", person.email);
            return Err(AppError::invalid("person", message).into());
        }
        self.people_changed(Action::InvitationWithdrawn, person.email).await
    }

    /// Gives somebody another role.
    pub async fn change_role(&self, id: i64, role: &str) -> Result<(), ServerError> {
        let role = known(role)?;
        let person = self.find(id).await?;
        self.change(&person, Change::Role(role)).await?;
        let detail = format!("{}: {} to {}", person.email, person.role.as_str(), role.as_str());
        self.people_changed(Action::RoleChanged, detail).await
    }

    /// Keeps somebody out from their next request on, or lets them in again.
    pub async fn disable_person(&self, id: i64, disabled: bool) -> Result<(), ServerError> {
        let person = self.find(id).await?;
        let (change, action) = if disabled {
            (Change::Disable, Action::PersonDisabled)
        } else {
            (Change::Enable, Action::PersonEnabled)
        };
        self.change(&person, change).await?;
        self.people_changed(action, person.email).await
    }

    async fn change(&self, person: &people::Person, change: Change) -> Result<(), ServerError> {
        if people::change(self.state.db(), person.id, change, self.now()).await? {
            return Ok(());
        }
        let message = format!(
            "{} is the last owner who can sign in. Make somebody else an owner first.",
            person.email
        );
        Err(AppError::invalid("person", message).into())
    }

    /// Ends all sessions of somebody.
    pub async fn sign_out_person(&self, id: i64) -> Result<(), ServerError> {
        let person = self.find(id).await?;
        sessions::end_all(self.state.db(), id).await?;
        self.people_changed(Action::SignedOutEverywhere, person.email).await
    }

    /// Turns off the second step of somebody else who has lost theirs, which ends all their sessions.
    pub async fn end_second_step_of(&self, id: i64) -> Result<(), ServerError> {
        let person = self.find(id).await?;
        if id == self.user.id {
            let message = "Your own second step is turned off on the page of your account.";
            return Err(AppError::invalid("person", message).into());
        }
        if !second_steps::end_for(self.state.db(), id).await? {
            let message = format!("{} has no second step of signing in.", person.email);
            return Err(AppError::invalid("person", message).into());
        }
        self.people_changed(Action::SecondStepOff, person.email).await
    }

    /// Decides whether everybody has to have a second step of signing in.
    pub async fn require_second_step(&self, required: bool) -> Result<(), ServerError> {
        second_steps::require(self.state.db(), required).await?;
        let detail = if required { "required" } else { "optional" };
        self.people_changed(Action::SecondStepRequired, detail.to_owned()).await
    }

    async fn find(&self, id: i64) -> Result<people::Person, ServerError> {
        people::find(self.state.db(), id, self.now()).await?.ok_or_else(gone)
    }

    async fn people_changed(&self, action: Action, detail: String) -> Result<(), ServerError> {
        self.audit(action, detail).await?;
        leptos_axum::redirect(paths::PEOPLE);
        Ok(())
    }
}

fn known(role: &str) -> Result<Role, ServerError> {
    let unknown = || AppError::invalid("role", format!("“{role}” is no role. Choose owner, admin or staff."));
    Ok(Role::parse(role).ok_or_else(unknown)?)
}

fn gone() -> ServerError {
    AppError::NotFound("This person is not there any more.".to_owned()).into()
}

fn disabled(email: &str) -> ServerError {
    AppError::invalid("person", format!("{email} is disabled. Enable them first.")).into()
}
