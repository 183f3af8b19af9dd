//! The derived state as a whole: rebuilt from its one definition, and compared with it.

use sqlx::{PgConnection, SqliteConnection};

use crate::domain::text;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// The stored columns of `customer_rollup`, in the order of `customer_facts`; with a letter, of that table alias.
macro_rules! columns {
    () => {
        "id, phone, earned_orders, open_orders, lost_orders, earned, open, lost, first_at, last_at, last_pos, \
         name, name_key, name_pos, whatsapp, whatsapp_pos, city, state, place_pos, facebook_orders, \
         facebook_last, tiktok_orders, tiktok_last, whatsapp_orders, whatsapp_last, website_orders, \
         website_last, other_orders, other_last"
    };
    (f) => {
        "f.id, f.phone, f.earned_orders, f.open_orders, f.lost_orders, f.earned, f.open, f.lost, f.first_at, \
         f.last_at, f.last_pos, f.name, f.name_key, f.name_pos, f.whatsapp, f.whatsapp_pos, f.city, f.state, \
         f.place_pos, f.facebook_orders, f.facebook_last, f.tiktok_orders, f.tiktok_last, f.whatsapp_orders, \
         f.whatsapp_last, f.website_orders, f.website_last, f.other_orders, f.other_last"
    };
    (r) => {
        "r.id, r.phone, r.earned_orders, r.open_orders, r.lost_orders, r.earned, r.open, r.lost, r.first_at, \
         r.last_at, r.last_pos, r.name, r.name_key, r.name_pos, r.whatsapp, r.whatsapp_pos, r.city, r.state, \
         r.place_pos, r.facebook_orders, r.facebook_last, r.tiktok_orders, r.tiktok_last, r.whatsapp_orders, \
         r.whatsapp_last, r.website_orders, r.website_last, r.other_orders, r.other_last"
    };
}

/// Empties and fills the rollup on a connection; the body of a transaction.
macro_rules! refill {
    ($add_phones:expr, $connection:expr) => {{
        sqlx::query($add_phones).execute(&mut *$connection).await?;
        sqlx::query("delete from customer_rollup")
            .execute(&mut *$connection)
            .await?;
        sqlx::query(concat!(
            "insert into customer_rollup (",
            columns!(),
            ") select ",
            columns!(),
            " from customer_facts order by id"
        ))
        .execute(&mut *$connection)
        .await?;
        sqlx::query("insert into customer_change (order_id, customer_id) values (null, null)")
            .execute(&mut *$connection)
            .await?;
        Ok::<_, sqlx::Error>(())
    }};
}

/// A customer whose stored figures differ from the orders; it names the customer by number only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The customer's number.
    pub customer_id: i64,
    /// What is wrong.
    pub kind: DifferenceKind,
}

/// How stored figures can differ from the orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The orders make a customer that is not stored.
    Missing,
    /// A customer is stored that the orders do not make.
    Extra,
    /// Both are there, with different figures.
    Different,
}

/// Numbers the phones that no order has had before; only how a number is drawn differs.
const ADD_PHONES_SQLITE: &str = "
    insert into phones (id, phone, customer_id)
    select n, phone, n
    from (
      select phone, (select coalesce(max(id), 0) from phones) + row_number() over (order by phone) as n
      from (select distinct phone from orders where phone not in (select phone from phones))
    )";
const ADD_PHONES_POSTGRES: &str = "
    insert into phones (id, phone, customer_id)
    select n, phone, n
    from (
      select phone, nextval('phones_id') as n
      from (select distinct phone from orders o where not exists (select 1 from phones p where p.phone = o.phone)) as f
    ) as numbered";

/// Fills `phones` and `customer_rollup` anew from the orders, and tells every reader of the log to load again.
pub async fn rebuild(db: &Db) -> Result<(), ServerError> {
    fold_names(db).await?;
    let db = db.clone();
    detached(async move {
        let done: Result<(), sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
            refill!(db.dialect(ADD_PHONES_SQLITE, ADD_PHONES_POSTGRES), tx)
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// Writes the folded names that a foreign writer left out.
async fn fold_names(db: &Db) -> Result<(), ServerError> {
    loop {
        let missing: Vec<(i64, String)> = with_pool!(db.jobs(), |pool| {
            sqlx::query_as(
                "select id, customer_name from orders where name_key = '' and customer_name <> '' limit 1000",
            )
            .fetch_all(pool)
            .await?
        });
        // A name of nothing but marks folds to nothing; asking for it again would never end.
        let folded: Vec<(i64, String)> = missing
            .into_iter()
            .map(|(id, name)| {
                (
                    id,
                    Some(text::fold(&name)).filter(|key| !key.is_empty()).unwrap_or(name),
                )
            })
            .collect();
        if folded.is_empty() {
            return Ok(());
        }
        let db = db.clone();
        detached(async move {
            let done: Result<(), sqlx::Error> = in_transaction!(db.bulk(), |tx| async {
                for (id, key) in &folded {
                    // Whoever was erased meanwhile has no name any more.
                    sqlx::query("update orders set name_key = $1 where id = $2 and customer_name <> ''")
                        .bind(key.clone())
                        .bind(*id)
                        .execute(&mut *tx)
                        .await?;
                }
                Ok::<_, sqlx::Error>(())
            }
            .await);
            done
        })
        .await?;
    }
}

/// Fills them within a transaction of SQLite.
pub(in crate::server) async fn refill_sqlite(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    refill!(ADD_PHONES_SQLITE, connection)
}

/// Fills them within a transaction of PostgreSQL.
pub(in crate::server) async fn refill_postgres(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    refill!(ADD_PHONES_POSTGRES, connection)
}

/// What differs, in one statement and so in one snapshot.
const DIFFERENCES: &str = concat!(
    "select f.id, case when r.id is null then cast(0 as bigint) else cast(2 as bigint) end as kind
     from customer_facts f
     left join customer_rollup r on r.id = f.id
     where r.id is null or (",
    columns!(f),
    ") <> (",
    columns!(r),
    ")
     union all
     select r.id, cast(1 as bigint)
     from customer_rollup r
     where not exists (select 1 from phones c join orders o on o.phone = c.phone where c.customer_id = r.id)
     order by 1"
);

/// Compares the stored figures with the orders.
pub async fn verify(db: &Db) -> Result<Vec<Difference>, ServerError> {
    let rows = with_pool!(db.jobs(), |pool| sqlx::query_as(DIFFERENCES).fetch_all(pool).await?);
    Ok(differences(rows))
}

/// Compares them within a transaction of SQLite.
pub(in crate::server) async fn verify_sqlite(
    connection: &mut SqliteConnection,
) -> Result<Vec<Difference>, sqlx::Error> {
    Ok(differences(sqlx::query_as(DIFFERENCES).fetch_all(connection).await?))
}

/// Compares them within a transaction of PostgreSQL.
pub(in crate::server) async fn verify_postgres(connection: &mut PgConnection) -> Result<Vec<Difference>, sqlx::Error> {
    Ok(differences(sqlx::query_as(DIFFERENCES).fetch_all(connection).await?))
}

fn differences(rows: Vec<(i64, i64)>) -> Vec<Difference> {
    let difference = |(customer_id, kind)| Difference {
        customer_id,
        kind: DifferenceKind::from(kind),
    };
    rows.into_iter().map(difference).collect()
}

impl From<i64> for DifferenceKind {
    fn from(code: i64) -> Self {
        match code {
            0 => Self::Missing,
            1 => Self::Extra,
            _ => Self::Different,
        }
    }
}
