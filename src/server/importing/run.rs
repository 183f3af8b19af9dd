//! Takes a file in, and takes it back.

use std::path::PathBuf;

use super::{Work, open};
use crate::domain::import::State;
use crate::server::error::ServerError;
use crate::server::import::{self, Batch, Orders, Report, Summary};
use crate::server::store::{imports, orders};

/// How many refused rows a report keeps; whoever has more has chosen the wrong file or the wrong columns.
const REFUSED: u64 = 100_000;

/// What somebody is told while a file comes in.
pub struct Told<'a> {
    /// How many rows came to what so far.
    pub summary: Summary,
    /// The rows at hand.
    pub batch: &'a Batch,
}

/// Takes in a file that [`orders::begin_import`] has begun, batch by batch, and says what came of it.
pub async fn run(work: &Work, id: i64, path: PathBuf) -> Result<(), ServerError> {
    match open(path, work.options().await?).await? {
        Ok(rows) => {
            take_in(work, id, rows, |_| Ok(())).await?;
            work.let_go(id).await
        }
        Err(error) => work.fail(id, error.to_string()).await,
    }
}

/// Takes in the rows of a file until it ends or somebody stops it; returns how many rows came to what.
pub async fn take_in(
    work: &Work,
    id: i64,
    rows: Orders,
    mut told: impl FnMut(Told) -> Result<(), ServerError>,
) -> Result<Summary, ServerError> {
    let headers = rows.headers().to_vec();
    let mut batches = import::batches(rows);
    let mut summary = Summary::default();
    while let Some(batch) = batches.recv().await {
        work.readers.let_pass().await;
        let report = report(&headers, &batch, summary.refused)?;
        let mut orders = batch.orders.clone();
        work.put_places_right(&mut orders).await?;
        let taken = orders::Batch {
            orders,
            read: batch.read(),
            refused: batch.refused.len() as u64,
            report,
            position: batch.position,
            total: batch.total,
        };
        let Some(done) = orders::import(&work.db, id, taken, work.now()).await? else {
            return Ok(summary);
        };
        work.tell();
        summary.read += batch.read();
        summary.refused += batch.refused.len() as u64;
        summary += done;
        told(Told { summary, batch: &batch })?;
    }
    imports::move_on(&work.db, id, &[State::Running], State::Done, work.now()).await?;
    Ok(summary)
}

/// Returns the part of the report that a batch adds; the first begins with the header.
fn report(headers: &[String], batch: &Batch, before: u64) -> Result<String, ServerError> {
    if batch.refused.is_empty() || before >= REFUSED {
        return Ok(String::new());
    }
    let broken = |error: String| ServerError::Broken(format!("a report could not be written: {error}"));
    let mut report = if before == 0 {
        Report::new(Vec::new(), headers).map_err(|error| broken(error.to_string()))?
    } else {
        Report::more(Vec::new())
    };
    for row in &batch.refused {
        if let Err(error) = &row.outcome {
            report
                .write(error, &row.cells)
                .map_err(|error| broken(error.to_string()))?;
        }
    }
    let bytes = report.finish().map_err(|error| broken(error.to_string()))?;
    // PostgreSQL takes no NUL, and no spreadsheet shows one.
    String::from_utf8(bytes)
        .map(|text| text.replace('\0', ""))
        .map_err(|error| broken(error.to_string()))
}

/// Takes an import back that stands in [`State::Undoing`].
pub async fn undo(work: &Work, id: i64) -> Result<(), ServerError> {
    while orders::undo(&work.db, id, work.now()).await?.is_some() {
        work.tell();
        work.readers.let_pass().await;
    }
    imports::move_on(&work.db, id, &[State::Undoing], State::Undone, work.now()).await?;
    Ok(())
}
