//! A person's data: handed out whole, erased from every table and file, and not brought back by anything.

use std::collections::BTreeMap;
use std::io::Cursor;

use axum::http::{Method, StatusCode};
use calamine::Reader as _;
use chrono::TimeDelta;
use onibara::domain::listing::{CustomerList, Overview};
use onibara::domain::order::Order;
use onibara::domain::phone::Phone;
use onibara::domain::role::Role;
use onibara::domain::status::Status;
use onibara::paths;
use onibara::server::finder::LiveFinder;
use onibara::server::store::audit::{Action, Entry, Subject, append};
use onibara::server::store::consents;
use onibara::server::store::orders::{self, Delivery, News, Saved};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row as _};

use crate::api::{ORDERS, Program, make_key, said, texts};
use crate::imports::{act, sent, still};
use crate::on_both_databases;
use crate::orders_page::{fill, read};
use crate::rollup::{all_orders, check};
use crate::support::app::TestApp;
use crate::support::builders::{at, order};
use crate::support::database::TestDb;

pub const PHONE: &str = "+2348055512345";
const MERGED: &str = "+2348066698765";
pub const OTHERS: &str = "+2347065550001";
pub const SLUG: &str = "2348055512345";
pub const HEADER: &str = "Order No,Date,Customer,Phone,Amount,Status,Address,Items\n";

/// What must not be found anywhere once the person is erased: every way to write their numbers, and every text.
const CANARIES: [&str; 23] = [
    "8055512345",
    "08055512345",
    "0805 551 2345",
    "2348055512345",
    "805-551-2345",
    "8066698765",
    "0806 669 8765",
    "8077712121",
    "0807 771 2121",
    "8088834343",
    "8044456565",
    "Zebulon",
    "Quartermain",
    "Quatermaine",
    "Zeb Q",
    "Canary Close",
    "Canaryville",
    "Canary cloth",
    "canary-tag",
    "canary note",
    "withdrawn canary",
    "CAN-1",
    "CAN-3",
];

fn of_person(number: &str, phone: &str, name: &str) -> Order {
    let spelled = phone.replacen("+234", "0", 1);
    let raw = format!("{} {} {}", &spelled[..4], &spelled[4..7], &spelled[7..]);
    Order {
        name: name.to_owned(),
        phone_raw: raw,
        city: "Canaryville".to_owned(),
        address: "7 Canary Close".to_owned(),
        items: "Canary cloth".to_owned(),
        ..order(number, phone)
    }
}

pub fn number(text: &str) -> Option<Phone> {
    Phone::e164(text)
}

