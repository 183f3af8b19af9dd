//! The API: keys and what they open, orders in and out, every refusal in words.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use chrono::TimeDelta;
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::role::Role;
use onibara::domain::status::Status;
use onibara::server::config::Shop;
use onibara::server::import::{self, Options};
use serde_json::{Value, json};

use crate::on_both_databases;
use crate::rollup::{all_orders, check};
use crate::support::app::{Answer, TestApp};
use crate::support::builders::at;

const ALL: [&str; 3] = ["orders:write", "orders:read", "customers:read"];
pub const ORDERS: &str = "/api/v1/orders";

/// A program with a key.
pub struct Program<'a> {
    pub app: &'a TestApp,
    pub key: String,
}

/// The key that the connections page shows to its maker, once.
pub async fn make_key(app: &TestApp, owner: &str, scopes: &[&str]) -> String {
    let scopes = scopes.join("&scopes%5B%5D=");
    let made = app
        .call(
            "/api/make_key",
            &format!("name=Shop&scopes%5B%5D={scopes}"),
            Some(owner),
        )
        .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let waiting = made.cookie().unwrap();
    let page = app
        .get(
            "/dashboard/admin/settings/connections",
            Some(&format!("{owner}; {waiting}")),
        )
        .await;
    let start = page.body.find("<code>onb_").unwrap() + "<code>".len();
    page.body[start..].split('<').next().unwrap().to_owned()
}

impl<'a> Program<'a> {
    pub async fn with(app: &'a TestApp, scopes: &[&str]) -> Self {
        let owner = app.owner().await;
        Self {
            app,
            key: make_key(app, &owner, scopes).await,
        }
    }

    pub async fn ask(&self, method: Method, path: &str, body: &str) -> Answer {
        self.ask_with(method, path, body, &[]).await
    }

    pub async fn ask_with(&self, method: Method, path: &str, body: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "shop.test")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key));
        if !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.app.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub async fn post(&self, body: &Value) -> Answer {
        self.ask(Method::POST, ORDERS, &body.to_string()).await
    }

    pub async fn get(&self, path: &str) -> Value {
        let answer = self.ask(Method::GET, path, "").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        said(&answer)
    }
}

pub fn said(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.body))
}

/// An order with nothing but what it needs.
pub fn plain(number: &str) -> Value {
    json!({"number": number, "placed_at": "2026-10-05T14:30:00+01:00", "phone": "0803 123 4567", "amount": "12500.50"})
}

/// Holds an answer to the form of problems, and returns the fields that it names.
fn problem(answer: &Answer, status: u16) -> Vec<String> {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store, private");
    let problem = said(answer);
    assert_eq!(
        (&problem["type"], &problem["status"]),
        (&json!("about:blank"), &json!(status))
    );
    assert!(
        !problem["title"].as_str().unwrap().is_empty() && problem["detail"].as_str().unwrap().ends_with(['.', '…']),
        "{problem}"
    );
    let errors = problem["errors"].as_array().unwrap();
    errors
        .iter()
        .map(|error| {
            assert!(error["value"].is_string() && !error["reason"].as_str().unwrap().is_empty());
            error["field"].as_str().unwrap().to_owned()
        })
        .collect()
}

