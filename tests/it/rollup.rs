//! Whatever is done to orders, customers are what the naive fold says: on both databases, after every step.

use std::collections::BTreeMap;

use onibara::domain::customer::Customer;
use onibara::domain::order::Order;
use onibara::domain::phone::Phone;
use onibara::server::db::{Db, Pool};
use onibara::server::store::{customers, orders, rollup};
use onibara::with_pool;
use rand::prelude::*;
use sqlx::AssertSqlSafe;

use crate::on_both_databases;
use crate::support::builders::order;
use crate::support::database::{TestDb, sqlite};
use crate::support::oracle;
use crate::support::shop::{RandomShop, foreign_insert};

/// How many rows are read at a time: what a request asks for must be answered within a second.
const A_PAGE: usize = 200;

/// Runs SQL as any other program could.
pub async fn execute(test: &TestDb, sql: String) {
    with_pool!(test.db.bulk(), |pool| {
        sqlx::query(AssertSqlSafe(sql)).execute(pool).await.unwrap();
    });
}

async fn numbers(test: &TestDb, sql: &'static str) -> Vec<i64> {
    with_pool!(test.db.jobs(), |pool| sqlx::query_scalar(sql)
        .fetch_all(pool)
        .await
        .unwrap())
}

/// All customers as stored, by phone, without their numbers.
pub async fn stored(test: &TestDb) -> BTreeMap<Phone, Customer> {
    let mut stored = BTreeMap::new();
    for ids in numbers(test, "select id from customer_rollup").await.chunks(A_PAGE) {
        let customers = customers::by_ids(&test.db, ids).await.unwrap().into_values();
        stored.extend(customers.map(|customer| (customer.phone.clone(), Customer { id: 0, ..customer })));
    }
    stored
}

/// All orders as stored, oldest first.
pub async fn all_orders(test: &TestDb) -> Vec<Order> {
    let mut orders: Vec<Order> = Vec::new();
    for ids in numbers(test, "select id from orders").await.chunks(A_PAGE) {
        orders.extend(orders::by_ids(&test.db, ids).await.unwrap().into_values());
    }
    orders.sort_by_key(Order::position);
    orders
}

/// Holds the stored customers to the fold over the stored orders, and to the database's own definition.
pub async fn check(test: &TestDb, merged: &BTreeMap<Phone, Phone>, when: &str) {
    let expected = oracle::customers(&all_orders(test).await, merged);
    assert_eq!(stored(test).await, expected, "{when}");
    assert_eq!(rollup::verify(&test.db).await.unwrap(), [], "{when}");
}

/// One random change, as another program would make it.
fn change(shop: &mut RandomShop, sqlite: bool) -> String {
    let order = shop.order();
    let other = shop.order();
    let to =
        |column: &str, value: String| format!("update orders set {column} = {value} where number = '{}'", order.number);
    let text = |value: &str| format!("'{}'", value.replace('\'', "''"));
    match shop.0.random_range(0..13) {
        0..=2 if sqlite => foreign_insert(&order, "insert or replace"),
        0..=2 => format!("{} on conflict (number) do nothing", foreign_insert(&order, "insert")),
        3 => format!("delete from orders where number = '{}'", order.number),
        4 => to("phone", text(other.phone.as_str())),
        5 => to("status", text(other.status.as_str())),
        6 => to("amount", other.amount.0.to_string()),
        7 => to("placed_at", other.placed_at.timestamp_millis().to_string()),
        8 => to("source", text(other.source.as_str())),
        9 => format!(
            "update orders set customer_name = {}, name_key = {} where number = '{}'",
            text(&other.name),
            text(&onibara::domain::text::fold(&other.name)),
            order.number
        ),
        10 => to(
            "whatsapp",
            text(other.whatsapp.as_ref().map_or("", |phone| phone.as_str())),
        ),
        11 => format!(
            "update orders set city = {}, state = {} where number = '{}'",
            text(&other.city),
            text(&other.state),
            order.number
        ),
        // Many rows of several customers in one statement.
        _ => format!(
            "update orders set status = {}, amount = amount + 1 where amount % 3 = 0",
            text(other.status.as_str())
        ),
    }
}

on_both_databases! {
    async fn random_changes_one_by_one_leave_every_figure_right(test: &TestDb) {
        let sqlite = matches!(test.db.jobs(), Pool::Sqlite(_));
        for seed in 1..=4 {
            let mut shop = RandomShop::new(seed);
            for step in 0..150 {
                execute(test, change(&mut shop, sqlite)).await;
                if step % 5 == 0 {
                    check(test, &BTreeMap::new(), &format!("seed {seed}, step {step}")).await;
                }
            }
            check(test, &BTreeMap::new(), &format!("seed {seed}")).await;
        }
    }
}

on_both_databases! {
    async fn upserts_in_batches_leave_every_figure_right(test: &TestDb) {
        let mut shop = RandomShop::new(7);
        let mut expected: BTreeMap<String, Order> = BTreeMap::new();
        for round in 0..20 {
            let batch: Vec<Order> = (0..shop.0.random_range(1..40)).map(|_| shop.order()).collect();
            for order in &batch {
                expected.insert(order.number.clone(), order.clone());
            }
            let given = batch.len() as u64;
            let done = orders::upsert(&test.db, batch).await.unwrap();
            assert_eq!(done.new + done.changed + done.unchanged + done.repeated, given, "round {round}");
            check(test, &BTreeMap::new(), &format!("round {round}")).await;
        }
        let stored: BTreeMap<String, Order> =
            all_orders(test).await.into_iter().map(|order| (order.number.clone(), order)).collect();
        assert_eq!(stored, expected);
    }
}

