//! Finding the one customer that a phone belongs to.

use crate::domain::phone::Phone;
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
