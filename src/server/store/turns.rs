//! Whose turn it is in a queue, who has them in hand, and what came of it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::FromRow;

use super::history::{By, record};
use super::notes;
use super::queues::standing;
use crate::domain::queue::Outcome;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// How long a customer is one person's; whoever went to lunch leaves them to the others after that.
const TURN: TimeDelta = TimeDelta::minutes(30);

/// The next customers whose turn it is on a day, and whom nobody has in hand.
const NEXT: &str = standing!(
    "$2",
    "select s.id from standing s
     where s.state = 0 and s.id <> $3 and not exists (
       select 1 from queue_turns t join phones p on p.id = t.customer_id
       where p.customer_id = s.id and t.ends_at > $4
     )
     order by s.skipped, case when s.again_on <> '' then 0 else 1 end, s.again_on, s.contact desc, s.place
     limit 20"
);

/// Locks a queue for a transaction of either database, and returns its name where there is one; SQLite has one writer
/// anyway.
macro_rules! lock {
    ($db:expr, $connection:expr, $queue:expr) => {{
        let name: Option<String> = sqlx::query_scalar($db.dialect(
            "select name from queues where id = $1",
            "select name from queues where id = $1 for update",
        ))
        .bind($queue)
        .fetch_optional(&mut *$connection)
        .await?;
        name
    }};
}

/// Gives the next customer to somebody, besides one whom they have just put off; puts back whom they had in hand.
///
/// Queues share customers, and only the key of `queue_turns` spans them: who loses the race for one takes the next.
macro_rules! take {
    ($connection:expr, $queue:expr, $by:expr, $today:expr, $but:expr) => {{
        let now = $by.at.timestamp_millis();
        sqlx::query("delete from queue_turns where user_id = $1 or ends_at <= $2")
            .bind($by.user_id)
            .bind(now)
            .execute(&mut *$connection)
            .await?;
        'taken: loop {
            let next: Vec<i64> = sqlx::query_scalar(NEXT)
                .bind($today.to_string())
                .bind($queue)
                .bind($but)
                .bind(now)
                .fetch_all(&mut *$connection)
                .await?;
            if next.is_empty() {
                break 'taken;
            }
            for customer in next {
                let taken = sqlx::query(
                    "insert into queue_turns (customer_id, queue_id, user_id, who, ends_at) values ($1, $2, $3, $4, $5)
                     on conflict (customer_id) do nothing",
                )
                .bind(customer)
                .bind($queue)
                .bind($by.user_id)
                .bind(&$by.who)
                .bind(($by.at + TURN).timestamp_millis())
                .execute(&mut *$connection)
                .await?;
                if taken.rows_affected() == 1 {
                    break 'taken;
                }
            }
        }
    }};
}

/// Returns the customer of a queue whom somebody has in hand.
pub async fn in_hand(db: &Db, queue: i64, user_id: i64, now: DateTime<Utc>) -> Result<Option<i64>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar(
            "select p.customer_id from queue_turns t join phones p on p.id = t.customer_id
             where t.queue_id = $1 and t.user_id = $2 and t.ends_at > $3 order by t.ends_at desc limit 1",
        )
        .bind(queue)
        .bind(user_id)
        .bind(now.timestamp_millis())
        .fetch_optional(pool)
        .await?
    }))
}

/// Gives the next customer of a queue to somebody; tells whether there is such a queue.
pub async fn take(db: &Db, queue: i64, by: By, today: NaiveDate) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let known = lock!(db, tx, queue).is_some();
            if known {
                take!(tx, queue, by, today, 0_i64);
            }
            Ok::<_, sqlx::Error>(known)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Puts whom somebody has in hand back where they were.
pub async fn leave(db: &Db, user_id: i64) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query("delete from queue_turns where user_id = $1")
                .bind(user_id)
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}

/// Puts a customer off to the end of a queue, and gives somebody the next one.
pub async fn skip(db: &Db, queue: i64, customer: i64, by: By, today: NaiveDate) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            if lock!(db, tx, queue).is_none() {
                return Ok(false);
            }
            sqlx::query(
                "update queue_entries set skipped = skipped + 1
                 where queue_id = $1 and phone_id in (select id from phones where customer_id = $2)",
            )
            .bind(queue)
            .bind(customer)
            .execute(&mut *tx)
            .await?;
            take!(tx, queue, by, today, customer);
            Ok::<_, sqlx::Error>(true)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// What came of a call or a message.
