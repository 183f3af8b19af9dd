//! All customers of a PostgreSQL shop, copied in the order in which they lie there to a file that has no name, and read
//! from it in any order: a million of them in memory would be too much, and looked for one by one too slow.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::os::unix::fs::FileExt as _;

use futures::TryStreamExt as _;
use sqlx::PgPool;

use super::customers::CustomerRow;
use crate::server::db::packed::{Fields, Lines};
use crate::server::error::ServerError;

/// The columns in the order of [`CustomerRow`]; the tags are put together once, not looked for with each row.
const COPY: &str = "
    copy (
      select c.id, c.phone, c.name, c.whatsapp, c.earned_orders, c.open_orders, c.lost_orders, c.earned, c.open, c.lost,
        c.first_at, c.last_at, c.source, c.city, c.state, coalesce(t.tags, '')
      from customers c
      left join (
        select p.customer_id, string_agg(t.tag, ',') as tags
        from customer_tags t join phones p on p.id = t.phone_id
        group by p.customer_id
      ) t on t.customer_id = c.id
    ) to stdout";

/// A copy of all customers as they were at one moment.
pub struct Copied {
    file: File,
    /// Each customer's number, with where in the file their row begins and how long it is; by number.
    places: Vec<(i64, u64, usize)>,
}

impl Copied {
    /// Copies all customers.
    pub async fn of(pool: &PgPool) -> Result<Self, ServerError> {
        let mut out = BufWriter::new(tempfile::tempfile().map_err(failed)?);
        let (mut places, mut end) = (Vec::new(), 0);
        let mut connection = pool.acquire().await?;
        let mut stream = connection.copy_out_raw(COPY).await?;
        let mut lines = Lines::default();
        while let Some(bytes) = stream.try_next().await? {
            lines.push(&bytes, |line| {
                places.push((Fields::copied(line).number()?, end, line.len()));
                end += line.len() as u64;
                out.write_all(line.as_bytes()).map_err(failed)
            })?;
        }
        let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
        places.sort_unstable();
        Ok(Self { file, places })
    }

    /// Returns the customers with these numbers, as far as there are any.
    pub(super) fn by_ids(&self, ids: &[i64]) -> Result<Vec<CustomerRow>, ServerError> {
        let mut line = Vec::new();
        let places = ids
            .iter()
            .filter_map(|id| self.places.binary_search_by_key(id, |place| place.0).ok());
        let rows = places.map(|at| {
            let (_, start, length) = self.places[at];
            line.resize(length, 0);
            self.file.read_exact_at(&mut line, start).map_err(failed)?;
            row(&mut Fields::copied(&String::from_utf8_lossy(&line)))
        });
        rows.collect()
    }
}

fn failed(error: std::io::Error) -> ServerError {
    ServerError::Broken(format!("the copy of the customers failed: {error}"))
}

fn row(fields: &mut Fields) -> Result<CustomerRow, ServerError> {
    Ok(CustomerRow {
        id: fields.number()?,
        phone: fields.text()?.into_owned(),
        name: fields.text()?.into_owned(),
        whatsapp: fields.text()?.into_owned(),
        earned_orders: fields.number()?,
        open_orders: fields.number()?,
        lost_orders: fields.number()?,
        earned: fields.number()?,
        open: fields.number()?,
        lost: fields.number()?,
        first_at: fields.number()?,
        last_at: fields.number()?,
        source: fields.text()?.into_owned(),
        city: fields.text()?.into_owned(),
        state: fields.text()?.into_owned(),
        tags: fields.text()?.into_owned(),
    })
}
