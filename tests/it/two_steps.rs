//! The second step of signing in, and what a sign-in tells of who has an account.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, StatusCode};
use chrono::Duration;
use onibara::domain::people::{Account, SecondStep};
use onibara::domain::role::Role;
use onibara::server::second_step::code_at;
use onibara::server::store::{half_sessions, people, second_steps};
use onibara::server::token;

use crate::on_both_databases;
use crate::support::app::{Answer, TestApp, request};
use crate::support::database::{TestDb, sqlite};

const CUSTOMERS: &str = "/dashboard/admin/customers";
const SENTENCE: &str = "a+long+enough+sentence";
const PASSWORD: &str = "email=owner@shop.ng&password=a+long+enough+sentence";

async fn account(app: &TestApp, cookie: &str) -> Account {
    app.ask("/api/account", Some(cookie)).await.read()
}

/// Turns the second step on; returns the key and the codes for a lost phone.
async fn turn_on(app: &TestApp, cookie: &str) -> (String, Vec<String>) {
    app.call("/api/begin_second_step", "", Some(cookie)).await;
    let SecondStep::Pending(given) = account(app, cookie).await.second_step else {
        panic!("no key was made")
    };
    let key = given.key.replace(' ', "");
    let code = code_at(&key, app.clock.now()).unwrap();
    let on = app
        .call(
            "/api/confirm_second_step",
            &format!("password={SENTENCE}&code={code}"),
            Some(cookie),
        )
        .await;
    assert_eq!(on.status, StatusCode::OK, "{}", on.body);
    let waiting = on.cookie_named("__Host-onibara-codes").unwrap();
    let shown = account(app, &format!("{cookie}; {waiting}")).await;
    assert_eq!(shown.second_step, SecondStep::On(10));
    assert_eq!(
        account(app, cookie).await.fresh_codes,
        Vec::<String>::new(),
        "shown once"
    );
    app.clock.advance(Duration::seconds(60));
    (key, shown.fresh_codes)
}

/// Takes the first step; returns the cookie that the second one needs.
async fn first_step(app: &TestApp) -> String {
    let half = app.call("/api/sign_in", PASSWORD, None).await;
    assert_eq!(
        (half.status, half.location()),
        (StatusCode::OK, "/login?next=/dashboard/admin/customers")
    );
    assert!(half.cookie_named("__Host-onibara").is_none(), "no session yet");
    half.cookie_named("__Host-onibara-half").unwrap()
}

async fn enter(app: &TestApp, half: &str, code: &str) -> Answer {
    app.call("/api/enter_code", &format!("code={code}"), Some(half)).await
}

on_both_databases! {
    async fn a_code_is_asked_for_and_counts_once(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let other = app.session("owner@shop.ng").await;
        let (key, _) = turn_on(&app, &owner).await;
        assert_eq!(app.get(CUSTOMERS, Some(&other)).await.status, StatusCode::SEE_OTHER, "other sessions end");
        let half = first_step(&app).await;
        assert_eq!(app.get(CUSTOMERS, Some(&half)).await.status, StatusCode::SEE_OTHER, "half in is not in");
        assert!(app.get("/login", Some(&half)).await.body.contains("One more step"), "without JavaScript too");
        let wrong = enter(&app, &half, "000000").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let code = code_at(&key, app.clock.now()).unwrap();
        let session = enter(&app, &half, &code).await.cookie_named("__Host-onibara");
        let session = session.expect("the code signs in");
        assert_eq!(app.get(CUSTOMERS, Some(&session)).await.status, StatusCode::OK);
        assert!(enter(&app, &half, &code).await.cookie_named("__Host-onibara").is_none(), "the first step is used up");
        let half = first_step(&app).await;
        assert!(enter(&app, &half, &code).await.cookie_named("__Host-onibara").is_none(), "and so is the code");
        app.clock.advance(Duration::seconds(30));
        let late = code_at(&key, app.clock.now()).unwrap();
        app.clock.advance(Duration::seconds(30));
        assert!(enter(&app, &half, &late).await.cookie_named("__Host-onibara").is_some(), "a step behind");
    }
}

