//! The audit log: everything that is done stands in it, names nobody, is found again, and cannot be changed.

use axum::http::StatusCode;
use onibara::domain::audit::AuditPage;
use onibara::domain::role::Role;
use onibara::paths;
use onibara::server::db;
use onibara::server::store::audit::{Action, Entry, Subject, append};
use onibara::server::store::audit_page::{Wanted, newest};
use onibara::server::store::erasure::{Erasure, erase, wipe};
use onibara::server::store::orders;
use sqlx::AssertSqlSafe;

use crate::api::{make_key, texts};
use crate::imports::{act, sent, still};
use crate::on_both_databases;
use crate::orders_page::read;
use crate::rollup::check;
use crate::support::app::TestApp;
use crate::support::builders::{at, order};
use crate::support::database::postgres;

const PHONE: &str = "+2348055512345";
const SLUG: &str = "2348055512345";
const ROLE: &str = include_str!("../../scripts/app-role.sql");

fn entry(second: i64, who: &str, action: Action) -> Entry {
    Entry {
        at: at("2026-11-20T10:00:00Z") + chrono::TimeDelta::seconds(second),
        user_id: None,
        who: who.to_owned(),
        address: format!("10.0.0.{}", second % 3),
        action,
        detail: format!("line {second}"),
        subject: Subject::None,
    }
}

async fn log(app: &TestApp, cookie: &str, query: &str) -> AuditPage {
    let encoded = query.replace('&', "%26").replace('=', "%3D").replace('@', "%40");
    read(app, cookie, &format!("/api/audit?query={encoded}")).await
}

on_both_databases! {
    async fn everything_that_is_done_is_in_it_and_nobody_is_named(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        orders::upsert(&test.db, vec![order("A-1", PHONE), order("A-2", "+2347065550001"), order("A-3", PHONE)]).await.unwrap();
        let key = make_key(&app, &owner, &["orders:write"]).await;
        for (path, form) in [
            ("/api/add_note", format!("phone={SLUG}&body=hush")),
            ("/api/edit_note", format!("phone={SLUG}&id=1&body=hush+hush")),
            ("/api/delete_note", format!("phone={SLUG}&id=1")),
            ("/api/restore_note", format!("phone={SLUG}&id=1")),
            ("/api/add_tags", format!("phone={SLUG}&tags=secret")),
            ("/api/remove_tag", format!("phone={SLUG}&tag=secret")),
            ("/api/tag_chosen", format!("chosen[]={SLUG}&tags=more")),
            ("/api/set_consent", format!("phone={SLUG}&consent=yes")),
            ("/api/merge_customers", format!("phone={SLUG}&other=2347065550001")),
            ("/api/separate_phone", format!("phone={SLUG}&other=2347065550001")),
            ("/api/change_status", "numbers[]=A-1&status=returned&back=".to_owned()),
            ("/api/change_status", "numbers[]=A-1&numbers[]=A-3&status=postponed&back=".to_owned()),
            ("/api/delete_order", "number=A-3".to_owned()),
            ("/api/save_named_view", "name=Ada&query=q%3DAda".to_owned()),
            ("/api/delete_view", "id=1".to_owned()),
            ("/api/make_queue", format!("chosen[]={SLUG}&query=&called=Ada")),
            ("/api/choose_message", "queue=1&template=0".to_owned()),
            ("/api/delete_queue", "queue=1".to_owned()),
            ("/api/save_template", "template[id]=&template[name]=Hi&template[body]=Hello".to_owned()),
            ("/api/revoke_key", "id=1".to_owned()),
            ("/api/add_shop", "system=woocommerce".to_owned()),
            ("/export/customers", "query=q%3DAda&format=csv".to_owned()),
            ("/api/update_customer_info", format!("phone={SLUG}&edit[was][name]=Ad%C3%A9b%C3%A1y%C3%B2+Okafor&edit[to][name]=Hush")),
        ] {
            let answer = app.call(path, &form, Some(&owner)).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        }
        let file = "Order No,Date,Customer,Phone,Amount,Status\nI-1,2026-11-20,Hush,0805 551 2345,999,new\n";
        let id = sent(&app, &owner, file).await;
        still(&app, &owner, id).await;
        act(&app, &owner, "start_import", id).await;
        let ended = async |words: &'static str| {
            while !texts(test, "select detail from audit_log where action = 'imported'").await.iter().any(|detail| detail.contains(words)) {
                tokio::task::yield_now().await;
            }
        };
        ended("done: 1 new, 0 changed").await;
        act(&app, &owner, "undo_import", id).await;
        ended("taken back: 1 orders").await;
        app.call("/api/sign_in", "email=owner@shop.ng&password=wrong+wrong+wrong", None).await;
        app.add_user("staff@shop.ng", Role::Staff).await;
        let staff = app.sign_in("staff@shop.ng").await;
        app.call("/api/delete_template", "id=1", Some(&staff)).await;
        app.submit("/api/make_key", "name=mine", Some(&staff)).await;
        app.get("/dashboard/admin/settings/audit", Some(&staff)).await;
        app.call("/export/orders", "query=&format=csv", Some(&staff)).await;
        app.call("/api/erase_customer", &format!("phone={SLUG}&confirm=ERASE"), Some(&owner)).await;

        let actions = texts(test, "select distinct action from audit_log").await;
        for action in [
            "signed_in", "sign_in_refused", "key_made", "key_revoked", "note_added", "note_edited", "note_deleted",
            "note_restored", "tagged", "untagged", "consent_set", "merged", "separated", "status_changed",
            "order_deleted", "view_saved", "view_deleted", "queue_made", "queue_changed", "queue_deleted",
            "settings_changed", "exported", "customer_edited", "imported", "refused", "erased",
        ] {
            assert!(actions.iter().any(|known| known == action), "{action} in {actions:?}");
        }
        let refused = texts(test, "select who || ' ' || detail from audit_log where action = 'refused' order by id").await;
        assert_eq!(refused, [
            "staff@shop.ng POST /api/delete_template", "staff@shop.ng POST /api/make_key",
            "staff@shop.ng GET /dashboard/admin/settings/audit", "staff@shop.ng POST /export/orders",
        ]);
        let all = texts(test, "select detail || ' ' || order_number from audit_log").await.join("\n");
        for secret in ["8055512345", "7065550001", "Okafor", "Hush", "hush", "secret", "Ada", "I-1", &key] {
            assert!(!all.contains(secret), "{secret}: {all}");
        }
        let statuses = texts(test, "select detail from audit_log where action = 'status_changed' order by id").await;
        assert_eq!(statuses, ["returned", "postponed", "postponed"], "a line an order");
        let orders = texts(test, "select order_number from audit_log where order_number <> ''").await;
        assert!(orders.contains(&"(erased)".to_owned()), "of an order that is there no more stays what it was: {orders:?}");
    }
}

