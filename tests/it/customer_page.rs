//! One customer's page: found by every spelling, figures as the naive fold has them, one page for merged phones.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::{DateTime, Datelike as _, Months, Utc};
use onibara::domain::customer::Customer;
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::order_list::{Buying, Chart, CustomerPage, OrderList};
use onibara::domain::period::Period;
use onibara::domain::phone::Phone;
use onibara::domain::source::Source;
use onibara::domain::status::Status;
use onibara::paths;
use onibara::server::store::orders;

use crate::on_both_databases;
use crate::orders_page::{fill, merge, read};
use crate::rollup::{all_orders, execute};
use crate::support::app::TestApp;
use crate::support::builders::{at, order};
use crate::support::database::{TestDb, sqlite};
use crate::support::oracle;

const ADA: &str = "+2348031234567";
const PAGE: &str = "/dashboard/admin/customers/2348031234567";

/// Holds every customer's page to the fold over all orders.
async fn check(test: &TestDb, app: &TestApp, cookie: &str, merged: &BTreeMap<Phone, Phone>) {
    let all = all_orders(test).await;
    for (phone, expected) in oracle::customers(&all, merged) {
        let path = format!("/api/customer?phone={}", phone.to_slug());
        let page: CustomerPage = read(app, cookie, &path).await;
        let found = Customer {
            id: 0,
            ..page.row.customer
        };
        assert_eq!(found, expected);
        let mut own: Vec<&Order> = all
            .iter()
            .filter(|order| *merged.get(&order.phone).unwrap_or(&order.phone) == phone)
            .collect();
        own.sort_by_key(|order| std::cmp::Reverse(order.position()));
        for period in ["today", "week", "month", "year", "2026-11-02..2026-11-20"] {
            let page: CustomerPage = read(app, cookie, &format!("{path}&period={period}")).await;
            let window = Period::parse(period)
                .unwrap()
                .window(app.clock.now(), &chrono_tz::Tz::Africa__Lagos)
                .unwrap();
            let within = own
                .iter()
                .filter(|order| window.start <= order.placed_at && order.placed_at < window.end);
            let (counted, lost): (Vec<&Order>, Vec<&Order>) = within.partition(|order| order.status.counted());
            let sum = page.buying.period.unwrap();
            let spent: i64 = counted.iter().map(|order| order.amount.0).sum();
            let expected = (counted.len(), lost.len(), spent);
            let found = (
                usize::try_from(sum.orders).unwrap(),
                usize::try_from(sum.lost).unwrap(),
                sum.spent.0,
            );
            assert_eq!(found, expected, "{period}");
        }
        assert_eq!(bars(&page.buying), expected_bars(&own, app.clock.now()), "{path}");
        let said: Vec<_> = page
            .names
            .iter()
            .map(|said| (said.name.clone(), said.orders, said.last.at))
            .collect();
        assert_eq!(said, spellings(&own), "{path}");
        let found = walk(app, cookie, &phone.to_slug()).await;
        assert_eq!(found.iter().collect::<Vec<_>>(), own);
    }
}

/// What stands beside the bars, chart by chart.
fn bars(buying: &Buying) -> Vec<Vec<(String, String)>> {
    let chart = |chart: &Chart| {
        let bars = chart.bars.iter();
        bars.map(|bar| (bar.label.clone(), bar.value.clone())).collect()
    };
    buying.charts.iter().map(chart).collect()
}

/// The same from the orders: twelve months in Lagos, statuses in the order of an order's life, the most used source first.
fn expected_bars(own: &[&Order], now: DateTime<Utc>) -> Vec<Vec<(String, String)>> {
    let month = |at: DateTime<Utc>| {
        at.with_timezone(&chrono_tz::Tz::Africa__Lagos)
            .format("%b %Y")
            .to_string()
    };
    let this = now.with_timezone(&chrono_tz::Tz::Africa__Lagos).date_naive();
    let words = |count: usize| format!("{count} {}", if count == 1 { "order" } else { "orders" });
    let months = (0..12).rev().map(|ago| {
        let label = (this.with_day(1).unwrap() - Months::new(ago))
            .format("%b %Y")
            .to_string();
        let counted = own
            .iter()
            .filter(|order| month(order.placed_at) == label && order.status.counted());
        let amounts: Vec<i64> = counted.map(|order| order.amount.0).collect();
        (
            label,
            format!("{} · {}", Money(amounts.iter().sum()), words(amounts.len())),
        )
    });
    let statuses = Status::ALL.into_iter().filter_map(|status| {
        let count = own.iter().filter(|order| order.status == status).count();
        (count > 0).then(|| (status.label().to_owned(), words(count)))
    });
    let counts = Source::ALL.map(|source| (source, own.iter().filter(|order| order.source == source).count()));
    let mut sources: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    sources.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let sources = sources
        .into_iter()
        .map(|(source, count)| (source.label().to_owned(), words(count)));
    vec![months.collect(), statuses.collect(), sources.collect()]
}

