//! The shop's settings: checked, kept, followed at once by every process and every figure, told of, and taken back.

use axum::http::StatusCode;
use onibara::domain::customer_query::CustomerQuery;
use onibara::domain::facets::Facets;
use onibara::domain::listing::{CustomerList, Overview};
use onibara::domain::loaded::{Filling, Loaded};
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::order_list::{CustomerPage, OrderList};
use onibara::domain::query_string;
use onibara::domain::role::Role;
use onibara::domain::segment::Segment;
use onibara::domain::shop::{Effect, ShopForm, ShopPage};
use onibara::domain::stats::Measure;
use onibara::domain::status::Status;
use onibara::error::AppError;
use onibara::server::config::Shop;
use onibara::server::store::orders;
use onibara::with_pool;

use crate::api::Program;
use crate::on_both_databases;
use crate::orders_page::read;
use crate::rollup::execute;
use crate::support::app::{Answer, TestApp};
use crate::support::builders::{at, order};
use crate::support::database::TestDb;

const SAVE: &str = "/api/save_shop";
const PAGE: &str = "/dashboard/admin/settings";

/// Changes one setting of a form.
type Step = fn(&mut ShopForm);
/// Types a value into one field of a form.
type Set = fn(&mut ShopForm, String);

async fn page(app: &TestApp, cookie: &str, saved: &str) -> ShopPage {
    read(app, cookie, &format!("/api/shop?saved={saved}")).await
}

fn encoded(form: &ShopForm) -> String {
    let mut out = String::new();
    for (field, value) in [
        ("shop[seen]", &form.seen),
        ("shop[name]", &form.name),
        ("shop[time_zone]", &form.time_zone),
        ("shop[country]", &form.country),
        ("shop[currency]", &form.currency),
        ("shop[page_size]", &form.page_size),
        ("shop[active_days]", &form.active_days),
        ("shop[at_risk_days]", &form.at_risk_days),
        ("shop[vip_orders]", &form.vip_orders),
        ("shop[vip_spend]", &form.vip_spend),
    ] {
        query_string::push(&mut out, field, value);
    }
    out
}

async fn save(app: &TestApp, cookie: &str, form: &ShopForm) -> Answer {
    app.call(SAVE, &encoded(form), Some(cookie)).await
}

/// Changes the settings as they are shown.
async fn change(app: &TestApp, cookie: &str, change: impl FnOnce(&mut ShopForm)) -> Answer {
    let mut form = page(app, cookie, "").await.form;
    change(&mut form);
    let answer = save(app, cookie, &form).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer
}

fn refusal(answer: &Answer) -> onibara::domain::shop::ShopNotSaved {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    match answer.read::<AppError>() {
        AppError::ShopNotSaved(refused) => *refused,
        other => panic!("{other:?}"),
    }
}

/// Customers with one to seven orders, of different sizes and ages, every third order lost.
async fn fill(test: &TestDb) {
    let mut all = Vec::new();
    for customer in 0..40_i64 {
        for number in 0..=customer % 7 {
            all.push(Order {
                placed_at: at("2026-11-24T11:00:00Z") - chrono::TimeDelta::hours(customer * 61 + number * 300),
                amount: Money(700_000 + customer * 130_000),
                status: if (customer + number) % 3 == 0 {
                    Status::Returned
                } else {
                    Status::Delivered
                },
                ..order(&format!("S{customer}-{number}"), &format!("+23480312345{customer:02}"))
            });
        }
    }
    orders::upsert(&test.db, all).await.unwrap();
}

async fn count(test: &TestDb, sql: String) -> i64 {
    with_pool!(test.db.jobs(), |pool| sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .fetch_one(pool)
        .await
        .unwrap())
}

/// What the settings mean, asked of the orders alone: those of active customers, at risk, VIP, Repeat.
async fn by_the_orders(test: &TestDb, active: i64, risk: i64, orders: i64, spend: i64) -> [i64; 4] {
    // The shop's midnight, in Lagos, before noon of 24 November in UTC.
    let midnight = at("2026-11-23T23:00:00Z");
    let since = |days| (midnight - chrono::TimeDelta::days(days)).timestamp_millis();
    let of = |wanted: String| {
        format!(
            "select count(*) from (
               select sum(case when status = 'returned' then 0 else 1 end) as counted,
                 sum(case when status = 'returned' then 0 else amount end) as spent, max(placed_at) as latest
               from orders group by phone
             ) c where {wanted}"
        )
    };
    [
        count(test, of(format!("latest >= {}", since(active)))).await,
        count(test, of(format!("latest < {}", since(risk - 1)))).await,
        count(test, of(format!("counted >= {orders} or spent >= {spend}"))).await,
        count(test, of(format!("counted >= 2 and counted < {orders}"))).await,
    ]
}

