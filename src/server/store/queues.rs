//! Queues of customers, and how everybody in them stands.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, QueryBuilder};

use super::history::By;
use crate::domain::queue::{Outcome, Progress};
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// How many entries one statement adds; SQLite binds 32,766 values.
const BATCH: usize = 5_000;

/// A statement about how the customers of some queues stand on the shop's day `$1`: a row a queue and customer, merged
/// phones together. The latest contact says how; `open` is whose turn it is.
macro_rules! standing {
    ($queues:literal, $rest:literal) => {
        concat!(
            "with members as (
               select e.queue_id, p.customer_id as id, min(e.place) as place, min(e.skipped) as skipped
               from queue_entries e join phones p on p.id = e.phone_id
               where e.queue_id in (",
            $queues,
            ") group by e.queue_id, p.customer_id
             ), latest as (
               select c.queue_id, p.customer_id as id, max(c.id) as contact
               from contacts c join phones p on p.id = c.phone_id
               where c.queue_id in (",
            $queues,
            ") group by c.queue_id, p.customer_id
             ), standing as (
               select m.queue_id, m.id, m.place, coalesce(c.id, 0) as contact, coalesce(c.outcome, '') as outcome,
                 coalesce(c.who, '') as who, coalesce(c.at, 0) as at, coalesce(c.again_on, '') as again_on,
                 case
                   when c.id is null or c.again_on <> '' and c.again_on <= $1 then 0
                   when c.again_on <> '' then 1
                   else 2
                 end as state,
                 case when c.id is null or c.again_on <> '' and c.again_on <= $1 then m.skipped else 0 end as skipped
               from members m
               left join latest l on l.queue_id = m.queue_id and l.id = m.id
               left join contacts c on c.id = l.contact
             ) ",
            $rest
        )
    };
}
pub(super) use standing;

/// A queue as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Stored {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// The number of the user who made it.
    pub made_by: i64,
    /// The e-mail address of the user who made it.
    pub maker: String,
    /// When it was made, in milliseconds.
    pub made_at: i64,
    /// The number of the message that is offered, where one was chosen.
    pub template_id: Option<i64>,
}

/// Makes a queue of customers, who come in this order; returns its number.
pub async fn make(db: &Db, name: String, customers: Vec<i64>, by: By) -> Result<i64, ServerError> {
    let db = db.clone();
    detached(async move {
        let placed: Vec<(i64, i64)> = (0..).zip(customers).collect();
        let done: Result<i64, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let id: i64 = sqlx::query_scalar(
                "insert into queues (name, made_by, maker, made_at) values ($1, $2, $3, $4) returning id",
            )
            .bind(&name)
            .bind(by.user_id)
            .bind(&by.who)
            .bind(by.at.timestamp_millis())
            .fetch_one(&mut *tx)
            .await?;
            for placed in placed.chunks(BATCH) {
                let mut query = QueryBuilder::new("insert into queue_entries (queue_id, phone_id, place) ");
                query.push_values(placed, |mut row, (place, customer)| {
                    row.push_bind(id).push_bind(*customer).push_bind(*place);
                });
                query.build().execute(&mut *tx).await?;
            }
            Ok::<_, sqlx::Error>(id)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Returns a queue, where there is one with the number.
pub async fn one(db: &Db, id: i64) -> Result<Option<Stored>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as("select id, name, made_by, maker, made_at, template_id from queues where id = $1")
            .bind(id)
            .fetch_optional(pool)
            .await?
    }))
}

/// Counts the queues.
pub async fn count(db: &Db) -> Result<i64, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select count(*) from queues")
            .fetch_one(pool)
            .await?
    }))
}

/// Returns queues, the newest first, without so many of the newest.
pub async fn newest(db: &Db, skip: i64, take: i64) -> Result<Vec<Stored>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select id, name, made_by, maker, made_at, template_id from queues order by id desc limit $1 offset $2",
        )
        .bind(take)
        .bind(skip)
        .fetch_all(pool)
        .await?
    }))
}

/// Who looks at queues, and when.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The user's number.
    pub user_id: i64,
    /// The moment.
    pub now: DateTime<Utc>,
    /// The shop's day.
    pub today: NaiveDate,
}

#[derive(FromRow)]
struct CountRow {
    queue_id: i64,
    state: i64,
    outcome: String,
    customers: i64,
    with_others: i64,
    next_day: String,
}

