//! `onibara demo`, `verify` and `rebuild`.

use std::process::ExitCode;
use std::time::Instant;

use chrono::{DateTime, NaiveTime, Utc};

use super::args::Demo;
use super::{Sentence, failed};
use crate::server::config::Shop;
use crate::server::db::Db;
use crate::server::demo::{self, Size};
use crate::server::store::customers;
use crate::server::store::orders;
use crate::server::store::rollup::{self, DifferenceKind};

/// How many differences are printed; one alone is reason enough to rebuild.
const SHOWN: usize = 20;

/// Fills an empty database with the demo shop.
pub async fn demo(db: &Db, options: &Demo, shop: &Shop, now: DateTime<Utc>) -> Result<ExitCode, Sentence> {
    if customers::totals(db).await.map_err(failed)?.orders > 0 {
        return Err("The database has orders already; the demo shop goes into an empty one.".to_owned());
    }
    let began = Instant::now();
    let until = match options.until {
        // The day's last second in the shop's zone.
        Some(day) => (day + chrono::Days::new(1))
            .and_time(NaiveTime::MIN)
            .and_local_timezone(shop.zone)
            .earliest()
            .map_or(now, |midnight| {
                midnight.with_timezone(&Utc) - chrono::Duration::seconds(1)
            }),
        None => now,
    };
    let size = Size {
        customers: options.customers,
        orders: options.orders,
        seed: options.seed,
        until,
    };
    fill(db, size).await?;
    let totals = customers::totals(db).await.map_err(failed)?;
    println!(
        "{} customers from {} orders in {:.1} s.",
        totals.customers,
        totals.orders,
        began.elapsed().as_secs_f64()
    );
    Ok(ExitCode::SUCCESS)
}

/// Loads the demo shop of a size.
pub async fn fill(db: &Db, size: Size) -> Result<(), Sentence> {
    orders::load(db, Batches(demo::orders(&size))).await.map_err(failed)
}

/// Groups an iterator into vectors of one transaction's size.
struct Batches<I>(I);

impl<I: Iterator> Iterator for Batches<I> {
    type Item = Vec<I::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch: Vec<_> = self.0.by_ref().take(orders::BATCH).collect();
        (!batch.is_empty()).then_some(batch)
    }
}

/// Compares the stored figures with the orders, and says what differs.
pub async fn verify(db: &Db) -> Result<ExitCode, Sentence> {
    let differences = rollup::verify(db).await.map_err(failed)?;
    let totals = customers::totals(db).await.map_err(failed)?;
    for difference in differences.iter().take(SHOWN) {
        let what = match difference.kind {
            DifferenceKind::Missing => "is missing",
            DifferenceKind::Extra => "has no orders",
            DifferenceKind::Different => "has other figures than its orders",
        };
        println!("Customer {} {what}.", difference.customer_id);
    }
    if differences.is_empty() {
        println!(
            "No difference: {} customers agree with {} orders.",
            totals.customers, totals.orders
        );
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "{} customers differ from the orders. `onibara rebuild` derives them again.",
        differences.len()
    );
    Ok(ExitCode::FAILURE)
}

/// Derives everything from the orders again.
pub async fn rebuild(db: &Db) -> Result<ExitCode, Sentence> {
    rollup::rebuild(db).await.map_err(failed)?;
    let totals = customers::totals(db).await.map_err(failed)?;
    println!("{} customers derived from {} orders.", totals.customers, totals.orders);
    Ok(ExitCode::SUCCESS)
}
