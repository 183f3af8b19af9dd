//! The finder of a running server: fed by either database, always as new as the last commit.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use onibara::domain::customer_query::CustomerQuery;
use onibara::domain::finder::{Calendar, Today};
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::phone::Phone;
use onibara::domain::segment::Thresholds;
use onibara::server::db::Pool;
use onibara::server::finder::LiveFinder;
use onibara::server::store::{customers, orders, rollup};
use onibara::with_pool;
use sqlx::Executor as _;

use crate::on_both_databases;
use crate::rollup::{all_orders, execute};
use crate::support::builders::{at, order};
use crate::support::database::{TestDb, postgres, rounds};
use crate::support::naive::{Did, Naive};
use crate::support::queries::Dice;
use crate::support::shop::foreign_insert;

const ZONE: Tz = Tz::Africa__Lagos;

/// All customers of a query as a server would list them.
async fn find(
    test: &TestDb,
    finder: &LiveFinder,
    query: &CustomerQuery,
    now: DateTime<Utc>,
) -> Vec<(Phone, Option<Did>)> {
    let today = Today::new(now, &ZONE, &Thresholds::default());
    let window = query.period.window(now, &ZONE);
    let (wanted, asked) = (query.clone(), format!("{query:?} {now}"));
    let rows = finder
        .answer(now, asked, move |finder| finder.find_all(&wanted, window, &today))
        .await
        .unwrap();
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let customers = customers::by_ids(&test.db, &ids).await.unwrap();
    let at = |second: u32| DateTime::from_timestamp(second.into(), 0).unwrap();
    rows.iter()
        .map(|row| {
            let did = row.span.map(|span| {
                (
                    span.orders.into(),
                    span.lost.into(),
                    Money(span.spent),
                    at(span.first),
                    at(span.last),
                )
            });
            (customers[&row.id].phone.clone(), did)
        })
        .collect()
}

async fn count(finder: &LiveFinder) -> (i64, i64) {
    let now = at("2026-11-24T12:00:00Z");
    finder
        .answer(now, "count".to_owned(), |finder| (finder.customers(), finder.orders()))
        .await
        .unwrap()
}

/// Holds several queries and the cards to the plain way over the stored orders.
async fn check(
    test: &TestDb,
    finders: &[LiveFinder],
    dice: &mut Dice,
    merged: &BTreeMap<Phone, Phone>,
    now: DateTime<Utc>,
    when: &str,
) {
    let stored = all_orders(test).await;
    let naive = Naive {
        orders: &stored,
        merged,
        now,
        zone: ZONE,
    };
    for finder in finders {
        let query = dice.query(now);
        assert_eq!(
            find(test, finder, &query, now).await,
            naive.find(&query),
            "{when}: {query:?} at {now}"
        );
        let calendar = Calendar::new(query.period, now, &ZONE, &Thresholds::default());
        let stats = finder
            .answer(now, format!("stats {} {now}", query.period), move |finder| {
                finder.stats(&calendar)
            })
            .await
            .unwrap();
        assert_eq!(stats, naive.stats(query.period), "{when}: {} at {now}", query.period);
    }
}

on_both_databases! {
    async fn two_servers_show_every_change_in_the_next_answer(test: &TestDb) {
        for seed in 1..=3 {
            let mut dice = Dice::new(seed);
            let now = dice.moment();
            execute(test, "delete from orders".to_owned()).await;
            let first = (0..80).map(|_| dice.order(90, now)).collect();
            orders::upsert(&test.db, first).await.unwrap();
            let finders = [LiveFinder::new(test.db.clone()), LiveFinder::new(test.db.clone())];
            for step in 0..30 {
                match step % 6 {
                    0 => {
                        let batch = (0..10).map(|_| dice.order(120, now)).collect();
                        let _ = orders::upsert(&test.db, batch).await.unwrap();
                    }
                    1 => execute(test, format!("delete from orders where number = '{}'", dice.order(120, now).number)).await,
                    2 => {
                        let other = dice.order(120, now);
                        let (phone, number) = (other.phone.as_str().replace('\'', "''"), other.number);
                        execute(test, format!("update orders set phone = '{phone}' where number = '{number}'")).await;
                    }
                    3 => execute(test, "update orders set status = 'returned' where amount % 3 = 1".to_owned()).await,
                    4 => execute(test, format!("{} on conflict (number) do nothing", foreign_insert(&dice.order(999, now), "insert"))).await,
                    _ => execute(test, "update orders set customer_name = '', name_key = '' where amount % 5 = 1".to_owned()).await,
                }
                check(test, &finders, &mut dice, &BTreeMap::new(), now, &format!("seed {seed}, step {step}")).await;
            }
        }
    }
}

