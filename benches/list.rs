//! How long a page of the list takes on the server, on both databases, beside a plain `GROUP BY`.
//!
//! `ONIBARA_BENCH_ORDERS` and `ONIBARA_BENCH_CUSTOMERS` set the size; a million and 200,000 without them.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on may stop")]

use std::time::{Duration, Instant};

use onibara::domain::customer_query::{CustomerQuery, Sort, SortKey};
use onibara::server::db::{self, Db};
use onibara::server::demo::{self, Size};
use onibara::server::store::{customers, orders};
use onibara::with_pool;
use sqlx::Connection as _;

const RUNS: usize = 15;
const PLAIN: &str = "
    select phone, count(*), cast(sum(amount) as bigint), min(placed_at), max(placed_at)
    from orders where status not in ('cancelled', 'returned')
    group by phone order by max(placed_at) desc, phone limit 25";

fn size(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = db::open(&format!("sqlite:{}", folder.path().join("bench.db").display()))
            .await
            .unwrap();
        measure("SQLite", &sqlite).await;
        if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
            let mut connection = sqlx::PgConnection::connect(&server).await.unwrap();
            sqlx::query("create database bench")
                .execute(&mut connection)
                .await
                .unwrap();
            let postgres = db::open(&server.replacen("/postgres", "/bench", 1)).await.unwrap();
            measure("PostgreSQL", &postgres).await;
        }
    });
}

async fn measure(name: &str, db: &Db) {
    let customers = size("ONIBARA_BENCH_CUSTOMERS", 200_000);
    let orders = size("ONIBARA_BENCH_ORDERS", 1_000_000);
    let until = "2026-11-24T12:00:00Z".parse().unwrap();
    let began = Instant::now();
    let mut made = demo::orders(&Size {
        customers,
        orders,
        seed: 1,
        until,
    });
    let batches = std::iter::from_fn(move || {
        let batch: Vec<_> = made.by_ref().take(orders::BATCH).collect();
        (!batch.is_empty()).then_some(batch)
    });
    orders::load(db, batches).await.unwrap();
    println!(
        "\n{name}, {orders} orders, {customers} customers: loaded in {:.1} s\n",
        began.elapsed().as_secs_f64()
    );
    println!("| page | median ms | worst ms |\n|---|---|---|");
    for key in [
        SortKey::Name,
        SortKey::Orders,
        SortKey::Spent,
        SortKey::Last,
        SortKey::First,
    ] {
        for (descending, page) in [(false, 1), (true, 1), (true, i64::MAX)] {
            let query = CustomerQuery::default()
                .with_sort(Sort { key, descending })
                .with_page(page);
            let times = times(async || drop(customers::page(db, &query).await.unwrap())).await;
            let direction = if descending { "descending" } else { "ascending" };
            let place = if page == 1 { "first" } else { "last" };
            print(&format!("{key:?}, {direction}, {place} page"), times);
        }
    }
    let plain = async || {
        let rows = with_pool!(db.jobs(), |pool| sqlx::query(PLAIN)
            .fetch_all(pool)
            .await
            .unwrap()
            .len());
        assert_eq!(rows, 25);
    };
    print("plain GROUP BY, first page", times(plain).await);
}

async fn times(mut run: impl AsyncFnMut()) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        run().await;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    times
}

fn print(what: &str, times: Vec<Duration>) {
    let ms = |time: Duration| time.as_secs_f64() * 1_000.0;
    println!("| {what} | {:.1} | {:.1} |", ms(times[RUNS / 2]), ms(times[RUNS - 1]));
}
