//! A file a transaction at a time, read ahead on a thread of its own.

use tokio::sync::mpsc;

use super::{Orders, Row};
use crate::domain::order::Order;

/// The most orders, and the most refused rows, of a batch: whoever asks for a page meanwhile waits for one at most.
const ROWS: usize = 500;
/// How many batches are read ahead of the one that is at hand.
const AHEAD: usize = 2;

/// Some rows of a file.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The orders among them.
    pub orders: Vec<Order>,
    /// Those that are none.
    pub refused: Vec<Row>,
    /// How much of the file has been read, in bytes.
    pub position: u64,
    /// How much there is to read; 0 where that cannot be told.
    pub total: u64,
}

impl Batch {
    /// Returns how many rows it has.
    pub fn read(&self) -> u64 {
        (self.orders.len() + self.refused.len()) as u64
    }

    fn of(rows: &mut Orders) -> Self {
        let mut batch = Self::default();
        while batch.orders.len() < ROWS && batch.refused.len() < ROWS {
            let Some(row) = rows.next() else { break };
            match row.outcome {
                Ok(order) => batch.orders.push(order),
                Err(_) => batch.refused.push(row),
            }
        }
        batch.position = rows.bytes_read();
        batch.total = rows.total_bytes();
        batch
    }
}

/// Reads a file to its end, as long as somebody takes the batches.
pub fn batches(mut rows: Orders) -> mpsc::Receiver<Batch> {
    let (sender, receiver) = mpsc::channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        loop {
            let batch = Batch::of(&mut rows);
            if batch.read() == 0 || sender.blocking_send(batch).is_err() {
                break;
            }
        }
    });
    receiver
}
