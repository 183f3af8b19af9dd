//! Customers for files: many rows packed into one text by the database, which is several times as fast as row by row.

use std::collections::HashMap;

use sqlx::AssertSqlSafe;

use super::customers::CustomerRow;
use crate::domain::customer::Customer;
use crate::server::db::Db;
use crate::server::db::packed::{FIELD, Fields, ROW};
use crate::server::error::ServerError;
use crate::with_pool;

/// The numbers of a customer, in the order in which they are packed.
const NUMBERS: [&str; 9] = [
    "id",
    "earned_orders",
    "open_orders",
    "lost_orders",
    "earned",
    "open",
    "lost",
    "first_at",
    "last_at",
];
/// The texts, which follow.
const TEXTS: [&str; 7] = ["phone", "name", "whatsapp", "source", "city", "state", "tags"];

/// Returns the customers with these numbers, as far as there are any.
pub async fn by_ids(db: &Db, ids: &[i64]) -> Result<HashMap<i64, Customer>, ServerError> {
    let sql = statement(db);
    let ids = format!("{ids:?}");
    let packed: Option<String> = with_pool!(db.jobs(), |pool| {
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(ids).fetch_one(pool).await?
    });
    let Some(packed) = packed else {
        return Ok(HashMap::new());
    };
    let rows = packed.split(ROW).map(|row| {
        let customer = customer(&mut Fields::packed(row))?;
        Ok((customer.id, customer))
    });
    rows.collect()
}

/// The statement for the customers whose numbers a JSON array holds.
fn statement(db: &Db) -> String {
    let char = db.dialect("char", "chr");
    let (field, row) = (u32::from(FIELD), u32::from(ROW));
    // What parts fields and rows is taken out of what a foreign writer may have put it in.
    let clean = |text: &str| format!("replace(replace({text}, {char}({field}), ' '), {char}({row}), ' ')");
    let fields = NUMBERS
        .iter()
        .map(|number| (*number).to_owned())
        .chain(TEXTS.map(clean));
    let line = fields.collect::<Vec<_>>().join(&format!(" || {char}({field}) || "));
    let (pack, ids) = (
        db.dialect("group_concat", "string_agg"),
        db.dialect(
            "select value from json_each($1)",
            "select cast(value as bigint) from json_array_elements_text(cast($1 as json))",
        ),
    );
    format!("select {pack}({line}, {char}({row})) from customers where id in ({ids})")
}

fn customer(fields: &mut Fields) -> Result<Customer, ServerError> {
    let row = CustomerRow {
        id: fields.number()?,
        earned_orders: fields.number()?,
        open_orders: fields.number()?,
        lost_orders: fields.number()?,
        earned: fields.number()?,
        open: fields.number()?,
        lost: fields.number()?,
        first_at: fields.number()?,
        last_at: fields.number()?,
        phone: fields.text()?.into_owned(),
        name: fields.text()?.into_owned(),
        whatsapp: fields.text()?.into_owned(),
        source: fields.text()?.into_owned(),
        city: fields.text()?.into_owned(),
        state: fields.text()?.into_owned(),
        tags: fields.text()?.into_owned(),
    };
    Ok(row.into())
}
