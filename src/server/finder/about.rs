//! What was read about single customers, kept until something about them changes.

use std::any::Any;
use std::collections::HashMap;

use chrono::{DateTime, Utc};

use super::LiveFinder;
use crate::server::error::ServerError;

/// Of how many customers something is kept.
const CUSTOMERS: usize = 64;

/// What is known of customers, by number.
#[derive(Default)]
pub(super) struct About {
    kept: HashMap<i64, Kept>,
    readings: u64,
}

enum Kept {
    /// Somebody reads, the one with this number.
    Reading(u64),
    Known(Box<dyn Any + Send>),
}

impl LiveFinder {
    /// Returns what `read` reads about a customer: from memory, where nothing about them has changed since it was
    /// read. While the shop is being loaded, it is read anew each time.
    pub async fn about<T: Clone + Send + 'static>(
        &self,
        now: DateTime<Utc>,
        customer: i64,
        read: impl Future<Output = Result<T, ServerError>>,
    ) -> Result<T, ServerError> {
        if !self.is_ready() {
            return read.await;
        }
        let reading = {
            let mut guard = self.current(now).await?;
            let Some(loaded) = guard.as_mut() else {
                return Err(ServerError::Broken("the finder is gone".to_owned()));
            };
            if let Some(known) = loaded.about.known(customer) {
                return Ok(known);
            }
            loaded.about.begin(customer)
        };
        let found = read.await?;
        if let Some(loaded) = self.state.lock().await.as_mut() {
            loaded.about.keep(customer, reading, found.clone());
        }
        Ok(found)
    }
}

impl About {
    /// Forgets what was known of customers, and what is being read of them.
    pub(super) fn changed(&mut self, customers: impl Iterator<Item = i64>) {
        for customer in customers {
            self.kept.remove(&customer);
        }
    }

    fn known<T: Clone + 'static>(&self, customer: i64) -> Option<T> {
        match self.kept.get(&customer)? {
            Kept::Reading(_) => None,
            Kept::Known(known) => known.downcast_ref().cloned(),
        }
    }

    fn begin(&mut self, customer: i64) -> u64 {
        if self.kept.len() >= CUSTOMERS {
            self.kept.clear();
        }
        self.readings += 1;
        self.kept.insert(customer, Kept::Reading(self.readings));
        self.readings
    }

    /// Keeps what was read, where nothing has changed while it was read.
    fn keep(&mut self, customer: i64, reading: u64, found: impl Any + Send) {
        if let Some(kept) = self.kept.get_mut(&customer)
            && matches!(kept, Kept::Reading(number) if *number == reading)
        {
            *kept = Kept::Known(Box::new(found));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_while_it_is_read_is_not_kept() {
        let mut about = About::default();
        let reading = about.begin(7);
        about.changed([7].into_iter());
        about.keep(7, reading, "old");
        assert_eq!(about.known::<&str>(7), None);

        let (first, second) = (about.begin(7), about.begin(7));
        about.keep(7, first, "of the first reader");
        assert_eq!(about.known::<&str>(7), None, "a later reader has begun");
        about.keep(7, second, "of the second");
        assert_eq!(about.known::<&str>(7), Some("of the second"));
        about.changed([8].into_iter());
        assert_eq!(about.known::<&str>(7), Some("of the second"));
        about.changed([7].into_iter());
        assert_eq!(about.known::<&str>(7), None);
    }

    #[test]
    fn not_more_is_kept_than_there_is_room_for() {
        let mut about = About::default();
        for customer in 0..1_000 {
            let reading = about.begin(customer);
            about.keep(customer, reading, customer);
        }
        assert!(about.kept.len() <= CUSTOMERS);
        assert_eq!(about.known::<i64>(999), Some(999));
    }
}
