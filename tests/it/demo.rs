//! The demo shop goes into the database past its triggers, indexes and checks: nothing of them may be missing after.

use std::collections::BTreeMap;

use onibara::server::cli::shop;
use onibara::server::db::Pool;
use onibara::server::demo::Size;
use onibara::server::store::orders;

use crate::on_both_databases;
use crate::rollup::{all_orders, check};
use crate::support::builders::{at, order};
use crate::support::database::TestDb;

/// Everything of the schema, as SQLite keeps it.
async fn schema(test: &TestDb) -> Vec<(String, Option<String>)> {
    let Pool::Sqlite(pool) = test.db.bulk() else {
        return Vec::new();
    };
    sqlx::query_as("select name, sql from sqlite_schema order by name")
        .fetch_all(pool)
        .await
        .unwrap()
}

on_both_databases! {
    async fn the_demo_shop_is_as_whole_as_one_that_grew(test: &TestDb) {
        let before = schema(test).await;
        let size = Size { customers: 120, orders: 500, seed: 3, until: at("2026-11-20T10:00:00Z") };
        shop::fill(&test.db, size).await.unwrap();
        assert_eq!(all_orders(test).await.len(), 500);
        check(test, &BTreeMap::new(), "loaded").await;
        assert_eq!(schema(test).await, before);
        if let Pool::Sqlite(pool) = test.db.bulk() {
            // It holds every row to the table's checks and every index to the table.
            let said: String = sqlx::query_scalar("pragma integrity_check").fetch_one(pool).await.unwrap();
            assert_eq!(said, "ok");
            let refused = sqlx::query("update orders set amount = -1").execute(pool).await;
            assert!(refused.is_err(), "the checks are on again");
        }
        let number = all_orders(test).await[0].number.clone();
        orders::upsert(&test.db, vec![order(&number, "+2348031234567"), order("NEW", "+2348031234567")]).await.unwrap();
        check(test, &BTreeMap::new(), "the triggers are on again").await;
    }
}
