//! Who may sign in.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::domain::role::Role;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// A person who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The user's number.
    pub id: i64,
    /// The e-mail address, in lower case.
    pub email: String,
    /// What the user may do.
    pub role: Role,
    /// Whether the shop wants a second step of signing in that the user does not have yet.
    pub must_enrol: bool,
}

/// A user with what is needed to check a password.
pub struct Credentials {
    /// Who it is.
    pub user: User,
    /// The PHC string of the password.
    pub password_hash: String,
    /// Whether signing in asks for a code too.
    pub second_step: bool,
}

#[derive(FromRow)]
struct CredentialsRow {
    id: i64,
    email: String,
    role: String,
    password_hash: String,
    second_step: bool,
}

/// Returns the user with this address and password hash, unless there is none or it is disabled.
pub async fn credentials(db: &Db, email: &str) -> Result<Option<Credentials>, ServerError> {
    // PostgreSQL takes no such text, and nobody has such an address.
    if email.contains('\0') {
        return Ok(None);
    }
    let row: Option<CredentialsRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select id, email, role, password_hash,
               exists (select 1 from second_steps where user_id = users.id and confirmed_at is not null) as second_step
             from users
             where email = $1 and disabled_at is null and password_hash <> ''",
        )
        .bind(email.trim().to_lowercase())
        .fetch_optional(pool)
        .await?
    });
    row.map(|row| {
        let user = User {
            id: row.id,
            email: row.email,
            role: role(&row.role)?,
            must_enrol: false,
        };
        Ok(Credentials {
            user,
            password_hash: row.password_hash,
            second_step: row.second_step,
        })
    })
    .transpose()
}

/// Tells whether anybody can sign in at all.
pub async fn any(db: &Db) -> Result<bool, ServerError> {
    let count: i64 = with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select count(*) from (select 1 as one from users limit 1) as found")
            .fetch_one(pool)
            .await?
    });
    Ok(count > 0)
}

/// Returns the e-mail addresses of all who may sign in or might once.
pub async fn emails(db: &Db) -> Result<Vec<String>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select email from users order by email")
            .fetch_all(pool)
            .await?
    }))
}

/// What became of an attempt to add a user.
#[derive(Debug, PartialEq, Eq)]
pub enum Added {
    /// The user is in.
    User(User),
    /// There is a user with this e-mail address already.
    EmailTaken,
    /// There is an owner already, and the user was to be the first one.
    NotFirst,
}

/// Adds a user.
pub async fn add(
    db: &Db,
    email: &str,
    role: Role,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<Added, ServerError> {
    insert(db, email, role, password_hash, now, false).await
}

/// Adds the owner of an empty installation; of several at the same moment exactly one comes in.
pub async fn add_first_owner(
    db: &Db,
    email: &str,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<Added, ServerError> {
    if any(db).await? {
        return Ok(Added::NotFirst);
    }
    insert(db, email, Role::Owner, password_hash, now, true).await
}

async fn insert(
    db: &Db,
    email: &str,
    role: Role,
    password_hash: &str,
    now: DateTime<Utc>,
    first: bool,
) -> Result<Added, ServerError> {
    let (db, email, hash) = (db.clone(), email.trim().to_lowercase(), password_hash.to_owned());
    detached(async move {
        let outcome: Result<i64, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            if first {
                // The name is unique: of two first owners the second one fails here, on either database.
                sqlx::query("insert into settings (name, value) values ('first_owner', $1)")
                    .bind(email.clone())
                    .execute(&mut *tx)
                    .await?;
            }
            sqlx::query_scalar(
                "insert into users (email, role, password_hash, created_at) values ($1, $2, $3, $4) returning id",
            )
            .bind(email.clone())
            .bind(role.as_str())
            .bind(hash.clone())
            .bind(now.timestamp_millis())
            .fetch_one(&mut *tx)
            .await
        }
        .await);
        match outcome {
            Ok(id) => Ok(Added::User(User {
                id,
                email,
                role,
                must_enrol: false,
            })),
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                Ok(if first { Added::NotFirst } else { Added::EmailTaken })
            }
            Err(error) => Err(error.into()),
        }
    })
    .await
}

pub(super) fn role(stored: &str) -> Result<Role, ServerError> {
    Role::parse(stored).ok_or_else(|| ServerError::Broken("a user has an unknown role".to_owned()))
}
