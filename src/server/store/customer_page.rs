//! Finding the one customer that a phone belongs to, and what they bought.

use chrono::DateTime;

use crate::domain::habits::Bought;
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::source::Source;
use crate::domain::status::Status;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::with_pool;

/// Returns the number of the customer that a phone belongs to: after a merge, the one of the primary phone.
pub async fn id_of(db: &Db, phone: &Phone) -> Result<Option<i64>, ServerError> {
    Ok(with_pool!(db.web(), |pool| {
        sqlx::query_scalar("select customer_id from phones where phone = $1")
            .bind(phone.as_str())
            .fetch_optional(pool)
            .await?
    }))
}

/// Returns what habits are made of: all orders of a customer, lost ones included, in no order.
pub async fn bought(db: &Db, customer: i64) -> Result<Vec<Bought>, ServerError> {
    let rows: Vec<(i64, i64, String, String)> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select o.placed_at, o.amount, o.status, o.source
             from phones p join orders o on o.phone = p.phone where p.customer_id = $1",
        )
        .bind(customer)
        .fetch_all(pool)
        .await?
    });
    let bought = |(at, amount, status, source): (i64, i64, String, String)| Bought {
        at: DateTime::from_timestamp_millis(at).unwrap_or_default(),
        amount: Money(amount),
        status: Status::parse(&status).unwrap_or(Status::New),
        source: Source::parse(&source),
    };
    Ok(rows.into_iter().map(bought).collect())
}
