//! The imports that this process works on, and how they end when it does.

use tokio::sync::watch;

use super::Work;
use crate::server::store::imports;

/// What the page of an import says that a stopped server has ended.
const STOPPED: &str = "The server was stopped while it worked on this file. What is in is in. Send the file again: what \
                       is in already counts once.";

/// The numbers of the imports that are being worked on; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Jobs(watch::Sender<Running>);

#[derive(Debug, Default)]
struct Running {
    ids: Vec<i64>,
    stopped: bool,
}

/// Work on an import, for as long as it is there.
pub struct Job {
    jobs: Jobs,
    id: i64,
}

impl Jobs {
    /// Begins to work on an import, unless the server is stopping: nobody would end it any more.
    pub fn begin(&self, id: i64) -> Option<Job> {
        let begun = self.0.send_if_modified(|running| {
            if !running.stopped {
                running.ids.push(id);
            }
            !running.stopped
        });
        begun.then(|| Job { jobs: self.clone(), id })
    }

    /// Tells how many are being worked on.
    pub fn running(&self) -> usize {
        self.0.borrow().ids.len()
    }

    /// Ends them all, each at the end of the transaction in hand, with a sentence on its page.
    pub async fn stop(&self, work: &Work) {
        self.0.send_modify(|running| running.stopped = true);
        let running = self.0.borrow().ids.clone();
        for id in running {
            self.interrupt(work, id).await;
        }
    }

    /// Ends an import that the server has no time for.
    pub async fn interrupt(&self, work: &Work, id: i64) {
        if let Err(error) = imports::interrupt(&work.db, id, STOPPED, work.now()).await {
            tracing::error!(kind = error.kind(), "an import could not be ended");
        }
    }

    /// Waits until nobody works on any.
    pub async fn ended(&self) {
        // The sender is at hand, so this does not fail.
        let _ = self.0.subscribe().wait_for(|running| running.ids.is_empty()).await;
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
        self.jobs.0.send_modify(|Running { ids: running, .. }| {
            if let Some(at) = running.iter().position(|id| *id == self.id) {
                running.swap_remove(at);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_begins_once_the_server_stops() {
        let jobs = Jobs::default();
        let job = jobs.begin(1);
        jobs.0.send_modify(|running| running.stopped = true);
        assert!(jobs.begin(2).is_none());
        assert_eq!(jobs.running(), 1);
        drop(job);
        assert_eq!(jobs.running(), 0);
    }
}