/// The orders of all pages of a customer's orders.
async fn walk(app: &TestApp, cookie: &str, slug: &str) -> Vec<Order> {
    let mut orders = Vec::new();
    let mut number = 1;
    loop {
        let path = format!("/api/customer_orders?phone={slug}&query=size%3D20%26page%3D{number}");
        let page = read::<OrderList>(app, cookie, &path).await.page;
        let pages = page.pages();
        assert_eq!(page.page, number);
        orders.extend(page.rows.into_iter().map(|row| row.order));
        if number >= pages {
            assert_eq!(page.total, i64::try_from(orders.len()).unwrap());
            return orders;
        }
        number += 1;
    }
}

/// Every name on orders that are sorted newest first, with how many have it and when the last of them was placed.
fn spellings(newest_first: &[&Order]) -> Vec<(String, i64, DateTime<Utc>)> {
    let mut found: Vec<(String, i64, DateTime<Utc>)> = Vec::new();
    for order in newest_first.iter().filter(|order| !order.name.is_empty()) {
        match found.iter_mut().find(|(name, ..)| *name == order.name) {
            Some((_, count, _)) => *count += 1,
            None => found.push((order.name.clone(), 1, order.placed_at)),
        }
    }
    found
}

on_both_databases! {
    async fn figures_spellings_and_orders_are_the_naive_folds(test: &TestDb) {
        fill(test, 11, 200).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        check(test, &app, &cookie, &BTreeMap::new()).await;
        execute(test, merge("+2347065550001", ADA)).await;
        let [one, other] = [ADA, "+2347065550001"].map(|phone| Phone::e164(phone).unwrap());
        check(test, &app, &cookie, &BTreeMap::from([(other, one)])).await;
    }
}

on_both_databases! {
    async fn every_spelling_leads_to_the_one_address(test: &TestDb) {
        let words = order("A2", "call me");
        orders::upsert(&test.db, vec![order("A1", ADA), words.clone()]).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        assert_eq!(app.get(PAGE, Some(&cookie)).await.status, StatusCode::OK);
        for spelling in [
            "08031234567", "+2348031234567", "%2B2348031234567", "0803%20123%204567", "803-123-4567",
            "002348031234567", "0092348031234567", "%2B234%20(0)%20803%20123%204567", "8031234567",
        ] {
            let answer = app.get(&format!("{}/{spelling}", paths::CUSTOMERS), Some(&cookie)).await;
            assert!(answer.status.is_redirection(), "{spelling}: {}", answer.status);
            assert_eq!(answer.location(), PAGE, "{spelling}");
        }
        let flagged = paths::customer(&words.phone);
        assert_eq!(app.get(&flagged, Some(&cookie)).await.status, StatusCode::OK);
        let said = app.get(&format!("{}/Call%20me", paths::CUSTOMERS), Some(&cookie)).await;
        assert_eq!((said.status.is_redirection(), said.location()), (true, flagged.as_str()));
    }
}

on_both_databases! {
    async fn many_orders_are_paged(test: &TestDb) {
        let made = (0..130).map(|number| order(&format!("A{number:03}"), ADA)).collect();
        orders::upsert(&test.db, made).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        for (query, range, first, last, other) in [
            ("", "1–25 of 130", "A129", "A105", "A104"),
            ("?page=2", "26–50 of 130", "A104", "A080", "A105"),
            ("?page=3&size=50", "101–130 of 130", "A029", "A000", "A030"),
            ("?page=999", "126–130 of 130", "A004", "A000", "A005"),
            ("?page=x&size=7&status=paid", "1–25 of 130", "A129", "A105", "A104"),
            ("?status=delivered&sort=placed", "1–25 of 130", "A000", "A024", "A025"),
        ] {
            let page = app.get(&format!("{PAGE}{query}"), Some(&cookie)).await;
            assert_eq!(page.status, StatusCode::OK, "{query}");
            assert!(page.body.contains(range), "{query}");
            let rows = [first, last, other].map(|number| page.body.contains(&format!("{number}<")));
            assert_eq!(rows, [true, true, false], "{query}");
        }
        let none = app.get(&format!("{PAGE}?status=new"), Some(&cookie)).await;
        assert!(none.body.contains("None of their orders") && none.body.contains("130 → 0 orders"));
        let first = app.get(PAGE, Some(&cookie)).await;
        assert!(first.body.contains(&format!("href=\"{PAGE}?page=2#orders\"")) && first.body.contains("id=\"orders\""));
    }
}

on_both_databases! {
    async fn an_unknown_phone_is_a_page_that_is_not_found(test: &TestDb) {
        orders::upsert(&test.db, vec![order("A1", ADA)]).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        for unknown in ["2348099999999", "08099999999", "nobody", "~", "~%20", "~!!", "%2B", "%25", "0", "<b>"] {
            let unknown = unknown.replace('<', "%3C").replace('>', "%3E");
            let page = app.get(&format!("{}/{unknown}", paths::CUSTOMERS), Some(&cookie)).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{unknown}");
            assert!(page.body.contains("No customer has this phone"), "{unknown}");
            assert!(page.body.contains("name=\"q\""), "it offers a search");
            assert!(!page.body.contains("<b>"), "{unknown}");
        }
    }
}