on_both_databases! {
    async fn it_is_read_a_page_at_a_time_by_who_what_when_and_where(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("owner@shop.ng", Role::Owner).await;
        for second in 0..130 {
            let action = if second % 10 == 0 { Action::Merged } else { Action::SignedIn };
            let who = if second % 2 == 0 { "ada@shop.ng" } else { "ben@shop.ng" };
            // Several in one millisecond: no page leaves one out.
            append(&test.db, entry(second / 4, who, action)).await.unwrap();
        }
        let owner = app.sign_in("owner@shop.ng").await;
        let (mut details, mut query, mut pages) = (Vec::new(), String::new(), 0);
        loop {
            let page = log(&app, &owner, &query).await;
            pages += 1;
            details.extend(page.lines.into_iter().map(|line| (line.at.at, line.detail)));
            let Some((at, id)) = page.older else { break };
            query = format!("before={at}-{id}");
        }
        assert_eq!((pages, details.len()), (3, 131), "and the sign-in");
        assert!(details.windows(2).all(|pair| pair[0].0 >= pair[1].0), "the newest first");
        let count = async |query: &str| log(&app, &owner, query).await.lines.len();
        assert_eq!(count("what=customers").await, 13);
        assert_eq!(count("what=customers&who=ben@shop.ng").await, 0);
        assert_eq!(count("what=customers&who=ADA@shop.ng").await, 13);
        assert_eq!(count("address=10.0.0.1&what=customers").await, 4);
        assert_eq!(count("period=today").await, 1);
        assert_eq!(count("from=2026-11-20&to=2026-11-20&what=customers").await, 13);
        assert_eq!(count("what=orders").await, 0);
        let page = app.get(&format!("{}?what=orders", paths::AUDIT), Some(&owner)).await;
        assert!(page.body.contains("Nothing of this in the log"), "it says so");
        let page = app.get(&format!("{}?what=customers", paths::AUDIT), Some(&owner)).await;
        assert!(page.body.contains("Merged") && page.body.contains("20 Nov 2026, 11:00:00 (Africa/Lagos)"), "the shop's zone");
        let staff = {
            app.add_user("staff@shop.ng", Role::Staff).await;
            app.sign_in("staff@shop.ng").await
        };
        assert_eq!(app.call(paths::EXPORT_AUDIT, "query=&format=csv", Some(&staff)).await.status, StatusCode::FORBIDDEN);
        let page = app.get(paths::AUDIT, Some(&staff)).await;
        assert!(page.body.contains("Your role does not include this") && !page.body.contains("ada@shop.ng"));

        let file = app.call(paths::EXPORT_AUDIT, "query=what%3Dcustomers&format=csv", Some(&owner)).await;
        assert_eq!(file.body.lines().count(), 14, "{}", file.body);
        assert!(file.body.lines().nth(1).unwrap().contains("ada@shop.ng,10.0.0."), "{}", file.body);
        let sheet = app.call(paths::EXPORT_AUDIT, "query=&format=xlsx", Some(&owner)).await;
        assert!(sheet.raw().starts_with(b"PK"));
        let exported = texts(test, "select detail from audit_log where action = 'exported' order by id").await;
        assert!(exported[1].contains("audit-log") && exported[1].ends_with("13 rows"), "{exported:?}");
        append(&test.db, entry(900, "=cmd()", Action::SignedIn)).await.unwrap();
        let file = app.call(paths::EXPORT_AUDIT, "query=who%3D%253Dcmd()&format=csv", Some(&owner)).await;
        assert!(file.body.contains("'=cmd()"), "no formula: {}", file.body);
    }
}

