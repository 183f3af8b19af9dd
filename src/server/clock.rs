//! Where the server's `now` comes from.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};

/// A source of the current time: the machine's clock, or one that tests set.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// Milliseconds since 1970, moved by hand.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// Builds a clock that stands still at `now`.
    pub fn fixed(now: DateTime<Utc>) -> Self {
        Self::Set(Arc::new(AtomicI64::new(now.timestamp_millis())))
    }

    /// Returns the current time.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => DateTime::from(std::time::SystemTime::now()),
            Self::Set(millis) => DateTime::from_timestamp_millis(millis.load(Ordering::Relaxed)).unwrap_or_default(),
        }
    }

    /// Moves a clock that tests set forward; the machine's clock stays as it is.
    pub fn advance(&self, by: chrono::Duration) {
        if let Self::Set(millis) = self {
            millis.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
        }
    }
}
