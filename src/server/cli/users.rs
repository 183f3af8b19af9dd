//! `onibara user`.

use std::io::{BufRead as _, IsTerminal as _};
use std::process::ExitCode;

use chrono::{DateTime, Utc};

use super::args::{User, UserCommand};
use super::{Sentence, failed};
use crate::domain::role::Role;
use crate::server::db::Db;
use crate::server::guard::check_email;
use crate::server::password::{self, Passwords};
use crate::server::store::audit::{self, Action, Entry};
use crate::server::store::people::{self, Person};
use crate::server::store::second_steps;
use crate::server::store::users::{self, Added};

/// Does what is asked for with users.
pub async fn run(db: &Db, options: User, now: DateTime<Utc>) -> Result<ExitCode, Sentence> {
    match options.command {
        UserCommand::Add { email, role } => add(db, email, role, now).await,
        UserCommand::Password { email } => reset(db, &email, now).await,
        UserCommand::OneStep { email } => one_step(db, &email, now).await,
    }
}

/// Adds a user with a password from the terminal or standard input.
async fn add(db: &Db, email: String, role: Role, now: DateTime<Utc>) -> Result<ExitCode, Sentence> {
    check_email(&email).map_err(|error| error.to_string())?;
    let password = ask()?;
    password::check(&password).map_err(|error| error.to_string())?;
    let hash = passwords()?.hash(password).await.map_err(failed)?;
    match users::add(db, &email, role, &hash, now).await.map_err(failed)? {
        Added::User(user) => {
            let detail = format!("{} as {}", user.email, role.as_str());
            note(db, user.id, Action::UserAdded, detail, now).await?;
            println!("{} can sign in as {}.", user.email, role.as_str());
            Ok(ExitCode::SUCCESS)
        }
        Added::EmailTaken | Added::NotFirst => Err(format!("There is a user {email} already.")),
    }
}

/// Gives somebody a password from the terminal or standard input, and ends their sessions.
async fn reset(db: &Db, email: &str, now: DateTime<Utc>) -> Result<ExitCode, Sentence> {
    let person = find(db, email, now).await?;
    let password = ask()?;
    password::check(&password).map_err(|error| error.to_string())?;
    let hash = passwords()?.hash(password).await.map_err(failed)?;
    people::set_password(db, person.id, &hash).await.map_err(failed)?;
    note(db, person.id, Action::PasswordSet, person.email.clone(), now).await?;
    println!("{} has another password, and is signed out everywhere.", person.email);
    Ok(ExitCode::SUCCESS)
}

/// Turns the second step of somebody's sign-in off.
async fn one_step(db: &Db, email: &str, now: DateTime<Utc>) -> Result<ExitCode, Sentence> {
    let person = find(db, email, now).await?;
    if !second_steps::end(db, person.id).await.map_err(failed)? {
        return Err(format!("{} has no second step of signing in.", person.email));
    }
    note(db, person.id, Action::SecondStepOff, person.email.clone(), now).await?;
    println!("{} signs in with the password alone.", person.email);
    Ok(ExitCode::SUCCESS)
}

async fn find(db: &Db, email: &str, now: DateTime<Utc>) -> Result<Person, Sentence> {
    let wanted = email.trim().to_lowercase();
    let everybody = people::all(db, now).await.map_err(failed)?;
    let found = everybody.into_iter().find(|person| person.email == wanted);
    found.ok_or_else(|| format!("There is no user {wanted}."))
}

async fn note(db: &Db, user_id: i64, action: Action, detail: String, now: DateTime<Utc>) -> Result<(), Sentence> {
    let entry = Entry {
        at: now,
        user_id: Some(user_id),
        who: "command line".to_owned(),
        address: String::new(),
        action,
        detail,
        subject: audit::Subject::None,
    };
    audit::append(db, entry).await.map_err(failed)
}

/// Builds the password hasher of the installed product: 64 MiB and 3 passes.
pub fn passwords() -> Result<Passwords, Sentence> {
    Passwords::new(64 * 1024, 3).map_err(failed)
}

fn ask() -> Result<String, Sentence> {
    let unreadable = |error| format!("The password cannot be read: {error}");
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password("Password: ").map_err(unreadable);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(unreadable)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