on_both_databases! {
    async fn it_is_only_ever_appended_to(test: &TestDb) {
        let mut line = entry(1, "ada@shop.ng", Action::OrderSaved);
        line.subject = Subject::Order("A-1".to_owned());
        append(&test.db, line).await.unwrap();
        for sql in [
            "update audit_log set who = 'nobody'",
            "update audit_log set order_number = ''",
            "update audit_log set order_number = '(erased)', detail = ''",
            "update audit_log set order_number = '(erased)', at = 0",
            "delete from audit_log",
        ] {
            let done = onibara::with_pool!(test.db.bulk(), |pool| sqlx::query(sql).execute(pool).await.map(drop));
            assert!(done.unwrap_err().to_string().contains("only ever appended to"), "{sql}");
        }
        let erased = "update audit_log set order_number = '(erased)'";
        onibara::with_pool!(test.db.bulk(), |pool| sqlx::query(erased).execute(pool).await.map(drop)).unwrap();
        let lines = texts(test, "select who || ' ' || order_number || ' ' || detail from audit_log").await;
        assert_eq!(lines, ["ada@shop.ng (erased) line 1"], "what an erasure takes, and nothing else");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_applications_role_may_only_append_and_yet_erase() {
    let test = postgres().await;
    orders::upsert(&test.db, vec![order("A-1", PHONE), order("A-2", "+2347065550001")])
        .await
        .unwrap();
    let name = format!("app_{}", onibara::server::token::reference());
    onibara::with_pool!(test.db.bulk(), |pool| {
        let create = format!("create role {name} login");
        sqlx::raw_sql(AssertSqlSafe(create)).execute(pool).await.unwrap();
        let granted: String = ROLE.replace(":role", &name);
        sqlx::raw_sql(AssertSqlSafe(granted)).execute(pool).await.unwrap();
    });
    let url = test.url().replacen("onibara@", &format!("{name}@"), 1);
    let app = db::open(&url).await.unwrap();
    let mut line = entry(1, "ada@shop.ng", Action::OrderSaved);
    line.subject = Subject::Order("A-1".to_owned());
    append(&app, line.clone()).await.unwrap();
    for sql in [
        "update audit_log set order_number = '(erased)'",
        "delete from audit_log",
        "truncate audit_log",
        "alter table audit_log disable trigger all",
        "drop trigger audit_log_kept on audit_log",
    ] {
        let done = onibara::with_pool!(app.bulk(), |pool| sqlx::query(sql).execute(pool).await.map(drop));
        let said = done.unwrap_err().to_string();
        assert!(
            said.contains("permission denied") || said.contains("must be owner"),
            "{sql}: {said}"
        );
    }
    let lines = newest(&app, &Wanted::default(), 10).await.unwrap();
    assert_eq!((lines.len(), lines[0].order_number.as_str()), (1, "A-1"));

    let phone = onibara::domain::phone::Phone::e164(PHONE).unwrap();
    let customer = onibara::server::store::customer_page::id_of(&app, &phone)
        .await
        .unwrap()
        .unwrap();
    line.subject = Subject::Customer(customer);
    line.action = Action::Erased;
    assert!(matches!(erase(&app, customer, line).await.unwrap(), Erasure::Done(_)));
    assert!(wipe(&app).await.unwrap());
    let lines = texts(&test, "select action || ' ' || order_number from audit_log order by id").await;
    assert_eq!(lines, ["order_saved (erased)", "erased "]);
    check(&test, &std::collections::BTreeMap::new(), "after an erasure").await;
    app.close().await;
    onibara::with_pool!(test.db.bulk(), |pool| {
        let gone = format!("drop owned by {name}; drop role {name}");
        sqlx::raw_sql(AssertSqlSafe(gone)).execute(pool).await.unwrap();
    });
}
