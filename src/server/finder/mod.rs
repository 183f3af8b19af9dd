//! The shop's customers in memory, kept up to date: each answer includes every order that was committed before it.

mod about;
mod changes;
mod load;
mod log;
mod stored;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Connection as _;
use tokio::sync::{Mutex, OwnedMutexGuard};

use self::about::About;
use self::changes::read;
use self::log::{Changes, Position};
use super::db::{Db, Pool, detached};
use super::error::ServerError;
use crate::domain::finder::Finder;

/// How long a reader may have looked away: the log is kept for longer (`store::log::KEPT`).
const ATTENTION: TimeDelta = TimeDelta::hours(12);
/// How many answers are kept for one state of the shop.
const ANSWERS: usize = 512;

/// The finder of a server process; cheap to clone.
#[derive(Clone)]
pub struct LiveFinder {
    db: Db,
    state: Arc<Mutex<Option<Loaded>>>,
    ready: Arc<AtomicBool>,
    /// How often something was taken in.
    changes: Arc<AtomicU64>,
}

/// Reads the rows that changes name: none where nothing changed, nothing at all where everything did.
macro_rules! read_on {
    ($db:expr, $connection:expr, $changes:expr) => {
        match $changes {
            Changes::None => Some(None),
            Changes::Everything => None,
            Changes::Some(asked) => Some(Some(read!($db, $connection, asked))),
        }
    };
}

/// What a finder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The customers.
    pub customers: i64,
    /// The orders, lost ones included.
    pub orders: i64,
    /// The changes that have been committed since the last look.
    pub behind: i64,
}

/// A finder and the position of the log that it is true of.
struct Loaded {
    finder: Finder,
    position: Position,
    looked: DateTime<Utc>,
    answers: HashMap<String, Box<dyn std::any::Any + Send>>,
    about: About,
}

impl LiveFinder {
    /// Makes a finder that loads when it is first asked, or by [`LiveFinder::load`].
    pub fn new(db: Db) -> Self {
        Self {
            db,
            state: Arc::default(),
            ready: Arc::default(),
            changes: Arc::default(),
        }
    }

