//! Queues: made of exactly those who were chosen, and worked through by several at once without two on one customer.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use onibara::domain::order::Order;
use onibara::domain::order_list::CustomerPage;
use onibara::domain::page::Page;
use onibara::domain::period::local_date;
use onibara::domain::phone::Phone;
use onibara::domain::query_string;
use onibara::domain::queue::{Outcome, Queue, QueuePage};
use onibara::domain::role::Role;
use onibara::server::db::Db;
use onibara::server::store::history::By;
use onibara::server::store::queues::{self, Reader};
use onibara::server::store::turns::{self, Came};
use onibara::server::store::{customer_page, merges, orders};
use onibara::with_pool;
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;

use crate::on_both_databases;
use crate::orders_page::read;
use crate::support::app::TestApp;
use crate::support::builders::{at, order};
use crate::support::database::rounds;

const LIST: &str = "/dashboard/admin/queues";

fn phone(number: usize) -> String {
    format!("+23480310000{number:02}")
}

/// Customers 0 to `count`, the first having ordered last.
async fn fill(db: &Db, count: usize) {
    let order = |number: usize| Order {
        placed_at: at("2026-10-01T12:00:00Z") - TimeDelta::hours(i64::try_from(number).unwrap()),
        name: format!("Customer {number}"),
        ..order(&format!("Q{number}"), &phone(number))
    };
    orders::upsert(db, (0..count).map(order).collect()).await.unwrap();
}

fn form(fields: &[(&str, &str)]) -> String {
    let mut form = String::new();
    for (field, value) in fields {
        query_string::push(&mut form, field, value);
    }
    form
}

async fn make(app: &TestApp, cookie: &str, fields: &[(&str, &str)]) -> i64 {
    let answer = app.submit("/api/make_queue", &form(fields), Some(cookie)).await;
    let id = answer.location().strip_prefix(&format!("{LIST}/"));
    id.unwrap_or_else(|| panic!("{} {}", answer.status, answer.body))
        .parse()
        .unwrap()
}

async fn page(app: &TestApp, cookie: &str, id: i64) -> QueuePage {
    read(app, cookie, &format!("/api/queue?id={id}")).await
}

