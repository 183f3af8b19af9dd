//! Loading a whole shop into a finder, in one snapshot of the database.

use std::collections::HashMap;

use futures::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use super::log::{self, Position};
use super::stored::{order_id, second, source, status};
use crate::domain::finder::{CustomerFacts, Finder, OrderFacts};
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::source::Source;
use crate::domain::text;
use crate::server::db::packed::{FIELD, Fields, Lines, ROW};
use crate::server::db::{Db, Pool};
use crate::server::error::ServerError;

/// How many rows SQLite packs into one text.
const PACKED: usize = 2_000;

const PHONES: [&str; 3] = ["id", "phone", "customer_id"];
const CUSTOMERS: [&str; 10] = [
    "id",
    "phone",
    "earned_orders + open_orders",
    "earned + open",
    "first_at / 1000",
    "last_at / 1000",
    "source",
    "name_key",
    "city",
    "state",
];
const TAGS: [&str; 3] = ["id", "phone_id", "tag"];
const EDITS: [&str; 3] = ["id", "whatsapp", "name_key"];
const ORDERS: [&str; 12] = [
    "id",
    "phone",
    "placed_at / 1000",
    "amount",
    "status",
    "source",
    "sales_rep",
    "number",
    "whatsapp",
    "other_phone",
    "name_key",
    "case when name_key = '' then customer_name else '' end",
];

/// Loads all customers and orders, and says which position of the log they are of.
pub(super) async fn load(db: &Db) -> Result<(Finder, Position), ServerError> {
    match db.jobs() {
        Pool::Sqlite(pool) => {
            let mut connection = pool.acquire().await?;
            let mut transaction = connection.begin().await?;
            let position = log::end_on_sqlite(&mut transaction).await?;
            let mut loading = Loading::new();
            on_sqlite(&mut transaction, "phones", &PHONES, |fields| loading.phone(fields)).await?;
            on_sqlite(&mut transaction, "customer_tags", &TAGS, |fields| loading.tag(fields)).await?;
            on_sqlite(&mut transaction, "customers", &CUSTOMERS, |fields| {
                loading.customer(fields)
            })
            .await?;
            on_sqlite(&mut transaction, "orders", &ORDERS, |fields| loading.order(fields)).await?;
            on_sqlite(&mut transaction, "customer_edits", &EDITS, |fields| {
                loading.edit(fields)
            })
            .await?;
            Ok((loading.end(), position))
        }
        Pool::Postgres(pool) => {
            let mut connection = pool.acquire().await?;
            let mut transaction = connection.begin().await?;
            log::hold_still(&mut transaction).await?;
            let position = log::end_on_postgres(&mut transaction).await?;
            let mut loading = Loading::new();
            on_postgres(&mut transaction, "phones", &PHONES, |fields| loading.phone(fields)).await?;
            on_postgres(&mut transaction, "customer_tags", &TAGS, |fields| loading.tag(fields)).await?;
            on_postgres(&mut transaction, "customers", &CUSTOMERS, |fields| {
                loading.customer(fields)
            })
            .await?;
            on_postgres(&mut transaction, "orders", &ORDERS, |fields| loading.order(fields)).await?;
            on_postgres(&mut transaction, "customer_edits", &EDITS, |fields| {
                loading.edit(fields)
            })
            .await?;
            Ok((loading.end(), position))
        }
    }
}

/// Reads a table in the order of its ids, many rows packed into one.
async fn on_sqlite(
    connection: &mut SqliteConnection,
    table: &str,
    columns: &[&str],
    mut each: impl FnMut(Fields) -> Result<(), ServerError>,
) -> Result<(), ServerError> {
    let (field, row) = (u32::from(FIELD), u32::from(ROW));
    // What parts fields and rows is taken out of what a foreign writer may have put it in.
    let clean = |column: &&str| format!("replace(replace({column}, char({field}), ' '), char({row}), ' ')");
    let packed: Vec<String> = columns
        .iter()
        .map(|column| match *column {
            "phone" | "name_key" | "city" | "state" | "tag" | "sales_rep" | "number" => clean(column),
            other if other.starts_with("case when name_key") => clean(column),
            other => format!("({other})"),
        })
        .collect();
    let line = packed.join(&format!(" || char({field}) || "));
    let sql = format!(
        "select group_concat(line, char({row})), max(id)
         from (select id, {line} as line from {table} where id > $1 order by id limit {PACKED})"
    );
    let mut packs = pack(connection, &sql, i64::MIN).await?;
    while let Some((text, greatest)) = packs {
        // SQLite packs the next rows on a thread of its own while these are read.
        let (next, read) = futures::join!(pack(connection, &sql, greatest), async {
            text.split(ROW).try_for_each(|row| each(Fields::packed(row)))
        });
        read?;
        packs = next?;
    }
    Ok(())
}

/// Returns the rows after a number, packed, and the number of the last of them; none after the last one.
async fn pack(connection: &mut SqliteConnection, sql: &str, after: i64) -> Result<Option<(String, i64)>, ServerError> {
    let (text, greatest): (Option<String>, Option<i64>) = sqlx::query_as(AssertSqlSafe(sql.to_owned()))
        .bind(after)
        .fetch_one(connection)
        .await?;
    Ok(text.zip(greatest))
}