/// A shop with a person in every table that can hold one.
async fn plant(test: &TestDb, app: &TestApp, owner: &str) {
    fill(test, 7, 120).await;
    let mut first = of_person("CAN-1", PHONE, "Zebulon Quartermain");
    first.whatsapp = number("+2348077712121");
    first.other_phone = number("+2348088834343");
    let mut shared = order("S-1", OTHERS);
    shared.other_phone = number(PHONE);
    "0706 555 0001 / 0805 551 2345".clone_into(&mut shared.phone_raw);
    shared.whatsapp = number(MERGED);
    let second = of_person("CAN-2", PHONE, "Zebulon Quatermaine");
    let third = of_person("CAN-3", MERGED, "Zeb Q");
    orders::upsert(&test.db, vec![first, second, third, shared])
        .await
        .unwrap();
    let post = async |path: &str, form: &str| {
        let answer = app.call(path, form, Some(owner)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    };
    post("/api/merge_customers", &format!("phone={SLUG}&other=08066698765")).await;
    let edit = "edit[was][name]=Zeb+Q&edit[to][name]=Zebulon+the+Quartermain&edit[was][whatsapp]=%2B2348077712121\
                &edit[to][whatsapp]=08044456565&edit[was][city]=Canaryville&edit[to][city]=New+Canaryville\
                &edit[was][state]=Lagos&edit[to][state]=Lagos";
    let path = format!("/api/customer?phone={SLUG}");
    let page: onibara::domain::order_list::CustomerPage = read(app, owner, &path).await;
    let named = page.row.customer.name.replace(' ', "+");
    post(
        "/api/update_customer_info",
        &format!("phone={SLUG}&{}", edit.replacen("Zeb+Q", &named, 1)),
    )
    .await;
    post("/api/add_note", &format!("phone={SLUG}&body=a+canary+note&token=t1")).await;
    post("/api/add_note", &format!("phone={SLUG}&body=a+withdrawn+canary")).await;
    let note = texts(test, "select cast(max(id) as text) from customer_notes")
        .await
        .remove(0);
    post("/api/delete_note", &format!("phone={SLUG}&id={note}")).await;
    post("/api/add_tags", &format!("phone={SLUG}&tags=canary-tag")).await;
    post("/api/set_consent", &format!("phone={SLUG}&consent=no")).await;
    post(
        "/api/make_queue",
        &format!("chosen[]={SLUG}&chosen[]=2347065550001&query=&called=Ring+Zebulon+Quartermain"),
    )
    .await;
    let queue = texts(test, "select cast(max(id) as text) from queues").await.remove(0);
    post("/api/take_turn", &format!("queue={queue}")).await;
    let form = format!(
        "turn[queue]={queue}&turn[customer]={SLUG}&turn[seen]=0&turn[step]=reached&turn[note]=canary+note+of+a+call"
    );
    post("/api/end_turn", &form).await;
    // Another customer's history says which queue it was.
    let form = format!("turn[queue]={queue}&turn[customer]=2347065550001&turn[seen]=0&turn[step]=reached&turn[note]=");
    post("/api/end_turn", &form).await;
    post("/api/save_named_view", "name=Zebulon+Quartermain&query=q%3D08055512345").await;
    // The list finds them by parts, too.
    post("/api/save_named_view", "name=Calls&query=q%3Dquarterm").await;
    post("/api/save_named_view", "name=Numbers&query=q%3D0805551").await;
    // An import that changes an order of theirs, adds one, and refuses one.
    let file = format!(
        "{HEADER}CAN-1,2026-10-02,Zebulon Quartermain,0805 551 2345,999,delivered,7 Canary Close,Canary cloth\n\
         CAN-4,2026-10-03,Zebulon Quartermain,0805 551 2345,1000,new,,\n\
         CAN-5,2026-10-03,Zebulon Quartermain,0805-551-2345,twelve,new,7 Canary Close,\n\
         S-2,2026-10-03,Ben,{OTHERS},twelve,new,,\nS-3,2026-10-03,Ben,{OTHERS},500,new,,\n"
    );
    let id = sent(app, owner, &file).await;
    still(app, owner, id).await;
    act(app, owner, "start_import", id).await;
    deliver(test, "d-1", of_person("CAN-6", PHONE, "Zebulon Quartermain"), "77").await;
}

async fn deliver(test: &TestDb, name: &str, order: Order, external: &str) -> String {
    let known = texts(test, "select cast(id as text) from hooks").await;
    if known.is_empty() {
        let hook = onibara::server::store::hooks::Hook {
            id: 0,
            token: "token".to_owned(),
            system: onibara::domain::connection::ShopSystem::Shopify,
            secret: "secret".to_owned(),
            paused: false,
        };
        onibara::server::store::hooks::add(&test.db, hook, "owner@shop.ng".to_owned(), at("2026-11-24T12:00:00Z"))
            .await
            .unwrap();
    }
    let hook = texts(test, "select cast(id as text) from hooks").await.remove(0);
    let delivery = Delivery {
        hook_id: hook.parse().unwrap(),
        name: name.to_owned(),
        topic: "orders/create".to_owned(),
        at: at("2026-11-24T12:00:00Z"),
        news: News::Stands {
            external_id: external.to_owned(),
            changed_at: order.placed_at,
            order: Box::new(order),
            restored: false,
        },
    };
    orders::deliver(&test.db, delivery).await.unwrap().result.to_owned()
}

/// Every value of every table, as text, with where it stands.
async fn every_value(test: &TestDb) -> Vec<(String, String)> {
    let mut values = Vec::new();
    match test.db.jobs() {
        onibara::server::db::Pool::Sqlite(pool) => {
            let columns: Vec<(String, String)> = sqlx::query_as(
                "select s.name, c.name from sqlite_schema s join pragma_table_xinfo(s.name) c where s.type = 'table'",
            )
            .fetch_all(pool)
            .await
            .unwrap();
            assert!(columns.len() > 150, "{}", columns.len());
            for (table, column) in columns {
                let sql = format!("select cast({column} as text) from {table} where {column} is not null");
                let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(pool).await.unwrap();
                let place = format!("{table}.{column}");
                values.extend(rows.iter().map(|row| {
                    let bytes: Vec<u8> = row.try_get_unchecked(0).unwrap();
                    (place.clone(), String::from_utf8_lossy(&bytes).into_owned())
                }));
            }
        }
        onibara::server::db::Pool::Postgres(pool) => {
            let tables: Vec<String> =
                sqlx::query_scalar("select cast(tablename as text) from pg_tables where schemaname = 'public'")
                    .fetch_all(pool)
                    .await
                    .unwrap();
            assert!(tables.len() > 20, "{tables:?}");
            for table in tables {
                let sql = format!("select cast(to_jsonb(t) as text) from {table} t");
                let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(pool).await.unwrap();
                values.extend(rows.into_iter().map(|row| (table.clone(), row)));
            }
            // What the planner keeps of values.
            let kept: Vec<String> = sqlx::query_scalar(
                "select coalesce(cast(most_common_vals as text), '') || coalesce(cast(histogram_bounds as text), '')
                 from pg_stats where schemaname = 'public'",
            )
            .fetch_all(pool)
            .await
            .unwrap();
            values.extend(kept.into_iter().map(|row| ("pg_stats".to_owned(), row)));
        }
    }
    values
}

/// Where something of the person still stands in a table.
async fn left_in_tables(test: &TestDb) -> Vec<String> {
    let mut left = Vec::new();
    for (place, value) in every_value(test).await {
        let canaries = CANARIES.iter().filter(|canary| value.contains(**canary));
        left.extend(canaries.map(|canary| format!("{place}: {canary} in {value}")));
    }
    left
}

/// Where something of the person still stands, the bytes of the database's files among it.
async fn left(test: &TestDb) -> Vec<String> {
    let mut left = left_in_tables(test).await;
    for (file, bytes) in test.bytes() {
        let held = |canary: &&&str| bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
        left.extend(CANARIES.iter().filter(held).map(|canary| format!("{file}: {canary}")));
    }
    left
}

pub async fn erase(app: &TestApp, cookie: &str, confirm: &str) -> StatusCode {
    let form = format!("phone={SLUG}&confirm={confirm}");
    app.call("/api/erase_customer", &form, Some(cookie)).await.status
}

async fn found(app: &TestApp, cookie: &str, search: &str) -> i64 {
    let path = format!("/api/customers?query=q%3D{search}");
    read::<CustomerList>(app, cookie, &path).await.page.total
}

/// The money and the counts that must not change with an erasure.
async fn sums(test: &TestDb, app: &TestApp, cookie: &str) -> (Vec<String>, Overview) {
    let stored = texts(
        test,
        "select status || ' ' || cast(count(*) as text) || ' ' || cast(sum(amount) as text) from orders
         group by status order by status",
    )
    .await;
    (stored, read(app, cookie, "/api/customer_overview?query=").await)
}

on_both_databases! {
    async fn an_erased_person_is_nowhere_and_the_sums_stay(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        plant(test, &app, &owner).await;
        let before = sums(test, &app, &owner).await;
        let count = all_orders(test).await.len();
        let other = LiveFinder::new(test.opened_again().await);
        let second = TestApp::on(test);
        assert_eq!(found(&second, &owner, "quartermain").await, 1, "another process knows them");
        other.load(app.clock.now()).await.unwrap();
        let planted = left(test).await;
        for canary in CANARIES.iter().filter(|canary| !["0807 771 2121"].contains(*canary)) {
            assert!(planted.iter().any(|place| place.contains(canary)), "{canary} is planted");
        }

        app.add_user("admin@shop.ng", Role::Admin).await;
        let admin = app.sign_in("admin@shop.ng").await;
        assert_eq!(erase(&app, &admin, "ERASE").await, StatusCode::FORBIDDEN);
        assert_eq!(erase(&app, &owner, "somebody").await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(found(&app, &owner, "quartermain").await, 1);
        assert_eq!(erase(&app, &owner, "zebulon+THE+quartermain").await, StatusCode::OK);

        assert_eq!(left(test).await, Vec::<String>::new());
        assert_eq!(all_orders(test).await.len(), count, "amounts and dates stay");
        let after = sums(test, &app, &owner).await;
        assert_eq!(after.0, before.0);
        assert_eq!(after.1, before.1);
        assert_eq!(texts(test, "select query from saved_views order by id").await, ["", "", ""]);
        let contacts = texts(test, "select before || after from customer_history where field = 'contact'").await;
        assert_eq!(contacts, ["reached"], "the other one's");
        let page: onibara::domain::order_list::CustomerPage = read(&app, &owner, "/api/customer?phone=2347065550001").await;
        assert!(page.history.iter().any(|change| change.what == "Reached"), "{:?}", page.history);
        check(test, &BTreeMap::new(), "after an erasure").await;
        for search in ["quartermain", "8055512345", "8066698765", "0807+771+2121", "CAN-1"] {
            assert_eq!(found(&app, &owner, search).await, 0, "{search}");
            assert_eq!(found(&second, &owner, search).await, 0, "another process: {search}");
        }
        let tombstone = all_orders(test).await.into_iter().find(|order| order.number.starts_with("erased-")).unwrap();
        assert_eq!((tombstone.name.as_str(), tombstone.amount.0 > 0), ("", true));
        let page = app.get(&paths::customer(&tombstone.phone), Some(&owner)).await;
        assert_eq!(page.status, StatusCode::OK, "the tombstone has a page");
        let page = app.get(&format!("/dashboard/admin/customers/{SLUG}"), Some(&owner)).await;
        assert!(page.body.contains("No customer has this phone"));
        let log = texts(test, "select action || ' ' || who || ' ' || detail from audit_log where action = 'erased'").await;
        assert_eq!(log, ["erased owner@shop.ng 5 orders keep their amounts and dates"]);
        // What is others' stays theirs.
        let shared = all_orders(test).await.into_iter().find(|order| order.number == "S-1").unwrap();
        assert_eq!((shared.phone.as_str(), shared.other_phone, shared.whatsapp), (OTHERS, None, None));
        let report = texts(test, "select part from import_refused").await.concat();
        assert!(report.contains("S-2"), "{report}");
    }
}

on_both_databases! {
    async fn nothing_brings_an_erased_person_back(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        plant(test, &app, &owner).await;
        assert_eq!(erase(&app, &owner, "ERASE").await, StatusCode::OK);
        let stored = all_orders(test).await;

        // The import before it is taken back: the others' orders are as they were, and nobody comes back.
        let id = texts(test, "select cast(max(id) as text) from imports").await.remove(0).parse().unwrap();
        act(&app, &owner, "undo_import", id).await;
        assert_eq!(left(test).await, Vec::<String>::new());
        assert!(!all_orders(test).await.iter().any(|order| order.number == "S-3"), "it was taken back");
        let stored: Vec<Order> = stored.into_iter().filter(|order| order.number != "S-3").collect();
        assert_eq!(all_orders(test).await, stored);

        // The old file comes again, with an order that the shop never had.
        let file = format!(
            "{HEADER}CAN-1,2026-10-02,Zebulon Quartermain,0805 551 2345,999,delivered,7 Canary Close,Canary cloth\n\
             CAN-9,2026-10-03,Zebulon Quartermain,+2348055512345,1000,new,,\n\
             S-1,2026-10-01 12:00:00,Ben,0706 555 0001 / 0805 551 2345,500,new,,\n"
        );
        let id = sent(&app, &owner, &file).await;
        let looked = still(&app, &owner, id).await;
        assert!(!format!("{:?}", looked.samples).contains("Canary"), "{:?}", looked.samples);
        act(&app, &owner, "start_import", id).await;
        assert_eq!(left_in_tables(test).await, Vec::<String>::new());
        assert_eq!(all_orders(test).await.len(), stored.len());

        // So does a program, a shop system, and somebody at the form.
        let program = Program { app: &app, key: make_key(&app, &owner, &["orders:write"]).await };
        let old = |number: &str, phone: &str| json!({ "number": number, "placed_at": "2026-10-02T10:00:00Z",
            "name": "Zebulon Quartermain", "phone": phone, "amount": "999", "status": "new" });
        // Answers are kept again once no other server's clock can say that they were begun before the erasure.
        app.clock.advance(TimeDelta::minutes(2));
        let ask = async |method: Method, path: &str, body: Value, key: &str| {
            let answer = program.ask_with(method, path, &body.to_string(), &[("idempotency-key", key)]).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            said(&answer)
        };
        let answer = ask(Method::POST, ORDERS, old("CAN-2", "0805 551 2345"), "k1").await;
        assert_eq!(answer, json!({ "result": "erased", "number": "CAN-2" }), "and nothing else");
        let several = json!({ "orders": [old("CAN-2", "0805 551 2345"), old("CAN-7", "0806 669 8765")] });
        let answer = ask(Method::POST, ORDERS, several, "k2").await;
        assert_eq!((&answer["erased"], &answer["unchanged"], &answer["orders"][1]["result"]), (&json!(2), &json!(0), &json!("erased")));
        let change = json!({ "phone": "0805 551 2345" });
        let answer = ask(Method::PATCH, "/api/v1/orders/S-1", change, "k3").await;
        assert_eq!(answer, json!({ "result": "erased", "number": "S-1" }), "it does not become theirs");
        let shared = json!({ "number": "S-1", "placed_at": "2026-10-01T12:00:00Z", "name": "Ben",
            "phone": "0706 555 0001 / 0805 551 2345", "whatsapp": "0806 669 8765", "amount": "500", "status": "new" });
        let answer = ask(Method::POST, ORDERS, shared, "k4").await;
        assert_eq!((&answer["order"]["other_phone"], &answer["order"]["whatsapp"]), (&Value::Null, &Value::Null), "{answer}");
        assert_eq!(texts(test, "select name from idempotent_requests order by name").await, ["k1", "k2", "k3", "k4"]);
        assert_eq!(deliver(test, "d-2", of_person("CAN-6", PHONE, "Zebulon Quartermain"), "77").await, "unchanged");
        let saved = orders::save(&test.db, of_person("CAN-1", PHONE, "Zebulon"), String::new()).await.unwrap();
        assert_eq!(saved, Saved::Erased);
        let form = "order[number]=CAN-1&order[date]=2026-10-02&order[phone]=08055512345&order[amount]=1&order[status]=new\
                    &order[source]=other";
        let refused = app.call("/api/save_order", form, Some(&owner)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert_eq!(all_orders(test).await.len(), stored.len());
        assert_eq!(left_in_tables(test).await, Vec::<String>::new());
        // Nor does a delivery that says nothing new of it.
        let hook = texts(test, "select cast(id as text) from hooks").await.remove(0).parse().unwrap();
        let news = News::Nothing { number: "CAN-1".to_owned(), result: "ignored", reason: "of Zebulon Quartermain".to_owned() };
        let delivery = Delivery { hook_id: hook, name: "d-3".to_owned(), topic: "orders/create".to_owned(), at: app.clock.now(), news };
        orders::deliver(&test.db, delivery).await.unwrap();
        assert_eq!(left_in_tables(test).await, Vec::<String>::new());
        let line = Entry {
            at: app.clock.now(),
            user_id: None,
            who: "late".to_owned(),
            address: String::new(),
            action: Action::OrderSaved,
            detail: String::new(),
            subject: Subject::Order("CAN-3".to_owned()),
        };
        append(&test.db, line).await.unwrap();
        let late = texts(test, "select order_number from audit_log where who = 'late'").await;
        assert_eq!(late, ["(erased)"], "a line that comes after the erasure of what it is about");

        // What they order from now on is a new customer's.
        let mut fresh = of_person("NEW-1", PHONE, "Zebulon Quartermain");
        fresh.placed_at = app.clock.now();
        fresh.status = Status::New;
        orders::upsert(&test.db, vec![fresh]).await.unwrap();
        assert_eq!(found(&app, &owner, "quartermain").await, 1);
        let page: onibara::domain::order_list::CustomerPage =
            read(&app, &owner, &format!("/api/customer?phone={SLUG}")).await;
        assert_eq!(page.row.customer.orders(), 1);
        assert!(page.notes.is_empty() && page.history.is_empty());
        check(test, &BTreeMap::new(), "after a new order").await;
    }
}

on_both_databases! {
    async fn a_file_that_comes_in_is_waited_for(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        plant(test, &app, &owner).await;
        onibara::with_pool!(test.db.bulk(), |pool| {
            sqlx::query("update imports set state = 'running'").execute(pool).await.unwrap();
        });
        assert_eq!(erase(&app, &owner, "ERASE").await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(found(&app, &owner, "quartermain").await, 1, "nothing was erased");
        assert_eq!(texts(test, "select action from audit_log where action = 'erased'").await, Vec::<String>::new());
    }
}

on_both_databases! {
    async fn everything_that_is_held_is_handed_out(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        plant(test, &app, &owner).await;
        let planted: Vec<String> = (0..30).map(|number| format!("planted{number}x")).collect();
        for (number, canary) in planted.iter().enumerate() {
            match number % 3 {
                0 => {
                    let more = Order { items: canary.clone(), ..of_person(&format!("P-{number}"), PHONE, "Zeb Q") };
                    orders::upsert(&test.db, vec![more]).await.unwrap();
                }
                1 => {
                    let form = format!("phone={SLUG}&body={canary}&token={number}");
                    assert_eq!(app.call("/api/add_note", &form, Some(&owner)).await.status, StatusCode::OK);
                }
                _ => {
                    let form = format!("phone={SLUG}&tags={canary}");
                    assert_eq!(app.call("/api/add_tags", &form, Some(&owner)).await.status, StatusCode::OK);
                }
            }
        }
        app.add_user("admin@shop.ng", Role::Admin).await;
        let admin = app.sign_in("admin@shop.ng").await;
        for format in ["json", "xlsx"] {
            let form = format!("phone={SLUG}&format={format}");
            assert_eq!(app.call(paths::EXPORT_PERSON, &form, Some(&admin)).await.status, StatusCode::FORBIDDEN);
        }
        let json = app.call(paths::EXPORT_PERSON, &format!("phone={SLUG}&format=json"), Some(&owner)).await;
        assert_eq!(json.status, StatusCode::OK);
        assert!(!json.headers["content-disposition"].to_str().unwrap().contains(SLUG));
        let held: Value = serde_json::from_str(&json.body).unwrap();
        let xlsx = app.call(paths::EXPORT_PERSON, &format!("phone={SLUG}&format=xlsx"), Some(&owner)).await;
        let mut workbook: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(xlsx.raw().to_vec())).unwrap();
        let sheet = workbook.worksheet_range("Person").unwrap();
        let cells: Vec<String> = sheet.rows().flatten().map(ToString::to_string).collect();
        let cells = cells.join("\n");
        let ways = ["0805 551 2345", "805-551-2345", "2348055512345", "2348077712121", "2348088834343", "2348044456565"];
        let words = ["Quatermaine", "Zeb Q", "Canary Close", "New Canaryville", "Canary cloth", "canary-tag", "a canary note",
            "withdrawn canary", "CAN-1", "CAN-3", "CAN-4", "CAN-5", "CAN-6", "Ring Zebulon Quartermain", "d-1"];
        let mut expected: Vec<&str> = planted.iter().map(String::as_str).collect();
        expected.extend(ways);
        expected.extend(words.iter().filter(|word| **word != "d-1"));
        assert!(expected.len() >= 50, "{}", expected.len());
        for canary in expected {
            assert!(json.body.contains(canary), "{canary} in JSON");
            assert!(cells.contains(canary), "{canary} in the workbook");
        }
        let rows = |name: &str| held["held"][name].as_array().unwrap().len();
        assert_eq!((rows("phones"), rows("consent_to_messages"), rows("saved_views"), rows("deliveries_of_shop_systems")), (2, 2, 3, 1));
        assert_eq!(held["held"]["orders"][0]["placed_at"], "2026-10-01T12:00:00+00:00");
        let refused = held["held"]["rows_refused_by_imports"].to_string();
        assert!(refused.contains("CAN-5") && !refused.contains("S-2"), "nobody else's: {refused}");
        let log = texts(test, "select action || ' ' || detail from audit_log where action = 'handed_out' order by id").await;
        assert_eq!(log, ["handed_out as json", "handed_out as xlsx"]);
    }
}

on_both_databases! {
    async fn whoever_wants_no_messages_gets_none(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("staff@shop.ng", Role::Staff).await;
        let (owner, staff) = (app.owner().await, app.sign_in("staff@shop.ng").await);
        orders::upsert(&test.db, vec![order("A1", PHONE), order("A2", OTHERS)]).await.unwrap();
        let reach = async |slug: &str| {
            let list: CustomerList = read(&app, &staff, "/api/customers?query=").await;
            let row = list.page.rows.into_iter().find(|row| row.customer.phone.to_slug() == slug).unwrap();
            let page: onibara::domain::order_list::CustomerPage =
                read(&app, &staff, &format!("/api/customer?phone={slug}")).await;
            assert_eq!(page.row.reach, row.reach);
            (row.reach.whatsapp.is_some(), row.reach.call.is_some(), row.reach.unwanted)
        };
        assert_eq!(reach(SLUG).await, (true, true, false));
        let said = app.call("/api/set_consent", &format!("phone={SLUG}&consent=no"), Some(&staff)).await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.body);
        assert_eq!(reach(SLUG).await, (false, true, true));
        assert_eq!(reach("2347065550001").await, (true, true, false), "nobody else");
        let page = app.get(&format!("/dashboard/admin/customers/{SLUG}"), Some(&staff)).await;
        assert!(page.body.contains("wants no messages"));
        assert!(!page.body.contains("Their data"), "that is the owner's");
        let page = app.get("/dashboard/admin/customers", Some(&staff)).await;
        assert!(page.body.contains("wants no messages"));
        let file = app.call(paths::EXPORT_CUSTOMERS, "query=&format=csv", Some(&owner)).await;
        let mut sheet = csv::Reader::from_reader(file.body.trim_start_matches('\u{feff}').as_bytes());
        let mut place = |name: &str| sheet.headers().unwrap().iter().position(|header| header == name).unwrap();
        let (phone, wants) = (place("Phone"), place("Wants messages"));
        let mut consents: Vec<(String, String)> = sheet
            .records()
            .map(|row| row.unwrap())
            .map(|row| (row[phone].chars().rev().take(3).collect(), row[wants].to_owned()))
            .collect();
        consents.sort_unstable();
        let expected = [("100", "Not asked"), ("543", "No")];
        assert_eq!(consents, expected.map(|(end, wants)| (end.to_owned(), wants.to_owned())));
        let history = texts(test, "select who || ' ' || field || ' ' || after from customer_history").await;
        assert_eq!(history, ["staff@shop.ng consent no"]);

        // It is the person's, whichever phone they have.
        let merge = format!("phone=2347065550001&other={SLUG}");
        assert_eq!(app.call("/api/merge_customers", &merge, Some(&owner)).await.status, StatusCode::OK);
        assert_eq!(reach("2347065550001").await, (false, true, true));
        let wrong = app.call("/api/set_consent", &format!("phone={SLUG}&consent=maybe"), Some(&staff)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        for consent in ["yes", ""] {
            let form = format!("phone={SLUG}&consent={consent}");
            assert_eq!(app.call("/api/set_consent", &form, Some(&staff)).await.status, StatusCode::OK);
            assert_eq!(reach("2347065550001").await, (true, true, false), "{consent}");
        }
        let id = onibara::server::store::customer_page::id_of(&test.db, &number(PHONE).unwrap()).await.unwrap().unwrap();
        assert_eq!(consents::of(&test.db, id).await.unwrap().as_str(), "");
    }
}
