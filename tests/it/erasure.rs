//! An erasure takes one person, whole: nobody else who has a word or a number in common, and nothing half.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use futures::FutureExt as _;
use onibara::domain::order::Order;
use onibara::paths;
use onibara::server::store::idempotency::{self, Request, Standing};
use onibara::server::store::orders;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

use crate::api::{ORDERS, Program, make_key, texts};
use crate::imports::{act, sent, still};
use crate::on_both_databases;
use crate::person::{HEADER, OTHERS, PHONE, SLUG, erase, number};
use crate::rollup::all_orders;
use crate::support::app::TestApp;
use crate::support::builders::order;
use crate::support::database::TestDb;

/// A number that the shop itself has on many orders.
const AGENT: &str = "+2348099990000";
/// A number that one customer alone has, besides their phone.
const THEIRS: &str = "+2348077712121";

fn named(number: &str, phone: &str, name: &str) -> Order {
    Order {
        name: name.to_owned(),
        ..order(number, phone)
    }
}

async fn held(app: &TestApp, owner: &str) -> Value {
    let form = format!("phone={SLUG}&format=json");
    let file = app.call(paths::EXPORT_PERSON, &form, Some(owner)).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.body);
    serde_json::from_str::<Value>(&file.body).unwrap()["held"].take()
}

async fn change(test: &TestDb, sql: String) {
    onibara::with_pool!(test.db.bulk(), |pool| sqlx::query(AssertSqlSafe(sql))
        .execute(pool)
        .await
        .map(drop))
    .unwrap();
}

on_both_databases! {
    async fn whoever_shares_a_word_with_them_stays(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        orders::upsert(&test.db, vec![named("T-1", PHONE, "Tom"), named("T-2", OTHERS, "Tommy")]).await.unwrap();
        let post = async |path: &str, form: &str| {
            let answer = app.call(path, form, Some(&owner)).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        };
        post("/api/save_named_view", "name=Customers+of+tomorrow&query=q%3Dcustomer").await;
        post("/api/save_named_view", "name=Theirs&query=q%3Dtom").await;
        post("/api/make_queue", "chosen[]=2347065550001&query=&called=Ring+customers").await;
        let file = format!(
            "{HEADER}R-1,2026-10-03,Tom,0805 551 2345,twelve,new,,\nR-2,2026-10-03,Tomiwa,0706 555 0001,twelve,new,Tom Close,\n\
             R-3,2026-10-03,Tom,0706 555 0001,twelve,new,,\nR-4,2026-10-03,Ben,0990805 551 23451,twelve,new,,\n"
        );
        let id = sent(&app, &owner, &file).await;
        still(&app, &owner, id).await;
        act(&app, &owner, "start_import", id).await;
        let program = Program { app: &app, key: make_key(&app, &owner, &["orders:write"]).await };
        let body = |number: &str, phone: &str, name: &str| json!({ "number": number, "placed_at": "2026-10-02T10:00:00Z",
            "name": name, "phone": phone, "amount": "999", "status": "new" });
        for (key, body) in [
            ("theirs", body("T-3", "0805 551 2345", "Tom")),
            ("others", body("T-4", "0706 555 0001", "Customer")),
            ("both", json!({ "orders": [body("T-3", "0805 551 2345", "Tom"), body("T-5", "0706 555 0001", "Tommy")] })),
        ] {
            let answer = program.ask_with(Method::POST, ORDERS, &body.to_string(), &[("idempotency-key", key)]).await;
            assert!(answer.status.is_success(), "{}", answer.body);
        }

        let held = held(&app, &owner).await;
        let refused = held["rows_refused_by_imports"].to_string();
        assert!(refused.contains("R-1"), "{refused}");
        for strange in ["R-2", "R-3", "R-4", "Problem"] {
            assert!(!refused.contains(strange), "{strange}: {refused}");
        }
        let answers = held["answers_kept_for_programs"].as_array().unwrap();
        let mut requests: Vec<&str> = answers.iter().map(|row| row["request"].as_str().unwrap()).collect();
        requests.sort_unstable();
        assert_eq!(requests, ["both", "theirs"]);
        assert!(answers.iter().all(|row| row["answer"].to_string().contains("T-3")), "{answers:?}");
        assert!(!held.to_string().contains("T-5") && !held.to_string().contains("T-4"), "{held}");
        let views = held["saved_views"].as_array().unwrap();
        assert_eq!((views.len(), &views[0]["name"]), (1, &json!("Theirs")));

        assert_eq!(erase(&app, &owner, "ERASE").await, StatusCode::OK);
        let report = texts(test, "select part from import_refused").await.concat();
        assert!(report.contains("Customer,Phone") && !report.contains("R-1"), "{report}");
        assert!(report.contains("R-2") && report.contains("R-4"), "{report}");
        let kept = texts(test, "select name from idempotent_requests order by name").await;
        assert_eq!(kept, ["others"]);
        let views = texts(test, "select name || ' ' || query from saved_views order by id").await;
        assert_eq!(views, ["Customers of tomorrow q=customer", "Theirs "]);
        assert_eq!(texts(test, "select name from queues").await, ["Ring customers"]);
    }
}