/// The same from everything that the product shows.
async fn shown(app: &TestApp, cookie: &str) -> [i64; 4] {
    let list = async |query: &str| {
        let list: CustomerList = read(app, cookie, &format!("/api/customers?query={query}")).await;
        list.page.total
    };
    let all = [
        list("activity%3Dactive").await,
        list("segment%3Dat_risk").await,
        list("segment%3Dvip").await,
        list("segment%3Drepeat").await,
    ];
    let cards: Overview = read(app, cookie, "/api/customer_overview?query=").await;
    assert_eq!(cards.stats.active.now, Measure::Count(all[0]), "the card");
    let segments = cards.segments;
    assert_eq!(
        [
            segments.at_risk.customers,
            segments.vip.customers,
            segments.repeat.customers
        ],
        all[1..],
        "the segments"
    );
    let facets: Facets = read(app, cookie, "/api/customer_facets?query=").await;
    assert!(facets.segments.contains(&(Segment::Vip, all[2])), "the menus");
    let file = app.call("/export/customers", "query=&format=csv", Some(cookie)).await;
    assert_eq!(file.status, StatusCode::OK);
    let rows = |what: &str| i64::try_from(file.body.lines().skip(1).filter(|row| row.contains(what)).count()).unwrap();
    assert_eq!(
        [rows("Active"), rows("At risk"), rows("VIP"), rows("Repeat")],
        all,
        "the file"
    );
    let mut vips = 0;
    for customer in 0..40 {
        let one: CustomerPage = read(app, cookie, &format!("/api/customer?phone=23480312345{customer:02}")).await;
        vips += i64::from(one.segments.contains(&Segment::Vip));
    }
    assert_eq!(vips, all[2], "each customer's page");
    all
}

on_both_databases! {
    async fn each_threshold_holds_everywhere_at_once_and_in_every_process(test: &TestDb) {
        fill(test).await;
        let (app, other) = (TestApp::on(test), TestApp::on(test));
        let cookie = app.owner().await;
        let before = by_the_orders(test, 30, 60, 5, 10_000_000).await;
        assert!(before.iter().all(|count| *count > 0), "{before:?}");
        assert_eq!((shown(&app, &cookie).await, shown(&other, &cookie).await), (before, before));
        let steps: [(Step, [i64; 4]); 4] = [
            (|form| "12".clone_into(&mut form.active_days), [12, 60, 5, 10_000_000]),
            (|form| "41".clone_into(&mut form.at_risk_days), [12, 41, 5, 10_000_000]),
            (|form| " 3 ".clone_into(&mut form.vip_orders), [12, 41, 3, 10_000_000]),
            (|form| "₦70,000.50".clone_into(&mut form.vip_spend), [12, 41, 3, 7_000_050]),
        ];
        let mut last = before;
        for (step, [active, risk, orders, spend]) in steps {
            change(&app, &cookie, step).await;
            let wanted = by_the_orders(test, active, risk, orders, spend).await;
            assert_ne!(wanted, last, "the change tells the settings apart");
            assert_eq!(shown(&other, &cookie).await, wanted, "the other process, first");
            assert_eq!(shown(&app, &cookie).await, wanted);
            last = wanted;
        }
    }
}

on_both_databases! {
    async fn another_zone_begins_every_day_at_its_own_midnight(test: &TestDb) {
        // At noon in UTC it is the 25th on the Chatham Islands, where it was the 24th two hours before, as in Lagos.
        let one = Order { placed_at: at("2026-11-24T10:00:00Z"), ..order("Z1", "+2348031234500") };
        orders::upsert(&test.db, vec![one]).await.unwrap();
        let (app, other) = (TestApp::on(test), TestApp::on(test));
        let cookie = app.owner().await;
        let today = async |app: &TestApp| {
            let list: CustomerList = read(app, &cookie, "/api/customers?query=period%3Dtoday").await;
            (list.page.total, list.zone)
        };
        assert_eq!(today(&other).await, (1, "Africa/Lagos".to_owned()));
        change(&app, &cookie, |form| "Pacific/Chatham".clone_into(&mut form.time_zone)).await;
        assert_eq!(today(&other).await, (0, "Pacific/Chatham".to_owned()));
        assert_eq!(today(&app).await, (0, "Pacific/Chatham".to_owned()));
    }
}

