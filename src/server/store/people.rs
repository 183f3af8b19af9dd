//! Those who may sign in, as the owner changes them.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::sessions::end_sessions;
use super::users;
use crate::domain::people::State;
use crate::domain::role::Role;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// Somebody as stored.
#[derive(Clone, Debug)]
pub struct Person {
    /// The user's number.
    pub id: i64,
    /// The e-mail address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Whether they can sign in.
    pub state: State,
    /// Whether signing in asks for a code too.
    pub second_step: bool,
    /// When they were seen last.
    pub seen_at: Option<DateTime<Utc>>,
    /// Until when a link that sets their password is good.
    pub link_until: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct PersonRow {
    id: i64,
    email: String,
    role: String,
    invited: bool,
    disabled: bool,
    second_step: bool,
    seen_at: Option<i64>,
    link_until: Option<i64>,
}

impl TryFrom<PersonRow> for Person {
    type Error = ServerError;

    fn try_from(row: PersonRow) -> Result<Self, ServerError> {
        Ok(Self {
            id: row.id,
            email: row.email,
            role: users::role(&row.role)?,
            state: match (row.disabled, row.invited) {
                (true, _) => State::Disabled,
                (false, true) => State::Invited,
                (false, false) => State::Active,
            },
            second_step: row.second_step,
            seen_at: row.seen_at.and_then(DateTime::from_timestamp_millis),
            link_until: row.link_until.and_then(DateTime::from_timestamp_millis),
        })
    }
}

/// Returns everybody, by e-mail address.
pub async fn all(db: &Db, now: DateTime<Utc>) -> Result<Vec<Person>, ServerError> {
    let rows: Vec<PersonRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select u.id, u.email, u.role, u.seen_at,
               u.password_hash = '' as invited,
               u.disabled_at is not null as disabled,
               exists (select 1 from second_steps t where t.user_id = u.id and t.confirmed_at is not null) as second_step,
               (select l.expires_at from password_links l where l.user_id = u.id and l.expires_at > $1) as link_until
             from users u
             order by u.email",
        )
        .bind(now.timestamp_millis())
        .fetch_all(pool)
        .await?
    });
    rows.into_iter().map(Person::try_from).collect()
}

/// Returns somebody.
pub async fn find(db: &Db, id: i64, now: DateTime<Utc>) -> Result<Option<Person>, ServerError> {
    Ok(all(db, now).await?.into_iter().find(|person| person.id == id))
}

/// What is to be changed of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// What they may do.
    Role(Role),
    /// They cannot sign in any more, and their sessions end.
    Disable,
    /// They can again.
    Enable,
}

/// Changes somebody, unless no owner were left who can sign in; tells whether it was done.
///
/// On PostgreSQL all owners are locked first: of two who lower each other at the same moment the second one sees what
/// the first has done.
pub async fn change(db: &Db, id: i64, change: Change, now: DateTime<Utc>) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let lock = db.dialect(
            "select id from users where role = 'owner' order by id",
            "select id from users where role = 'owner' order by id for update",
        );
        let (role, disabled_at) = match change {
            Change::Role(role) => (Some(role.as_str()), None),
            Change::Disable => (None, Some(now.timestamp_millis())),
            Change::Enable => (None, None),
        };
        let still_owner = matches!(change, Change::Role(Role::Owner) | Change::Enable);
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            sqlx::query(lock).execute(&mut *tx).await?;
            let done = sqlx::query(
                "update users
                 set role = coalesce($2, role),
                   disabled_at = case when $2 is null then $3 else disabled_at end
                 where id = $1
                   and ($4 or role <> 'owner' or disabled_at is not null or password_hash = '' or exists (
                     select 1 from users o
                     where o.role = 'owner' and o.disabled_at is null and o.password_hash <> '' and o.id <> $1
                   ))",
            )
            .bind(id)
            .bind(role)
            .bind(disabled_at)
            .bind(still_owner)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if done == 1 && change == Change::Disable {
                end_sessions!(tx, id);
                sqlx::query("delete from password_links where user_id = $1")
                    .bind(id)
                    .execute(&mut *tx)
                    .await?;
            }
            Ok::<_, sqlx::Error>(done == 1)
        }
        .await);
        Ok(done?)
    })
    .await
}

/// Takes away somebody who was invited and has not come; tells whether it was so.
pub async fn withdraw(db: &Db, id: i64) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let gone = with_pool!(db.writer(), |pool| {
            sqlx::query("delete from users where id = $1 and password_hash = ''")
                .bind(id)
                .execute(pool)
                .await?
                .rows_affected()
        });
        Ok(gone == 1)
    })
    .await
}

/// Sets a password where one was given before, and ends all sessions.
pub async fn set_password(db: &Db, id: i64, password_hash: &str) -> Result<(), ServerError> {
    let (db, hash) = (db.clone(), password_hash.to_owned());
    detached(async move {
        let done: Result<(), sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            sqlx::query("update users set password_hash = $2 where id = $1")
                .bind(id)
                .bind(hash.clone())
                .execute(&mut *tx)
                .await?;
            end_sessions!(tx, id);
            sqlx::query("delete from password_links where user_id = $1")
                .bind(id)
                .execute(&mut *tx)
                .await?;
            Ok::<_, sqlx::Error>(())
        }
        .await);
        Ok(done?)
    })
    .await
}

/// Returns the PHC string of somebody's password.
pub async fn password_hash(db: &Db, id: i64) -> Result<Option<String>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select password_hash from users where id = $1")
            .bind(id)
            .fetch_optional(pool)
            .await?
    }))
}
