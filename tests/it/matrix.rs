//! Who may do what: every server function and every route, for everybody. One that is not in a table fails the test.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use onibara::domain::role::Role;
use onibara::server::store::second_steps;
use onibara::with_pool;
use sqlx::AssertSqlSafe;

use self::May::{Admins, Anybody, Owners, SignedIn, Staff};
use crate::on_both_databases;
use crate::rollup::execute;
use crate::support::app::{Answer, TestApp, request};
use crate::support::builders::order;
use crate::support::database::TestDb;

/// Who is let in, from the most to the fewest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum May {
    /// Also those without a session.
    Anybody,
    /// Also those who have yet to turn on a second step of signing in.
    SignedIn,
    /// Every role.
    Staff,
    /// Admins and owners.
    Admins,
    /// Owners.
    Owners,
}

/// Every server function, who may call it, and a form that is read without a complaint.
const FUNCTIONS: &[(&str, May, &str)] = &[
    ("account", SignedIn, ""),
    ("add_note", Staff, "phone=2348031234567&body=Hello"),
    ("add_shop", Owners, "system=woocommerce"),
    ("add_tags", Staff, "phone=2348031234567&tags=late"),
    ("audit", Admins, ""),
    ("begin_second_step", SignedIn, ""),
    ("change_password", SignedIn, "current=a&password=b"),
    ("change_role", Owners, "id=1&role=staff"),
    ("change_status", Staff, "numbers[]=A-1&status=new"),
    ("choose_columns", Admins, "id=1"),
    ("choose_message", Staff, "queue=1&template=1"),
    ("confirm_second_step", SignedIn, "password=a&code=1"),
    ("connections", Owners, ""),
    ("customer", Staff, "phone=2348031234567"),
    ("customer_facets", Staff, ""),
    ("customer_orders", Staff, "phone=2348031234567"),
    ("customer_overview", Staff, ""),
    ("customers", Staff, ""),
    ("delete_note", Staff, "phone=2348031234567&id=1"),
    ("delete_order", Admins, "number=A-1"),
    ("delete_queue", Staff, "queue=1"),
    ("delete_template", Admins, "id=1"),
    ("delete_view", Staff, "id=1"),
    ("disable_person", Owners, "id=1&disabled=true"),
    ("edit_note", Staff, "phone=2348031234567&id=1&body=Hello"),
    ("end_second_step", SignedIn, "password=a&code=1"),
    ("end_second_step_of", Owners, "id=1"),
    ("end_turn", Staff, ""),
    ("enter_code", Anybody, "code=1"),
    ("erase_customer", Owners, "phone=2348031234567&confirm=nobody"),
    ("find", Staff, "typed=ada"),
    (
        "fix_duplicate",
        Admins,
        "one=2348031234567&other=2348031234568&different=true",
    ),
    ("fix_number", Admins, "phone=2348031234567&number=08031234568"),
    ("fix_place", Admins, "spelled=nowhere"),
    ("import", Admins, "id=1"),
    ("imports", Admins, ""),
    ("invite", Owners, "email=new@shop.ng&role=owner"),
    ("load_customers", Staff, ""),
    ("make_default_template", Admins, "id=1"),
    ("make_key", Owners, "name=Shop&scopes[]=orders:write"),
    ("make_link", Owners, "id=1"),
    ("make_queue", Staff, "all=true&called=Calls"),
    ("merge_customers", Admins, "phone=2348031234567&other=08031234568"),
    ("open_with_view", Staff, "id=1"),
    ("order", Staff, "number=A-1"),
    ("orders", Staff, ""),
    ("pause_shop", Owners, "id=1"),
    ("people", Owners, ""),
    ("quality", Admins, ""),
    ("queue", Staff, "id=1"),
    ("queues", Staff, ""),
    ("remove_shop", Owners, "id=1"),
    ("remove_tag", Staff, "phone=2348031234567&tag=late"),
    ("require_second_step", Owners, "required=false"),
    ("restore_note", Staff, "phone=2348031234567&id=1"),
    ("revoke_key", Owners, "id=1"),
    ("right_amount", Admins, "number=A-0"),
    ("same_person", Staff, "phone=2348031234567"),
    ("save_named_view", Staff, "name=Mine&query=sort%3Dname"),
    ("save_order", Admins, ""),
    ("save_shop", Admins, ""),
    (
        "save_template",
        Admins,
        "template[id]=&template[name]=Hello&template[body]=Hello",
    ),
    ("save_view", Staff, ""),
    ("saved_views", Staff, ""),
    ("separate_phone", Admins, "phone=2348031234567&other=08031234568"),
    ("set_consent", Staff, "phone=2348031234567&consent=no"),
    ("set_password", Anybody, "password=a+long+enough+sentence"),
    (
        "set_up",
        Anybody,
        "code=NOPE&email=new@shop.ng&password=a+long+enough+sentence",
    ),
    ("shop", Staff, ""),
    ("sign_in", Anybody, "email=nobody@shop.ng&password=wrong"),
    ("sign_in_again", Anybody, ""),
    ("sign_in_page", Anybody, ""),
    ("sign_out", SignedIn, ""),
    ("sign_out_everywhere", SignedIn, ""),
    ("sign_out_person", Owners, "id=1"),
    ("signed_in", SignedIn, ""),
    ("start_import", Admins, "id=1"),
    ("stop_import", Admins, "id=1"),
    ("tag_chosen", Staff, "all=true&tags=late"),
    ("take_turn", Staff, "queue=1"),
    ("templates", Staff, ""),
    ("undo_customer_edit", Admins, "phone=2348031234567&version=1"),
    ("undo_fix", Admins, "kind=place&id=1"),
    ("undo_import", Admins, "id=1"),
    ("undo_shop", Admins, "version=0"),
    ("update_customer_info", Admins, "phone=2348031234567"),
    ("view", Staff, ""),
    ("welcome", Anybody, ""),
    ("withdraw_invitation", Owners, "id=6"),
];

