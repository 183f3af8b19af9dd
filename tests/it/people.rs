//! Invitations, roles, resets: who may sign in, and from when on not any more.

use std::sync::Arc;

use axum::http::StatusCode;
use chrono::Duration;
use onibara::domain::people::{People, State};
use onibara::domain::role::Role;

use crate::on_both_databases;
use crate::support::app::{Answer, TestApp};
use crate::support::database::sqlite;

const CUSTOMERS: &str = "/dashboard/admin/customers";
const NEW: &str = "password=another+long+sentence";

async fn people(app: &TestApp, cookie: &str) -> People {
    let answer = app.ask("/api/people", Some(cookie)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.read()
}

async fn id_of(app: &TestApp, cookie: &str, email: &str) -> i64 {
    let all = people(app, cookie).await.people;
    all.iter().find(|person| person.email == email).unwrap().id
}

/// The path of the link that an answer has made, as the page that follows shows it once.
async fn link(app: &TestApp, cookie: &str, made: &Answer) -> String {
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let waiting = made.cookie_named("__Host-onibara-link").unwrap();
    let shown = people(app, &format!("{cookie}; {waiting}")).await.fresh.unwrap();
    assert!(!made.body.contains(waiting.split_once('=').unwrap().1));
    assert_eq!(people(app, cookie).await.fresh, None, "shown once");
    shown.address.strip_prefix("https://shop.test").unwrap().to_owned()
}

/// Opens a link as a browser does; returns the cookie with which its page is asked for.
async fn open(app: &TestApp, link: &str) -> String {
    let opened = app.get(link, None).await;
    assert_eq!((opened.status, opened.location()), (StatusCode::SEE_OTHER, "/welcome"));
    opened.cookie_named("__Host-onibara-welcome").unwrap()
}

async fn is_in(app: &TestApp, cookie: &str) -> bool {
    app.get(CUSTOMERS, Some(cookie)).await.status == StatusCode::OK
}

async fn invited(app: &TestApp, owner: &str) -> String {
    let made = app
        .call("/api/invite", "email=Ada@shop.ng&role=admin", Some(owner))
        .await;
    link(app, owner, &made).await
}

on_both_databases! {
    async fn an_invitation_lets_one_person_in_once(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let link = invited(&app, &owner).await;
        let token = link.rsplit('/').next().unwrap();
        let kept = onibara::server::store::password_links::find(&test.db, token, app.clock.now()).await.unwrap();
        assert!(kept.is_none(), "the token itself is not stored");
        // A program that looks at links uses nothing up.
        open(&app, &link).await;
        let cookie = open(&app, &link).await;
        let page = app.get("/welcome", Some(&cookie)).await;
        assert!(page.body.contains("ada@shop.ng") && !page.body.contains(token), "{}", page.body);
        let sign_in = app.call("/api/sign_in", "email=ada@shop.ng&password=", None).await;
        assert_eq!(sign_in.status, StatusCode::UNPROCESSABLE_ENTITY, "not before there is a password");
        let short = app.call("/api/set_password", "password=short", Some(&cookie)).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        let set = app.call("/api/set_password", NEW, Some(&cookie)).await;
        let session = set.cookie_named("__Host-onibara").unwrap();
        assert!(is_in(&app, &session).await);
        assert_eq!(app.ask("/api/people", Some(&session)).await.status, StatusCode::FORBIDDEN, "an admin");
        let again = app.call("/api/set_password", NEW, Some(&cookie)).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "used up");
        let ada = people(&app, &owner).await.people.remove(0);
        assert_eq!((ada.email.as_str(), ada.role, ada.state), ("ada@shop.ng", Role::Admin, State::Active));
        let refused = app.call("/api/invite", "email=ADA@shop.ng&role=admin", Some(&owner)).await;
        assert!(refused.body.contains("ADA@shop.ng"), "{}", refused.body);
    }
}

on_both_databases! {
    async fn of_many_who_use_a_link_one_sets_the_password(test: &TestDb) {
        let app = Arc::new(TestApp::on(test));
        let owner = app.owner().await;
        let link = invited(&app, &owner).await;
        let cookie = open(&app, &link).await;
        let tries = (0..8).map(|_| {
            let (app, cookie) = (app.clone(), cookie.clone());
            tokio::spawn(async move { app.call("/api/set_password", NEW, Some(&cookie)).await.status })
        });
        let mut done = 0;
        for one in tries.collect::<Vec<_>>() {
            done += usize::from(one.await.unwrap() == StatusCode::OK);
        }
        assert_eq!(done, 1);
    }
}

