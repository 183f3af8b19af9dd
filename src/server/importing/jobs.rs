//! The imports that this process works on, and how they end when it does.

use tokio::sync::watch;

use super::Work;
use crate::server::store::imports;

/// What the page of an import says that a stopped server has ended.
const STOPPED: &str = "The server was stopped while it worked on this file. What is in is in. Send the file again: what \
                       is in already counts once.";

/// The numbers of the imports that are being worked on; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Jobs(watch::Sender<Vec<i64>>);

/// Work on an import, for as long as it is there.
pub struct Job {
    jobs: Jobs,
    id: i64,
}

impl Jobs {
    /// Begins to work on an import.
    pub fn begin(&self, id: i64) -> Job {
        self.0.send_modify(|running| running.push(id));
        Job { jobs: self.clone(), id }
    }

    /// Tells how many are being worked on.
    pub fn running(&self) -> usize {
        self.0.borrow().len()
    }

    /// Ends them all, each at the end of the transaction in hand, with a sentence on its page.
    pub async fn stop(&self, work: &Work) {
        let running = self.0.borrow().clone();
        for id in running {
            if let Err(error) = imports::interrupt(&work.db, id, STOPPED, work.now()).await {
                tracing::error!(kind = error.kind(), "an import could not be ended");
            }
        }
    }

    /// Waits until nobody works on any.
    pub async fn ended(&self) {
        // The sender is at hand, so this does not fail.
        let _ = self.0.subscribe().wait_for(Vec::is_empty).await;
    }
}

impl Job {
    /// The number of the import.
    pub fn id(&self) -> i64 {
        self.id
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.jobs.0.send_modify(|running| {
            if let Some(at) = running.iter().position(|id| *id == self.id) {
                running.swap_remove(at);
            }
        });
    }
}
