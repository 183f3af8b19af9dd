//! Whether customers want messages.

use std::collections::{HashMap, HashSet};

use futures::TryStreamExt as _;
use sqlx::QueryBuilder;

use super::history::{By, record};
use crate::domain::consent::Consent;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// How many customers are asked about in one statement.
const CHUNK: usize = 1_000;

/// What a customer has said; `no` comes before `yes`.
const SAID: &str =
    "select min(c.consent) from phones p join customer_consents c on c.phone_id = p.id where p.customer_id = $1";

/// What everybody who was asked has said.
const EVERYBODY: &str = "
    select p.customer_id, min(c.consent) from customer_consents c join phones p on p.id = c.phone_id
    group by p.customer_id";

/// Returns what a customer has said: no, where one of their phones has it, and else yes, where one has that.
pub async fn of(db: &Db, customer: i64) -> Result<Consent, ServerError> {
    let said: Option<String> = with_pool!(db.web(), |pool| {
        sqlx::query_scalar(SAID).bind(customer).fetch_one(pool).await?
    });
    Ok(said.map_or(Consent::NotAsked, |said| Consent::parse(&said)))
}

/// Returns what customers have said, as far as they were asked; a no of one of their phones counts.
pub async fn said(db: &Db, customers: &[i64]) -> Result<HashMap<i64, Consent>, ServerError> {
    let mut said = HashMap::new();
    for customers in customers.chunks(CHUNK) {
        let rows: Vec<(i64, String)> = with_pool!(db.jobs(), |pool| {
            let mut query = QueryBuilder::new(
                "select p.customer_id, min(c.consent) from phones p join customer_consents c on c.phone_id = p.id
                 where p.customer_id in (",
            );
            let mut list = query.separated(", ");
            for customer in customers {
                list.push_bind(*customer);
            }
            query.push(") group by p.customer_id");
            query.build_query_as().fetch_all(pool).await?
        });
        said.extend(rows.into_iter().map(|(id, consent)| (id, Consent::parse(&consent))));
    }
    Ok(said)
}

/// Returns what many customers have said; beyond a few of them it is everybody's, which is read once.
pub async fn of_many(
    db: &Db,
    customers: impl ExactSizeIterator<Item = i64>,
) -> Result<HashMap<i64, Consent>, ServerError> {
    if customers.len() <= CHUNK {
        return said(db, &customers.collect::<Vec<_>>()).await;
    }
    with_pool!(db.jobs(), |pool| {
        let mut rows = sqlx::query_as::<_, (i64, String)>(EVERYBODY).fetch(pool);
        let mut said = HashMap::new();
        while let Some((id, consent)) = rows.try_next().await? {
            said.insert(id, Consent::parse(&consent));
        }
        Ok(said)
    })
}

/// Returns those of the customers who want no messages.
pub async fn refused(db: &Db, customers: &[i64]) -> Result<HashSet<i64>, ServerError> {
    let said = said(db, customers).await?.into_iter();
    Ok(said
        .filter(|(_, consent)| *consent == Consent::No)
        .map(|(id, _)| id)
        .collect())
}

/// Writes down what a customer has said, for all their phones; tells whether that is something else than before.
pub async fn set(db: &Db, customer: i64, consent: Consent, by: By) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            let before: Option<String> = sqlx::query_scalar(SAID).bind(customer).fetch_one(&mut *tx).await?;
            let before = before.map_or(Consent::NotAsked, |said| Consent::parse(&said));
            if before == consent {
                return Ok(false);
            }
            sqlx::query(
                "delete from customer_consents where phone_id in (select id from phones where customer_id = $1)",
            )
            .bind(customer)
            .execute(&mut *tx)
            .await?;
            if consent != Consent::NotAsked {
                // For each of them: what a person has said holds for all their phones, also where they are parted again.
                sqlx::query(
                    "insert into customer_consents (phone_id, consent, at, who)
                     select id, $2, $3, $4 from phones where customer_id = $1",
                )
                .bind(customer)
                .bind(consent.as_str())
                .bind(by.at.timestamp_millis())
                .bind(&by.who)
                .execute(&mut *tx)
                .await?;
            }
            record!(tx, customer, by, by.entry("consent", before.as_str(), consent.as_str()));
            // Open pages and finders look again.
            sqlx::query("insert into customer_change (order_id, customer_id) values (null, $1)")
                .bind(customer)
                .execute(&mut *tx)
                .await?;
            Ok::<_, sqlx::Error>(true)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}
