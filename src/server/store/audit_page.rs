//! The audit log as it is read: the newest first, a page at a time, however long it is.

use sqlx::{FromRow, QueryBuilder};

use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::with_pool;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Names of actions; all where there is none.
    pub actions: Vec<&'static str>,
    /// The e-mail address of who did it; '' for anybody.
    pub who: String,
    /// The network address it came from; '' for any.
    pub address: String,
    /// From when, in milliseconds.
    pub since: Option<i64>,
    /// Up to when, this moment not included.
    pub until: Option<i64>,
    /// Where to go on: the time and the number of the last line that was read.
    pub before: Option<(i64, i64)>,
}

/// A line of the log as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Line {
    /// Its number.
    pub id: i64,
    /// When, in milliseconds.
    pub at: i64,
    /// Who.
    pub who: String,
    /// From where.
    pub address: String,
    /// The action's name.
    pub action: String,
    /// Counts and filters.
    pub detail: String,
    /// The customer's number.
    pub customer_id: Option<i64>,
    /// The phone of that customer, while there is one.
    pub phone: Option<String>,
    /// The order's number.
    pub order_number: String,
}

/// Adds the conditions of what is asked for to a statement of either database.
macro_rules! conditions {
    ($query:expr, $wanted:expr) => {{
        if !$wanted.who.is_empty() {
            $query.push(" and who = ").push_bind($wanted.who.clone());
        }
        if !$wanted.address.is_empty() {
            $query.push(" and address = ").push_bind($wanted.address.clone());
        }
        if let Some(since) = $wanted.since {
            $query.push(" and at >= ").push_bind(since);
        }
        if let Some(until) = $wanted.until {
            $query.push(" and at < ").push_bind(until);
        }
        if let Some((at, id)) = $wanted.before {
            // The first half is what an index is walked from.
            $query.push(" and at <= ").push_bind(at);
            $query.push(" and (at < ").push_bind(at);
            $query.push(" or id < ").push_bind(id).push(")");
        }
    }};
}

/// Returns the newest lines, at most `limit` of them.
///
/// Each action is walked by its own index and the newest of all are taken, so that a rare action in a long log is found
/// as fast as a frequent one.
pub async fn newest(db: &Db, wanted: &Wanted, limit: i64) -> Result<Vec<Line>, ServerError> {
    let actions: Vec<Option<&'static str>> = match wanted.actions.as_slice() {
        [] => vec![None],
        actions => actions.iter().copied().map(Some).collect(),
    };
    Ok(with_pool!(db.jobs(), |pool| {
        let mut query = QueryBuilder::new(
            "select a.id, a.at, a.who, a.address, a.action, a.detail, a.customer_id, p.phone, a.order_number from (",
        );
        for (place, action) in actions.iter().enumerate() {
            if place > 0 {
                query.push(" union all ");
            }
            query.push("select * from (select * from audit_log where 1 = 1");
            if let Some(action) = action {
                query.push(" and action = ").push_bind(*action);
            }
            conditions!(query, wanted);
            query.push(" order by at desc, id desc limit ").push_bind(limit);
            query.push(") as walked");
        }
        query.push(") as a left join phones p on p.id = a.customer_id order by a.at desc, a.id desc limit ");
        query.push_bind(limit);
        query.build_query_as().fetch_all(pool).await?
    }))
}
