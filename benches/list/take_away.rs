//! Files of all customers.

use std::time::Instant;

use onibara::domain::customer_query::CustomerQuery;
use onibara::server::db::Db;
use onibara::server::export::{self, ExportError, Format, Progress, Sink, Source, What};
use onibara::server::state::AppState;

use crate::timing::{ms, own_memory};

/// A file that nobody keeps: how large it was, and how much memory the process had at most.
#[derive(Default)]
struct Counted {
    bytes: usize,
    most: u64,
}

impl Sink for Counted {
    async fn take(&mut self, bytes: Vec<u8>) -> Result<(), ExportError> {
        self.bytes += bytes.len();
        self.most = self.most.max(own_memory());
        Ok(())
    }
}

/// Exports all customers once.
pub async fn take_away(state: &AppState, db: &Db, what: &str, format: Format) {
    let (idle, shop) = (own_memory(), state.shop());
    let from = Source {
        db,
        finder: state.finder(),
        shop: &shop,
        now: state.clock().now(),
        by: "bench",
    };
    let (mut to, began) = (Counted::default(), Instant::now());
    let all = What::Customers(CustomerQuery::default(), None);
    let rows = export::export(from, &all, format, &Progress::default(), &mut to)
        .await
        .unwrap();
    println!(
        "| all {rows} customers as {what}, {} MB | {:.0} | {} MB above idle | |",
        to.bytes >> 20,
        ms(began.elapsed()),
        to.most.saturating_sub(idle)
    );
}