on_both_databases! {
    async fn a_merge_and_its_undoing_show_at_once(test: &TestDb) {
        let mut dice = Dice::new(5);
        let now = at("2026-11-24T12:00:00Z");
        let (one, other) = (Phone::e164("+2348031234560").unwrap(), Phone::e164("+2348031234570").unwrap());
        let mut made: Vec<Order> = (0..60).map(|number| Order { number: format!("M{number}"), ..dice.order(1, now) }).collect();
        made[0].phone = one.clone();
        made[1].phone = other.clone();
        orders::upsert(&test.db, made).await.unwrap();
        let finders = [LiveFinder::new(test.db.clone())];
        check(test, &finders, &mut dice, &BTreeMap::new(), now, "before").await;
        let id = |phone: &Phone| format!("(select id from phones where phone = '{}')", phone.as_str());
        let repoint = |to: &Phone| format!("update phones set customer_id = {} where phone = '{}'", id(to), other.as_str());
        execute(test, repoint(&one)).await;
        let merged = BTreeMap::from([(other.clone(), one.clone())]);
        for _ in 0..4 {
            check(test, &finders, &mut dice, &merged, now, "merged").await;
        }
        // A finder that loads now must say the same as one that followed.
        check(test, &[LiveFinder::new(test.db.clone())], &mut dice, &merged, now, "merged and loaded").await;
        execute(test, repoint(&other)).await;
        for _ in 0..4 {
            check(test, &finders, &mut dice, &BTreeMap::new(), now, "unmerged").await;
        }
    }
}

on_both_databases! {
    async fn a_rebuild_and_an_emptied_shop_are_loaded_again(test: &TestDb) {
        let finder = LiveFinder::new(test.db.clone());
        assert_eq!(count(&finder).await, (0, 0));
        orders::upsert(&test.db, vec![order("A1", "+2348031234567"), order("A2", "call me")]).await.unwrap();
        assert_eq!(count(&finder).await, (2, 2));
        rollup::rebuild(&test.db).await.unwrap();
        assert_eq!(count(&finder).await, (2, 2));
        let empty = if matches!(test.db.jobs(), Pool::Sqlite(_)) { "delete from orders" } else { "truncate orders" };
        execute(test, empty.to_owned()).await;
        assert_eq!(count(&finder).await, (0, 0));
    }
}

on_both_databases! {
    async fn hostile_texts_are_loaded_as_they_are(test: &TestDb) {
        let mut hostile = order("A1", "call me");
        hostile.phone = Phone::text("back\\slash\\tab").unwrap();
        "A\\tB\\".clone_into(&mut hostile.name);
        orders::upsert(&test.db, vec![hostile]).await.unwrap();
        let sql = "update orders set customer_name = 'x' || chr || 'y', name_key = 'x' || chr || 'y'";
        for code in [9, 10, 30, 31, 92] {
            let chr = if matches!(test.db.jobs(), Pool::Sqlite(_)) { format!("char({code})") } else { format!("chr({code})") };
            execute(test, sql.replace("chr", &chr)).await;
            let finder = LiveFinder::new(test.db.clone());
            assert_eq!(count(&finder).await, (1, 1), "{code}");
            let now = at("2026-11-24T12:00:00Z");
            let query = CustomerQuery { search: "slash".to_owned(), ..CustomerQuery::default() };
            assert_eq!(find(test, &finder, &query, now).await.len(), 1, "{code}");
        }
    }
}