on_both_databases! {
    async fn orders_come_in_are_changed_and_are_read(test: &TestDb) {
        let app = TestApp::on(test);
        let program = Program::with(&app, &ALL).await;
        let first = program.post(&plain("W-1")).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
        let order = &said(&first)["order"];
        assert_eq!(order["phone"], "+2348031234567");
        assert_eq!((&order["amount"], &order["status"], &order["placed_at"]), (&json!("12500.50"), &json!("new"), &json!("2026-10-05T13:30:00Z")));
        assert_eq!(said(&program.post(&plain("W-1")).await)["result"], "unchanged");
        let mut dearer = plain("W-1");
        dearer["amount"] = json!(13_000);
        dearer["state"] = json!("lagos state");
        let second = program.post(&dearer).await;
        assert_eq!((second.status, &said(&second)["result"]), (StatusCode::OK, &json!("updated")));

        let path = format!("{ORDERS}/W-1");
        let changed = program.ask(Method::PATCH, &path, r#"{"status":"completed","city":"Ikeja"}"#).await;
        assert_eq!(said(&changed)["result"], "updated", "{}", changed.body);
        let again = program.ask(Method::PATCH, &path, r#"{"status":"completed","city":"Ikeja"}"#).await;
        assert_eq!(said(&again)["result"], "unchanged");
        assert_eq!(said(&again)["order"], program.get(&path).await);
        let stored = &all_orders(test).await[0];
        assert_eq!((stored.status, stored.amount, stored.city.as_str(), stored.state.as_str()), (Status::Delivered, Money(1_300_000), "Ikeja", "Lagos"));
        let emptied = program.ask(Method::PATCH, &path, r#"{"city":null}"#).await;
        assert_eq!(said(&emptied)["order"]["city"], "");

        let page = program.get("/api/v1/orders?status=delivered&sort=placed").await;
        assert_eq!((&page["total"], &page["pages"], page["orders"].as_array().unwrap().len()), (&json!(1), &json!(1), 1));
        let past = program.get("/api/v1/orders?page=7").await;
        assert_eq!((&past["page"], &past["total"], &past["orders"]), (&json!(7), &json!(1), &json!([])));
        let customers = program.get("/api/v1/customers?q=0803").await;
        assert_eq!(customers["customers"][0]["total_spent"], "13000.00");
        for spelled in ["2348031234567", "+2348031234567", "0803%20123%204567"] {
            let one = program.get(&format!("/api/v1/customers/{spelled}")).await;
            assert_eq!((&one["orders"], &one["id"]), (&json!(1), &json!("2348031234567")), "{spelled}");
        }
        check(test, &std::collections::BTreeMap::new(), "by the API").await;
        let lines = texts(test, "select who || ': ' || order_number || ' ' || detail from audit_log where action = 'order_saved' order by id").await;
        let line = |what: &str| format!("key shop: W-1 {what}");
        assert_eq!(lines, [line("1 added, 0 changed"), line("0 added, 1 changed"), line("0 added, 1 changed"), line("0 added, 1 changed")]);
    }
}

on_both_databases! {
    async fn good_orders_of_a_batch_are_in_beside_bad_ones(test: &TestDb) {
        let app = TestApp::on(test);
        let program = Program::with(&app, &ALL).await;
        program.post(&plain("B-2")).await;
        let mut wrong = plain("B-3");
        wrong["amount"] = json!(-5);
        wrong["placed_at"] = json!("05/10/2026");
        let mut unknown = plain("B-4");
        unknown["colour"] = json!("red");
        let mut later = plain("B-1");
        later["name"] = json!("Ada");
        let sent = json!({"orders": [plain("B-1"), plain("B-2"), wrong, unknown, 7, later]});
        let answer = program.post(&sent).await;
        assert_eq!(answer.status, StatusCode::MULTI_STATUS, "{}", answer.body);
        let taken = said(&answer);
        let results: Vec<&str> = taken["orders"].as_array().unwrap().iter().map(|item| item["result"].as_str().unwrap()).collect();
        assert_eq!(results, ["replaced", "unchanged", "refused", "refused", "refused", "created"]);
        assert_eq!((&taken["created"], &taken["refused"], &taken["replaced"]), (&json!(1), &json!(3), &json!(1)));
        let errors = taken["orders"][2]["errors"].as_array().unwrap();
        let fields: Vec<&str> = errors.iter().map(|error| error["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["placed_at", "amount"], "every problem is named");
        assert_eq!((&errors[0]["value"], &errors[1]["reason"]), (&json!("05/10/2026"), &json!("An amount cannot be negative.")));
        assert_eq!(taken["orders"][3]["errors"][0]["field"], "colour");
        let stored = all_orders(test).await;
        let names: Vec<(&str, &str)> = stored.iter().map(|order| (order.number.as_str(), order.name.as_str())).collect();
        assert_eq!(names, [("B-1", "Ada"), ("B-2", "")]);
        let thousand: Vec<Value> = (0..1_000).map(|number| plain(&format!("T-{number}"))).collect();
        let answer = program.post(&json!({"orders": thousand})).await;
        assert_eq!((answer.status, &said(&answer)["created"]), (StatusCode::OK, &json!(1_000)));
        let last = texts(test, "select order_number || detail from audit_log where action = 'order_saved' order by id desc limit 1").await;
        assert_eq!(last, ["1000 added, 0 changed"]);
    }
}

on_both_databases! {
    async fn a_hundred_copies_of_a_request_make_one_order_and_get_one_answer(test: &TestDb) {
        let app = TestApp::on(test);
        let program = Program::with(&app, &ALL).await;
        let body = plain("I-1").to_string();
        let named = [("idempotency-key", "one")];
        let copies = (0..100).map(|_| program.ask_with(Method::POST, ORDERS, &body, &named));
        let answers = futures::future::join_all(copies).await;
        for answer in &answers {
            assert_eq!((answer.status, &answer.body), (StatusCode::CREATED, &answers[0].body));
        }
        let replayed = answers.iter().filter(|answer| answer.headers.contains_key("idempotent-replayed"));
        assert_eq!(replayed.count(), 99);
        assert_eq!(all_orders(test).await.len(), 1);

        let other = program.ask_with(Method::POST, ORDERS, &plain("I-2").to_string(), &named).await;
        assert!(problem(&other, 422).is_empty() && other.body.contains("Idempotency-Key"));
        let patched = program.ask_with(Method::PATCH, "/api/v1/orders/I-1", &body, &named).await;
        problem(&patched, 422);
        app.clock.advance(TimeDelta::hours(24));
        onibara::server::store::idempotency::trim(&test.db, app.clock.now()).await.unwrap();
        let late = program.ask_with(Method::POST, ORDERS, &body, &named).await;
        assert_eq!((late.status, late.body), (StatusCode::CREATED, answers[0].body.clone()));
        app.clock.advance(TimeDelta::hours(2));
        onibara::server::store::idempotency::trim(&test.db, app.clock.now()).await.unwrap();
        let new = program.ask_with(Method::POST, ORDERS, &body, &named).await;
        assert_eq!((new.status, &said(&new)["result"]), (StatusCode::OK, &json!("unchanged")));
        for bad in ["", &"x".repeat(256)] {
            problem(&program.ask_with(Method::POST, ORDERS, &body, &[("idempotency-key", bad)]).await, 400);
        }
        let refused = [("idempotency-key", "two")];
        for _ in 0..2 {
            let answer = program.ask_with(Method::POST, ORDERS, r#"{"number":"X"}"#, &refused).await;
            assert_eq!(problem(&answer, 422), ["placed_at", "phone", "amount"]);
        }
    }
}

on_both_databases! {
    async fn a_request_that_died_with_its_server_is_done_by_the_next_copy(test: &TestDb) {
        use onibara::server::store::idempotency::{Standing, begin, Request};
        let app = TestApp::on(test);
        let program = Program::with(&app, &ALL).await;
        let request = Request { key_id: 1, name: "dead".to_owned(), hash: "h".to_owned() };
        let standing = async || begin(&test.db, request.clone(), app.clock.now()).await.unwrap();
        assert_eq!((standing().await, standing().await), (Standing::Yours, Standing::Running));
        app.clock.advance(TimeDelta::minutes(3));
        assert_eq!((standing().await, standing().await), (Standing::Yours, Standing::Running), "and only by one");
        assert_eq!(program.post(&plain("D-1")).await.status, StatusCode::CREATED);
    }
}

on_both_databases! {
    async fn a_key_does_what_its_scopes_say_and_no_more(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let all = Program { key: make_key(&app, &owner, &ALL).await, app: &app };
        all.post(&plain("S-1")).await;
        let order = plain("S-2").to_string();
        let asked = [
            (Method::POST, ORDERS, order.as_str(), "orders:write"),
            (Method::PATCH, "/api/v1/orders/S-1", "{}", "orders:write"),
            (Method::GET, ORDERS, "", "orders:read"),
            (Method::GET, "/api/v1/orders/S-1", "", "orders:read"),
            (Method::GET, "/api/v1/customers", "", "customers:read"),
            (Method::GET, "/api/v1/customers/2348031234567", "", "customers:read"),
        ];
        for scope in ALL {
            let program = Program { key: make_key(&app, &owner, &[scope]).await, app: &app };
            for (method, path, body, needed) in &asked {
                let answer = program.ask(method.clone(), path, body).await;
                assert_eq!(answer.status.is_success(), *needed == scope, "{method} {path} with {scope}: {}", answer.body);
                if *needed != scope {
                    assert!(problem(&answer, 403).is_empty() && answer.body.contains(needed));
                }
            }
        }
    }
}

on_both_databases! {
    async fn a_key_is_shown_once_kept_as_a_hash_and_can_be_ended(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        app.add_user("admin@shop.ng", Role::Admin).await;
        let admin = app.sign_in("admin@shop.ng").await;
        for (path, form) in [("/api/make_key", "name=Mine&scopes%5B%5D=orders:read"), ("/api/revoke_key", "id=1")] {
            assert_eq!(app.call(path, form, Some(&admin)).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        for (form, said) in [("name=+&scopes%5B%5D=orders:read", "needs a name"), ("name=Mine", "Choose what"), ("name=Mine&scopes%5B%5D=all", "Choose what")] {
            let refused = app.call("/api/make_key", form, Some(&owner)).await;
            assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(said), "{}", refused.body);
        }
        // As a browser without JavaScript does.
        let made = app.submit("/api/make_key", "name=Site&scopes%5B%5D=orders:read", Some(&owner)).await;
        assert!(made.status.is_redirection() && !made.location().contains("onb_") && !made.body.contains("onb_"), "{}", made.location());
        let cookie = made.headers[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("Secure") && cookie.contains("SameSite=Strict") && cookie.contains("Max-Age=60"), "{cookie}");
        let waiting = made.cookie().unwrap();
        let key = waiting.split_once('=').unwrap().1.to_owned();
        let page = app.get("/dashboard/admin/settings/connections", Some(&format!("{owner}; {waiting}"))).await;
        assert!(page.body.contains(&key) && page.headers[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
        let later = app.get("/dashboard/admin/settings/connections", Some(&owner)).await;
        assert!(!later.body.contains(&key) && later.body.contains(&key[..10]) && later.body.contains("never used"));

        let dump = crate::api::texts(test, "select name || key_hash || prefix || scopes || maker from api_keys").await;
        assert!(!dump.concat().contains(&key) && dump[0].contains("orders:read"));
        let program = Program { app: &app, key };
        program.get(ORDERS).await;
        let used = async || crate::api::texts(test, "select cast(used_at as text) from api_keys").await;
        let first = used().await;
        app.clock.advance(TimeDelta::seconds(59));
        program.get(ORDERS).await;
        assert_eq!(used().await, first, "written at most once a minute");
        app.clock.advance(TimeDelta::seconds(2));
        program.get(ORDERS).await;
        assert_ne!(used().await, first);

        app.call("/api/revoke_key", "id=1", Some(&owner)).await;
        let ended = program.ask(Method::GET, ORDERS, "").await;
        problem(&ended, 401);
        assert_eq!(ended.headers[header::WWW_AUTHENTICATE], "Bearer");
        let done = crate::api::texts(test, "select action from audit_log where action like 'key%' order by id").await;
        assert_eq!(done, ["key_made", "key_revoked", "key_refused"]);
    }
}

/// The texts that a statement finds.
pub async fn texts(test: &crate::support::database::TestDb, sql: &'static str) -> Vec<String> {
    onibara::with_pool!(test.db.jobs(), |pool| sqlx::query_scalar(sql)
        .fetch_all(pool)
        .await
        .unwrap())
}

on_both_databases! {
    async fn nothing_but_the_document_answers_without_a_key(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let document = app.get("/api/v1/openapi.json", None).await;
        assert_eq!(document.status, StatusCode::OK);
        for path in ["/api/v1", ORDERS, "/api/v1/orders/1", "/api/v1/customers", "/api/v1/customers/1", "/api/v1/nothing", "/api/v1/openapi.json/x"] {
            for method in [Method::GET, Method::POST, Method::PATCH, Method::DELETE, Method::PUT] {
                // A session opens nothing here.
                for key in ["", "Bearer ", "Bearer onb_", "Basic b25iOm9uYg==", &format!("Bearer onb_{}", "A".repeat(43))] {
                    let request = Request::builder().method(&method).uri(path).header(header::COOKIE, &owner).header(header::AUTHORIZATION, key);
                    let answer = app.send(request.body(Body::empty()).unwrap()).await;
                    assert!(matches!(answer.status.as_u16(), 401 | 429), "{method} {path} {key}: {}", answer.status);
                    problem(&answer, answer.status.as_u16());
                }
            }
        }
        // A key opens nothing else.
        let key = make_key(&app, &owner, &ALL).await;
        for path in ["/api/customers?query=", "/dashboard/admin/customers", "/api/v1/../customers"] {
            let request = Request::builder().uri(path).header(header::AUTHORIZATION, format!("Bearer {key}"));
            let answer = app.send(request.body(Body::empty()).unwrap()).await;
            assert_ne!(answer.status, StatusCode::OK, "{path}");
        }
        let refused = texts(test, "select address from audit_log where action = 'key_refused'").await;
        assert_eq!(refused.len(), 1, "once in ten minutes: {refused:?}");
    }
}

on_both_databases! {
    async fn every_refusal_is_a_problem_and_never_a_failure(test: &TestDb) {
        let app = TestApp::on(test);
        let program = Program::with(&app, &ALL).await;
        problem(&program.ask(Method::GET, "/api/v1/nothing", "").await, 404);
        problem(&program.ask(Method::GET, "/api/v1/orders/none", "").await, 404);
        problem(&program.ask(Method::GET, "/api/v1/orders/%00", "").await, 404);
        problem(&program.ask(Method::GET, "/api/v1/orders/%FF", "").await, 400);
        for nobody in ["%00", "~AAA", "nobody", "~", "99"] {
            problem(&program.ask(Method::GET, &format!("/api/v1/customers/{nobody}"), "").await, 404);
        }
        let wrong = program.ask(Method::DELETE, ORDERS, "").await;
        problem(&wrong, 405);
        assert!(wrong.headers[header::ALLOW].to_str().unwrap().contains("POST"));
        problem(&program.ask(Method::POST, ORDERS, &"x".repeat(2 * 1024 * 1024 + 1)).await, 413);
        problem(&program.ask_with(Method::POST, ORDERS, "{}", &[("content-type", "text/plain")]).await, 415);
        let deep = format!("{{\"number\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        for bad in ["", "{", "nul", "{\"number\":\"\\ud8\"}", "\u{feff}{}"] {
            problem(&program.ask(Method::POST, ORDERS, bad).await, 400);
            problem(&program.ask(Method::PATCH, "/api/v1/orders/none", bad).await, 400);
        }
        for bad in ["7", "[]", "null", "{}", "{\"orders\":[]}", "{\"orders\":{}}", "{\"orders\":[],\"x\":1}", "{\"number\":\"\\ud800\"}", deep.as_str(), "{\"number\":\"a\",\"number\":\"b\"}"] {
            let answer = program.ask(Method::POST, ORDERS, bad).await;
            assert!(!problem(&answer, 422).is_empty(), "{}", &bad[..bad.len().min(40)]);
        }
        problem(&program.ask(Method::POST, ORDERS, &json!({"orders": vec![1; 1_001]}).to_string()).await, 422);
        for (field, value) in [
            ("amount", json!(1e300)), ("amount", json!("1e5")), ("amount", json!([1])), ("amount", json!(true)), ("amount", json!(12.505)),
            ("placed_at", json!("9999-12-31T23:59:59Z")), ("placed_at", json!("2026-10-05")), ("placed_at", json!(5)), ("placed_at", json!("+10000-01-01T00:00:00Z")),
            ("phone", json!("\u{0}")), ("phone", json!("")), ("number", json!("\u{0}\u{200b}")), ("number", json!("x".repeat(101))),
            ("name", json!("x".repeat(201))), ("name", json!({})), ("address", json!("x".repeat(1_001))), ("status", json!("teleported")),
            ("currency", json!("USD")), ("phone", json!("x".repeat(100_000))), ("colour", json!("red")),
        ] {
            let mut order = plain("P-1");
            order[field] = value.clone();
            assert_eq!(problem(&program.post(&order).await, 422), [field], "{value}");
        }
        for (query, field) in [("colour=red", "colour"), ("page=0", "page"), ("page=%00", "page"), ("status=paid", "status"), ("size=1000", "size"), ("q=a&q=b", "q")] {
            assert_eq!(problem(&program.ask(Method::GET, &format!("{ORDERS}?{query}"), "").await, 422), [field]);
        }
        for fine in ["q=%00", "q=%FF%00'", "customer=%00x", "rep=%00", &format!("q={}", "x".repeat(5_000))] {
            program.get(&format!("{ORDERS}?{fine}")).await;
        }
        program.get("/api/v1/customers?q=%00&city=%00&tag=%00&state=%00").await;
        assert_eq!(all_orders(test).await, []);
        // What is odd and can be taken is cleaned like a row of a file.
        let mut odd = plain("O\u{0}-1");
        odd["items"] = json!(format!("Soap\u{0}{}", "x".repeat(10_000)));
        odd["source"] = json!("\u{0}");
        odd["status"] = Value::Null;
        let answer = program.post(&odd).await;
        assert_eq!((answer.status, &said(&answer)["order"]["number"]), (StatusCode::CREATED, &json!("O-1")), "{}", answer.body);
    }
}

on_both_databases! {
    async fn who_asks_too_often_is_told_when_to_come_back(test: &TestDb) {
        let app = TestApp::on(test);
        let program = Program::with(&app, &ALL).await;
        let answers = futures::future::join_all((0..1_200).map(|_| program.ask(Method::GET, "/api/v1/nothing", ""))).await;
        let slow: Vec<&Answer> = answers.iter().filter(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS).collect();
        assert!(!slow.is_empty());
        problem(slow[0], 429);
        assert_eq!(slow[0].headers[header::RETRY_AFTER], "1");
        let stranger = Program { app: &app, key: "onb_x".to_owned() };
        let mut last = stranger.ask(Method::GET, ORDERS, "").await;
        for _ in 0..100 {
            last = stranger.ask(Method::GET, ORDERS, "").await;
        }
        problem(&last, 429);
        assert!(last.headers.contains_key(header::RETRY_AFTER));
    }
}

/// What an import makes of one row.
fn by_file(cells: [&str; 14]) -> Order {
    let headers = [
        "Order No",
        "Date",
        "Customer",
        "Phone",
        "WhatsApp",
        "Amount",
        "Status",
        "Source",
        "City",
        "State",
        "Address",
        "Sales rep",
        "Items",
        "Currency",
    ];
    let quoted = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
    let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
    std::fs::write(file.path(), format!("{}\n{}\n", headers.join(","), quoted.join(","))).unwrap();
    let options = Options::of(&Shop::default(), at("2026-11-24T12:00:00Z"));
    let mut rows = import::open(file.path(), &options).unwrap();
    rows.next().unwrap().outcome.unwrap()
}

on_both_databases! {
    async fn an_order_is_the_same_by_file_and_by_the_api(test: &TestDb) {
        let app = TestApp::on(test);
        let program = Program::with(&app, &ALL).await;
        let rows = [
            ["F-1", "2026-10-05T14:30:00+01:00", " Adébáyò  Okafor ", "0803 123 4567 / 07065550001", "same", "₦12,500.50", "wc-on-hold", "FB ads", " ikeja", "LAGOS STATE", "1 Road\n\n\nLagos", "Bola", "2 × Soap", "NGN"],
            ["F-2", "2026-10-05T23:59:59Z", "Ṣadé", "call me", "+234 706 555 0001", "0", "refunded", "walk-in", "Wuse", "Abuja", "", "", "", ""],
            ["F-3", "2026-10-05T14:30:00.999Z", "", "+233 24 123 4567", "", "7500", "", "Online Store", "", "", "", "", "", "naira"],
        ];
        for row in rows {
            let names = ["number", "placed_at", "name", "phone", "whatsapp", "amount", "status", "source", "city", "state", "address", "sales_rep", "items", "currency"];
            let order: serde_json::Map<String, Value> = names.iter().zip(row).map(|(name, cell)| ((*name).to_owned(), json!(cell))).collect();
            let answer = program.post(&Value::Object(order)).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
        }
        assert_eq!(all_orders(test).await.into_iter().map(|order| (order.number.clone(), order)).collect::<std::collections::BTreeMap<_, _>>(),
            rows.map(|row| (row[0].to_owned(), by_file(row))).into());
    }
}

/// The methods of HTTP that a route could take.
const METHODS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

#[tokio::test]
async fn the_document_says_what_is_there_and_nothing_else() {
    let test = crate::support::database::sqlite().await;
    let app = TestApp::on(&test);
    let program = Program::with(&app, &ALL).await;
    let document = said(&app.get("/api/v1/openapi.json", None).await);
    assert!(
        document["openapi"].as_str().unwrap().starts_with("3.1."),
        "{}",
        document["openapi"]
    );
    assert_eq!(document["servers"][0]["url"], "/api/v1");
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(
        paths.keys().collect::<Vec<_>>(),
        [
            "/customers",
            "/customers/{phone}",
            "/openapi.json",
            "/orders",
            "/orders/{number}"
        ]
    );
    for (path, operations) in paths {
        let address = format!("/api/v1{}", path.replace("{number}", "1").replace("{phone}", "1"));
        for method in METHODS {
            let answer = program.ask(method.clone(), &address, "").await;
            let name = method.as_str().to_lowercase();
            let told = operations.get(&name);
            assert_eq!(
                told.is_some(),
                answer.status != StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
            let Some(operation) = told else { continue };
            let scopes = &operation["security"][0]["key"];
            assert_eq!(path == "/openapi.json", scopes.is_null(), "{method} {path}");
            for (status, response) in operation["responses"].as_object().unwrap() {
                let good = status.starts_with('2');
                let media_type = if good {
                    "application/json"
                } else {
                    "application/problem+json"
                };
                let schema = &response["content"][media_type]["schema"];
                assert!(schema.is_object(), "{method} {path} {status}: {response}");
                assert_eq!(
                    good,
                    schema["$ref"] != "#/components/schemas/Problem",
                    "{method} {path} {status}"
                );
            }
            if let Some(scope) = scopes[0].as_str() {
                assert!(
                    ALL.contains(&scope)
                        && operation["responses"]["401"].is_object()
                        && operation["responses"]["403"].is_object()
                );
            }
        }
    }
    // No route is mounted past the document.
    let source = include_str!("../../src/server/api/router.rs");
    assert!(!source.contains(".route(") && source.matches("routes!(").count() == 5);
}