/// Reads a table in the order of its ids as one stream.
async fn on_postgres(
    connection: &mut PgConnection,
    table: &str,
    columns: &[&str],
    mut each: impl FnMut(Fields) -> Result<(), ServerError>,
) -> Result<(), ServerError> {
    let sql = format!(
        "copy (select {} from {table} order by id) to stdout",
        columns.join(", ")
    );
    let mut stream = connection.copy_out_raw(&sql).await?;
    let mut lines = Lines::default();
    while let Some(bytes) = stream.try_next().await? {
        lines.push(&bytes, |line| each(Fields::copied(line)))?;
    }
    Ok(())
}

/// A shop half way in.
struct Loading {
    finder: Finder,
    numbers: HashMap<u64, i64>,
    texts: HashMap<String, i64>,
    /// The phones that a merge has given to another's customer.
    merged: HashMap<i64, i64>,
    /// The tags of customers.
    tags: HashMap<i64, Vec<String>>,
    /// The latest row's key, kept to be compared without another allocation.
    unfolded: String,
}

impl Loading {
    fn new() -> Self {
        Self {
            finder: Finder::load(),
            numbers: HashMap::new(),
            texts: HashMap::new(),
            merged: HashMap::new(),
            tags: HashMap::new(),
            unfolded: String::new(),
        }
    }

    fn phone(&mut self, mut fields: Fields) -> Result<(), ServerError> {
        let id = fields.number()?;
        let phone = fields.text()?;
        let customer = fields.number()?;
        if id != customer {
            self.merged.insert(id, customer);
        }
        match number(&phone) {
            Some(number) => drop(self.numbers.insert(number, customer)),
            None => drop(self.texts.insert(phone.into_owned(), customer)),
        }
        Ok(())
    }

    /// Returns the customer that a phone belongs to.
    fn owner(&self, phone: i64) -> i64 {
        self.merged.get(&phone).copied().unwrap_or(phone)
    }

    fn tag(&mut self, mut fields: Fields) -> Result<(), ServerError> {
        let _ = fields.number()?;
        let customer = self.owner(fields.number()?);
        let tags = self.tags.entry(customer).or_default();
        tags.push(fields.text()?.into_owned());
        Ok(())
    }

    fn edit(&mut self, mut fields: Fields) -> Result<(), ServerError> {
        let customer = self.owner(fields.number()?);
        let (whatsapp, name_key) = (fields.text()?, fields.text()?);
        self.finder.spell(customer, &name_key, &[&whatsapp]);
        Ok(())
    }

    fn customer(&mut self, mut fields: Fields) -> Result<(), ServerError> {
        let id = fields.number()?;
        let facts = CustomerFacts {
            id,
            phone: Phone::from_db(fields.text()?.into_owned()),
            orders: fields.number()?,
            ltv: Money(fields.number()?),
            first: fields.number()?,
            last: fields.number()?,
            source: Source::parse(&fields.text()?),
            name_key: fields.text()?.into_owned(),
            city: fields.text()?.into_owned(),
            state: fields.text()?.into_owned(),
            tags: self.tags.remove(&id).unwrap_or_default(),
        };
        self.finder.put(&facts);
        Ok(())
    }

    fn order(&mut self, mut fields: Fields) -> Result<(), ServerError> {
        let id = order_id(fields.number()?)?;
        let phone = fields.text()?;
        let (placed, amount) = (second(fields.number()?), fields.number()?);
        let (status, source) = (status(&fields.text()?), source(&fields.text()?));
        let (sales_rep, number_of_order) = (fields.text()?, fields.text()?);
        let (whatsapp, other) = (fields.text()?, fields.text()?);
        let (key, unfolded) = (fields.text()?, fields.text()?);
        let customer = match number(&phone) {
            Some(number) => self.numbers.get(&number),
            None => self.texts.get(phone.as_ref()),
        };
        let Some(customer) = customer.copied() else {
            return Err(ServerError::Broken(
                "an order has a phone that is in no row of `phones`; `onibara rebuild` mends it".to_owned(),
            ));
        };
        let order = OrderFacts {
            id,
            second: placed,
            amount,
            status,
            source,
            sales_rep: &sales_rep,
            number: &number_of_order,
        };
        self.finder.put_order(order, customer);
        self.unfolded.clear();
        self.unfolded.push_str(&key);
        if !unfolded.is_empty() {
            self.unfolded = text::fold(&unfolded);
        }
        self.finder
            .spell(customer, &self.unfolded, &[&phone, &whatsapp, &other]);
        Ok(())
    }

    fn end(mut self) -> Finder {
        self.finder.loaded();
        self.finder.rank_all();
        self.finder
    }
}

/// The digits of a number in E.164 as one number.
fn number(phone: &str) -> Option<u64> {
    phone.strip_prefix('+').and_then(|digits| digits.parse().ok())
}