#[derive(Clone, Debug)]
pub struct Came {
    /// What came of it.
    pub outcome: Outcome,
    /// The day on which to try again.
    pub again_on: Option<NaiveDate>,
    /// What else is to be known of the customer.
    pub note: Option<String>,
    /// The latest contact in the queue that its writer had seen; 0 for none.
    pub seen: i64,
}

/// Writes down what came of it, and gives somebody the next customer; false where the queue does not hold the customer.
///
/// The same sent twice, as bad connections do, counts once. Two people who both reached a customer both did.
pub async fn contacted(
    db: &Db,
    queue: i64,
    customer: i64,
    came: Came,
    by: By,
    today: NaiveDate,
) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let again_on = came.again_on.map(|day| day.to_string()).unwrap_or_default();
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let Some(name) = lock!(db, tx, queue) else {
                return Ok(false);
            };
            let member: Option<i64> = sqlx::query_scalar(
                "select e.phone_id from queue_entries e join phones p on p.id = e.phone_id
                 where e.queue_id = $1 and p.customer_id = $2 limit 1",
            )
            .bind(queue)
            .bind(customer)
            .fetch_optional(&mut *tx)
            .await?;
            if member.is_none() {
                return Ok(false);
            }
            // Somebody else may have called in between.
            let twice: Option<i64> = sqlx::query_scalar(
                "select c.id from contacts c join phones p on p.id = c.phone_id
                 where c.queue_id = $1 and p.customer_id = $2 and c.id > $3 and c.user_id = $4 and c.outcome = $5
                   and c.again_on = $6 limit 1",
            )
            .bind(queue)
            .bind(customer)
            .bind(came.seen)
            .bind(by.user_id)
            .bind(came.outcome.as_str())
            .bind(&again_on)
            .fetch_optional(&mut *tx)
            .await?;
            if twice.is_none() {
                sqlx::query(
                    "insert into contacts (queue_id, phone_id, user_id, who, at, outcome, again_on)
                     values ($1, $2, $3, $4, $5, $6, $7)",
                )
                .bind(queue)
                .bind(customer)
                .bind(by.user_id)
                .bind(&by.who)
                .bind(by.at.timestamp_millis())
                .bind(came.outcome.as_str())
                .bind(&again_on)
                .execute(&mut *tx)
                .await?;
                record!(tx, customer, by, by.entry("contact", &name, came.outcome.as_str()));
                if let Some(note) = &came.note {
                    notes::insert!(&mut *tx, customer, note, "", by);
                }
            }
            take!(tx, queue, by, today, 0_i64);
            Ok::<_, sqlx::Error>(true)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// A contact as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ContactRow {
    /// Its number.
    pub id: i64,
    /// The number of the user whose it was.
    pub user_id: i64,
    /// The e-mail address of the user whose it was.
    pub who: String,
    /// When, in milliseconds.
    pub at: i64,
    /// What came of it.
    pub outcome: String,
    /// The day on which to try again; empty for never.
    pub again_on: String,
}

/// Returns the latest contacts with a customer, of all queues, the latest first.
pub async fn contacts(db: &Db, customer: i64, most: i64) -> Result<Vec<ContactRow>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select c.id, c.user_id, c.who, c.at, c.outcome, c.again_on
             from phones p join contacts c on c.phone_id = p.id
             where p.customer_id = $1 order by c.id desc limit $2",
        )
        .bind(customer)
        .bind(most)
        .fetch_all(pool)
        .await?
    }))
}

/// Returns the number of the latest contact with a customer in a queue; 0 where there is none.
pub async fn latest(db: &Db, queue: i64, customer: i64) -> Result<i64, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar(
            "select coalesce(max(c.id), 0) from contacts c join phones p on p.id = c.phone_id
             where c.queue_id = $1 and p.customer_id = $2",
        )
        .bind(queue)
        .bind(customer)
        .fetch_one(pool)
        .await?
    }))
}