on_both_databases! {
    async fn a_text_in_place_of_a_phone_is_nobodys_name(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let nobody = Order {
            phone: onibara::domain::phone::Phone::text("none").unwrap(),
            ..named("N-1", PHONE, "Zebulon Quartermain")
        };
        orders::upsert(&test.db, vec![nobody.clone(), named("N-2", OTHERS, "Ben")]).await.unwrap();
        app.call("/api/save_named_view", "name=None+the+wiser&query=q%3Dnone+such", Some(&owner)).await;
        let form = format!("phone={}&confirm=ERASE", nobody.phone.to_slug());
        assert_eq!(app.call("/api/erase_customer", &form, Some(&owner)).await.status, StatusCode::OK);
        let views = texts(test, "select name || ' ' || query from saved_views").await;
        assert_eq!(views, ["None the wiser q=none%20such"]);
    }
}

on_both_databases! {
    async fn a_number_that_others_have_too_stays_with_them(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let reached = |number: &str, phone: &str, whatsapp: &str| Order {
            whatsapp: crate::person::number(whatsapp),
            ..order(number, phone)
        };
        let mut second = reached("A-2", PHONE, THEIRS);
        second.other_phone = number("+2348011112222");
        let others = reached("B-1", OTHERS, AGENT);
        let mut spoken = order("B-2", "+2348123456789");
        spoken.other_phone = number(AGENT);
        let set = named("B-3", "+2348123456780", "Ben");
        orders::upsert(&test.db, vec![reached("A-1", PHONE, AGENT), second, others.clone(), spoken.clone(), set]).await.unwrap();
        // Set by hand for somebody else.
        let form = "phone=2348123456780&edit[was][name]=Ben&edit[to][name]=Ben&edit[was][whatsapp]=&edit[to][whatsapp]=08011112222";
        let edited = app.call("/api/update_customer_info", form, Some(&owner)).await;
        assert_eq!(edited.status, StatusCode::OK, "{}", edited.body);
        // An import that may still be taken back.
        let file = format!("{HEADER}B-1,2026-10-03,Ben,0706 555 0001,900,new,,\n");
        let id = sent(&app, &owner, &file).await;
        still(&app, &owner, id).await;
        act(&app, &owner, "start_import", id).await;

        assert_eq!(erase(&app, &owner, "ERASE").await, StatusCode::OK);
        assert_eq!(texts(test, "select whatsapp from customer_edits").await, ["+2348011112222"]);
        assert_eq!(texts(test, "select number from import_changes").await, ["B-1"]);
        act(&app, &owner, "undo_import", id).await;
        let stored = |number: &'static str| async move {
            all_orders(test).await.into_iter().find(|order| order.number == number).unwrap()
        };
        assert_eq!(stored("B-1").await.whatsapp, number(AGENT), "as it was");
        assert_eq!(stored("B-2").await.other_phone, number(AGENT));
        let mine: Vec<Order> = all_orders(test).await.into_iter().filter(|order| order.number.starts_with("erased-")).collect();
        assert!(mine.len() == 2 && mine.iter().all(|order| order.whatsapp.is_none() && order.other_phone.is_none()));
        // An old file keeps what is others', and brings back nothing of theirs.
        let again = vec![reached("B-4", OTHERS, AGENT), reached("B-5", OTHERS, THEIRS), reached("A-1", PHONE, AGENT)];
        orders::upsert(&test.db, again).await.unwrap();
        assert_eq!(stored("B-4").await.whatsapp, number(AGENT));
        assert_eq!(stored("B-5").await.whatsapp, None);
    }
}

