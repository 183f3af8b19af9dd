//! `onibara user`.

use std::io::{BufRead as _, IsTerminal as _};
use std::process::ExitCode;

use chrono::{DateTime, Utc};

use super::args::{User, UserCommand};
use super::{Sentence, failed};
use crate::server::db::Db;
use crate::server::guard::check_email;
use crate::server::password::{self, Passwords};
use crate::server::store::audit::{self, Action, Entry};
use crate::server::store::users::{self, Added};

/// Adds a user with a password from the terminal or standard input.
pub async fn add(db: &Db, options: User, now: DateTime<Utc>) -> Result<ExitCode, Sentence> {
    let UserCommand::Add { email, role } = options.command;
    check_email(&email).map_err(|error| error.to_string())?;
    let password = ask()?;
    password::check(&password).map_err(|error| error.to_string())?;
    let hash = passwords()?.hash(password).await.map_err(failed)?;
    match users::add(db, &email, role, &hash, now).await.map_err(failed)? {
        Added::User(user) => {
            let entry = Entry {
                at: now,
                user_id: Some(user.id),
                who: "command line".to_owned(),
                address: String::new(),
                action: Action::UserAdded,
                detail: format!("{} as {}", user.email, role.as_str()),
            };
            audit::append(db, entry).await.map_err(failed)?;
            println!("{} can sign in as {}.", user.email, role.as_str());
            Ok(ExitCode::SUCCESS)
        }
        Added::EmailTaken | Added::NotFirst => Err(format!("There is a user {email} already.")),
    }
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