on_both_databases! {
    async fn a_merge_unites_two_phones_and_its_undoing_restores_both(test: &TestDb) {
        let mut shop = RandomShop::new(11);
        let batch = (0..60).map(|number| shop.numbered(&format!("M{number}"))).collect();
        orders::upsert(&test.db, batch).await.unwrap();
        let (one, other) = (Phone::e164("+2348031234567").unwrap(), Phone::e164("+2347065550001").unwrap());
        let owner = |phone: &Phone| format!("(select id from phones where phone = '{}')", phone.as_str());
        let repoint = |to: &Phone| {
            format!("update phones set customer_id = {} where phone = '{}'", owner(to), other.as_str())
        };
        let merged = BTreeMap::from([(other.clone(), one.clone())]);
        execute(test, repoint(&one)).await;
        check(test, &merged, "merged").await;
        let more = (0..20).map(|number| shop.numbered(&format!("N{number}"))).collect();
        orders::upsert(&test.db, more).await.unwrap();
        check(test, &merged, "merged, with later orders").await;
        rollup::rebuild(&test.db).await.unwrap();
        check(test, &merged, "merged and rebuilt").await;
        execute(test, repoint(&other)).await;
        check(test, &BTreeMap::new(), "unmerged").await;
    }
}

on_both_databases! {
    async fn a_rebuild_mends_what_somebody_broke_and_verify_sees_it(test: &TestDb) {
        let batch = vec![order("A1", "+2348031234567"), order("A2", "+2347065550001"), order("A3", "call me")];
        orders::upsert(&test.db, batch).await.unwrap();
        execute(test, "update customer_rollup set earned = earned + 1 where phone = '+2348031234567'".to_owned()).await;
        execute(test, "delete from customer_rollup where phone = '~call me'".to_owned()).await;
        let kinds: Vec<_> = rollup::verify(&test.db).await.unwrap().into_iter().map(|found| found.kind).collect();
        assert_eq!(kinds.len(), 2);
        assert!(kinds.contains(&rollup::DifferenceKind::Different) && kinds.contains(&rollup::DifferenceKind::Missing));
        rollup::rebuild(&test.db).await.unwrap();
        check(test, &BTreeMap::new(), "rebuilt").await;
    }
}

on_both_databases! {
    async fn every_change_is_in_the_log(test: &TestDb) {
        let count = async || -> i64 {
            with_pool!(test.db.jobs(), |pool| {
                sqlx::query_scalar("select count(*) from customer_change").fetch_one(pool).await.unwrap()
            })
        };
        orders::upsert(&test.db, vec![order("A1", "+2348031234567"), order("A2", "+2347065550001")]).await.unwrap();
        assert_eq!(count().await, 2);
        orders::upsert(&test.db, vec![order("A1", "+2348031234567")]).await.unwrap();
        assert_eq!(count().await, 2, "nothing changed");
        execute(test, "update orders set phone = '+2347065550001' where number = 'A1'".to_owned()).await;
        assert_eq!(count().await, 4, "both customers");
        execute(test, "delete from orders".to_owned()).await;
        assert_eq!(count().await, 6);
    }
}

on_both_databases! {
    async fn phones_that_are_not_normalised_are_refused(test: &TestDb) {
        for phone in ["08031234567", "+0803", "call me", "+23480312x4567", "~", ""] {
            let sql = foreign_insert(&order("A1", "+2348031234567"), "insert").replace("'+2348031234567'", &format!("'{phone}'"));
            let refused = with_pool!(test.db.bulk(), |pool| sqlx::query(AssertSqlSafe(sql)).execute(pool).await.is_err());
            assert!(refused, "{phone:?}");
        }
    }
}

/// Statistics of a shop with one order had an import of 60,000 take 100 seconds, and 2 without.
#[tokio::test]
async fn sqlite_goes_by_no_statistics_whoever_has_taken_them() {
    let test = sqlite().await;
    let kept = async |db: &Db| -> i64 {
        let schema = "select count(*) from sqlite_schema where name = 'sqlite_stat1'";
        let taken: i64 = with_pool!(db.jobs(), |pool| sqlx::query_scalar(schema)
            .fetch_one(pool)
            .await
            .unwrap());
        let count = "select count(*) from sqlite_stat1";
        if taken == 0 {
            return 0;
        }
        with_pool!(db.jobs(), |pool| sqlx::query_scalar(count)
            .fetch_one(pool)
            .await
            .unwrap())
    };
    let first = test.opened_again().await;
    orders::upsert(&first, vec![order("A1", "+2348031234567")])
        .await
        .unwrap();
    first.close().await;
    assert_eq!(kept(&test.db).await, 0, "a server that stops takes none");
    execute(&test, "analyze".to_owned()).await;
    assert!(kept(&test.db).await > 0, "another program has");
    let again = test.opened_again().await;
    assert_eq!(kept(&again).await, 0);
    again.close().await;
}

#[tokio::test]
async fn loading_without_triggers_gives_what_they_would_have() {
    let test = sqlite().await;
    let mut shop = RandomShop::new(3);
    let batch: Vec<Order> = (0..300).map(|number| shop.numbered(&format!("L{number}"))).collect();
    orders::load(&test.db, vec![batch].into_iter()).await.unwrap();
    check(&test, &BTreeMap::new(), "loaded").await;
    orders::upsert(&test.db, vec![order("A1", "+2348031234567")])
        .await
        .unwrap();
    check(&test, &BTreeMap::new(), "the triggers are back").await;
}