on_both_databases! {
    async fn an_invitation_ends_after_a_week_when_made_anew_and_when_withdrawn(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("owner@shop.ng", Role::Owner).await;
        let owner = app.session("owner@shop.ng").await;
        let first = invited(&app, &owner).await;
        let first = open(&app, &first).await;
        let id = id_of(&app, &owner, "ada@shop.ng").await;
        let anew = app.call("/api/make_link", &format!("id={id}"), Some(&owner)).await;
        let second = link(&app, &owner, &anew).await;
        let second = open(&app, &second).await;
        assert_eq!(app.ask("/api/welcome", Some(&first)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.ask("/api/welcome", Some(&second)).await.status, StatusCode::OK);
        app.clock.advance(Duration::days(7));
        assert_eq!(app.call("/api/set_password", NEW, Some(&second)).await.status, StatusCode::NOT_FOUND);
        let owner = app.session("owner@shop.ng").await;
        let gone = app.call("/api/withdraw_invitation", &format!("id={id}"), Some(&owner)).await;
        assert_eq!(gone.status, StatusCode::OK);
        assert_eq!(people(&app, &owner).await.people.len(), 1);
        let own = id_of(&app, &owner, "owner@shop.ng").await;
        let refused = app.call("/api/withdraw_invitation", &format!("id={own}"), Some(&owner)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "who has come is not taken away");
    }
}

on_both_databases! {
    async fn what_is_changed_counts_for_the_next_request(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        app.add_user("ada@shop.ng", Role::Owner).await;
        let id = id_of(&app, &owner, "ada@shop.ng").await;
        let ada = app.session("ada@shop.ng").await;
        app.call("/api/change_role", &format!("id={id}&role=staff"), Some(&owner)).await;
        assert_eq!(app.ask("/api/people", Some(&ada)).await.status, StatusCode::FORBIDDEN);
        assert!(is_in(&app, &ada).await);
        app.call("/api/sign_out_person", &format!("id={id}"), Some(&owner)).await;
        assert!(!is_in(&app, &ada).await);
        let ada = app.session("ada@shop.ng").await;
        let made = app.call("/api/make_link", &format!("id={id}"), Some(&owner)).await;
        let reset = link(&app, &owner, &made).await;
        assert!(is_in(&app, &ada).await, "until the link is used");
        let reset = open(&app, &reset).await;
        assert_eq!(app.call("/api/set_password", NEW, Some(&reset)).await.status, StatusCode::OK);
        assert!(!is_in(&app, &ada).await);
        let ada = app.session("ada@shop.ng").await;
        app.call("/api/disable_person", &format!("id={id}&disabled=true"), Some(&owner)).await;
        assert!(!is_in(&app, &ada).await);
        let closed = app.call("/api/sign_in", &format!("email=ada@shop.ng&{NEW}"), None).await;
        let unknown = app.call("/api/sign_in", &format!("email=obi@shop.ng&{NEW}"), None).await;
        assert_eq!((closed.status, &closed.body), (unknown.status, &unknown.body));
        app.call("/api/disable_person", &format!("id={id}"), Some(&owner)).await;
        assert!(!is_in(&app, &ada).await, "the old session stays dead");
        let again = app.call("/api/sign_in", &format!("email=ada@shop.ng&{NEW}"), None).await;
        assert_eq!(again.status, StatusCode::OK);
    }
}

on_both_databases! {
    async fn a_link_that_resets_is_good_for_a_day(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("owner@shop.ng", Role::Owner).await;
        let owner = app.session("owner@shop.ng").await;
        let id = id_of(&app, &owner, "owner@shop.ng").await;
        let made = app.call("/api/make_link", &format!("id={id}"), Some(&owner)).await;
        let reset = link(&app, &owner, &made).await;
        let reset = open(&app, &reset).await;
        app.clock.advance(Duration::hours(24) - Duration::seconds(1));
        assert_eq!(app.ask("/api/welcome", Some(&reset)).await.status, StatusCode::OK);
        app.clock.advance(Duration::seconds(1));
        assert_eq!(app.ask("/api/welcome", Some(&reset)).await.status, StatusCode::NOT_FOUND);
    }
}

on_both_databases! {
    async fn there_is_always_an_owner_who_can_sign_in(test: &TestDb) {
        let app = Arc::new(TestApp::on(test));
        let owner = app.owner().await;
        let own = id_of(&app, &owner, "owner@shop.ng").await;
        // Neither an invited nor a disabled owner counts.
        app.call("/api/invite", "email=late@shop.ng&role=owner", Some(&owner)).await;
        app.add_user("gone@shop.ng", Role::Owner).await;
        let gone = id_of(&app, &owner, "gone@shop.ng").await;
        app.call("/api/disable_person", &format!("id={gone}&disabled=true"), Some(&owner)).await;
        for (path, form) in [
            ("/api/change_role", format!("id={own}&role=admin")),
            ("/api/disable_person", format!("id={own}&disabled=true")),
        ] {
            let refused = app.call(path, &form, Some(&owner)).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(refused.body.contains("owner@shop.ng is the last owner"), "{}", refused.body);
        }
        app.call("/api/disable_person", &format!("id={gone}"), Some(&owner)).await;
        // Two owners lower and disable each other at the same moment: one of them stays.
        for round in 0..5 {
            let (a, b) = (app.session("owner@shop.ng").await, app.session("gone@shop.ng").await);
            let form = if round % 2 == 0 { "role=staff" } else { "disabled=true" };
            let path = if round % 2 == 0 { "/api/change_role" } else { "/api/disable_person" };
            let send = |id: i64, cookie: String| {
                let app = app.clone();
                tokio::spawn(async move { app.call(path, &format!("id={id}&{form}"), Some(&cookie)).await.status })
            };
            let both = [send(gone, a), send(own, b)];
            for one in both {
                one.await.unwrap();
            }
            crate::rollup::execute(test, "delete from sessions".to_owned()).await;
            let all = onibara::server::store::people::all(&test.db, app.clock.now()).await.unwrap();
            let left = all.iter().filter(|one| one.role == Role::Owner && one.state == State::Active);
            assert_eq!(left.count(), 1, "round {round}");
            let again = "update users set role = 'owner', disabled_at = null";
            crate::rollup::execute(test, again.to_owned()).await;
        }
    }
}

on_both_databases! {
    async fn a_changed_password_ends_all_other_sessions(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let other = app.session("owner@shop.ng").await;
        let wrong = app.call("/api/change_password", &format!("current=nope&{NEW}"), Some(&owner)).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("current"), "{}", wrong.body);
        assert!(is_in(&app, &other).await);
        let form = format!("current=a+long+enough+sentence&{NEW}");
        let changed = app.call("/api/change_password", &form, Some(&owner)).await;
        let fresh = changed.cookie_named("__Host-onibara").unwrap();
        assert!(is_in(&app, &fresh).await);
        assert!(!is_in(&app, &owner).await && !is_in(&app, &other).await);
        let everywhere = app.call("/api/sign_out_everywhere", "", Some(&fresh)).await;
        assert_eq!(everywhere.headers["clear-site-data"], "\"cache\", \"storage\"");
        assert!(!is_in(&app, &fresh).await);
    }
}

