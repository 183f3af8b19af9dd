//! Times and memory.

use std::time::{Duration, Instant};

use onibara::server::clock::Clock;
use onibara::server::db::Db;

use crate::shop::Next;

/// Times an answer, each time after an order was committed; sorted.
pub async fn times(next: &mut Next, db: &Db, clock: &Clock, runs: usize, mut run: impl AsyncFnMut()) -> Vec<Duration> {
    run().await;
    let mut times = Vec::new();
    for _ in 0..runs {
        next.commit(db, clock).await;
        let began = Instant::now();
        run().await;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    times
}

/// Prints a line of the table.
pub fn print(what: &str, times: &[Duration], plain: Duration) {
    let median = median(times);
    let ratio = plain.as_secs_f64() / median.as_secs_f64().max(1e-9);
    println!(
        "| {what} | {:.2} | {:.2} | {ratio:.0} × |",
        ms(median),
        ms(times[times.len() - 1])
    );
}

/// The one in the middle of sorted times.
pub fn median(times: &[Duration]) -> Duration {
    times[times.len() / 2]
}

/// Milliseconds.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// The process's own memory in megabytes, as Linux tells it: without files that are mapped.
pub fn own_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kilobytes = line
        .and_then(|line| line.split_whitespace().next())
        .and_then(|text| text.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1_024
}
