//! Everything that is held about a person, read as it is stored.

mod picked;

use picked::{Picked, answered, refused, searching, shown};

use super::erasure;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::with_pool;

/// A part of what is held: its name, the names of its fields, and a row for each thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub name: &'static str,
    /// The names of the fields. One that ends with `_at` is a moment, in milliseconds.
    pub fields: &'static [&'static str],
    /// The values of each row.
    pub rows: Vec<Vec<String>>,
}

/// The name, the fields, and the statement that reads them for the customer `$1`, each as text.
type Reading = (&'static str, &'static [&'static str], &'static str);

/// What is read for a customer.
const READINGS: &[Reading] = &[
    (
        "customer",
        &["number", "phone", "name", "whatsapp", "city", "state", "tags", "first_order_at", "last_order_at"],
        "select cast(id as text), phone, name, whatsapp, city, state, tags, cast(first_at as text), cast(last_at as text)
         from customers where id = $1",
    ),
    (
        "phones",
        &["phone", "primary"],
        "select phone, case when id = customer_id then 'yes' else 'no' end from phones where customer_id = $1 order by id",
    ),
    (
        "names",
        &["name", "orders"],
        "select o.customer_name, cast(count(*) as text) from phones p join orders o on o.phone = p.phone
         where p.customer_id = $1 and o.customer_name <> '' group by o.customer_name order by o.customer_name",
    ),
    (
        "orders",
        &[
            "number", "placed_at", "name", "phone", "phone_as_written", "other_phone", "whatsapp", "amount_in_kobo",
            "status", "source", "city", "state", "address", "sales_rep", "items",
        ],
        "select o.number, cast(o.placed_at as text), o.customer_name, o.phone, o.phone_raw, o.other_phone, o.whatsapp,
           cast(o.amount as text), o.status, o.source, o.city, o.state, o.address, o.sales_rep, o.items
         from phones p join orders o on o.phone = p.phone where p.customer_id = $1 order by o.pos",
    ),
    (
        "details_set_by_hand",
        &["name", "whatsapp", "city", "state"],
        "select e.name, e.whatsapp, e.city, e.state from phones p join customer_edits e on e.id = p.id
         where p.customer_id = $1 order by p.id",
    ),
    (
        "changes",
        &["changed_at", "who", "field", "before", "after"],
        "select cast(h.at as text), h.who, h.field, h.before, h.after
         from phones p join customer_history h on h.phone_id = p.id where p.customer_id = $1 order by h.id",
    ),
    (
        "notes",
        &["written_at", "author", "text", "edited_at", "deleted_at"],
        "select cast(n.written_at as text), n.author, n.body, coalesce(cast(n.edited_at as text), ''),
           coalesce(cast(n.deleted_at as text), '')
         from phones p join customer_notes n on n.phone_id = p.id where p.customer_id = $1 order by n.id",
    ),
    (
        "tags",
        &["tag"],
        "select t.tag from phones p join customer_tags t on t.phone_id = p.id where p.customer_id = $1 order by t.tag",
    ),
    (
        "consent_to_messages",
        &["consent", "asked_at", "who"],
        "select c.consent, cast(c.at as text), c.who from phones p join customer_consents c on c.phone_id = p.id
         where p.customer_id = $1 order by p.id",
    ),
    (
        "queues",
        &["queue", "place"],
        "select q.name, cast(e.place as text) from phones p join queue_entries e on e.phone_id = p.id
         join queues q on q.id = e.queue_id where p.customer_id = $1 order by q.id",
    ),
    (
        "contacts",
        &["contacted_at", "who", "outcome", "again_on", "queue"],
        "select cast(c.at as text), c.who, c.outcome, c.again_on, coalesce(q.name, '')
         from phones p join contacts c on c.phone_id = p.id left join queues q on q.id = c.queue_id
         where p.customer_id = $1 order by c.id",
    ),
    (
        "orders_of_others_that_name_a_number",
        &["number", "other_phone", "whatsapp"],
        "select o.number,
           case when o.other_phone in (select phone from phones where customer_id = $1) then o.other_phone else '' end,
           case when o.whatsapp in (select phone from phones where customer_id = $1) then o.whatsapp else '' end
         from orders o
         where o.phone not in (select phone from phones where customer_id = $1)
           and (o.other_phone in (select phone from phones where customer_id = $1)
             or o.whatsapp in (select phone from phones where customer_id = $1)) order by o.pos",
    ),
    (
        "kept_to_take_an_import_back",
        &["order", "as_it_was"],
        "select i.number, i.before from phones p join orders o on o.phone = p.phone
         join import_changes i on i.number = o.number where p.customer_id = $1 order by i.number",
    ),
    (
        "deliveries_of_shop_systems",
        &["delivered_at", "system", "topic", "order", "result", "reason"],
        "select cast(d.at as text), h.kind, d.topic, d.order_number, d.result, d.reason
         from phones p join orders o on o.phone = p.phone join hook_deliveries d on d.order_number = o.number
         join hooks h on h.id = d.hook_id where p.customer_id = $1 order by d.id",
    ),
    (
        "orders_in_shop_systems",
        &["system", "number_there", "order", "stands_since_at"],
        "select h.kind, w.external_id, w.order_number, cast(w.changed_at as text)
         from phones p join orders o on o.phone = p.phone join hook_orders w on w.order_number = o.number
         join hooks h on h.id = w.hook_id where p.customer_id = $1 order by w.external_id",
    ),
    (
        "audit_log",
        &["done_at", "who", "action", "detail", "order"],
        "select cast(a.at as text), a.who, a.action, a.detail, a.order_number from audit_log a
         where a.customer_id in (select id from phones where customer_id = $1)
         union all
         select cast(a.at as text), a.who, a.action, a.detail, a.order_number
         from phones p join orders o on o.phone = p.phone join audit_log a on a.order_number = o.number
         where p.customer_id = $1 order by 1",
    ),
];

/// Texts that may name a person, each with what it is.
const TEXTS: &[(Reading, Picked)] = &[
    (
        (
            "rows_refused_by_imports",
            &["import", "rows"],
            "select cast(import_id as text), part from import_refused order by id",
        ),
        refused,
    ),
    (
        (
            "answers_kept_for_programs",
            &["request", "answer"],
            "select name, body from idempotent_requests where body <> '' order by began_at",
        ),
        answered,
    ),
    (
        (
            "saved_views",
            &["name", "query"],
            "select name, query from saved_views order by id",
        ),
        searching,
    ),
    (
        (
            "imports_that_wait",
            &["file", "rows_shown"],
            "select file_name, samples from imports where samples <> '' order by id",
        ),
        shown,
    ),
];

/// Reads everything that is held about a customer; a section without rows says that nothing of its kind is.
pub async fn everything(db: &Db, customer: i64) -> Result<Vec<Section>, ServerError> {
    let mut sections = Vec::with_capacity(READINGS.len() + TEXTS.len());
    for reading in READINGS {
        sections.push(read(db, reading, Some(customer)).await?);
    }
    let mentions = erasure::known(db, customer).await?;
    for (reading, picked) in TEXTS {
        let mut section = read(db, reading, None).await?;
        section.rows = section.rows.iter().flat_map(|row| picked(row, &mentions)).collect();
        sections.push(section);
    }
    Ok(sections)
}

async fn read(db: &Db, (name, fields, sql): &Reading, customer: Option<i64>) -> Result<Section, ServerError> {
    let rows = with_pool!(db.jobs(), |pool| {
        let mut query = sqlx::query(*sql);
        if let Some(customer) = customer {
            query = query.bind(customer);
        }
        let rows = query.fetch_all(pool).await?;
        let row = |row: &_| cells(row, fields.len());
        rows.iter().map(row).collect::<Result<Vec<_>, sqlx::Error>>()?
    });
    Ok(Section { name, fields, rows })
}

fn cells<'r, R>(row: &'r R, count: usize) -> Result<Vec<String>, sqlx::Error>
where
    R: sqlx::Row,
    usize: sqlx::ColumnIndex<R>,
    String: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
{
    (0..count).map(|at| row.try_get::<String, _>(at)).collect()
}