/// Returns how far the queues from `oldest` to `newest` have got.
pub async fn progress(
    db: &Db,
    oldest: i64,
    newest: i64,
    reader: Reader,
) -> Result<HashMap<i64, Progress>, ServerError> {
    let rows: Vec<CountRow> = with_pool!(db.web(), |pool| {
        sqlx::query_as(standing!(
            "select id from queues where id between $2 and $3",
            "select s.queue_id, cast(s.state as bigint) as state, s.outcome, count(*) as customers,
               cast(sum(case when s.state = 0 and exists (
                 select 1 from queue_turns t join phones p on p.id = t.customer_id
                 where p.customer_id = s.id and t.user_id <> $4 and t.ends_at > $5
               ) then 1 else 0 end) as bigint) as with_others,
               min(s.again_on) as next_day
             from standing s group by s.queue_id, s.state, s.outcome"
        ))
        .bind(reader.today.to_string())
        .bind(oldest)
        .bind(newest)
        .bind(reader.user_id)
        .bind(reader.now.timestamp_millis())
        .fetch_all(pool)
        .await?
    });
    let mut progress: HashMap<i64, Progress> = HashMap::new();
    for row in rows {
        progress.entry(row.queue_id).or_default().add(row);
    }
    Ok(progress)
}

impl Progress {
    fn add(&mut self, row: CountRow) {
        self.total += row.customers;
        self.with_others += row.with_others;
        match row.state {
            1 => {
                self.later += row.customers;
                let sooner = self.next_day.as_ref().is_none_or(|day| row.next_day < *day);
                if sooner {
                    self.next_day = Some(row.next_day);
                }
            }
            2 => self.done += row.customers,
            _ => {}
        }
        let Some(outcome) = Outcome::parse(&row.outcome) else {
            return;
        };
        match self.outcomes.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, count)) => *count += row.customers,
            None => self.outcomes.push((outcome, row.customers)),
        }
    }
}

/// A customer of a queue and how they stand in it, as stored.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Member {
    /// The customer's number.
    pub id: i64,
    /// The number of the latest contact; 0 where there is none.
    pub contact: i64,
    /// What came of it; empty where there is none.
    pub outcome: String,
    /// Whose it was.
    pub who: String,
    /// When it was, in milliseconds.
    pub at: i64,
    /// The day on which to try again; empty for never.
    pub again_on: String,
    /// Who has the customer in hand; empty where nobody has.
    pub with_whom: String,
}

/// Returns those of a queue, whoever comes next first, then those of a later day, then the others from the latest on.
pub async fn members(db: &Db, id: i64, reader: Reader, skip: i64, take: i64) -> Result<Vec<Member>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_as(standing!(
            "$2",
            "select s.id, s.contact, s.outcome, s.who, s.at, s.again_on, coalesce((
               select min(t.who) from queue_turns t join phones p on p.id = t.customer_id
               where p.customer_id = s.id and t.ends_at > $3
             ), '') as with_whom
             from standing s
             order by s.state, s.skipped, case when s.again_on <> '' then 0 else 1 end, s.again_on, s.contact desc, s.place
             limit $4 offset $5"
        ))
        .bind(reader.today.to_string())
        .bind(id)
        .bind(reader.now.timestamp_millis())
        .bind(take)
        .bind(skip)
        .fetch_all(pool)
        .await?
    }))
}

/// Chooses the message that a queue offers.
pub async fn choose_message(db: &Db, id: i64, template: i64) -> Result<(), ServerError> {
    let db = db.clone();
    detached(async move {
        with_pool!(db.writer(), |pool| {
            sqlx::query(
                "update queues set template_id = $2 where id = $1 and exists (select 1 from templates where id = $2)",
            )
            .bind(id)
            .bind(template)
            .execute(pool)
            .await?;
        });
        Ok(())
    })
    .await
}

/// Takes a queue away, its maker's own one or `anybody`'s; tells whether there was one. What came of it stays known.
pub async fn delete(db: &Db, id: i64, anybody: bool, user_id: i64) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        Ok(with_pool!(db.writer(), |pool| {
            sqlx::query("delete from queues where id = $1 and (made_by = $2 or $3 = 1)")
                .bind(id)
                .bind(user_id)
                .bind(i64::from(anybody))
                .execute(pool)
                .await?
                .rows_affected()
                == 1
        }))
    })
    .await
}
