//! The change log, kept no longer than its readers need it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::with_pool;

/// How long an entry is kept; a reader that has not looked for half of that loads everything again.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// Forgets entries that every reader has seen.
pub async fn trim(db: &Db, now: DateTime<Utc>) -> Result<(), ServerError> {
    let before = now.checked_sub_signed(KEPT).unwrap_or(now).timestamp_millis();
    let db = db.clone();
    detached(async move {
        with_pool!(db.bulk(), |pool| {
            sqlx::query("delete from customer_change where at < $1")
                .bind(before)
                .execute(pool)
                .await?;
        });
        Ok(())
    })
    .await
}