/// Every route that is no page and no server function: as the router spells it, how it is asked for, and by whom.
const ROUTES: &[(&str, &str, &str, May)] = &[
    ("\"/sw.js\"", "GET", "/sw.js", Anybody),
    ("\"/welcome/{token}\"", "GET", "/welcome/none", Anybody),
    ("paths::LIVE", "GET", "/dashboard/admin/live", Staff),
    ("paths::EXPORT_CUSTOMERS", "POST", "/export/customers", Admins),
    ("paths::EXPORT_ORDERS", "POST", "/export/orders", Admins),
    ("paths::EXPORT_AUDIT", "POST", "/export/audit", Admins),
    ("paths::EXPORT_PERSON", "POST", "/export/person", Owners),
    ("paths::ERASURES", "GET", "/kept/erasures", Staff),
    ("paths::EXPORT_PROGRESS", "GET", "/export/progress?name=none", Admins),
    ("paths::EXPORT_STOP", "POST", "/export/stop", Admins),
    ("paths::IMPORT_FILE", "POST", "/import/file", Admins),
    ("\"/import/{id}/refused.csv\"", "GET", "/import/1/refused.csv", Admins),
];

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    SignedOut,
    Disabled,
    Lowered,
    Staff,
    Admin,
    Owner,
}

impl Who {
    const ALL: [Self; 6] = [
        Self::SignedOut,
        Self::Disabled,
        Self::Lowered,
        Self::Staff,
        Self::Admin,
        Self::Owner,
    ];

    /// What is expected of the server: let in, or refused with this.
    fn expected(self, may: May, must_enrol: bool) -> Option<StatusCode> {
        let role = match self {
            Self::SignedOut | Self::Disabled => {
                return (may != Anybody).then_some(StatusCode::UNAUTHORIZED);
            }
            Self::Lowered | Self::Staff => Staff,
            Self::Admin => Admins,
            Self::Owner => Owners,
        };
        let most = if must_enrol { SignedIn } else { role };
        (may > most).then_some(StatusCode::FORBIDDEN)
    }
}

struct Shop<'a> {
    app: TestApp,
    test: &'a TestDb,
    /// The session of somebody who was disabled, and of somebody who was an owner, in it.
    before: [String; 2],
}

