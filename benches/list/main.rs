//! How long the customers page takes on the server, on both databases, beside a plain `GROUP BY` of the same run.
//!
//! `ONIBARA_BENCH_ORDERS` and `ONIBARA_BENCH_CUSTOMERS` set the size; a million and 200,000 without them;
//! `ONIBARA_BENCH_ON=postgres` leaves SQLite out. Before each timed answer an order is committed, so that no answer comes
//! from memory and each takes the newest order in.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on may stop")]

mod questions;
mod shop;
mod take_away;
mod timing;

use std::time::Instant;

use onibara::domain::period::Period;
use onibara::domain::phone::Phone;
use onibara::domain::role::Role;
use onibara::server::clock::Clock;
use onibara::server::customer_details;
use onibara::server::db::{self, Db};
use onibara::server::export::Format;
use onibara::server::listing;
use onibara::server::order_listing;
use onibara::server::store::users::User;
use onibara::with_pool;
use sqlx::Connection as _;

use crate::questions::{LISTS, ORDERS};
use crate::shop::{Next, fill, state};
use crate::take_away::take_away;
use crate::timing::{median, ms, own_memory, print, times};

const RUNS: usize = 11;
const PLAIN: &str = "
    select phone, count(*), cast(sum(amount) as bigint), min(placed_at), max(placed_at)
    from orders where status not in ('cancelled', 'returned')
    group by phone order by max(placed_at) desc, phone limit 25";

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        if std::env::var("ONIBARA_BENCH_ON").is_ok_and(|on| on == "postgres") {
            println!("SQLite is left out.");
        } else {
            let folder = tempfile::tempdir().unwrap();
            let url = format!("sqlite:{}", folder.path().join("bench.db").display());
            let sqlite = db::open(&url).await.unwrap();
            measure("SQLite", &sqlite).await;
            sqlite.close().await;
        }
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
    let (customers, orders) = (
        size("ONIBARA_BENCH_CUSTOMERS", 200_000),
        size("ONIBARA_BENCH_ORDERS", 1_000_000),
    );
    let clock = Clock::fixed("2026-11-24T12:00:00Z".parse().unwrap());
    fill(db, customers, orders, &clock).await;
    let state = state(db, &clock);
    let began = Instant::now();
    state.finder().load(clock.now()).await.unwrap();
    println!("\n### {name}, {orders} orders, {customers} customers\n");
    println!(
        "Finder loaded in {:.1} s; the process then has {} MB of its own.\n",
        began.elapsed().as_secs_f64(),
        own_memory()
    );
    println!("| what | median ms | worst ms | plain `GROUP BY` takes |\n|---|---|---|---|");
    let plain = times(&mut Next::default(), db, &clock, 3, async || {
        let rows = with_pool!(db.jobs(), |pool| sqlx::query(PLAIN)
            .fetch_all(pool)
            .await
            .unwrap()
            .len());
        assert_eq!(rows, 25);
    })
    .await;
    let plain = median(&plain);
    let mut next = Next::default();
    for (what, query) in LISTS {
        let times = times(&mut next, db, &clock, RUNS, async || {
            drop(listing::customers(&state, query, "").await.unwrap());
        })
        .await;
        print(what, &times, plain);
    }
    for period in ["all", "today", "week", "month", "year", "2025-03-01..2025-05-31"] {
        let query = format!("period={period}");
        let times = times(&mut next, db, &clock, RUNS, async || {
            drop(listing::overview(&state, &query).await.unwrap());
        })
        .await;
        print(&format!("cards and segments, {period}"), &times, plain);
    }
    let query = "state=Lagos&activity=active&source=facebook";
    let cold = times(&mut next, db, &clock, RUNS, async || {
        drop(listing::facets(&state, query).await.unwrap());
    })
    .await;
    print("menus, three filters set", &cold, plain);
    let mut again = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        drop(listing::overview(&state, "").await.unwrap());
        drop(listing::facets(&state, query).await.unwrap());
        again.push(began.elapsed());
    }
    again.sort_unstable();
    print("cards, segments and menus, asked again", &again, plain);
    let reader = User {
        id: 1,
        email: "owner@shop.ng".to_owned(),
        role: Role::Owner,
        must_enrol: false,
    };
    for (what, order) in [("most", "desc"), ("fewest", "asc")] {
        let slug = customer_with(db, order).await;
        let times = times(&mut next, db, &clock, RUNS, async || {
            drop(
                customer_details::customer(&state, &slug, Period::Year, &reader)
                    .await
                    .unwrap(),
            );
        })
        .await;
        print(&format!("the customer with the {what} orders"), &times, plain);
    }
    for (what, query) in ORDERS {
        let times = times(&mut next, db, &clock, RUNS, async || {
            drop(order_listing::orders(&state, query, "").await.unwrap());
        })
        .await;
        print(what, &times, plain);
    }
    for (what, format) in [("CSV", Format::Csv), ("XLSX", Format::Xlsx)] {
        take_away(&state, db, what, format).await;
    }
    println!("| plain `GROUP BY`, first page | {:.0} | | |", ms(plain));
    println!("\nAt the end the process has {} MB.", own_memory());
}

/// The address's part of a customer at one end of the number of orders.
async fn customer_with(db: &Db, order: &str) -> String {
    let sql =
        format!("select phone from customer_rollup order by earned_orders + open_orders + lost_orders {order} limit 1");
    let phone: String = with_pool!(db.jobs(), |pool| {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_one(pool)
            .await
            .unwrap()
    });
    Phone::from_db(phone).to_slug()
}

fn size(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}
