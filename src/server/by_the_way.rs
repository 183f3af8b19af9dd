//! What is written down by the way, such as when a session was used last.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::error::ServerError;

/// Writes that no request waits for and that none fails with: whoever only reads needs no database that can be written to.
pub struct ByTheWay(Arc<Semaphore>);

impl Default for ByTheWay {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl ByTheWay {
    /// Begins a write, unless one is under way: the next request of the same session comes back to it.
    pub fn write(&self, write: impl Future<Output = Result<(), ServerError>> + Send + 'static) {
        let Ok(permit) = self.0.clone().try_acquire_owned() else {
            return;
        };
        tokio::spawn(async move {
            let _permit = permit;
            if let Err(error) = write.await {
                tracing::warn!(kind = error.kind(), "a last use could not be written down");
            }
        });
    }

    /// Waits for the end of what is under way.
    pub async fn ended(&self) {
        // It is never closed.
        let _ = self.0.acquire().await;
    }
}