async fn take(app: &TestApp, cookie: &str, id: i64) -> Option<String> {
    let answer = app.call("/api/take_turn", &format!("queue={id}"), Some(cookie)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    in_hand(app, cookie, id).await
}

async fn in_hand(app: &TestApp, cookie: &str, id: i64) -> Option<String> {
    page(app, cookie, id).await.turn.map(|turn| turn.row.customer.name)
}

/// Ends the turn in hand.
async fn end(app: &TestApp, cookie: &str, id: i64, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let turn = page(app, cookie, id).await.turn.expect("somebody is in hand");
    let (slug, seen) = (turn.row.customer.phone.to_slug(), turn.seen.to_string());
    let queue = id.to_string();
    let mut all = vec![
        ("turn[queue]", queue.as_str()),
        ("turn[customer]", &slug),
        ("turn[seen]", &seen),
    ];
    all.extend(fields);
    let answer = app.call("/api/end_turn", &form(&all), Some(cookie)).await;
    (answer.status, answer.body)
}

async fn done(app: &TestApp, cookie: &str, id: i64, step: &str) {
    let (status, body) = end(app, cookie, id, &[("turn[step]", step)]).await;
    assert_eq!(status, StatusCode::OK, "{body}");
}

/// Names, in the order in which their turns come.
async fn names(app: &TestApp, cookie: &str, id: i64) -> Vec<String> {
    let people = page(app, cookie, id).await.people;
    people.rows.into_iter().map(|person| person.buyer.name).collect()
}

on_both_databases! {
    async fn a_queue_holds_whom_the_page_shows_in_its_order(test: &TestDb) {
        fill(&test.db, 4).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let all = make(&app, &cookie, &[("all", "true"), ("query", "sort=-name&orders=first_time")]).await;
        assert_eq!(names(&app, &cookie, all).await, ["Customer 3", "Customer 2", "Customer 1", "Customer 0"]);
        let head = page(&app, &cookie, all).await.queue;
        assert_eq!((head.name.as_str(), head.progress.total), ("First-time, 24 Nov", 4), "named after the view");
        let [one, two] = [phone(2), phone(0)].map(|phone| Phone::e164(&phone).unwrap().to_slug());
        let chosen = [("chosen[0]", one.as_str()), ("chosen[1]", &two), ("chosen[2]", &one), ("chosen[3]", "nobody")];
        let mut fields = chosen.to_vec();
        fields.extend([("query", "q=nothing+of+theirs&period=today"), ("called", " Win  back ")]);
        let some = make(&app, &cookie, &fields).await;
        assert_eq!(names(&app, &cookie, some).await, ["Customer 0", "Customer 2"], "chosen, whatever is searched by now");
        let list: Page<Queue> = read(&app, &cookie, "/api/queues").await;
        let heads: Vec<(&str, i64)> = list.rows.iter().map(|queue| (queue.name.as_str(), queue.progress.total)).collect();
        assert_eq!(heads, [("Win back", 2), ("First-time, 24 Nov", 4)]);
    }
}

on_both_databases! {
    async fn what_cannot_be_a_queue_is_refused(test: &TestDb) {
        fill(&test.db, 1).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let refused = async |fields: &[(&str, &str)]| {
            let answer = app.call("/api/make_queue", &form(fields), Some(&cookie)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            answer.body
        };
        assert!(refused(&[("query", "")]).await.contains("Choose a customer"));
        assert!(refused(&[("all", "true"), ("query", "q=zzzz")]).await.contains("Choose a customer"));
        let long = "x".repeat(61);
        assert!(refused(&[("all", "true"), ("called", &long)]).await.contains("longer than 60"));
        let answer = app.get(&format!("{LIST}/77"), Some(&cookie)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(app.get(&format!("{LIST}/x"), Some(&cookie)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.call("/api/take_turn", "queue=77", Some(&cookie)).await.status, StatusCode::NOT_FOUND);
    }
}

on_both_databases! {
    async fn two_work_through_it_and_nobody_is_called_twice(test: &TestDb) {
        fill(&test.db, 4).await;
        let app = TestApp::on(test);
        let ada = app.owner().await;
        app.add_user("bola@shop.ng", Role::Staff).await;
        let bola = app.sign_in("bola@shop.ng").await;
        let id = make(&app, &ada, &[("all", "true")]).await;
        assert_eq!(in_hand(&app, &ada, id).await, None, "looking at it takes nobody");
        assert_eq!(take(&app, &ada, id).await.as_deref(), Some("Customer 0"));
        assert_eq!(take(&app, &bola, id).await.as_deref(), Some("Customer 1"));
        assert_eq!(in_hand(&app, &ada, id).await.as_deref(), Some("Customer 0"), "it survives coming back");
        let seen = page(&app, &bola, id).await;
        assert_eq!(seen.people.rows[0].with.as_deref(), Some("owner@shop.ng"));
        assert_eq!((seen.queue.progress.open(), seen.queue.progress.with_others), (4, 1));
        done(&app, &ada, id, "reached").await;
        assert_eq!(in_hand(&app, &ada, id).await.as_deref(), Some("Customer 2"), "the next one is free");
        done(&app, &ada, id, "skip").await;
        assert_eq!(in_hand(&app, &ada, id).await.as_deref(), Some("Customer 3"));
        done(&app, &ada, id, "ordered").await;
        assert_eq!(in_hand(&app, &ada, id).await.as_deref(), Some("Customer 2"), "who was skipped comes at the end");
        done(&app, &ada, id, "skip").await;
        assert_eq!(in_hand(&app, &ada, id).await, None, "and not again at once");
        done(&app, &bola, id, "leave").await;
        let progress = page(&app, &ada, id).await.queue.progress;
        assert_eq!((progress.done, progress.later, progress.free()), (2, 0, 2));
        assert_eq!(progress.outcomes.iter().map(|(_, count)| count).sum::<i64>(), 2);
        assert_eq!(take(&app, &ada, id).await.as_deref(), Some("Customer 1"), "whom Bola put back");
    }
}

on_both_databases! {
    async fn whom_somebody_has_in_hand_no_other_queue_gives_away(test: &TestDb) {
        fill(&test.db, 2).await;
        let app = TestApp::on(test);
        let ada = app.owner().await;
        app.add_user("bola@shop.ng", Role::Staff).await;
        let bola = app.sign_in("bola@shop.ng").await;
        let [one, other] = [make(&app, &ada, &[("all", "true")]).await, make(&app, &ada, &[("all", "true")]).await];
        assert_eq!(take(&app, &ada, one).await.as_deref(), Some("Customer 0"));
        assert_eq!(take(&app, &bola, other).await.as_deref(), Some("Customer 1"));
        app.clock.advance(TimeDelta::minutes(31));
        assert_eq!(in_hand(&app, &ada, one).await, None, "a turn ends");
        assert_eq!(take(&app, &bola, other).await.as_deref(), Some("Customer 0"), "others may have them then");
        assert_eq!(take(&app, &ada, one).await.as_deref(), Some("Customer 1"));
    }
}

on_both_databases! {
    async fn who_is_to_be_tried_again_comes_back_on_the_day_and_first(test: &TestDb) {
        fill(&test.db, 3).await;
        let app = TestApp::on(test);
        let ada = app.owner().await;
        let id = make(&app, &ada, &[("all", "true")]).await;
        take(&app, &ada, id).await;
        let later = [("turn[step]", "no_answer"), ("turn[again]", "on"), ("turn[on]", "2026-11-26"), ("turn[note]", "Mornings\nonly")];
        assert_eq!(end(&app, &ada, id, &later).await.0, StatusCode::OK);
        let progress = page(&app, &ada, id).await.queue.progress;
        assert_eq!((progress.later, progress.next_day.as_deref()), (1, Some("Thu 26 Nov")));
        done(&app, &ada, id, "leave").await;
        // Before and after the shop's midnight, which is at 23:00 UTC.
        app.clock.advance(at("2026-11-25T22:59:59Z") - app.clock.now());
        let ada = app.sign_in("owner@shop.ng").await;
        assert_eq!(take(&app, &ada, id).await.as_deref(), Some("Customer 1"));
        app.clock.advance(TimeDelta::seconds(1));
        assert_eq!(take(&app, &ada, id).await.as_deref(), Some("Customer 0"), "who was promised a call comes first");
        let turn = page(&app, &ada, id).await.turn.unwrap();
        assert_eq!(turn.notes[0].body, "Mornings\nonly");
        assert_eq!((turn.contacts[0].outcome, turn.contacts[0].again.as_deref()), (Outcome::NoAnswer, Some("Thu 26 Nov")));
        done(&app, &ada, id, "reached").await;
        let slug = Phone::e164(&phone(0)).unwrap().to_slug();
        let customer: CustomerPage = read(&app, &ada, &format!("/api/customer?phone={slug}")).await;
        let history: Vec<&str> = customer.history.iter().map(|entry| entry.what.as_str()).collect();
        assert_eq!(history, ["Reached (queue “All time, 24 Nov”)", "No answer (queue “All time, 24 Nov”)"]);
    }
}

on_both_databases! {
    async fn what_is_refused_comes_back_as_it_was_typed(test: &TestDb) {
        fill(&test.db, 2).await;
        let app = TestApp::on(test);
        let ada = app.owner().await;
        let id = make(&app, &ada, &[("all", "true")]).await;
        take(&app, &ada, id).await;
        let typed = [("turn[step]", "no_answer"), ("turn[again]", "on"), ("turn[on]", "2026-11-24"), ("turn[note]", "Mornings")];
        let (status, body) = end(&app, &ada, id, &typed).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body.contains("2026-11-24” is not within a year") && body.contains("Mornings"), "{body}");
        assert_eq!(in_hand(&app, &ada, id).await.as_deref(), Some("Customer 0"), "nothing was done");
        // Without JavaScript it comes back with the page.
        let slug = Phone::e164(&phone(0)).unwrap().to_slug();
        let queue = id.to_string();
        let mut fields = vec![("turn[queue]", queue.as_str()), ("turn[customer]", &slug)];
        fields.extend(typed);
        let answer = app.submit("/api/end_turn", &form(&fields), Some(&ada)).await;
        let there = answer.location().split_once("__path").map(|(_, rest)| format!("{LIST}/{id}?__path{rest}"));
        let again = app.get(&there.unwrap(), Some(&ada)).await;
        assert!(again.body.contains(">Mornings</textarea>") && again.body.contains("within a year"), "{}", again.body);
    }
}

on_both_databases! {
    async fn the_same_sent_twice_counts_once(test: &TestDb) {
        fill(&test.db, 2).await;
        let app = TestApp::on(test);
        let ada = app.owner().await;
        let id = make(&app, &ada, &[("all", "true")]).await;
        take(&app, &ada, id).await;
        let slug = Phone::e164(&phone(0)).unwrap().to_slug();
        let queue = id.to_string();
        let fields = [
            ("turn[queue]", queue.as_str()),
            ("turn[customer]", &slug),
            ("turn[seen]", "0"),
            ("turn[step]", "reached"),
            ("turn[note]", "Wants blue"),
        ];
        for _ in 0..3 {
            assert_eq!(app.call("/api/end_turn", &form(&fields), Some(&ada)).await.status, StatusCode::OK);
            assert_eq!(in_hand(&app, &ada, id).await.as_deref(), Some("Customer 1"));
        }
        let customer: CustomerPage = read(&app, &ada, &format!("/api/customer?phone={slug}")).await;
        assert_eq!((customer.notes.len(), customer.history.len()), (1, 1));
    }
}

on_both_databases! {
    async fn merged_phones_are_one_customer_of_a_queue(test: &TestDb) {
        fill(&test.db, 3).await;
        let app = TestApp::on(test);
        let ada = app.owner().await;
        let id = make(&app, &ada, &[("all", "true")]).await;
        let mut ids = Vec::new();
        for number in 0..2 {
            let phone = Phone::e164(&phone(number)).unwrap();
            ids.push(customer_page::id_of(&test.db, &phone).await.unwrap().unwrap());
        }
        take(&app, &ada, id).await;
        merges::merge(&test.db, ids[1], ids[0], by(1, app.clock.now())).await.unwrap();
        let now = page(&app, &ada, id).await;
        assert_eq!(now.queue.progress.total, 2);
        assert_eq!(now.turn.unwrap().row.customer.phone.as_str(), phone(1), "who was in hand stays in hand");
        done(&app, &ada, id, "reached").await;
        assert_eq!(in_hand(&app, &ada, id).await.as_deref(), Some("Customer 2"), "one call for both phones");
        done(&app, &ada, id, "reached").await;
        merges::separate(&test.db, ids[1], Phone::e164(&phone(0)).unwrap(), by(1, app.clock.now())).await.unwrap();
        let progress = page(&app, &ada, id).await.queue.progress;
        assert_eq!((progress.total, progress.done), (3, 2), "the other phone has not been called");
    }
}

on_both_databases! {
    async fn a_queue_is_its_makers_and_the_admins_to_delete(test: &TestDb) {
        fill(&test.db, 1).await;
        let app = TestApp::on(test);
        let ada = app.owner().await;
        for email in ["bola@shop.ng", "chi@shop.ng"] {
            app.add_user(email, Role::Staff).await;
        }
        let [bola, chi] = [app.sign_in("bola@shop.ng").await, app.sign_in("chi@shop.ng").await];
        let [one, other] = [make(&app, &bola, &[("all", "true")]).await, make(&app, &bola, &[("all", "true")]).await];
        take(&app, &chi, one).await;
        done(&app, &chi, one, "reached").await;
        assert!(page(&app, &bola, one).await.may_delete && !page(&app, &chi, one).await.may_delete);
        let delete = async |cookie: &str, id: i64| app.call("/api/delete_queue", &format!("queue={id}"), Some(cookie)).await.status;
        assert_eq!(delete(&chi, one).await, StatusCode::NOT_FOUND);
        assert_eq!(delete(&bola, one).await, StatusCode::OK);
        assert_eq!(delete(&ada, other).await, StatusCode::OK);
        let slug = Phone::e164(&phone(0)).unwrap().to_slug();
        let customer: CustomerPage = read(&app, &ada, &format!("/api/customer?phone={slug}")).await;
        assert_eq!(customer.history.len(), 1, "what came of it stays known");
    }
}

fn by(user_id: i64, at: DateTime<Utc>) -> By {
    By {
        user_id,
        who: format!("user {user_id}"),
        at,
    }
}

on_both_databases! {
    async fn many_at_once_have_nobody_in_hand_twice_and_finish_everybody(test: &TestDb) {
        const CUSTOMERS: usize = 60;
        fill(&test.db, CUSTOMERS).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        for number in 0..7 {
            app.add_user(&format!("staff{number}@shop.ng"), Role::Staff).await;
        }
        let now = app.clock.now();
        let today: NaiveDate = "2026-11-24".parse().unwrap();
        for round in 0..rounds(100) / 50 {
            let two = [make(&app, &cookie, &[("all", "true")]).await, make(&app, &cookie, &[("all", "true"), ("query", "sort=name")]).await];
            let held: Arc<tokio::sync::Mutex<HashMap<i64, i64>>> = Arc::default();
            let workers = (2..8_i64).map(|user| {
                let (db, held) = (test.db.clone(), Arc::clone(&held));
                let queue = two[usize::try_from(user % 2).unwrap()];
                tokio::spawn(work(db, queue, user, held, now, today, round))
            });
            for worker in workers.collect::<Vec<_>>() {
                worker.await.unwrap();
            }
            for queue in two {
                let reader = Reader { user_id: 1, now, today };
                let progress = queues::progress(&test.db, queue, queue, reader).await.unwrap();
                assert_eq!(progress[&queue].done, i64::try_from(CUSTOMERS).unwrap(), "queue {queue}");
                let members = queues::members(&test.db, queue, reader, 0, 100).await.unwrap();
                let contacts: HashSet<i64> = members.iter().map(|member| member.contact).collect();
                assert_eq!(contacts.len(), CUSTOMERS);
            }
        }
    }
}

on_both_databases! {
    async fn how_far_it_has_got_is_what_the_tables_say(test: &TestDb) {
        const CUSTOMERS: usize = 12;
        fill(&test.db, CUSTOMERS).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let queue = make(&app, &cookie, &[("all", "true")]).await;
        let mut phones: Vec<i64> = owners(&test.db).await.into_keys().collect();
        phones.sort_unstable();
        let mut dice = ChaCha8Rng::seed_from_u64(7);
        let mut now = app.clock.now();
        for _ in 0..rounds(60) {
            now += TimeDelta::hours(5);
            let today = local_date(now, &chrono_tz::Africa::Lagos);
            let of = owners(&test.db).await;
            let customer = of[phones.choose(&mut dice).unwrap()];
            match dice.random_range(0..8) {
                0 => {
                    let other = of[phones.choose(&mut dice).unwrap()];
                    if other != customer {
                        merges::merge(&test.db, customer, other, by(1, now)).await.unwrap();
                    }
                }
                1 => {
                    let phone = Phone::e164(&phone(dice.random_range(0..CUSTOMERS))).unwrap();
                    merges::separate(&test.db, customer, phone, by(1, now)).await.unwrap();
                }
                _ => {
                    let again_on = dice.random_bool(0.5).then(|| today + chrono::Days::new(dice.random_range(1..4)));
                    let outcome = *Outcome::ALL.choose(&mut dice).unwrap();
                    let came = Came { outcome, again_on, note: None, seen: 0 };
                    turns::contacted(&test.db, queue, customer, came, by(1, now), today).await.unwrap();
                }
            }
            let reader = Reader { user_id: 1, now, today };
            let progress = queues::progress(&test.db, queue, queue, reader).await.unwrap().remove(&queue).unwrap();
            assert_eq!((progress.total, progress.done, progress.later), plainly(&test.db, today).await);
        }
    }
}

/// The phones of the shop, each with its customer.
async fn owners(db: &Db) -> HashMap<i64, i64> {
    let rows: Vec<(i64, i64)> = with_pool!(db.jobs(), |pool| {
        sqlx::query_as("select id, customer_id from phones")
            .fetch_all(pool)
            .await
            .unwrap()
    });
    rows.into_iter().collect()
}

/// Everybody, those who are done, and those of a later day, told by the last contact of each customer.
async fn plainly(db: &Db, today: NaiveDate) -> (i64, i64, i64) {
    let contacts: Vec<(i64, String)> = with_pool!(db.jobs(), |pool| {
        sqlx::query_as("select phone_id, again_on from contacts order by id")
            .fetch_all(pool)
            .await
            .unwrap()
    });
    let owners = owners(db).await;
    let latest: HashMap<i64, String> = contacts
        .into_iter()
        .map(|(phone, again)| (owners[&phone], again))
        .collect();
    let everybody: HashSet<&i64> = owners.values().collect();
    let count = |count: usize| i64::try_from(count).unwrap();
    let later = latest.values().filter(|again| **again > today.to_string()).count();
    let done = latest.values().filter(|again| again.is_empty()).count();
    (count(everybody.len()), count(done), count(later))
}

/// Works through a queue as one of several; nobody else may have the same customer in hand.
async fn work(
    db: Db,
    queue: i64,
    user: i64,
    held: Arc<tokio::sync::Mutex<HashMap<i64, i64>>>,
    now: DateTime<Utc>,
    today: NaiveDate,
    round: u32,
) {
    let mut dice = ChaCha8Rng::seed_from_u64(u64::from(round) * 100 + u64::try_from(user).unwrap());
    let reader = Reader {
        user_id: user,
        now,
        today,
    };
    // The others may still put somebody back.
    while queues::progress(&db, queue, queue, reader).await.unwrap()[&queue].open() > 0 {
        assert!(turns::take(&db, queue, by(user, now), today).await.unwrap());
        while let Some(customer) = turns::in_hand(&db, queue, user, now).await.unwrap() {
            let other = held.lock().await.insert(customer, user);
            assert_eq!(other, None, "customer {customer} is with two");
            tokio::task::yield_now().await;
            // What is in hand is given back by the next step, so it is no longer held from here on.
            held.lock().await.remove(&customer);
            if dice.random_bool(0.2) {
                turns::leave(&db, user).await.unwrap();
                turns::skip(&db, queue, customer, by(user, now), today).await.unwrap();
            } else {
                let came = Came {
                    outcome: Outcome::Reached,
                    again_on: None,
                    note: None,
                    seen: 0,
                };
                assert!(
                    turns::contacted(&db, queue, customer, came, by(user, now), today)
                        .await
                        .unwrap()
                );
            }
        }
        tokio::task::yield_now().await;
    }
}
