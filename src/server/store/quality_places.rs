//! One spelling of a state put in place of another, everywhere, and back again.

use super::history::{By, record};
use super::quality::{Fix, What, note, take_back};
use super::settings::{count_places, place_name};
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// How many orders one transaction changes.
const BATCH: i64 = 1_000;

/// A spelling, what it is to be, and what that is noted as.
#[derive(Clone)]
struct Step {
    fix: i64,
    from: String,
    to: String,
}

/// Remembers that a spelling means a state, and gives the state to every order and every customer that has the spelling;
/// returns the fix's number and how many orders it was.
///
/// Later orders are read so from the first moment on. What was on its way then is found by looking again.
pub async fn replace(db: &Db, spelled: &str, state: &str, by: By) -> Result<(i64, u64), ServerError> {
    let (db, fix) = (db.clone(), Fix::place(What::Place, spelled, state));
    detached(async move {
        let noted: Result<i64, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            sqlx::query(
                "insert into settings (name, value) values ($1, $2)
                 on conflict (name) do update set value = excluded.value",
            )
            .bind(place_name(&fix.before))
            .bind(&fix.after)
            .execute(&mut *tx)
            .await?;
            count_places!(tx);
            Ok::<_, sqlx::Error>(note!(tx, fix, by))
        }
        .await);
        let step = Step {
            fix: noted?,
            from: fix.before,
            to: fix.after,
        };
        let mut changed = 0;
        loop {
            match orders(&db, &step).await? {
                0 => break,
                more => changed += more,
            }
        }
        edits(&db, &step, &by).await?;
        Ok((step.fix, changed))
    })
    .await
}

/// Gives the orders a batch a transaction, and looks for them outside of it, so that nobody waits long for the writer.
async fn orders(db: &Db, step: &Step) -> Result<u64, ServerError> {
    let (mut all, mut after) = (0, 0_i64);
    loop {
        let ids: Vec<i64> = with_pool!(db.jobs(), |pool| {
            sqlx::query_scalar("select id from orders where state = $1 and id > $2 order by id limit $3")
                .bind(&step.from)
                .bind(after)
                .bind(BATCH)
                .fetch_all(pool)
                .await?
        });
        let Some(last) = ids.last() else { return Ok(all) };
        after = *last;
        let done: Result<u64, sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
            let mut changed = 0;
            for id in &ids {
                let found: Option<i64> =
                    sqlx::query_scalar("update orders set state = $1 where id = $2 and state = $3 returning id")
                        .bind(&step.to)
                        .bind(*id)
                        .bind(&step.from)
                        .fetch_optional(&mut *tx)
                        .await?;
                if found.is_some() {
                    changed += 1;
                    sqlx::query("insert into quality_fixed (fix_id, order_id) values ($1, $2)")
                        .bind(step.fix)
                        .bind(*id)
                        .execute(&mut *tx)
                        .await?;
                }
            }
            Ok::<_, sqlx::Error>(changed)
        }
        .await);
        all += done?;
    }
}

/// What people have set over what orders say, with its history.
async fn edits(db: &Db, step: &Step, by: &By) -> Result<(), ServerError> {
    let done: Result<(), sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
        let ids: Vec<i64> = sqlx::query_scalar(db.dialect(
            "select id from customer_edits where state = $1 order by id",
            "select id from customer_edits where state = $1 order by id for update",
        ))
        .bind(&step.from)
        .fetch_all(&mut *tx)
        .await?;
        for id in ids {
            let version: i64 = sqlx::query_scalar(
                "update customer_edits set state = $1, version = version + 1 where id = $2 returning version",
            )
            .bind(&step.to)
            .bind(id)
            .fetch_one(&mut *tx)
            .await?;
            sqlx::query("insert into quality_fixed (fix_id, phone_id) values ($1, $2)")
                .bind(step.fix)
                .bind(id)
                .execute(&mut *tx)
                .await?;
            let mut entry = by.entry("state", &step.from, &step.to);
            (entry.version, entry.before_edited) = (version, 1);
            record!(tx, id, by, entry);
        }
        Ok::<_, sqlx::Error>(())
    }
    .await);
    Ok(done?)
}

/// Takes a spelling's meaning back, and gives what it has changed and nobody has changed since the spelling again; tells
/// whether it stood.
pub async fn restore(db: &Db, id: i64, fix: Fix, by: By) -> Result<bool, ServerError> {
    let db = db.clone();
    detached(async move {
        let stood: Result<bool, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            if !take_back!(tx, id, by) {
                return Ok(false);
            }
            sqlx::query("delete from settings where name = $1 and value = $2")
                .bind(place_name(&fix.before))
                .bind(&fix.after)
                .execute(&mut *tx)
                .await?;
            count_places!(tx);
            Ok::<_, sqlx::Error>(true)
        }
        .await);
        if !stood? {
            return Ok(false);
        }
        orders_back(&db, id, &fix).await?;
        edits_back(&db, id, &fix, &by).await?;
        Ok(true)
    })
    .await
}

/// Gives the orders of a fix their spelling again, a batch a transaction.
async fn orders_back(db: &Db, id: i64, fix: &Fix) -> Result<(), ServerError> {
    let mut after = 0_i64;
    loop {
        let ids: Vec<i64> = with_pool!(db.jobs(), |pool| {
            sqlx::query_scalar(
                "select order_id from quality_fixed where fix_id = $1 and order_id > $2 order by order_id limit $3",
            )
            .bind(id)
            .bind(after)
            .bind(BATCH)
            .fetch_all(pool)
            .await?
        });
        let Some(last) = ids.last() else { return Ok(()) };
        after = *last;
        let done: Result<(), sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
            for order in &ids {
                sqlx::query("update orders set state = $1 where id = $2 and state = $3")
                    .bind(&fix.before)
                    .bind(*order)
                    .bind(&fix.after)
                    .execute(&mut *tx)
                    .await?;
            }
            Ok::<_, sqlx::Error>(())
        }
        .await);
        done?;
    }
}

async fn edits_back(db: &Db, id: i64, fix: &Fix, by: &By) -> Result<(), ServerError> {
    let done: Result<(), sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
        let edits: Vec<(i64, i64)> = sqlx::query_as(
            "update customer_edits set state = $1, version = version + 1 where state = $2
             and id in (select phone_id from quality_fixed where fix_id = $3 and phone_id is not null)
             returning id, version",
        )
        .bind(&fix.before)
        .bind(&fix.after)
        .bind(id)
        .fetch_all(&mut *tx)
        .await?;
        for (phone, version) in edits {
            let mut entry = by.entry("state", &fix.after, &fix.before);
            (entry.version, entry.before_edited) = (version, 1);
            record!(tx, phone, by, entry);
        }
        Ok::<_, sqlx::Error>(())
    }
    .await);
    Ok(done?)
}
