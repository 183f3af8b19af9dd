//! What has changed, told to the open pages: one watcher for all of them, and only while somebody listens.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::{Stream, stream};
use parking_lot::Mutex;
use tokio::sync::watch;

use super::clock::Clock;
use super::error::ServerError;
use super::finder::LiveFinder;
use super::shop::CurrentShop;
use super::token;
use crate::domain::period::local_date;

/// How often the watcher looks at the log.
const LOOK: Duration = Duration::from_millis(250);
/// How often a stream looks whether its session is still alive, where nothing happens.
const RECHECK: Duration = Duration::from_secs(4);
/// After how many such looks it says the same again: a page that hears nothing knows that the connection is gone.
const BEAT: u32 = 3;
/// The most streams of one session: a browser opens six connections to a server.
const OF_A_SESSION: usize = 8;
/// The most streams in all; the connections that are left are for everything else.
const IN_ALL: usize = 256;

/// What the shop looks like from far away; it names nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Another one whenever anything has changed, or the shop's day; empty before the first look.
    pub id: String,
    /// All orders of the shop, lost ones included.
    pub orders: i64,
}

/// Why somebody may not listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Full {
    /// The session has too many streams.
    #[error("Too many pages of this session are open at once. Close some of them.")]
    Session,
    /// All sessions together have, or the server is about to stop.
    #[error("Too many pages are open at once. Figures are up to date whenever a page is opened.")]
    Server,
}

/// The watcher of a server process, and those who listen; cheap to clone.
#[derive(Clone)]
pub struct Live {
    inner: Arc<Inner>,
}

struct Inner {
    finder: LiveFinder,
    clock: Clock,
    shop: CurrentShop,
    /// Tells what this process has seen from what another one has.
    process: String,
    seen: watch::Sender<Seen>,
    stopped: watch::Sender<bool>,
    listeners: Mutex<Listeners>,
}

#[derive(Default)]
struct Listeners {
    of_sessions: HashMap<String, usize>,
    all: usize,
    watched: bool,
}

/// A place among those who listen, given back when it is dropped.
pub struct Place {
    live: Live,
    session: String,
}

impl Live {
    /// Watches a finder, and the settings of its shop.
    pub fn new(finder: LiveFinder, clock: Clock, shop: CurrentShop) -> Self {
        Self {
            inner: Arc::new(Inner {
                finder,
                clock,
                shop,
                process: token::reference(),
                seen: watch::Sender::default(),
                stopped: watch::Sender::default(),
                listeners: Mutex::default(),
            }),
        }
    }

    /// Names the state of the shop without waiting for whoever is loading it or taking changes in, so that these may
    /// be told once more; empty while it is loaded for the first time.
    pub async fn glance(&self) -> Result<String, ServerError> {
        let Inner { finder, clock, .. } = &*self.inner;
        if !finder.is_ready() {
            return Ok(String::new());
        }
        let now = clock.now();
        self.id(finder.glance(now).await?, now).await
    }

    async fn look(&self) -> Result<Seen, ServerError> {
        let Inner { finder, clock, .. } = &*self.inner;
        let now = clock.now();
        let (changes, orders) = finder.look(now).await?;
        let id = self.id(changes, now).await?;
        Ok(Seen { id, orders })
    }

    async fn id(&self, changes: u64, now: DateTime<Utc>) -> Result<String, ServerError> {
        let day = local_date(now, &self.inner.shop.follow().await?.zone);
        Ok(format!("{}-{changes}-{day}", self.inner.process))
    }

    /// Gives a session a place, and begins to watch where nobody does.
    pub fn listen(&self, session: &str) -> Result<Place, Full> {
        let mut listeners = self.inner.listeners.lock();
        if listeners.all >= IN_ALL || *self.inner.stopped.borrow() {
            return Err(Full::Server);
        }
        let own = listeners.of_sessions.entry(session.to_owned()).or_default();
        if *own >= OF_A_SESSION {
            return Err(Full::Session);
        }
        *own += 1;
        listeners.all += 1;
        if !listeners.watched {
            listeners.watched = true;
            tokio::spawn(self.clone().watch());
        }
        Ok(Place {
            live: self.clone(),
            session: session.to_owned(),
        })
    }

    /// Tells how many listen.
    pub fn listeners(&self) -> usize {
        self.inner.listeners.lock().all
    }

    /// Ends all streams, and lets nobody listen any more.
    pub fn stop(&self) {
        self.inner.stopped.send_replace(true);
    }

    /// Looks again and again until nobody listens.
    async fn watch(self) {
        let mut looks = tokio::time::interval(LOOK);
        looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            looks.tick().await;
            {
                let mut listeners = self.inner.listeners.lock();
                if listeners.all == 0 || *self.inner.stopped.borrow() {
                    listeners.watched = false;
                    return;
                }
            }
            // A database that is away is back at one of the next looks, or requests say so.
            if let Ok(now) = self.look().await {
                let inner = &self.inner;
                inner.seen.send_if_modified(|seen| {
                    let changed = *seen != now;
                    *seen = now;
                    changed
                });
            }
        }
    }
}

impl Place {
    /// Returns what changes, for as long as `alive` says that the session may know, which is asked before each time.
    pub fn stream<A, F>(self, alive: A) -> impl Stream<Item = Seen> + Send + use<A, F>
    where
        A: Fn() -> F + Send,
        F: Future<Output = bool> + Send,
    {
        let inner = &self.live.inner;
        let telling = Telling {
            seen: inner.seen.subscribe(),
            stopped: inner.stopped.subscribe(),
            alive,
            looks: 0,
            _place: Some(self),
        };
        telling.stream()
    }
}

/// What a stream goes on with. It keeps nothing for a slow reader: they get what is the case when they can take it.
struct Telling<A> {
    seen: watch::Receiver<Seen>,
    stopped: watch::Receiver<bool>,
    alive: A,
    looks: u32,
    _place: Option<Place>,
}

impl<A, F> Telling<A>
where
    A: Fn() -> F + Send,
    F: Future<Output = bool> + Send,
{
    fn stream(mut self) -> impl Stream<Item = Seen> + Send + use<A, F> {
        self.seen.mark_changed();
        stream::unfold(self, |mut telling| async move {
            let next = telling.next().await?;
            Some((next, telling))
        })
    }

    async fn next(&mut self) -> Option<Seen> {
        loop {
            let due = tokio::select! {
                _ = self.stopped.wait_for(|stopped| *stopped) => return None,
                changed = self.seen.changed() => {
                    changed.ok()?;
                    true
                }
                () = tokio::time::sleep(RECHECK) => {
                    self.looks += 1;
                    self.looks >= BEAT
                }
            };
            if !(self.alive)().await {
                return None;
            }
            if !due {
                continue;
            }
            let seen = self.seen.borrow_and_update().clone();
            if !seen.id.is_empty() {
                self.looks = 0;
                return Some(seen);
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut listeners = self.live.inner.listeners.lock();
        listeners.all -= 1;
        if let Some(own) = listeners.of_sessions.get_mut(&self.session) {
            *own -= 1;
            if *own == 0 {
                listeners.of_sessions.remove(&self.session);
            }
        }
    }
}

#[cfg(test)]
mod tests;