impl<'a> Shop<'a> {
    async fn of(test: &'a TestDb) -> Self {
        let app = TestApp::on(test);
        onibara::server::store::orders::upsert(&test.db, vec![order("A-1", "+2348031234567")])
            .await
            .unwrap();
        for (email, role) in [
            ("staff@shop.ng", Role::Staff),
            ("admin@shop.ng", Role::Admin),
            ("owner@shop.ng", Role::Owner),
            ("gone@shop.ng", Role::Owner),
            ("lowered@shop.ng", Role::Owner),
        ] {
            app.add_user(email, role).await;
        }
        let owner = app.session("owner@shop.ng").await;
        let before = [app.session("gone@shop.ng").await, app.session("lowered@shop.ng").await];
        // What the table names by number is there: whoever is let in where they may not be would change it.
        for (path, form) in [
            ("disable_person", "id=4&disabled=true"),
            ("change_role", "id=5&role=staff"),
            ("invite", "email=invited@shop.ng&role=staff"),
            ("make_key", "name=Till&scopes[]=orders:write"),
            ("add_shop", "system=woocommerce"),
            ("save_template", "template[id]=&template[name]=Hi&template[body]=Hello"),
            ("make_queue", "chosen[]=2348031234567&query=&name=Calls"),
            ("save_named_view", "name=Ours&query=sort%3Dname"),
            ("add_note", "phone=2348031234567&body=Hello"),
            ("add_tags", "phone=2348031234567&tags=late"),
            ("set_consent", "phone=2348031234567&consent=yes"),
            (
                "update_customer_info",
                "phone=2348031234567&edit[was][name]=Ad%C3%A9b%C3%A1y%C3%B2+Okafor&edit[to][name]=Ada",
            ),
        ] {
            let done = app.call(&format!("/api/{path}"), form, Some(&owner)).await;
            assert_eq!(done.status, StatusCode::OK, "{path} {}", done.body);
        }
        let import = "insert into imports (began_at, user_id, who, file_name, bytes, state, moved_at)
                      values (5, 3, 'owner@shop.ng', 'orders.csv', 10, 'done', 6)";
        execute(test, import.to_owned()).await;
        for table in [
            "api_keys",
            "hooks",
            "templates",
            "queues",
            "saved_views",
            "customer_notes",
            "imports",
        ] {
            let found = texts(test, format!("select cast(count(*) as text) from {table} where id = 1")).await;
            assert_eq!(found, ["1"], "{table}");
        }
        Self { app, test, before }
    }

    async fn cookie(&self, who: Who) -> Option<String> {
        match who {
            Who::SignedOut => None,
            Who::Disabled => Some(self.before[0].clone()),
            Who::Lowered => Some(self.before[1].clone()),
            Who::Staff => Some(self.app.session("staff@shop.ng").await),
            Who::Admin => Some(self.app.session("admin@shop.ng").await),
            Who::Owner => Some(self.app.session("owner@shop.ng").await),
        }
    }

    async fn ask(&self, method: &str, path: &str, form: &str, cookie: Option<&str>) -> StatusCode {
        let method: Method = method.parse().unwrap();
        let kind = match path {
            "/import/file" => "multipart/form-data; boundary=here",
            _ => "application/x-www-form-urlencoded",
        };
        let asked = request(method, path, cookie, "application/json")
            .header("content-type", kind)
            .header("referer", "https://shop.test/login")
            .body(Body::from(form.to_owned()))
            .unwrap();
        // The body of an answer may never end: only its head is looked at.
        let answer = tower::ServiceExt::oneshot(self.app.router.clone(), asked)
            .await
            .unwrap();
        answer.status()
    }

    /// Asks for everything as somebody who is refused it, and finds the same database afterwards.
    async fn refuses(&self, must_enrol: bool) {
        let calls = calls();
        for who in Who::ALL {
            let cookie = self.cookie(who).await;
            let before = contents(self.test).await;
            for (method, path, form, may) in &calls {
                if let Some(refused) = who.expected(*may, must_enrol) {
                    let status = self.ask(method, path, form, cookie.as_deref()).await;
                    let signed_out = refused == StatusCode::UNAUTHORIZED && status == StatusCode::SEE_OTHER;
                    assert!(status == refused || signed_out, "{who:?} {path}: {status}");
                }
            }
            assert_eq!(contents(self.test).await, before, "{who:?}");
        }
    }

    /// Asks for everything as those who may have it.
    async fn lets_in(&self, must_enrol: bool) {
        for who in [Who::Staff, Who::Admin, Who::Owner] {
            for (method, path, form, may) in calls() {
                if may > Anybody && who.expected(may, must_enrol).is_none() {
                    let cookie = self.cookie(who).await;
                    let status = self.ask(method, &path, form, cookie.as_deref()).await;
                    let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
                    assert!(!refused.contains(&status), "{who:?} {path}: {status}");
                }
            }
        }
    }
}

