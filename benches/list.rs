//! How long the customers page takes on the server, on both databases, beside a plain `GROUP BY` of the same run.
//!
//! `ONIBARA_BENCH_ORDERS` and `ONIBARA_BENCH_CUSTOMERS` set the size; a million and 200,000 without them;
//! `ONIBARA_BENCH_ON=postgres` leaves SQLite out. Before each
//! timed answer an order is committed, so that no answer comes from memory and each takes the newest order in.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on may stop")]

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use onibara::domain::customer_query::CustomerQuery;
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::period::Period;
use onibara::domain::phone::Phone;
use onibara::domain::role::Role;
use onibara::server::clock::Clock;
use onibara::server::config::Shop;
use onibara::server::customer_details;
use onibara::server::db::{self, Db};
use onibara::server::demo::{self, Size};
use onibara::server::export::{self, ExportError, Format, Progress, Sink, Source, What};
use onibara::server::listing;
use onibara::server::order_listing;
use onibara::server::password::Passwords;
use onibara::server::state::{AppState, Parts};
use onibara::server::store::orders;
use onibara::server::store::users::User;
use onibara::with_pool;
use sqlx::Connection as _;

const RUNS: usize = 11;
const PLAIN: &str = "
    select phone, count(*), cast(sum(amount) as bigint), min(placed_at), max(placed_at)
    from orders where status not in ('cancelled', 'returned')
    group by phone order by max(placed_at) desc, phone limit 25";

/// What is asked for, worst cases among it.
const LISTS: [(&str, &str); 27] = [
    ("all, last order", ""),
    ("all, name", "sort=name"),
    ("all, most spent", "sort=-spent"),
    ("all, most orders", "sort=-orders"),
    ("all, first order", "sort=first"),
    ("deepest page, last order", "page=999999999"),
    ("deepest page, most orders", "sort=-orders&page=999999999"),
    ("deepest page, name Z to A", "sort=-name&page=999999999"),
    ("active, most spent", "activity=active&sort=-spent"),
    (
        "one-time, Facebook, most spent",
        "orders=first_time&source=facebook&sort=-spent",
    ),
    (
        "repeat, ₦10k–50k, WhatsApp, Lagos, name",
        "orders=repeat&ltv=10k_50k&source=whatsapp&state=Lagos&sort=name",
    ),
    ("contradiction: VIP by orders, under ₦10k", "orders=vip&ltv=under_10k"),
    ("at risk", "segment=at_risk"),
    ("search adebayo", "q=adebayo"),
    ("search adbayo (a slip)", "q=adbayo"),
    ("search okafor chinedu", "q=okafor%20chinedu"),
    ("search chukwuemkea (two slips)", "q=chukwuemkea"),
    ("search one letter", "q=a"),
    ("search no match", "q=xqzwv"),
    ("search 4567", "q=4567"),
    ("search 0803 123", "q=0803%20123"),
    ("search adebayo, deepest page", "q=adebayo&page=999999"),
    ("today", "period=today"),
    ("this week, most spent", "period=week&sort=-spent"),
    ("this month, first order", "period=month&sort=first"),
    (
        "this year, most spent, deepest page",
        "period=year&sort=-spent&page=999999999",
    ),
    ("two dates of last year", "period=2025-03-01..2025-05-31&sort=-spent"),
];

/// What is asked of the orders.
const ORDERS: [(&str, &str); 8] = [
    ("orders, newest first", ""),
    ("orders, deepest page", "page=999999999"),
    ("orders, highest amount", "sort=-amount"),
    ("orders, returned, TikTok", "status=returned&source=tiktok"),
    ("orders, this year, delivered", "period=year&status=delivered"),
    ("orders, search adbayo (a slip)", "q=adbayo"),
    ("orders, search 4567", "q=4567"),
    ("orders, search by number", "q=ON-000123"),
];

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
async fn take_away(state: &AppState, db: &Db, what: &str, format: Format) {
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

async fn fill(db: &Db, customers: u64, orders: u64, clock: &Clock) {
    let until = clock.now();
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
    with_pool!(db.bulk(), |pool| sqlx::query("analyze")
        .execute(pool)
        .await
        .map(drop)
        .unwrap());
}

fn state(db: &Db, clock: &Clock) -> AppState {
    AppState::new(Parts {
        leptos: leptos::config::LeptosOptions::builder().output_name("onibara").build(),
        db: db.clone(),
        clock: clock.clone(),
        shop: Shop::default(),
        passwords: Passwords::new(64, 1).unwrap(),
        setup_code: None,
        secure_cookies: true,
        trusted_proxies: Vec::new(),
        program: None,
    })
}

/// The orders that come in between the answers.
#[derive(Default)]
struct Next(u32);

impl Next {
    async fn commit(&mut self, db: &Db, clock: &Clock) {
        self.0 += 1;
        let phone = format!("+23480312{:05}", self.0 % 300);
        let order = Order {
            number: format!("BENCH-{}", self.0),
            placed_at: clock.now(),
            name: "Adébáyò Okafor".to_owned(),
            phone: Phone::e164(&phone).unwrap(),
            phone_raw: phone,
            other_phone: None,
            whatsapp: None,
            amount: Money(1_250_000),
            status: onibara::domain::status::Status::New,
            source: onibara::domain::source::Source::Facebook,
            city: "Ikeja".to_owned(),
            state: "Lagos".to_owned(),
            address: String::new(),
            sales_rep: String::new(),
            items: String::new(),
        };
        orders::upsert(db, vec![order]).await.unwrap();
        clock.advance(TimeDelta::seconds(1));
    }
}

async fn times(next: &mut Next, db: &Db, clock: &Clock, runs: usize, mut run: impl AsyncFnMut()) -> Vec<Duration> {
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

fn print(what: &str, times: &[Duration], plain: Duration) {
    let median = median(times);
    let ratio = plain.as_secs_f64() / median.as_secs_f64().max(1e-9);
    println!(
        "| {what} | {:.2} | {:.2} | {ratio:.0} × |",
        ms(median),
        ms(times[times.len() - 1])
    );
}

fn median(times: &[Duration]) -> Duration {
    times[times.len() / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn size(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// The process's own memory in megabytes, as Linux tells it: without files that are mapped.
fn own_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kilobytes = line
        .and_then(|line| line.split_whitespace().next())
        .and_then(|text| text.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1_024
}
