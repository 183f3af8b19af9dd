//! Compares a file with the shop's orders, and changes nothing.

use std::path::PathBuf;

use super::{Looked, Work, open};
use crate::domain::import::State;
use crate::server::error::ServerError;
use crate::server::import::{self, Batch, OpenError, Options};
use crate::server::store::imports::{self, Checked};
use crate::server::store::orders;

/// How many batches are compared before it is noted how far that is.
const OFTEN: usize = 4;

/// Looks through a file to its end, or until it is taken in or stopped; where columns are missing, somebody is asked for
/// them.
pub async fn check(work: &Work, id: i64, path: PathBuf) -> Result<(), ServerError> {
    let options = work.options().await?;
    let seen = {
        let (path, options) = (path.clone(), options.clone());
        tokio::task::spawn_blocking(move || import::look(&path, &options)).await
    };
    let mut looked = match seen {
        Ok(Ok(seen)) => Looked::of(seen),
        Ok(Err(error)) => return work.fail(id, error.to_string()).await,
        Err(_) => return Err(ServerError::Broken("a file could not be looked at".to_owned())),
    };
    match open(path, options.clone()).await? {
        Ok(rows) => compare(work, id, rows, &mut looked, &options).await,
        Err(error @ OpenError::MissingColumns { .. }) => {
            let note = looked.json()?;
            imports::ask(&work.db, id, error.to_string(), note, work.now()).await
        }
        Err(error) => work.fail(id, error.to_string()).await,
    }
}

async fn compare(
    work: &Work,
    id: i64,
    rows: import::Orders,
    looked: &mut Looked,
    options: &Options,
) -> Result<(), ServerError> {
    let mut batches = import::batches(rows);
    let mut checked = Checked::default();
    let mut count = 0;
    while let Some(batch) = batches.recv().await {
        work.readers.let_pass().await;
        let Batch {
            orders,
            refused,
            position,
            total,
        } = batch;
        checked.summary.read += (orders.len() + refused.len()) as u64;
        checked.summary.refused += refused.len() as u64;
        (checked.position, checked.total) = (position, total);
        looked.refused(&refused);
        let compared = orders::compare(&work.db, orders).await?;
        checked.summary += compared.done;
        looked.compared(&compared, options.zone);
        if count % OFTEN == 0 {
            checked.samples = looked.json()?;
            if !imports::checked(&work.db, id, checked.clone(), work.now()).await? {
                return Ok(());
            }
        }
        count += 1;
    }
    checked.samples = looked.json()?;
    if imports::checked(&work.db, id, checked, work.now()).await? {
        imports::move_on(&work.db, id, &[State::Checking], State::Checked, work.now()).await?;
    }
    Ok(())
}