    /// Tells whether the shop is loaded, so that lists answer at once.
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Relaxed)
    }

    /// Returns how much is in memory, and how far that is behind the database; none while it is being loaded or asked, and
    /// where the database does not answer.
    pub async fn figures(&self) -> Option<Figures> {
        let (customers, orders, position) = {
            let state = self.state.try_lock().ok()?;
            let loaded = state.as_ref()?;
            let finder = &loaded.finder;
            (finder.customers(), finder.orders(), loaded.position.clone())
        };
        let behind = log::count_since(&self.db, &position).await.ok()?;
        Some(Figures {
            customers,
            orders,
            behind,
        })
    }

    /// Loads the shop where it is not there yet.
    pub async fn load(&self, now: DateTime<Utc>) -> Result<(), ServerError> {
        self.current(now).await.map(drop)
    }

    /// Returns how often this process has taken in a change, everything committed by now included, and how many orders
    /// the shop has.
    pub async fn look(&self, now: DateTime<Utc>) -> Result<(u64, i64), ServerError> {
        let orders = self.once(now, |finder| finder.orders()).await?;
        Ok((self.changes.load(Ordering::Relaxed), orders))
    }

    /// Returns how often this process has taken in a change, without waiting for whoever is about to: what they find
    /// is counted later. Nobody waits for the answer, so it is the time to work out what the next question needs.
    pub async fn glance(&self, now: DateTime<Utc>) -> Result<u64, ServerError> {
        if let Ok(free) = self.state.clone().try_lock_owned() {
            let mut guard = self.up_to_date(free, now).await?;
            if let Some(loaded) = guard.as_mut() {
                loaded.finder.freshen();
            }
        }
        Ok(self.changes.load(Ordering::Relaxed))
    }

    /// Answers from the shop as it is at this moment. `asked` names the question: while nothing changes, the same
    /// question is answered from memory, so it must name everything that the answer depends on besides the orders.
    pub async fn answer<T: Clone + Send + 'static>(
        &self,
        now: DateTime<Utc>,
        asked: String,
        answer: impl FnOnce(&mut Finder) -> T,
    ) -> Result<T, ServerError> {
        let mut guard = self.current(now).await?;
        let Some(loaded) = guard.as_mut() else {
            return Err(ServerError::Broken("the finder is gone".to_owned()));
        };
        if let Some(known) = loaded.answers.get(&asked).and_then(|known| known.downcast_ref::<T>()) {
            return Ok(known.clone());
        }
        let found = answer(&mut loaded.finder);
        if loaded.answers.len() >= ANSWERS {
            loaded.answers.clear();
        }
        loaded.answers.insert(asked, Box::new(found.clone()));
        Ok(found)
    }

    /// Answers a question that is too large, or too rare, to be answered from memory.
    pub async fn once<T>(&self, now: DateTime<Utc>, answer: impl FnOnce(&mut Finder) -> T) -> Result<T, ServerError> {
        let mut guard = self.current(now).await?;
        match guard.as_mut() {
            Some(loaded) => Ok(answer(&mut loaded.finder)),
            None => Err(ServerError::Broken("the finder is gone".to_owned())),
        }
    }

    /// Returns the finder with everything that has been committed, for as long as the guard is held.
    async fn current(&self, now: DateTime<Utc>) -> Result<OwnedMutexGuard<Option<Loaded>>, ServerError> {
        let guard = self.state.clone().lock_owned().await;
        self.up_to_date(guard, now).await
    }

    async fn up_to_date(
        &self,
        mut guard: OwnedMutexGuard<Option<Loaded>>,
        now: DateTime<Utc>,
    ) -> Result<OwnedMutexGuard<Option<Loaded>>, ServerError> {
        if let Some(loaded) = guard.as_mut().filter(|loaded| now - loaded.looked < ATTENTION)
            && let Some(any) = catch_up(&self.db, loaded).await?
        {
            self.changes.fetch_add(any.into(), Ordering::Relaxed);
            loaded.looked = now;
            return Ok(guard);
        }
        self.changes.fetch_add(1, Ordering::Relaxed);
        self.ready.store(false, Ordering::Relaxed);
        // Whoever asked may go away; the others who wait have no use for half a load.
        let (db, ready) = (self.db.clone(), self.ready.clone());
        detached(async move {
            *guard = None;
            let (finder, position) = load::load(&db).await?;
            *guard = Some(Loaded {
                finder,
                position,
                looked: now,
                answers: HashMap::new(),
                about: About::default(),
            });
            ready.store(true, Ordering::Relaxed);
            Ok(guard)
        })
        .await
    }
}

/// Takes in what was committed since the last look, and tells whether there was anything. Returns none where everything
/// must be loaded again.
///
/// Nothing is applied before everything is read, so that a reader who goes away half way has changed nothing.
async fn catch_up(db: &Db, loaded: &mut Loaded) -> Result<Option<bool>, ServerError> {
    let known = |id: i64| u32::try_from(id).is_ok_and(|id| loaded.finder.knows_order(id));
    let (changes, position) = match (db.jobs(), &loaded.position) {
        (Pool::Sqlite(pool), Position::Sqlite(seq)) => {
            let mut transaction = pool.begin().await?;
            let (changes, position) = log::since_on_sqlite(&mut transaction, *seq, known).await?;
            (read_on!(db, transaction, changes), position)
        }
        (Pool::Postgres(pool), Position::Postgres(seen)) => {
            let mut connection = pool.acquire().await?;
            let (missed, now) = log::missed_on_postgres(&mut connection, seen).await?;
            if missed {
                let mut transaction = connection.begin().await?;
                log::hold_still(&mut transaction).await?;
                let (changes, position) = log::since_on_postgres(&mut transaction, seen, known).await?;
                (read_on!(db, transaction, changes), position)
            } else {
                (Some(None), Position::Postgres(now))
            }
        }
        _ => return Ok(None),
    };
    let Some(read) = changes else { return Ok(None) };
    loaded.position = position;
    let any = read.is_some();
    if let Some(read) = read {
        loaded.about.changed(read.customers());
        read.apply(&mut loaded.finder)?;
        loaded.answers.clear();
    }
    Ok(Some(any))
}
