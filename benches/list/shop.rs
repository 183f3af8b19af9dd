//! The shop that is measured.

use chrono::TimeDelta;
use onibara::domain::order::Order;
use onibara::domain::phone::Phone;
use onibara::server::clock::Clock;
use onibara::server::config::Shop;
use onibara::server::db::{Db, Pool};
use onibara::server::demo::{self, Size};
use onibara::server::password::Passwords;
use onibara::server::state::{AppState, Parts};
use onibara::server::store::orders;

/// Fills a database with the demo's orders.
pub async fn fill(db: &Db, customers: u64, orders: u64, clock: &Clock) {
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
    // As a shop has it: PostgreSQL takes statistics by itself, SQLite has none.
    if let Pool::Postgres(pool) = db.bulk() {
        sqlx::query("analyze").execute(pool).await.unwrap();
    }
}

/// A server's state around a database.
pub fn state(db: &Db, clock: &Clock) -> AppState {
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
pub struct Next(u32);

impl Next {
    /// Commits one more, a second later.
    pub async fn commit(&mut self, db: &Db, clock: &Clock) {
        self.0 += 1;
        let phone = format!("+23480312{:05}", self.0 % 300);
        let until = clock.now();
        let one = demo::orders(&Size {
            customers: 1,
            orders: 1,
            seed: 1,
            until,
        });
        let order = Order {
            number: format!("BENCH-{}", self.0),
            placed_at: until,
            phone: Phone::e164(&phone).unwrap(),
            phone_raw: phone,
            ..one.last().unwrap()
        };
        orders::upsert(db, vec![order]).await.unwrap();
        clock.advance(TimeDelta::seconds(1));
    }
}