on_both_databases! {
    async fn after_a_merge_the_other_phone_leads_to_the_union(test: &TestDb) {
        let lost = Order { status: Status::Returned, ..order("A2", "+2347065550001") };
        let late = Order { name: "Adebayo".to_owned(), ..order("A3", "+2347065550001") };
        orders::upsert(&test.db, vec![order("A1", ADA), lost, late]).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        execute(test, merge("+2347065550001", ADA)).await;
        for other in ["2347065550001", "07065550001"] {
            let answer = app.get(&format!("{}/{other}", paths::CUSTOMERS), Some(&cookie)).await;
            assert_eq!((answer.status.is_redirection(), answer.location()), (true, PAGE), "{other}");
        }
        let page = app.get(PAGE, Some(&cookie)).await;
        for said in [">A1<", ">A2<", ">A3<", "· 1 lost", "67 %", "₦25,000", "Adébáyò Okafor", "0706 555 0001"] {
            assert!(page.body.contains(said), "{said}");
        }
        execute(test, "update phones set customer_id = id".to_owned()).await;
        let apart = app.get("/dashboard/admin/customers/2347065550001", Some(&cookie)).await;
        assert_eq!(apart.status, StatusCode::OK, "unmerged, it has a page of its own");
        assert!(!apart.body.contains(">A1<"));
    }
}

#[tokio::test]
async fn a_customer_without_a_name_or_a_number_has_a_page() {
    let test = sqlite().await;
    let bare = Order {
        name: String::new(),
        city: String::new(),
        state: String::new(),
        ..order("A1", "call me")
    };
    let path = paths::customer(&bare.phone);
    orders::upsert(&test.db, vec![bare]).await.unwrap();
    let app = TestApp::on(&test);
    let cookie = app.owner().await;
    let page = app.get(&path, Some(&cookie)).await;
    assert_eq!(page.status, StatusCode::OK);
    for said in ["No name", "Not a number", "is not a valid number", "Too early"] {
        assert!(page.body.contains(said), "{said}");
    }
    assert!(!page.body.contains("wa.me") && !page.body.contains("tel:"));
}

on_both_databases! {
    async fn what_is_kept_of_a_customer_is_never_older_than_their_last_change(test: &TestDb) {
        orders::upsert(&test.db, vec![order("A1", ADA), order("B1", "+2347065550001")]).await.unwrap();
        let servers = [TestApp::on(test), TestApp::on(test)];
        let cookie = servers[0].owner().await;
        for server in &servers {
            server.state.finder().load(server.clock.now()).await.unwrap();
        }
        let slug = &ADA[1..];
        let seen = async |server: usize| -> (Vec<(String, i64)>, Vec<String>, Vec<String>) {
            let page: CustomerPage = read(&servers[server], &cookie, &format!("/api/customer?phone={slug}")).await;
            let statuses = page.buying.charts[1].bars.iter().map(|bar| bar.label.clone()).collect();
            let numbers = page.numbers.iter().map(|number| number.as_str().to_owned()).collect();
            (page.names.iter().map(|name| (name.name.clone(), name.orders)).collect(), numbers, statuses)
        };
        let first = seen(0).await;
        assert_eq!(first, (vec![("Adébáyò Okafor".to_owned(), 1)], vec![], vec!["Delivered".to_owned()]));
        assert_eq!((seen(0).await, seen(1).await), (first.clone(), first.clone()), "asked again, and of the other server");
        let later = Order {
            name: "Ade O.".to_owned(),
            placed_at: at("2026-11-01T10:00:00Z"),
            other_phone: Phone::e164("+2348090000009"),
            status: Status::Returned,
            ..order("A2", ADA)
        };
        orders::upsert(&test.db, vec![later]).await.unwrap();
        let second = (
            vec![("Ade O.".to_owned(), 1), ("Adébáyò Okafor".to_owned(), 1)],
            vec!["+2348090000009".to_owned()],
            vec!["Delivered".to_owned(), "Returned".to_owned()],
        );
        assert_eq!((seen(0).await, seen(1).await), (second.clone(), second.clone()), "a new order");
        orders::upsert(&test.db, vec![order("B2", "+2347065550001")]).await.unwrap();
        assert_eq!(seen(0).await, second, "another customer's order changes nothing");
        execute(test, merge("+2347065550001", ADA)).await;
        let merged = seen(1).await;
        assert_eq!(merged, seen(0).await);
        assert_eq!(merged.0[1], ("Adébáyò Okafor".to_owned(), 3), "a merge");
        orders::delete(&test.db, "A2".to_owned()).await.unwrap();
        assert_eq!(seen(0).await.0, [("Adébáyò Okafor".to_owned(), 3)], "a deleted order");
    }
}
