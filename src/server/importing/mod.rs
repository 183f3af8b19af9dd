//! Files of orders on their way into the shop: looked at, taken in, and taken back.
//!
//! Where each stands is in the database, so that every server can say it; the file itself lies where it was sent.

mod check;
mod jobs;
mod present;
mod run;
mod samples;
mod upload;

use std::path::PathBuf;

use chrono::{DateTime, Utc};

pub use check::check;
pub use jobs::{Job, Jobs};
pub use present::{latest, page};
pub use run::{Told, run, take_in, undo};
pub use samples::Looked;
pub use upload::{LARGEST, Upload, forget_old};

use super::clock::Clock;
use super::config::Shop;
use super::db::Db;
use super::error::ServerError;
use super::finder::LiveFinder;
use super::import::{self, Field, Known, Options};
use super::readers::Readers;
use super::store::{imports, settings};
use crate::domain::import::State;
use crate::domain::order::Order;
use crate::domain::text;

/// What an import works with.
#[derive(Clone)]
pub struct Work {
    /// The database.
    pub db: Db,
    /// The shop's settings.
    pub shop: Shop,
    /// The source of `now`.
    pub clock: Clock,
    /// The program that reads workbooks, which is this one.
    pub program: Option<PathBuf>,
    /// What takes each batch in at once, so that no page has many of them to wait for.
    pub finder: LiveFinder,
    /// Those who are let go before it.
    pub readers: Readers,
}

impl Work {
    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Has the finder of this process take in what is new, where it is loaded and nobody else does so already.
    fn tell(&self) {
        if self.finder.is_ready() {
            let (finder, now) = (self.finder.clone(), self.now());
            // What it cannot read now, whoever asks next reads, or is told why not.
            tokio::spawn(async move { finder.glance(now).await.map(drop) });
        }
    }

    /// Returns what the shop says about its files, what people have said about columns among it.
    pub async fn options(&self) -> Result<Options, ServerError> {
        let known = imports::columns(&self.db).await?;
        let known: Known = known
            .into_iter()
            .map(|(header, field)| (header, Field::parse(&field)))
            .collect();
        Ok(Options {
            known,
            workbooks: self.program.clone(),
            ..Options::of(&self.shop, self.now())
        })
    }

    /// Gives orders the states that their spellings mean by now: people put spellings right while a long file comes in.
    async fn put_places_right(&self, orders: &mut [Order]) -> Result<(), ServerError> {
        let places = settings::places(&settings::stored(&self.db).await?);
        if places != *self.shop.places {
            for order in orders {
                if let Some(meant) = places.get(&text::fold(&order.state)) {
                    order.state.clone_from(meant);
                }
            }
        }
        Ok(())
    }

    /// Ends an import with a reason, and lets its file go.
    async fn fail(&self, id: i64, reason: String) -> Result<(), ServerError> {
        imports::fail(&self.db, id, reason, self.now()).await?;
        self.let_go(id).await
    }

    /// Lets the file of an import go. Where it lies is known until it is gone: it may lie on another server.
    async fn let_go(&self, id: i64) -> Result<(), ServerError> {
        if let Some(path) = imports::path(&self.db, id).await?
            && upload::remove(&path)
        {
            imports::forget_path(&self.db, id).await?;
            upload::remove_folder(&path);
        }
        Ok(())
    }

    /// Lets every file go that nobody will take in any more, as far as it lies here.
    pub async fn let_ended_go(&self) -> Result<(), ServerError> {
        for id in imports::ended_with_files(&self.db).await? {
            self.let_go(id).await?;
        }
        Ok(())
    }

    /// Stops an import; what is in stays in. Tells whether there was anything to stop.
    pub async fn stop(&self, id: i64) -> Result<bool, ServerError> {
        const FROM: &[State] = &[State::Columns, State::Checking, State::Checked, State::Running];
        let stopped = imports::move_on(&self.db, id, FROM, State::Stopped, self.now()).await?;
        if stopped {
            self.let_go(id).await?;
        }
        Ok(stopped)
    }
}

/// Opens a file on a thread where it may take its time.
async fn open(path: PathBuf, options: Options) -> Result<Result<import::Orders, import::OpenError>, ServerError> {
    tokio::task::spawn_blocking(move || import::open(&path, &options))
        .await
        .map_err(|_| ServerError::Broken("a file could not be opened".to_owned()))
}

/// Returns the names of the columns of a file, as they stand there.
pub async fn headers(work: &Work, id: i64) -> Result<Vec<String>, ServerError> {
    let options = work.options().await?;
    let Some(path) = imports::path(&work.db, id).await? else {
        return Ok(Vec::new());
    };
    let seen = tokio::task::spawn_blocking(move || import::look(&path, &options)).await;
    Ok(seen
        .ok()
        .and_then(Result::ok)
        .map(|seen| seen.headers)
        .unwrap_or_default())
}
