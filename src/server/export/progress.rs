//! How far exports have got, for those who wait for them.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::ExportError;
use crate::domain::export::Export;

/// How many run at once: each reads the database and packs as fast as it can.
const AT_ONCE: usize = 2;
/// Of how many exports something is known; the oldest are forgotten.
const KNOWN: usize = 64;

/// How far an export has got.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    total: AtomicUsize,
    stopped: AtomicBool,
    ended: AtomicBool,
    whole: AtomicBool,
}

impl Progress {
    /// Says how many rows there will be.
    pub fn of(&self, total: usize) {
        self.total.store(total, Ordering::Relaxed);
    }

    /// Says that more rows are written.
    pub fn add(&self, rows: usize) {
        self.done.fetch_add(rows, Ordering::Relaxed);
    }

    /// Fails where somebody has stopped it.
    pub fn check(&self) -> Result<(), ExportError> {
        if self.stopped.load(Ordering::Relaxed) {
            Err(ExportError::Stopped)
        } else {
            Ok(())
        }
    }

    /// Says that it has come to its end, whole or not.
    pub fn end(&self) {
        self.ended.store(true, Ordering::Release);
    }

    /// Says that all of it was written.
    pub fn is_whole(&self) {
        self.whole.store(true, Ordering::Relaxed);
    }

    /// Says how far it has got.
    pub fn state(&self) -> Export {
        // What ended before this look was whole before it, or never will be.
        let ended = self.ended.load(Ordering::Acquire);
        Export {
            done: self.done.load(Ordering::Relaxed),
            total: self.total.load(Ordering::Relaxed),
            ended,
            whole: self.whole.load(Ordering::Relaxed),
        }
    }
}

/// The exports of a server process.
#[derive(Clone)]
pub struct Exports {
    running: Arc<Semaphore>,
    known: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    /// By user and the name that the user's page has given it.
    exports: HashMap<(i64, String), Arc<Progress>>,
    /// In the order in which they began.
    order: Vec<(i64, String)>,
}

/// An export that runs, and keeps others waiting for as long as it is there.
pub struct Running {
    /// How far it has got.
    pub progress: Arc<Progress>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.progress.end();
    }
}

impl Default for Exports {
    fn default() -> Self {
        Self {
            running: Arc::new(Semaphore::new(AT_ONCE)),
            known: Arc::default(),
        }
    }
}

impl Exports {
    /// Begins an export of a user under a name; none where too many run.
    pub fn begin(&self, user: i64, name: String) -> Option<Running> {
        let permit = Arc::clone(&self.running).try_acquire_owned().ok()?;
        let progress = Arc::<Progress>::default();
        let mut known = self.known.lock();
        if known.order.len() >= KNOWN {
            let oldest = known.order.remove(0);
            known.exports.remove(&oldest);
        }
        known.order.push((user, name.clone()));
        known.exports.insert((user, name), Arc::clone(&progress));
        Some(Running {
            progress,
            _permit: permit,
        })
    }

    /// Returns how far a user's export has got; none where it is not known.
    pub fn progress(&self, user: i64, name: &str) -> Option<Arc<Progress>> {
        self.known.lock().exports.get(&(user, name.to_owned())).cloned()
    }

    /// Tells how many are being written.
    pub fn running(&self) -> usize {
        AT_ONCE.saturating_sub(self.running.available_permits())
    }

    /// Stops all of them; each breaks off, so that nobody takes half a file for a whole one.
    pub fn stop_all(&self) {
        for progress in self.known.lock().exports.values() {
            progress.stopped.store(true, Ordering::Relaxed);
        }
    }

    /// Stops a user's export.
    pub fn stop(&self, user: i64, name: &str) {
        if let Some(progress) = self.progress(user, name) {
            progress.stopped.store(true, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_is_its_users_and_ends_with_what_runs_it() {
        let exports = Exports::default();
        let one = exports.begin(1, "a".to_owned()).unwrap();
        one.progress.of(10);
        one.progress.add(4);
        let state = exports.progress(1, "a").unwrap().state();
        assert_eq!(
            (state.done, state.total, state.ended, state.whole),
            (4, 10, false, false)
        );
        assert!(exports.progress(2, "a").is_none() && exports.progress(1, "b").is_none());
        let two = exports.begin(2, "a".to_owned()).unwrap();
        assert!(exports.begin(3, "c".to_owned()).is_none(), "two run at once");
        exports.stop(1, "a");
        assert!(one.progress.check().is_err() && two.progress.check().is_ok());
        drop(one);
        let state = exports.progress(1, "a").unwrap().state();
        assert!(state.ended && !state.whole, "it was stopped");
        two.progress.is_whole();
        drop(two);
        let state = exports.progress(2, "a").unwrap().state();
        assert!(state.ended && state.whole);
        assert!(exports.begin(3, "c".to_owned()).is_some());
    }

    #[test]
    fn only_the_latest_are_known() {
        let exports = Exports::default();
        for number in 0..200 {
            drop(exports.begin(1, number.to_string()));
        }
        assert!(exports.progress(1, "0").is_none() && exports.progress(1, "199").is_some());
        assert!(exports.known.lock().exports.len() <= KNOWN);
    }
}