/// Where the files of imports lie, in the order of their numbers.
async fn places(test: &TestDb) -> Vec<String> {
    texts(test, "select path from imports order by id").await
}

on_both_databases! {
    async fn files_that_were_sent_go_and_none_is_forgotten(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        orders::upsert(&test.db, vec![order("A-1", PHONE)]).await.unwrap();
        let file = format!("{HEADER}A-2,2026-10-03,Ada,0805 551 2345,900,new,,\n");
        for _ in 0..3 {
            let id = sent(&app, &owner, &file).await;
            still(&app, &owner, id).await;
        }
        // The first waits, the second has failed with its file there, and the third lies on another server.
        change(test, "update imports set state = 'failed', samples = 'Ada' where id = 2".to_owned()).await;
        let here = places(test).await;
        let elsewhere = std::env::temp_dir().join(format!("onibara-import-{}", onibara::server::token::reference()));
        let missing = elsewhere.join("file");
        change(test, format!("update imports set path = '{}' where id = 3", missing.display())).await;

        assert_eq!(erase(&app, &owner, "ERASE").await, StatusCode::OK);
        assert!(here[..2].iter().all(|path| !std::fs::exists(path).unwrap()), "{here:?}");
        let folder = |path: &String| std::path::Path::new(path).parent().unwrap().to_owned();
        assert!(!folder(&here[0]).exists(), "nor its folder");
        assert_eq!(places(test).await, ["", "", missing.to_str().unwrap()], "another server's is for that one");
        assert_eq!(texts(test, "select state || samples from imports order by id").await, ["stopped", "failed", "stopped"]);
        // Whoever sends a file has the server look after those that were sent before.
        let upkeep = async |owner: &str| {
            let id = sent(&app, owner, &file).await;
            still(&app, owner, id).await;
        };
        upkeep(&owner).await;
        assert_eq!(places(test).await[2], missing.to_str().unwrap());
        // The other server's upkeep.
        std::fs::create_dir(&elsewhere).unwrap();
        std::fs::write(&missing, &file).unwrap();
        upkeep(&owner).await;
        assert_eq!((places(test).await[2].as_str(), elsewhere.exists()), ("", false));
        std::fs::remove_dir_all(folder(&here[2])).unwrap();

        // One that nobody finds is given up some day.
        change(test, format!("update imports set path = '{}' where id = 3", missing.display())).await;
        app.clock.advance(TimeDelta::days(31));
        upkeep(&app.sign_in("owner@shop.ng").await).await;
        assert_eq!(places(test).await[2], "");
        for left in places(test).await.iter().filter(|path| !path.is_empty()) {
            std::fs::remove_dir_all(folder(left)).unwrap();
        }
    }
}

