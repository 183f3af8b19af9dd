//! Eight connections at once on few customers: nothing wrong, and no deadlock reaches the caller.

use std::collections::BTreeMap;

use onibara::server::db::Pool;
use onibara::server::store::orders;
use rand::prelude::*;
use sqlx::AssertSqlSafe;

use crate::rollup::check;
use crate::support::database::{postgres, sqlite};
use crate::support::shop::RandomShop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_writers_on_postgres_leave_every_figure_right() {
    let test = postgres().await;
    for round in 0..12 {
        let writers = (0..8_u64).map(|writer| {
            let db = test.db.clone();
            tokio::spawn(async move {
                let mut shop = RandomShop::new(round * 100 + writer);
                for _ in 0..6 {
                    let size = shop.0.random_range(1..6);
                    let batch = (0..size).map(|_| {
                        let number = format!("{writer}-{}", shop.0.random_range(0..20));
                        shop.numbered(&number)
                    });
                    orders::upsert(&db, batch.collect()).await.unwrap();
                    let number = shop.0.random_range(0..20);
                    let sql = if shop.0.random_bool(0.5) {
                        format!("delete from orders where number = '{writer}-{number}'")
                    } else {
                        let to = shop.phone();
                        format!(
                            "update orders set phone = '{}' where number = '{writer}-{number}'",
                            to.as_str()
                        )
                    };
                    let done = onibara::in_transaction!(db.bulk(), |tx| sqlx::query(AssertSqlSafe(sql.clone()))
                        .execute(&mut *tx)
                        .await
                        .map(|_| ()));
                    done.unwrap();
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        // Read at once: a later write must not get the chance to heal what this round broke.
        check(&test, &BTreeMap::new(), &format!("round {round}")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_new_orders_from_eight_writers_are_one_each() {
    let test = postgres().await;
    let writers = (0..8_u64).map(|_| {
        let db = test.db.clone();
        tokio::spawn(async move {
            let mut shop = RandomShop::new(9);
            let batch = (0..30).map(|number| shop.numbered(&format!("S{number}")));
            orders::upsert(&db, batch.collect()).await.unwrap()
        })
    });
    let mut new = 0;
    for writer in writers.collect::<Vec<_>>() {
        new += writer.await.unwrap().new;
    }
    assert_eq!(new, 30);
    check(&test, &BTreeMap::new(), "eight times the same").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_and_merges_on_postgres_leave_every_figure_right() {
    let test = postgres().await;
    let mut shop = RandomShop::new(1);
    orders::upsert(
        &test.db,
        (0..40).map(|number| shop.numbered(&format!("S{number}"))).collect(),
    )
    .await
    .unwrap();
    let Pool::Postgres(pool) = test.db.bulk() else {
        unreachable!("this test is on PostgreSQL")
    };
    for round in 0..10 {
        let writers = (0..4_u64).map(|writer| {
            let db = test.db.clone();
            tokio::spawn(async move {
                let mut shop = RandomShop::new(round * 10 + writer);
                let batch = (0..10).map(|number| shop.numbered(&format!("{writer}-{number}")));
                orders::upsert(&db, batch.collect()).await.unwrap();
            })
        });
        let writers: Vec<_> = writers.collect();
        for target in ["+2348031234567", "+2347065550001"] {
            let sql = format!(
                "update phones set customer_id = (select id from phones where phone = '{target}') where phone = '+2347065550001'"
            );
            // A deadlock is PostgreSQL's answer to crossing locks; the application's own writes try again, as here.
            while sqlx::query(AssertSqlSafe(sql.clone())).execute(pool).await.is_err() {}
        }
        for writer in writers {
            writer.await.unwrap();
        }
        check(&test, &BTreeMap::new(), &format!("round {round}")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_writers_on_sqlite_wait_for_each_other() {
    let test = sqlite().await;
    let writers = (0..8_u64).map(|writer| {
        let db = test.db.clone();
        tokio::spawn(async move {
            let mut shop = RandomShop::new(writer);
            for _ in 0..10 {
                orders::upsert(&db, (0..5).map(|_| shop.order()).collect())
                    .await
                    .unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    check(&test, &BTreeMap::new(), "eight writers").await;
}
