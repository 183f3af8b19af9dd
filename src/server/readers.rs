//! Readers come first: whatever works for minutes lets those go before it who wait for a page.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tokio::sync::watch;

use super::state::AppState;

/// How long they are let go first at most: where there is always somebody, long work must end too.
const COURTESY: Duration = Duration::from_millis(100);

/// How many wait for a page or an answer of this process; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Readers(watch::Sender<usize>);

/// Somebody who waits, for as long as it is there.
pub struct Reader(Readers);

impl Readers {
    /// Counts somebody who waits from now on.
    pub fn begin(&self) -> Reader {
        self.0.send_modify(|readers| *readers += 1);
        Reader(self.clone())
    }

    /// Waits until nobody waits any more, or for a moment.
    pub async fn let_pass(&self) {
        let mut readers = self.0.subscribe();
        // Whether they are through or the moment is over makes no difference.
        let _ = tokio::time::timeout(COURTESY, readers.wait_for(|readers| *readers == 0)).await;
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.0.0.send_modify(|readers| *readers = readers.saturating_sub(1));
    }
}

/// Counts whoever asks for something until the answer begins.
pub async fn count(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let _reader = state.readers().begin();
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn those_who_wait_are_let_pass_for_a_moment() {
        let readers = Readers::default();
        let began = tokio::time::Instant::now();
        readers.let_pass().await;
        assert_eq!(began.elapsed(), Duration::ZERO, "nobody is there");

        let (one, other) = (readers.begin(), readers.begin());
        let waiting = tokio::spawn({
            let readers = readers.clone();
            async move { readers.let_pass().await }
        });
        drop(one);
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished(), "one is left");
        drop(other);
        waiting.await.unwrap();
        assert_eq!(began.elapsed(), Duration::ZERO, "it goes on at once");

        let _slow = readers.begin();
        readers.let_pass().await;
        assert_eq!(began.elapsed(), COURTESY);
    }
}
