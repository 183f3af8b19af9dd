//! What every request of one server process shares.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use parking_lot::Mutex;
use tokio::sync::watch;

use super::by_the_way::ByTheWay;
use super::clock::Clock;
use super::config::Shop;
use super::db::Db;
use super::export::Exports;
use super::finder::LiveFinder;
use super::importing::{Jobs, Work};
use super::limits::{ProgramLimiter, SignInLimiter};
use super::live::Live;
use super::metrics::Metrics;
use super::password::Passwords;
use super::quality::Likeness;
use super::readers::Readers;
use super::shop::CurrentShop;

/// The server's shared state; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    leptos: LeptosOptions,
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    finder: LiveFinder,
    live: Live,
    clock: Clock,
    shop: CurrentShop,
    passwords: Passwords,
    sign_ins: SignInLimiter,
    programs: ProgramLimiter,
    exports: Exports,
    jobs: Jobs,
    readers: Readers,
    metrics: Metrics,
    stopping: watch::Sender<bool>,
    likeness: Likeness,
    /// The one-time code of the first-run page; gone once there is an owner.
    setup_code: Mutex<Option<String>>,
    secure_cookies: bool,
    trusted_proxies: Vec<IpAddr>,
    by_the_way: ByTheWay,
    program: Option<PathBuf>,
}

/// What [`AppState::new`] is made of.
pub struct Parts {
    /// How Leptos finds the site's files.
    pub leptos: LeptosOptions,
    /// The database.
    pub db: Db,
    /// The source of `now`.
    pub clock: Clock,
    /// The shop's settings as far as nothing is stored.
    pub shop: Shop,
    /// The password hasher.
    pub passwords: Passwords,
    /// The code that the first-run page asks for, where there is no owner yet.
    pub setup_code: Option<String>,
    /// Whether cookies are for HTTPS only; false only for plain HTTP on this machine.
    pub secure_cookies: bool,
    /// The addresses of proxies that are believed when they say whom they ask for.
    pub trusted_proxies: Vec<IpAddr>,
    /// The program that reads workbooks, which is this one; none where they are not read.
    pub program: Option<PathBuf>,
}

impl AppState {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        let finder = LiveFinder::new(parts.db.clone());
        let shop = CurrentShop::new(parts.db.clone(), parts.shop);
        let inner = Inner {
            live: Live::new(finder.clone(), parts.clock.clone(), shop.clone()),
            finder,
            db: parts.db,
            clock: parts.clock,
            shop,
            passwords: parts.passwords,
            sign_ins: SignInLimiter::default(),
            programs: ProgramLimiter::default(),
            exports: Exports::default(),
            jobs: Jobs::default(),
            readers: Readers::default(),
            metrics: Metrics::default(),
            stopping: watch::Sender::new(false),
            likeness: Likeness::default(),
            setup_code: Mutex::new(parts.setup_code),
            secure_cookies: parts.secure_cookies,
            trusted_proxies: parts.trusted_proxies,
            by_the_way: ByTheWay::default(),
            program: parts.program,
        };
        Self {
            leptos: parts.leptos,
            inner: Arc::new(inner),
        }
    }

    /// Returns the database. Only `server` sees it: features go through the guard.
    pub(in crate::server) fn db(&self) -> &Db {
        &self.inner.db
    }

    /// Returns the shop's customers in memory.
    pub fn finder(&self) -> &LiveFinder {
        &self.inner.finder
    }

    /// Returns what tells the open pages of changes.
    pub fn live(&self) -> &Live {
        &self.inner.live
    }

    /// Returns the source of `now`.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// Returns the shop's settings, as they were when the latest request of this process came in.
    pub fn shop(&self) -> Arc<Shop> {
        self.inner.shop.now()
    }

    /// Returns what follows the shop's settings.
    pub(in crate::server) fn current_shop(&self) -> &CurrentShop {
        &self.inner.shop
    }

    pub(in crate::server) fn passwords(&self) -> &Passwords {
        &self.inner.passwords
    }

    pub(in crate::server) fn sign_ins(&self) -> &SignInLimiter {
        &self.inner.sign_ins
    }

    /// Returns what an import works with.
    pub(in crate::server) fn importing(&self) -> Work {
        Work {
            db: self.inner.db.clone(),
            shop: Shop::clone(&self.shop()),
            clock: self.inner.clock.clone(),
            program: self.inner.program.clone(),
            finder: self.inner.finder.clone(),
            readers: self.inner.readers.clone(),
        }
    }

    pub(in crate::server) fn programs(&self) -> &ProgramLimiter {
        &self.inner.programs
    }

    pub(in crate::server) fn exports(&self) -> &Exports {
        &self.inner.exports
    }

    pub(in crate::server) fn likeness(&self) -> &Likeness {
        &self.inner.likeness
    }

    /// Returns the imports that this process works on.
    pub fn jobs(&self) -> &Jobs {
        &self.inner.jobs
    }

    /// Returns those who wait for a page or an answer.
    pub(in crate::server) fn readers(&self) -> &Readers {
        &self.inner.readers
    }

    /// Returns what this process counts.
    pub fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Says that the server is about to stop: it is ready for nothing new, and streams, which never end by themselves, do.
    pub fn begin_to_stop(&self) {
        self.inner.stopping.send_replace(true);
        self.inner.live.stop();
    }

    /// Tells whether it is.
    pub fn is_stopping(&self) -> bool {
        *self.inner.stopping.borrow()
    }

    /// Waits until it is.
    pub async fn stopping(&self) {
        // The sender is at hand, so this does not fail.
        let _ = self.inner.stopping.subscribe().wait_for(|stopping| *stopping).await;
    }

    pub(in crate::server) fn setup_code(&self) -> Option<String> {
        self.inner.setup_code.lock().clone()
    }

    pub(in crate::server) fn forget_setup_code(&self) {
        *self.inner.setup_code.lock() = None;
    }

    pub(in crate::server) fn secure_cookies(&self) -> bool {
        self.inner.secure_cookies
    }

    pub(in crate::server) fn trusted_proxies(&self) -> &[IpAddr] {
        &self.inner.trusted_proxies
    }

    /// Returns what writes down what no request waits for.
    pub fn by_the_way(&self) -> &ByTheWay {
        &self.inner.by_the_way
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