on_both_databases! {
    async fn what_saving_would_do_is_said_before_and_after_and_can_be_taken_back(test: &TestDb) {
        fill(test).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let start = page(&app, &cookie, "").await;
        let form = ShopForm { vip_orders: "3".to_owned(), at_risk_days: "90".to_owned(), ..start.form.clone() };
        let ([active, risk, vip, repeat], after) =
            (by_the_orders(test, 30, 60, 5, 10_000_000).await, by_the_orders(test, 30, 90, 3, 10_000_000).await);
        let effect = Effect { active: (active, after[0]), at_risk: (risk, after[1]), vip: (vip, after[2]), repeat: (repeat, after[3]) };

        let tried = app.call(SAVE, &format!("{}&only_try=true", encoded(&form)), Some(&cookie)).await;
        let tried = refusal(&tried);
        assert_eq!((tried.would, &tried.typed, tried.wrong.len()), (Some(effect), &form, 0));
        assert_eq!(page(&app, &cookie, "").await.form, start.form, "trying saves nothing");

        let saved = save(&app, &cookie, &form).await;
        assert_eq!(saved.location(), format!("{PAGE}?saved=1"));
        let done = page(&app, &cookie, "1").await.saved.unwrap();
        assert_eq!((done.version, done.effect), (1, effect));
        let changes: Vec<_> = done.changes.iter().map(|one| (one.label.as_str(), one.before.as_str(), one.after.as_str())).collect();
        assert_eq!(changes, [("At risk after", "60", "90"), ("VIP from orders", "5", "3")]);
        let html = app.get(&format!("{PAGE}?saved=1"), Some(&cookie)).await.body;
        assert!(html.contains("Undo") && html.contains(&format!("{vip} → {} VIP", after[2])), "{html}");
        let log = "select count(*) from audit_log where action = 'settings_changed'
                   and detail = 'At risk after: 60 → 90; VIP from orders: 5 → 3' and who = 'owner@shop.ng'";
        assert_eq!(count(test, log.to_owned()).await, 1);

        assert_eq!(save(&app, &cookie, &ShopForm { seen: "1".to_owned(), ..form }).await.location(), PAGE, "nothing to change");
        let back = app.call("/api/undo_shop", "version=1", Some(&cookie)).await;
        assert_eq!(back.location(), format!("{PAGE}?saved=2"));
        let now = page(&app, &cookie, "").await.form;
        assert_eq!(now, ShopForm { seen: "2".to_owned(), ..start.form });
        assert_eq!(app.call("/api/undo_shop", "version=1", Some(&cookie)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(app.call("/api/undo_shop", "version=9", Some(&cookie)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

on_both_databases! {
    async fn of_two_at_once_the_later_is_told_and_loses_nothing(test: &TestDb) {
        let (app, other) = (TestApp::on(test), TestApp::on(test));
        let cookie = app.owner().await;
        app.add_user("ada@shop.ng", Role::Admin).await;
        let ada = app.sign_in("ada@shop.ng").await;
        let seen = page(&app, &cookie, "").await.form;
        change(&app, &ada, |form| "Adé & Sons".clone_into(&mut form.name)).await;
        let mine = ShopForm { name: "Ọlá’s".to_owned(), vip_orders: "7".to_owned(), ..seen };
        let told = refusal(&save(&other, &cookie, &mine).await);
        assert_eq!(told.of("name"), Some("ada@shop.ng changed this to “Adé & Sons” while you were typing. Save again to keep yours."));
        assert_eq!((told.wrong.len(), told.typed.vip_orders.as_str()), (1, "7"));
        assert_eq!(page(&app, &cookie, "").await.form.name, "Adé & Sons");
        assert_eq!(save(&other, &cookie, &told.typed).await.status, StatusCode::OK);
        let now = page(&app, &cookie, "").await.form;
        assert_eq!((now.name.as_str(), now.vip_orders.as_str()), ("Ọlá’s", "7"));
        assert!(app.get("/login", None).await.body.contains("Ọlá’s"), "the sign-in page says it too");
    }
}

on_both_databases! {
    async fn a_refusal_names_field_and_value_and_keeps_what_was_typed(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let form = page(&app, &cookie, "").await.form;
        let wrong: [(&str, &str, Set); 18] = [
            ("name", " ", |form, value| form.name = value),
            ("name", "This name is far longer than any sign over any door of any shop in Lagos", |form, value| form.name = value),
            ("time_zone", "Africa/Atlantis", |form, value| form.time_zone = value),
            ("country", "Nigeria", |form, value| form.country = value),
            ("country", "QQ", |form, value| form.country = value),
            ("currency", "XYZ", |form, value| form.currency = value),
            ("currency", "₦", |form, value| form.currency = value),
            ("page_size", "30", |form, value| form.page_size = value),
            ("active_days", "0", |form, value| form.active_days = value),
            ("active_days", "-3", |form, value| form.active_days = value),
            ("active_days", "366", |form, value| form.active_days = value),
            ("active_days", "99999999999999999999", |form, value| form.active_days = value),
            ("at_risk_days", "3651", |form, value| form.at_risk_days = value),
            ("at_risk_days", "30", |form, value| form.at_risk_days = value),
            ("vip_orders", "1", |form, value| form.vip_orders = value),
            ("vip_orders", "2.5", |form, value| form.vip_orders = value),
            ("vip_spend", "0", |form, value| form.vip_spend = value),
            ("vip_spend", "200000000000", |form, value| form.vip_spend = value),
        ];
        for (field, value, set) in wrong {
            let mut typed = ShopForm { name: "Kept".to_owned(), ..form.clone() };
            set(&mut typed, value.to_owned());
            let refused = refusal(&save(&app, &cookie, &typed).await);
            let remark = refused.of(field).unwrap_or_else(|| panic!("{field} {value}: {refused:?}"));
            assert!(value == " " || remark.contains(value), "{remark}");
            assert_eq!((&refused.typed, refused.wrong.len()), (&typed, 1), "{value}");
        }
        assert_eq!(page(&app, &cookie, "").await.form, form);
        // Without JavaScript what was typed comes back with the page.
        let typed = ShopForm { name: "Kept".to_owned(), vip_orders: "1".to_owned(), ..form.clone() };
        let led = app.submit(SAVE, &encoded(&typed), Some(&cookie)).await;
        let query = led.location().split_once('?').unwrap().1;
        let body = app.get(&format!("{PAGE}?{query}"), Some(&cookie)).await.body;
        assert!(body.contains("value=\"Kept\"") && body.contains("from 2 to 1,000"), "{body}");
        // A currency may be chosen as long as no amount is in another one.
        change(&app, &cookie, |form| "ghs".clone_into(&mut form.currency)).await;
        assert_eq!(page(&app, &cookie, "").await.form.currency, "GHS");
        let page_in_cedi = app.get(PAGE, Some(&cookie)).await.body;
        assert!(page_in_cedi.contains("data-currency=\"GHS\""), "{page_in_cedi}");
        orders::upsert(&test.db, vec![order("A1", "+2348031234500")]).await.unwrap();
        let list = app.get("/dashboard/admin/customers", Some(&cookie)).await.body;
        assert!(list.contains("Under GH₵10k") && list.contains(">GH₵12,500") && !list.contains('₦'), "{list}");
        let back = ShopForm { currency: "NGN".to_owned(), ..page(&app, &cookie, "").await.form };
        assert!(refusal(&save(&app, &cookie, &back).await).of("currency").unwrap().contains("(1) have amounts in GHS"));
    }
}

on_both_databases! {
    async fn a_page_has_as_many_rows_as_the_shop_says_unless_somebody_chooses(test: &TestDb) {
        fill(test).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let program = Program::with(&app, &["customers:read"]).await;
        let customers = async |query: &str| {
            let list: CustomerList = read(&app, &cookie, &format!("/api/customers?query={query}")).await;
            (list.page.rows.len(), list.page.size.get())
        };
        let orders = async |query: &str| {
            let list: OrderList = read(&app, &cookie, &format!("/api/orders?query={query}")).await;
            list.page.rows.len()
        };
        assert_eq!((customers("").await, orders("").await), ((25, 25), 25));
        change(&app, &cookie, |form| "20".clone_into(&mut form.page_size)).await;
        assert_eq!((customers("").await, orders("").await), ((20, 20), 20));
        assert_eq!((customers("page%3D2").await, customers("size%3D25").await), ((20, 20), (25, 25)));
        change(&app, &cookie, |form| "50".clone_into(&mut form.page_size)).await;
        assert_eq!((customers("").await, orders("").await, orders("size%3D20").await), ((40, 50), 50, 20));
        let loaded: Option<Loaded> = read(&app, &cookie, "/api/load_customers?query=").await;
        let mut filling = Filling::new(loaded.unwrap());
        filling.fill(usize::MAX).unwrap();
        let list = filling.end().list(&CustomerQuery::default()).unwrap();
        assert_eq!((list.page.rows.len(), list.page.size.get()), (40, 50), "in the browser too");
        // Programs find what the document says.
        let answer = program.get("/api/v1/customers").await;
        assert_eq!(answer["customers"].as_array().unwrap().len(), 25);
    }
}

on_both_databases! {
    async fn nothing_is_taken_back_that_could_not_be_saved(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let take_back = async |version: i64| app.call("/api/undo_shop", &format!("version={version}"), Some(&cookie)).await;
        change(&app, &cookie, |form| "20".clone_into(&mut form.active_days)).await;
        change(&app, &cookie, |form| "25".clone_into(&mut form.at_risk_days)).await;
        let refused = take_back(1).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("a customer is active for 30 days"), "{}", refused.body);
        change(&app, &cookie, |form| "GHS".clone_into(&mut form.currency)).await;
        orders::upsert(&test.db, vec![order("A1", "+2348031234500")]).await.unwrap();
        let refused = take_back(3).await;
        assert!(refused.body.contains("(1) have amounts in GHS"), "{}", refused.body);
        let form = page(&app, &cookie, "").await.form;
        assert_eq!((form.active_days.as_str(), form.at_risk_days.as_str(), form.currency.as_str()), ("20", "25", "GHS"));
    }
}

on_both_databases! {
    async fn servers_that_were_started_otherwise_agree_once_somebody_has_saved(test: &TestDb) {
        let (one, other) = (TestApp::on(test), TestApp::started_with(test, Shop { zone: chrono_tz::Europe::London, ..Shop::default() }));
        let cookie = one.owner().await;
        assert_eq!(page(&other, &cookie, "").await.form.time_zone, "Europe/London");
        change(&one, &cookie, |form| "Ada’s".clone_into(&mut form.name)).await;
        assert_eq!(page(&other, &cookie, "").await.form.time_zone, "Africa/Lagos");
    }
}

on_both_databases! {
    async fn what_is_stored_goes_before_what_the_server_was_started_with(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        assert_eq!(page(&app, &cookie, "").await.form.country, "NG");
        // By another program, which knows nothing of versions.
        execute(test, "insert into settings (name, value) values ('shop.country', 'GH')".to_owned()).await;
        execute(test, "insert into settings (name, value) values ('shop.vip_orders', 'many')".to_owned()).await;
        let form = page(&app, &cookie, "").await.form;
        assert_eq!((form.country.as_str(), form.vip_orders.as_str()), ("GH", "5"), "what cannot be read is as at the start");
        let shop = onibara::server::shop::of(&test.db, Shop { name: "First".to_owned(), ..Shop::default() }).await.unwrap();
        assert_eq!((shop.name.as_str(), shop.country.as_str()), ("First", "GH"));
        // The number of the next order is read as one of that country.
        let body = "order%5Bnumber%5D=C1&order%5Bdate%5D=2026-11-20&order%5Bname%5D=Ama&order%5Bphone%5D=024+123+4567\
                    &order%5Bamount%5D=10&order%5Bstatus%5D=new&order%5Bsource%5D=other";
        assert_eq!(app.call("/api/save_order", body, Some(&cookie)).await.status, StatusCode::OK);
        assert_eq!(count(test, "select count(*) from orders where phone = '+233241234567'".to_owned()).await, 1);
    }
}

on_both_databases! {
    async fn open_pages_are_told_and_staff_only_look(test: &TestDb) {
        fill(test).await;
        let (app, other) = (TestApp::on(test), TestApp::on(test));
        let cookie = app.owner().await;
        other.state.finder().load(other.clock.now()).await.unwrap();
        let before = other.state.live().glance().await.unwrap();
        assert_eq!(other.state.live().glance().await.unwrap(), before);
        change(&app, &cookie, |form| "9".clone_into(&mut form.vip_orders)).await;
        let told = other.state.live().glance().await.unwrap();
        assert_ne!(told, before);

        app.add_user("staff@shop.ng", Role::Staff).await;
        let staff = app.sign_in("staff@shop.ng").await;
        let seen = page(&app, &staff, "1").await;
        assert!(!seen.may_edit && seen.zones.is_empty() && seen.saved.is_none());
        assert_eq!(save(&app, &staff, &seen.form).await.status, StatusCode::FORBIDDEN);
        assert_eq!(app.call("/api/undo_shop", "version=1", Some(&staff)).await.status, StatusCode::FORBIDDEN);
        let body = app.get(PAGE, Some(&staff)).await.body;
        assert!(body.contains("9 orders, or ₦100,000 spent") && !body.contains("See what it does"));
    }
}