on_both_databases! {
    async fn a_recovery_code_stands_in_once_and_turning_off_wants_both(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("owner@shop.ng", Role::Owner).await;
        let owner = app.session("owner@shop.ng").await;
        let (key, codes) = turn_on(&app, &owner).await;
        assert_eq!(codes.len(), 10);
        let half = first_step(&app).await;
        let typed = codes[0].to_lowercase().replace('-', "+");
        let session = enter(&app, &half, &typed).await.cookie_named("__Host-onibara").unwrap();
        assert_eq!(account(&app, &session).await.second_step, SecondStep::On(9));
        let half = first_step(&app).await;
        assert_eq!(enter(&app, &half, &typed).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let code = code_at(&key, app.clock.now()).unwrap();
        let refused = app.call("/api/end_second_step", "password=a+long+enough+sentence&code=1", Some(&session)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let form = format!("password=a+long+enough+sentence&code={code}");
        assert_eq!(app.call("/api/end_second_step", &form, Some(&session)).await.status, StatusCode::OK);
        assert_eq!(account(&app, &session).await.second_step, SecondStep::Off);
    }
}

on_both_databases! {
    async fn whoever_comes_to_an_open_desk_cannot_turn_it_on(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        app.call("/api/begin_second_step", "", Some(&owner)).await;
        let SecondStep::Pending(given) = account(&app, &owner).await.second_step else {
            panic!("no key was made")
        };
        let code = code_at(&given.key.replace(' ', ""), app.clock.now()).unwrap();
        for (password, code, wrong) in [
            ("", code.as_str(), "This is not your password"),
            ("wrong", code.as_str(), "This is not your password"),
            (SENTENCE, "000000", "This is not the code"),
        ] {
            let form = format!("password={password}&code={code}");
            let refused = app.call("/api/confirm_second_step", &form, Some(&owner)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains(wrong), "{}", refused.body);
        }
        assert!(matches!(account(&app, &owner).await.second_step, SecondStep::Pending(_)), "and nothing is lost");
    }
}

on_both_databases! {
    async fn an_owner_turns_it_off_for_somebody_else(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("owner@shop.ng", Role::Owner).await;
        app.add_user("boss@shop.ng", Role::Owner).await;
        let (owner, boss) = (app.session("owner@shop.ng").await, app.session("boss@shop.ng").await);
        turn_on(&app, &owner).await;
        first_step(&app).await;
        for (id, who, why) in [(1, &owner, "on the page of your account"), (2, &boss, "on the page of your account"), (2, &owner, "has no second step")] {
            let refused = app.call("/api/end_second_step_of", &format!("id={id}"), Some(who)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains(why), "{}", refused.body);
        }
        assert_eq!(account(&app, &owner).await.second_step, SecondStep::On(10));
        let done = app.call("/api/end_second_step_of", "id=1", Some(&boss)).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
        assert_eq!(app.get(CUSTOMERS, Some(&owner)).await.status, StatusCode::SEE_OTHER, "their sessions end");
        let left = "select (select count(*) from second_steps) + (select count(*) from recovery_codes) + (select count(*) from half_sessions)";
        let left: i64 = onibara::with_pool!(test.db.jobs(), |pool| {
            sqlx::query_scalar(left).fetch_one(pool).await.unwrap()
        });
        assert_eq!(left, 0);
        assert!(app.call("/api/sign_in", PASSWORD, None).await.cookie_named("__Host-onibara").is_some());
    }
}

on_both_databases! {
    async fn of_many_with_one_code_one_comes_in(test: &TestDb) {
        let app = Arc::new(TestApp::on(test));
        app.add_user("owner@shop.ng", Role::Owner).await;
        let owner = app.session("owner@shop.ng").await;
        let (key, codes) = turn_on(&app, &owner).await;
        let own = second_steps::of(&test.db, 1).await.unwrap().unwrap();
        for code in [code_at(&key, app.clock.now()).unwrap(), codes[0].clone()] {
            let before = sessions(test).await;
            let mut halves = Vec::new();
            let hash = people::password_hash(&test.db, 1).await.unwrap().unwrap();
            for _ in 0..8 {
                let token = token::secret();
                assert!(half_sessions::begin(&test.db, &token::hash(&token), 1, &hash, app.clock.now()).await.unwrap());
                halves.push(format!("__Host-onibara-half={token}"));
            }
            let tries = (1..).zip(halves).map(|(number, half)| {
                let (app, code) = (app.clone(), code.clone());
                tokio::spawn(async move { enter_from(number, &app, &half, &code).await.cookie_named("__Host-onibara").is_some() })
            });
            let mut came = 0;
            for one in tries.collect::<Vec<_>>() {
                came += usize::from(one.await.unwrap());
            }
            assert_eq!((came, sessions(test).await), (1, before + 1));
            app.clock.advance(Duration::minutes(1));
        }
        // No limit of attempts stands before these.
        let db = &test.db;
        let step = own.step + 100;
        let used = futures::future::join_all((0..8).map(|_| second_steps::use_step(db, 1, step))).await;
        assert_eq!(used.into_iter().filter(|used| *used.as_ref().unwrap()).count(), 1);
        let hash = token::code_hash(&codes[1]);
        let used = futures::future::join_all((0..8).map(|_| second_steps::use_recovery(db, 1, hash.clone()))).await;
        assert_eq!(used.into_iter().filter(|used| *used.as_ref().unwrap()).count(), 1);
    }
}

/// The same from an address of its own.
async fn enter_from(number: u8, app: &TestApp, half: &str, code: &str) -> Answer {
    let mut asked = request(Method::POST, "/api/enter_code", Some(half), "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("code={code}")))
        .unwrap();
    let from = std::net::SocketAddr::from(([10, 0, 0, number], 1));
    asked.extensions_mut().insert(ConnectInfo(from));
    app.send(asked).await
}

async fn sessions(test: &TestDb) -> i64 {
    onibara::with_pool!(test.db.jobs(), |pool| {
        sqlx::query_scalar("select count(*) from sessions")
            .fetch_one(pool)
            .await
            .unwrap()
    })
}

on_both_databases! {
    async fn an_attempt_that_the_limit_refuses_is_none(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("owner@shop.ng", Role::Owner).await;
        let owner = app.session("owner@shop.ng").await;
        turn_on(&app, &owner).await;
        let (wasted, half) = (first_step(&app).await, first_step(&app).await);
        for _ in 0..5 {
            enter(&app, &wasted, "000000").await;
        }
        for _ in 0..6 {
            assert_eq!(enter(&app, &half, "000000").await.status, StatusCode::TOO_MANY_REQUESTS);
        }
        let metrics = app.state.metrics().text(&app.state).await;
        for counted in [r#"{reason="code"} 5"#, r#"{reason="limit"} 6"#] {
            assert!(metrics.contains(&format!("onibara_sign_ins_refused_total{counted}")), "{counted} {metrics}");
        }
        let attempts: Vec<i64> = onibara::with_pool!(test.db.jobs(), |pool| {
            sqlx::query_scalar("select attempts from half_sessions order by attempts").fetch_all(pool).await.unwrap()
        });
        assert_eq!(attempts, [0, 5]);
    }
}

on_both_databases! {
    async fn a_code_alone_does_not_turn_it_off(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let (key, _) = turn_on(&app, &owner).await;
        let code = code_at(&key, app.clock.now()).unwrap();
        let refused = app.call("/api/end_second_step", &format!("password=wrong&code={code}"), Some(&owner)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(account(&app, &owner).await.second_step, SecondStep::On(10));
    }
}

on_both_databases! {
    async fn codes_are_few_and_soon(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let (key, _) = turn_on(&app, &owner).await;
        let half = first_step(&app).await;
        for _ in 0..5 {
            enter(&app, &half, "000000").await;
            app.clock.advance(Duration::seconds(60));
        }
        let code = code_at(&key, app.clock.now()).unwrap();
        let sixth = enter(&app, &half, &code).await;
        assert_eq!(sixth.status, StatusCode::UNPROCESSABLE_ENTITY, "five to a password");
        let half = first_step(&app).await;
        app.clock.advance(Duration::minutes(10) + Duration::seconds(1));
        let code = code_at(&key, app.clock.now()).unwrap();
        assert_eq!(enter(&app, &half, &code).await.status, StatusCode::UNPROCESSABLE_ENTITY, "ten minutes");
    }
}

on_both_databases! {
    async fn whoever_must_have_a_second_step_goes_on_once_it_is_on(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        app.call("/api/require_second_step", "required=true", Some(&owner)).await;
        assert_eq!(app.ask("/api/people", Some(&owner)).await.status, StatusCode::FORBIDDEN);
        let page = app.get("/dashboard/admin/settings/account", Some(&owner)).await;
        assert!(page.status == StatusCode::OK && page.body.contains("Your shop wants a second step"));
        turn_on(&app, &owner).await;
        assert_eq!(app.ask("/api/people", Some(&owner)).await.status, StatusCode::OK);
    }
}

/// A sign-in from an address of its own, and how long it took.
async fn timed(app: &TestApp, number: u32, email: &str) -> (StatusCode, String, std::time::Duration) {
    let [_, a, b, c] = number.to_be_bytes();
    let form = format!("email={email}&password=wrong+password");
    let mut asked = request(Method::POST, "/api/sign_in", None, "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .unwrap();
    let from = std::net::SocketAddr::from(([10, a, b, c], 1));
    asked.extensions_mut().insert(ConnectInfo(from));
    let begun = std::time::Instant::now();
    let answer = app.send(asked).await;
    (answer.status, answer.body, begun.elapsed())
}

#[tokio::test]
#[ignore = "times a thousand sign-ins"]
async fn how_long_a_sign_in_takes_tells_nothing() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    for number in 0..500 {
        app.add_user(&format!("user{number}@shop.ng"), Role::Staff).await;
    }
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..500_u32 {
        let here = timed(&app, 2 * number, &format!("user{number}@shop.ng")).await;
        let nobody = timed(&app, 2 * number + 1, &format!("none{number}@shop.ng")).await;
        assert_eq!((here.0, &here.1), (nobody.0, &nobody.1));
        known.push(here.2);
        unknown.push(nobody.2);
    }
    known.sort_unstable();
    unknown.sort_unstable();
    let (known, unknown) = (known[250].as_secs_f64(), unknown[250].as_secs_f64());
    println!("known {:.3} ms, unknown {:.3} ms", known * 1e3, unknown * 1e3);
    assert!((known / unknown - 1.0).abs() < 0.05, "{known} {unknown}");
}
