//! What is set of a customer in place of what orders say.

use sqlx::FromRow;

use super::history::{By, Entry, record};
use crate::domain::profile::{Details, Field};
use crate::domain::text;
use crate::server::db::{Db, detached};
use crate::server::error::ServerError;
use crate::{in_transaction, with_pool};

/// A change of one detail: from what was shown to what is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The detail.
    pub field: Field,
    /// What was shown when the form was opened; a number in E.164.
    pub was: String,
    /// What is to be; '' for what the orders say.
    pub to: String,
}

/// What came of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// Everything is stored, as the change with this number.
    All(i64),
    /// Everything is as wanted already.
    Nothing,
    /// Nothing is stored: meanwhile something else is shown.
    Conflict(Vec<Conflict>),
    /// There is no such customer.
    Unknown,
}

/// A detail that somebody else has changed meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The detail.
    pub field: Field,
    /// What is shown now.
    pub now: String,
    /// Who set it; none where it came with an order.
    pub who: Option<String>,
}

/// A customer's details: shown, as orders say, and set.
#[derive(FromRow)]
struct Row {
    phone: String,
    name: String,
    whatsapp: String,
    city: String,
    state: String,
    orders_name: String,
    orders_whatsapp: String,
    orders_city: String,
    orders_state: String,
    version: i64,
    set_name: String,
    set_whatsapp: String,
    set_city: String,
    set_state: String,
}

impl Row {
    /// What is shown; a `WhatsApp` number only where it is not the phone.
    fn shown(&self) -> Details {
        Details {
            name: self.name.clone(),
            whatsapp: self.besides(&self.whatsapp),
            city: self.city.clone(),
            state: self.state.clone(),
        }
    }

    fn orders_say(&self) -> Details {
        Details {
            name: self.orders_name.clone(),
            whatsapp: self.besides(&self.orders_whatsapp),
            city: self.orders_city.clone(),
            state: self.orders_state.clone(),
        }
    }

    fn set(&self) -> Details {
        Details {
            name: self.set_name.clone(),
            whatsapp: self.set_whatsapp.clone(),
            city: self.set_city.clone(),
            state: self.set_state.clone(),
        }
    }

    fn besides(&self, number: &str) -> String {
        if number == self.phone {
            String::new()
        } else {
            number.to_owned()
        }
    }

    /// What has to be set for a detail to be shown as wanted. The place is one: city and state come from the same.
    fn wanted(&self, changes: &[Change]) -> Details {
        let (shown, orders, mut set) = (self.shown(), self.orders_say(), self.set());
        let mut place = shown.clone();
        for change in changes {
            let as_orders = change.to.is_empty() || change.to == *orders.get(change.field);
            match change.field {
                Field::City | Field::State => place.set(change.field, change.to.clone()),
                // The phone itself: whoever set it wants no other number, whatever orders say later.
                field if as_orders => set.set(field, String::new()),
                field => set.set(field, change.to.clone()),
            }
        }
        if changes
            .iter()
            .any(|change| matches!(change.field, Field::City | Field::State))
        {
            let as_orders = (&place.city, &place.state) == (&orders.city, &orders.state);
            (set.city, set.state) = if as_orders {
                (String::new(), String::new())
            } else {
                (place.city, place.state)
            };
        }
        set
    }
}

const ROW: &str = "
    select r.phone, c.name, c.whatsapp, c.city, c.state, r.name as orders_name, r.whatsapp as orders_whatsapp,
      r.city as orders_city, r.state as orders_state, coalesce(e.version, 0) as version,
      coalesce(e.name, '') as set_name, coalesce(e.whatsapp, '') as set_whatsapp, coalesce(e.city, '') as set_city,
      coalesce(e.state, '') as set_state
    from customer_rollup r
    join customers c on c.id = r.id
    left join customer_edits e on e.id = r.id
    where r.id = $1";