on_both_databases! {
    async fn a_reader_who_looked_away_for_long_loads_again(test: &TestDb) {
        orders::upsert(&test.db, vec![order("A1", "+2348031234567")]).await.unwrap();
        let finder = LiveFinder::new(test.db.clone());
        let ask = async |when: &str| finder.answer(at(when), "n".to_owned(), |finder| finder.orders()).await.unwrap();
        assert_eq!(ask("2026-11-24T12:00:00Z").await, 1);
        orders::upsert(&test.db, vec![order("A2", "+2348031234567")]).await.unwrap();
        // Trimmed before the reader saw it.
        onibara::server::store::log::trim(&test.db, DateTime::<Utc>::MAX_UTC).await.unwrap();
        assert_eq!(ask("2026-11-25T01:00:00Z").await, 2);
    }
}

/// What is committed is seen, whatever else is still running; and what was running is seen once it ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_stays_open_hides_nothing() {
    let test = postgres().await;
    let Pool::Postgres(pool) = test.db.jobs() else {
        panic!("this is PostgreSQL")
    };
    orders::upsert(&test.db, vec![order("A0", "+2348031234567")])
        .await
        .unwrap();
    let finder = LiveFinder::new(test.db.clone());
    assert_eq!(count(&finder).await.1, 1);
    let mut early = pool.begin().await.unwrap();
    early
        .execute(sqlx::AssertSqlSafe(foreign_insert(
            &order("EARLY", "+2347065550001"),
            "insert",
        )))
        .await
        .unwrap();
    for number in 1..=200 {
        let added = order(&format!("A{number}"), &format!("+23480312{number:05}"));
        orders::upsert(&test.db, vec![added]).await.unwrap();
        assert_eq!(count(&finder).await.1, number + 1, "after {number}");
    }
    early.commit().await.unwrap();
    assert_eq!(count(&finder).await.1, 202);
    let pool = test.db.jobs();
    with_pool!(pool, |pool| pool
        .execute("delete from orders where number = 'EARLY'")
        .await
        .map(drop)
        .unwrap());
    assert_eq!(count(&finder).await.1, 201);
}

on_both_databases! {
    async fn an_order_through_one_server_is_in_the_others_next_answer(test: &TestDb) {
        let servers = [test.db.clone(), test.opened_again().await];
        let finders = servers.clone().map(LiveFinder::new);
        for number in 1..=rounds(200) {
            let one = number as usize % 2;
            let added = order(&format!("L{number}"), &format!("+23480312{:05}", number % 700));
            orders::upsert(&servers[one], vec![added]).await.unwrap();
            assert_eq!(count(&finders[1 - one]).await.1, i64::from(number), "order {number}");
        }
    }
}

/// Eight writers at once, and two readers that look all the time: in the end, and at every look, nothing is missing.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_among_writers_miss_nothing() {
    let test = postgres().await;
    let finders = [LiveFinder::new(test.db.clone()), LiveFinder::new(test.db.clone())];
    let writers: Vec<_> = (0..8_u32)
        .map(|writer| {
            let (db, finder) = (test.db.clone(), finders[writer as usize % 2].clone());
            tokio::spawn(async move {
                for number in 0..40 {
                    let added = order(
                        &format!("W{writer}-{number}"),
                        &format!("+23480312345{:02}", number % 7),
                    );
                    let seen = finder
                        .answer(at("2026-11-24T12:00:00Z"), "before".to_owned(), |finder| {
                            finder.orders()
                        })
                        .await
                        .unwrap();
                    orders::upsert(&db, vec![added]).await.unwrap();
                    assert!(
                        count(&finder).await.1 > seen,
                        "the order just committed is in the next answer"
                    );
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    for finder in &finders {
        assert_eq!(count(finder).await, (7, 320));
    }
    let mut dice = Dice::new(3);
    check(
        &test,
        &finders,
        &mut dice,
        &BTreeMap::new(),
        at("2026-11-24T12:00:00Z"),
        "after the writers",
    )
    .await;
}