on_both_databases! {
    async fn an_erasure_ends_whole_where_nobody_waits_for_it(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        orders::upsert(&test.db, vec![order("A-1", PHONE)]).await.unwrap();
        let id = sent(&app, &owner, &format!("{HEADER}A-2,2026-10-03,Ada,0805 551 2345,900,new,,\n")).await;
        still(&app, &owner, id).await;
        let mut asked = Box::pin(erase(&app, &owner, "ERASE"));
        // The browser goes away as soon as the database has forgotten the person.
        while texts(test, "select action from audit_log where action = 'erased'").await.is_empty() {
            if (&mut asked).now_or_never().is_some() {
                break;
            }
        }
        drop(asked);
        while places(test).await != [""] {
            tokio::task::yield_now().await;
        }
    }
}

on_both_databases! {
    async fn an_answer_that_an_erasure_overtakes_is_not_kept(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        orders::upsert(&test.db, vec![named("A-1", PHONE, "Zebulon Quartermain")]).await.unwrap();
        make_key(&app, &owner, &["orders:write"]).await;
        let request = |name: &str| Request { key_id: 1, name: name.to_owned(), hash: "hash".to_owned() };
        let begun = async |name: &str| idempotency::begin(&test.db, request(name), app.clock.now()).await.unwrap();
        assert_eq!(begun("before").await, Standing::Yours);
        assert_eq!(erase(&app, &owner, "ERASE").await, StatusCode::OK);
        let body = || "{\"name\":\"Zebulon Quartermain\"}".to_owned();
        idempotency::answered(&test.db, request("before"), 200, body()).await.unwrap();
        assert_eq!(texts(test, "select name from idempotent_requests").await, Vec::<String>::new());
        assert_eq!(begun("before").await, Standing::Yours, "it is done again");
        app.clock.advance(TimeDelta::minutes(2));
        assert_eq!(begun("after").await, Standing::Yours);
        idempotency::answered(&test.db, request("after"), 200, "{}".to_owned()).await.unwrap();
        assert_eq!(begun("after").await, Standing::Answered(200, "{}".to_owned()));
    }
}

on_both_databases! {
    async fn devices_hear_of_an_erasure(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        orders::upsert(&test.db, vec![order("A-1", PHONE)]).await.unwrap();
        let last = async || {
            let answer = app.get(paths::ERASURES, Some(&owner)).await;
            assert_eq!(answer.headers["cache-control"], "no-store, private");
            answer.body
        };
        assert_eq!(last().await, "0");
        assert_eq!(erase(&app, &owner, "ERASE").await, StatusCode::OK);
        let first = last().await;
        assert_ne!(first, "0");
        assert_eq!(last().await, first);
        let mut again = order("A-2", PHONE);
        again.placed_at = app.clock.now() + TimeDelta::seconds(1);
        orders::upsert(&test.db, vec![again]).await.unwrap();
        assert_eq!(erase(&app, &owner, "ERASE").await, StatusCode::OK);
        assert_ne!(last().await, first);
    }
}

on_both_databases! {
    async fn what_stood_in_a_column_of_states_goes_with_them(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let lives = |number: &str, phone: &str, state: &str| Order { state: state.to_owned(), ..named(number, phone, "Zebulon Quartermain") };
        orders::upsert(&test.db, vec![lives("S-1", PHONE, "Zebulon Quartermain"), lives("S-2", PHONE, "0805 551 2345"), lives("S-3", OTHERS, "Lagoss")]).await.unwrap();
        let fix = async |form: &str| {
            let answer = app.call("/api/fix_place", form, Some(&owner)).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        };
        fix("spelled=Zebulon+Quartermain&state=Kano").await;
        fix("spelled=0805+551+2345&right=true").await;
        fix("spelled=Lagoss&state=Lagos").await;
        assert_eq!(erase(&app, &owner, "ERASE").await, StatusCode::OK);
        assert_eq!(texts(test, "select name from settings where name like 'shop.place.%'").await, ["shop.place.lagoss"]);
        assert_eq!(texts(test, "select before from quality_fixes order by id").await, ["", "", "Lagoss"]);
        let log = texts(test, "select detail from audit_log").await.join("\n");
        assert!(!log.contains("Zebulon") && !log.contains("551") && log.contains("Kano, 1 orders"), "{log}");
    }
}
