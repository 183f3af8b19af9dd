//! One table, row by row from one database into the other.

use futures::TryStreamExt as _;
use futures::stream::BoxStream;
use sqlx::{PgConnection, QueryBuilder, Sqlite, SqliteConnection};

use super::MoveError;
use super::row::{Sum, Value, copied};
use super::schema::{Table, quoted};
use super::side::Side;

/// How many values one statement of SQLite takes at most, with some to spare.
const VALUES: usize = 16_000;
/// How many bytes go to PostgreSQL at once.
const PIECE: usize = 256 * 1024;
/// How often somebody is told, in rows.
const OFTEN: u64 = 1_000;

/// Rows that are read.
type Rows<'a> = BoxStream<'a, Result<Vec<Value>, sqlx::Error>>;
/// Who is told how many more rows are over.
type Told<'a> = dyn FnMut(u64) + Send + 'a;

/// Copies a table, and returns what was read.
pub(super) async fn copy(from: &mut Side, to: &mut Side, table: &Table, told: &mut Told<'_>) -> Result<Sum, MoveError> {
    let rows = from.rows(table);
    match to {
        Side::Sqlite(transaction) => into_sqlite(rows, transaction, table, told).await,
        Side::Postgres(transaction) => into_postgres(rows, transaction, table, told).await,
    }
}

async fn into_sqlite(
    mut rows: Rows<'_>,
    to: &mut SqliteConnection,
    table: &Table,
    told: &mut Told<'_>,
) -> Result<Sum, MoveError> {
    let most = (VALUES / table.columns.len().max(1)).max(1);
    let (mut sum, mut batch) = (Sum::default(), Vec::with_capacity(most));
    while let Some(row) = rows.try_next().await? {
        sum.add(&row);
        batch.push(row);
        if batch.len() == most {
            insert(to, table, std::mem::take(&mut batch), told).await?;
        }
    }
    insert(to, table, batch, told).await?;
    Ok(sum)
}

async fn insert(
    to: &mut SqliteConnection,
    table: &Table,
    rows: Vec<Vec<Value>>,
    told: &mut Told<'_>,
) -> Result<(), sqlx::Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let count = rows.len() as u64;
    let mut query = QueryBuilder::<Sqlite>::new(format!("insert into {} ({}) ", quoted(&table.name), table.list()));
    query.push_values(rows, |mut out, row| {
        for value in row {
            match value {
                Value::None => out.push_bind(None::<i64>),
                Value::Number(number) => out.push_bind(number),
                Value::Real(number) => out.push_bind(number),
                Value::Text(text) => out.push_bind(text),
                Value::Bytes(bytes) => out.push_bind(bytes),
            };
        }
    });
    query.build().execute(to).await?;
    told(count);
    Ok(())
}

/// One statement for the whole table: rows may refer to others of it that come later.
async fn into_postgres(
    mut rows: Rows<'_>,
    to: &mut PgConnection,
    table: &Table,
    told: &mut Told<'_>,
) -> Result<Sum, MoveError> {
    let statement = format!("copy {} ({}) from stdin", quoted(&table.name), table.list());
    let mut sink = to.copy_in_raw(&statement).await?;
    let (mut sum, mut piece, mut untold) = (Sum::default(), String::new(), 0);
    let sent: Result<(), MoveError> = async {
        while let Some(row) = rows.try_next().await? {
            if row
                .iter()
                .any(|value| matches!(value, Value::Text(text) if text.contains('\0')))
            {
                return Err(MoveError::Nul(table.name.clone()));
            }
            sum.add(&row);
            copied(&row, &mut piece);
            if piece.len() >= PIECE {
                sink.send(std::mem::take(&mut piece).into_bytes()).await?;
            }
            untold += 1;
            if untold == OFTEN {
                told(std::mem::take(&mut untold));
            }
        }
        sink.send(piece.into_bytes()).await?;
        told(untold);
        Ok(())
    }
    .await;
    if let Err(error) = sent {
        let _ = sink.abort("the move has stopped").await;
        return Err(error);
    }
    sink.finish().await?;
    Ok(sum)
}