#[tokio::test]
async fn each_change_of_people_is_in_the_audit_log() {
    let test = sqlite().await;
    let app = TestApp::on(&test);
    let owner = app.owner().await;
    invited(&app, &owner).await;
    let id = id_of(&app, &owner, "ada@shop.ng").await;
    for (path, form) in [
        ("make_link", ""),
        ("change_role", "&role=staff"),
        ("disable_person", "&disabled=true"),
        ("disable_person", ""),
        ("sign_out_person", ""),
        ("withdraw_invitation", ""),
        ("require_second_step", "&required=true"),
    ] {
        let done = app
            .call(&format!("/api/{path}"), &format!("id={id}{form}"), Some(&owner))
            .await;
        assert_eq!(done.status, StatusCode::OK, "{path}: {}", done.body);
    }
    let actions: Vec<String> = sqlx::query_scalar("select action from audit_log order by id")
        .fetch_all(match test.db.jobs() {
            onibara::server::db::Pool::Sqlite(pool) => pool,
            onibara::server::db::Pool::Postgres(_) => unreachable!(),
        })
        .await
        .unwrap();
    assert_eq!(
        actions,
        [
            "signed_in",
            "person_invited",
            "link_made",
            "role_changed",
            "person_disabled",
            "person_enabled",
            "signed_out_everywhere",
            "invitation_withdrawn",
            "second_step_required"
        ]
    );
}