fn calls() -> Vec<(&'static str, String, &'static str, May)> {
    let mut calls = Vec::new();
    for (path, method) in leptos::server_fn::axum::server_fn_paths() {
        let name = path.trim_start_matches("/api/");
        let entry = FUNCTIONS.iter().find(|(known, ..)| *known == name);
        let (_, may, form) = entry.unwrap_or_else(|| panic!("{name} is not in the table of who may call it"));
        if method == Method::GET {
            calls.push(("GET", format!("{path}?{form}"), "", *may));
        } else {
            calls.push(("POST", path.to_owned(), *form, *may));
        }
    }
    calls.extend(
        ROUTES
            .iter()
            .map(|(_, method, path, may)| (*method, (*path).to_owned(), "", *may)),
    );
    calls
}

/// Everything in the database but the audit log, which refusals go into.
async fn contents(test: &TestDb) -> Vec<String> {
    let tables = test.db.dialect(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'
         and name not in ('audit_log', '_sqlx_migrations') order by name",
        "select tablename::text from pg_tables where schemaname = 'public'
         and tablename not in ('audit_log', '_sqlx_migrations') order by tablename",
    );
    let mut all = Vec::new();
    for table in texts(test, tables.to_owned()).await {
        // How a row is read as one text differs: SQLite is asked for the columns first.
        let row = test.db.dialect(
            "select group_concat('quote(\"' || name || '\")', ' || '','' || ') from pragma_table_info('TABLE')",
            "select 't::text'",
        );
        let row = texts(test, row.replace("TABLE", &table)).await.remove(0);
        let rows = texts(test, format!("select {row} from {table} t order by 1")).await;
        all.push(format!("{table}: {}", rows.join(" | ")));
    }
    assert!(all.len() > 20, "{all:?}");
    all
}

async fn texts(test: &TestDb, sql: String) -> Vec<String> {
    with_pool!(test.db.jobs(), |pool| {
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(pool).await.unwrap()
    })
}

on_both_databases! {
    async fn everybody_may_do_what_the_table_says_and_nothing_else(test: &TestDb) {
        let shop = Shop::of(test).await;
        shop.refuses(false).await;
        shop.lets_in(false).await;
    }
}

on_both_databases! {
    async fn whoever_has_yet_to_turn_on_a_second_step_may_do_nothing_else(test: &TestDb) {
        let shop = Shop::of(test).await;
        second_steps::require(&test.db, true).await.unwrap();
        shop.refuses(true).await;
        shop.lets_in(true).await;
        let owner = shop.app.session("owner@shop.ng").await;
        for path in onibara::server::http::page_paths() {
            let answer: Answer = shop.app.get(&path, Some(&owner)).await;
            let account = "/dashboard/admin/settings/account";
            if path.starts_with("/dashboard/") && path != account {
                assert_eq!(answer.location(), account, "{path}");
            }
        }
    }
}

on_both_databases! {
    async fn pages_of_owners_show_nothing_to_others(test: &TestDb) {
        let shop = Shop::of(test).await;
        execute(test, "update users set email = 'canary@shop.ng' where id = 4".to_owned()).await;
        for (who, seen) in [(Who::Staff, false), (Who::Lowered, false), (Who::Admin, false), (Who::Owner, true)] {
            let cookie = shop.cookie(who).await;
            let page = shop.app.get("/dashboard/admin/settings/people", cookie.as_deref()).await;
            assert_eq!(page.body.contains("canary@shop.ng"), seen, "{who:?}");
        }
    }
}

#[test]
fn every_route_and_no_other_is_in_the_table() {
    let router = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/server/http/router.rs")).unwrap();
    let spelled: Vec<&str> = router
        .split(".route(")
        .skip(1)
        .map(|rest| rest.split([',', '\n']).next().unwrap().trim())
        .filter(|route| *route != "\"/api/{*function}\"")
        .collect();
    assert!(spelled.len() >= 10, "{spelled:?}");
    for route in &spelled {
        assert!(
            ROUTES.iter().any(|(known, ..)| known == route),
            "{route} is not in the table"
        );
    }
    assert_eq!(spelled.len(), ROUTES.len());
    let functions = leptos::server_fn::axum::server_fn_paths().count();
    assert_eq!(
        functions,
        FUNCTIONS.len(),
        "the table names a function that there is not"
    );
}