/// Changes details of a customer, all of them or, where one is not as it was when the form was opened, none.
pub async fn save(db: &Db, customer: i64, changes: Vec<Change>, by: By) -> Result<Saved, ServerError> {
    let db = db.clone();
    detached(async move {
        let done: Result<Saved, sqlx::Error> = in_transaction!(db.writer(), |tx| async {
            // The customer's lock, which the triggers of orders take too.
            sqlx::query(db.dialect(
                "select id from phones where id = $1",
                "select id from phones where id = $1 for no key update",
            ))
            .bind(customer)
            .execute(&mut *tx)
            .await?;
            let row: Option<Row> = sqlx::query_as(ROW).bind(customer).fetch_optional(&mut *tx).await?;
            let Some(before) = row else { return Ok(Saved::Unknown) };
            let shown = before.shown();
            let wrong: Vec<Field> = changes
                .iter()
                .filter(|change| {
                    let now = shown.get(change.field);
                    now != change.was && now != change.to
                })
                .map(|change| change.field)
                .collect();
            let mut conflicts = Vec::new();
            for field in wrong {
                let who: Option<String> = sqlx::query_scalar(
                    "select who from customer_history where phone_id = $1 and field = $2 and after = $3
                     order by id desc limit 1",
                )
                .bind(customer)
                .bind(field.as_str())
                .bind(shown.get(field))
                .fetch_optional(&mut *tx)
                .await?;
                conflicts.push(Conflict {
                    field,
                    now: shown.get(field).to_owned(),
                    who,
                });
            }
            if !conflicts.is_empty() {
                return Ok(Saved::Conflict(conflicts));
            }
            let set = before.wanted(&changes);
            if set == before.set() {
                return Ok(Saved::Nothing);
            }
            let version = before.version + 1;
            sqlx::query(
                "insert into customer_edits (id, version, name, name_key, whatsapp, city, state)
                 values ($1, $2, $3, $4, $5, $6, $7)
                 on conflict (id) do update set version = excluded.version, name = excluded.name,
                   name_key = excluded.name_key, whatsapp = excluded.whatsapp, city = excluded.city,
                   state = excluded.state",
            )
            .bind(customer)
            .bind(version)
            .bind(&set.name)
            .bind(text::fold(&set.name))
            .bind(&set.whatsapp)
            .bind(&set.city)
            .bind(&set.state)
            .execute(&mut *tx)
            .await?;
            let after: Row = sqlx::query_as(ROW).bind(customer).fetch_one(&mut *tx).await?;
            for entry in entries(&before, &after.shown(), version, &by) {
                record!(tx, customer, by, entry);
            }
            Ok::<_, sqlx::Error>(Saved::All(version))
        }
        .await);
        done.map_err(ServerError::from)
    })
    .await
}

/// One entry for each detail that is shown otherwise than before.
fn entries(before: &Row, after: &Details, version: i64, by: &By) -> Vec<Entry> {
    let (shown, set) = (before.shown(), before.set());
    let changed = Field::ALL
        .into_iter()
        .filter(|field| shown.get(*field) != after.get(*field));
    changed
        .map(|field| Entry {
            version,
            before_edited: i64::from(!set.get(field).is_empty()),
            ..by.entry(field.as_str(), shown.get(field), after.get(field))
        })
        .collect()
}

/// Returns the changes that take one back: each detail to what was set before, or to what the orders say.
pub async fn reversed(db: &Db, customer: i64, version: i64) -> Result<Vec<Change>, ServerError> {
    let rows: Vec<(String, String, String, i64)> = with_pool!(db.web(), |pool| {
        sqlx::query_as(
            "select field, after, before, before_edited from customer_history where phone_id = $1 and version = $2",
        )
        .bind(customer)
        .bind(version)
        .fetch_all(pool)
        .await?
    });
    let change = |(field, was, before, edited): (String, String, String, i64)| {
        let field = Field::parse(&field)?;
        // An empty place cannot be told from that of the orders; what was shown is put back as it was.
        let keep = edited == 1 || matches!(field, Field::City | Field::State);
        Some(Change {
            field,
            was,
            to: if keep { before } else { String::new() },
        })
    };
    Ok(rows.into_iter().filter_map(change).collect())
}
