//! Data that looks wrong: found, put right in one step, remembered as right, and all of it taken back again.

use axum::http::StatusCode;
use onibara::domain::listing::CustomerList;
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::order_list::CustomerPage;
use onibara::domain::phone::Phone;
use onibara::domain::quality::{Kind, QualityPage, Rows};
use onibara::domain::query_string;
use onibara::domain::role::Role;
use onibara::error::AppError;
use onibara::server::store::orders;
use onibara::with_pool;

use crate::on_both_databases;
use crate::orders_page::read;
use crate::support::app::{Answer, TestApp};
use crate::support::builders::{at, order};
use crate::support::database::TestDb;

async fn page(app: &TestApp, cookie: &str, kind: Kind) -> QualityPage {
    read(app, cookie, &format!("/api/quality?kind={}", kind.as_str())).await
}

/// How many there are of each kind.
async fn counts(app: &TestApp, cookie: &str) -> [i64; 4] {
    let page = page(app, cookie, Kind::Numbers).await;
    Kind::ALL.map(|kind| page.counts.iter().find(|(one, _)| *one == kind).unwrap().1.unwrap())
}

async fn send(app: &TestApp, cookie: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut form = String::new();
    for (field, value) in fields {
        query_string::push(&mut form, field, value);
    }
    app.call(path, &form, Some(cookie)).await
}

/// Sends what must be taken, and returns the number by which it is taken back.
async fn fix(app: &TestApp, cookie: &str, path: &str, fields: &[(&str, &str)]) -> String {
    let answer = send(app, cookie, path, fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{path} {fields:?}: {}", answer.body);
    answer.location().rsplit_once("&done=").unwrap().1.to_owned()
}

async fn undo(app: &TestApp, cookie: &str, id: &str) -> StatusCode {
    send(app, cookie, "/api/undo_fix", &[("kind", "numbers"), ("id", id)])
        .await
        .status
}

async fn numbers(test: &TestDb, sql: &'static str) -> Vec<i64> {
    with_pool!(test.db.jobs(), |pool| sqlx::query_scalar(sql)
        .fetch_all(pool)
        .await
        .unwrap())
}

async fn customer(app: &TestApp, cookie: &str, phone: &str) -> CustomerPage {
    read(app, cookie, &format!("/api/customer?phone={phone}")).await
}

async fn total(app: &TestApp, cookie: &str, query: &str) -> i64 {
    let list: CustomerList = read(app, cookie, &format!("/api/customers?query={query}")).await;
    list.page.total
}

fn named(number: &str, phone: &str, name: &str, city: &str) -> Order {
    Order {
        name: name.to_owned(),
        city: city.to_owned(),
        ..order(number, phone)
    }
}

on_both_databases! {
    async fn an_invalid_number_is_put_right_for_its_orders_and_for_later_ones(test: &TestDb) {
        let all = vec![
            named("N1", "call me", "Ada Obi", "Ikeja"),
            named("N2", "call me", "Ada Obi", "Ikeja"),
            named("N3", "+2348031234567", "Ada Obi-Eze", "Yaba"),
            named("N4", "12345", "Bola", "Yaba"),
            named("N5", "12345", "Chidi", "Yaba"),
        ];
        orders::upsert(&test.db, all.clone()).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let Rows::Numbers(rows) = page(&app, &cookie, Kind::Numbers).await.rows else { panic!() };
        let mut found: Vec<_> = rows.iter().map(|row| (row.buyer.phone.display(), row.orders, row.names)).collect();
        found.sort();
        assert_eq!(found, [("12345".to_owned(), 2, 2), ("call me".to_owned(), 2, 1)]);

        let slug = Phone::text("call me").unwrap().to_slug();
        let refused = send(&app, &cookie, "/api/fix_number", &[("phone", &slug), ("number", "0803 12")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let refused: AppError = refused.read();
        assert!(matches!(&refused, AppError::Invalid { field, message } if *field == slug && message.contains("0803 12")), "{refused:?}");

        let done = fix(&app, &cookie, "/api/fix_number", &[("phone", &slug), ("number", "0803 123 4567")]).await;
        let ada = customer(&app, &cookie, "2348031234567").await;
        assert_eq!((ada.row.customer.orders(), ada.row.customer.spent()), (3, Money(3_750_000)));
        assert_eq!(ada.merged, [Phone::text("call me").unwrap()]);
        assert!(ada.history.iter().any(|entry| format!("{entry:?}").contains("call me")), "{:?}", ada.history);
        assert_eq!(counts(&app, &cookie).await[0], 1);
        // The same file once more changes nothing; another order with the same text is that customer's.
        orders::upsert(&test.db, all).await.unwrap();
        orders::upsert(&test.db, vec![named("N6", "call me", "Ada Obi", "Ikeja")]).await.unwrap();
        assert_eq!(customer(&app, &cookie, "2348031234567").await.row.customer.orders(), 4);
        assert_eq!(counts(&app, &cookie).await[0], 1);
        let html = app.get(&format!("/dashboard/admin/settings/quality?done={done}"), Some(&cookie)).await.body;
        assert!(html.contains("Undo") && html.contains("12345") && html.contains("2 names"), "{html}");

        assert_eq!(undo(&app, &cookie, &done).await, StatusCode::OK);
        assert_eq!(undo(&app, &cookie, &done).await, StatusCode::NOT_FOUND, "once is enough");
        assert_eq!(customer(&app, &cookie, "2348031234567").await.row.customer.orders(), 1);
        assert_eq!(counts(&app, &cookie).await[0], 2);

        // A number that nobody has ordered with becomes the customer's.
        let _ = fix(&app, &cookie, "/api/fix_number", &[("phone", &slug), ("number", "+233 24 123 4567")]).await;
        assert_eq!(customer(&app, &cookie, "233241234567").await.row.customer.orders(), 3);
        let done = "select count(*) from audit_log where action in ('merged', 'fix_undone') and detail like 'fix %'";
        assert_eq!(numbers(test, done).await, [3]);
        assert_eq!(numbers(test, "select count(*) from audit_log where detail like '%call me%' or detail like '%0803%'").await, [0]);
    }
}

on_both_databases! {
    async fn likely_duplicates_have_a_reason_and_are_merged_or_told_apart(test: &TestDb) {
        let late = |order: Order| Order { placed_at: at("2026-11-01T12:00:00Z"), ..order };
        let all = vec![
            // The same name in one city, in other letters.
            named("D1", "+2348031230001", "Adébáyò Okafor", "Ikeja"),
            late(named("D2", "+2348051239999", "ADEBAYO OKAFOR", "Ikeja")),
            // Two digits swapped, in another city.
            named("D3", "+2348031230002", "Ngozi Eze", "Yaba"),
            named("D4", "+2348031230020", "Ngozi Eze", "Enugu"),
            // One has the other's phone as WhatsApp.
            named("D5", "+2348031230003", "Musa Bello", "Kano"),
            Order { whatsapp: Phone::e164("+2348031230003"), ..named("D6", "+2347065550001", "M. Bello", "Jos") },
            // One word, no place, and another place are no reason.
            named("D7", "+2348031230004", "Bisi", "Ikeja"),
            named("D8", "+2348059990004", "Bisi", "Ikeja"),
            named("D9", "+2348031230005", "Tunde Ade", ""),
            named("D10", "+2348059990005", "Tunde Ade", ""),
            named("D11", "+2348031230006", "Uche Obi", "Aba"),
            named("D12", "+2348059990006", "Uche Obi", "Owerri"),
        ];
        // What many share tells nobody apart.
        let many = (0..5).map(|one| named(&format!("M{one}"), &format!("+234809{:07}", one * 1_234_567), "Blessing John", "Ikeja"));
        orders::upsert(&test.db, all.into_iter().chain(many).collect()).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let pairs = async || {
            let Rows::Duplicates(rows) = page(&app, &cookie, Kind::Duplicates).await.rows else { panic!() };
            rows.into_iter().map(|pair| (pair.one.phone.to_slug(), pair.other.phone.to_slug(), pair.why)).collect::<Vec<_>>()
        };
        let found = pairs().await;
        let why: Vec<&str> = found.iter().map(|(_, _, why)| why.as_str()).collect();
        assert_eq!(why, [
            "Both have used one number",
            "Same name, and the numbers differ by one slip",
            "Same name, both in Ikeja, Lagos",
        ]);
        assert_eq!((found[2].0.as_str(), found[2].1.as_str()), ("2348051239999", "2348031230001"), "the latest is the primary one");

        let (one, other, _) = &found[2];
        let merged = fix(&app, &cookie, "/api/fix_duplicate", &[("one", one), ("other", other)]).await;
        assert_eq!(pairs().await, found[..2]);
        assert_eq!(customer(&app, &cookie, "2348031230001").await.row.customer.phone.to_slug(), *one);
        let again = send(&app, &cookie, "/api/fix_duplicate", &[("one", one), ("other", other)]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        assert_eq!(undo(&app, &cookie, &merged).await, StatusCode::OK);
        assert_eq!(pairs().await, found);

        let (one, other, _) = &found[1];
        let apart = fix(&app, &cookie, "/api/fix_duplicate", &[("one", other), ("other", one), ("different", "true")]).await;
        assert_eq!(pairs().await, [found[0].clone(), found[2].clone()]);
        orders::upsert(&test.db, vec![named("D13", "+2348031230002", "Ngozi Eze", "Yaba")]).await.unwrap();
        assert_eq!(pairs().await.len(), 2, "a later order changes nothing about it");
        assert_eq!(undo(&app, &cookie, &apart).await, StatusCode::OK);
        assert_eq!(pairs().await.len(), 3);
    }
}

on_both_databases! {
    async fn an_unknown_place_is_set_everywhere_and_in_orders_to_come(test: &TestDb) {
        let spelled = |number: &str, phone: &str, state: &str| Order { state: state.to_owned(), ..order(number, phone) };
        let all = vec![
            spelled("P1", "+2348031230001", "Lagoss"),
            spelled("P2", "+2348031230002", "Lagoss"),
            Order { placed_at: at("2026-10-05T12:00:00Z"), ..spelled("P3", "+2348031230002", "Oyo") },
            spelled("P4", "+2348031230003", "Greater Accra"),
        ];
        orders::upsert(&test.db, all).await.unwrap();
        let (app, other) = (TestApp::on(test), TestApp::on(test));
        let cookie = app.owner().await;
        // Somebody has set it by hand too.
        let edit = [("phone", "2348031230003"), ("edit[was][state]", "Greater Accra"), ("edit[to][state]", "Lagoss")];
        assert_eq!(send(&app, &cookie, "/api/update_customer_info", &edit).await.status, StatusCode::OK);
        let places = async || {
            let Rows::Places(rows) = page(&app, &cookie, Kind::Places).await.rows else { panic!() };
            rows.into_iter().map(|row| (row.spelled, row.customers)).collect::<Vec<_>>()
        };
        assert_eq!(places().await, [("Lagoss".to_owned(), 2)]);
        let none = send(&app, &cookie, "/api/fix_place", &[("spelled", "Lagoss"), ("state", "Lagosss")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);

        let done = fix(&app, &cookie, "/api/fix_place", &[("spelled", "Lagoss"), ("state", "Lagos")]).await;
        assert_eq!((places().await, total(&other, &cookie, "state%3DLagos").await), (vec![], 2));
        assert_eq!(numbers(test, "select count(*) from orders where state = 'Lagoss'").await, [0]);
        let history = customer(&app, &cookie, "2348031230003").await.history;
        assert!(format!("{history:?}").contains("Lagoss"), "{history:?}");
        let typed = [
            ("order[number]", "P5"), ("order[date]", "2026-11-20"), ("order[phone]", "0803 123 0009"), ("order[amount]", "10"),
            ("order[status]", "new"), ("order[source]", "other"), ("order[state]", " LAGOSS "),
        ];
        assert_eq!(send(&other, &cookie, "/api/save_order", &typed).await.status, StatusCode::OK);
        assert_eq!(total(&app, &cookie, "state%3DLagos").await, 3);

        assert_eq!(undo(&app, &cookie, &done).await, StatusCode::OK);
        assert_eq!(places().await, [("Lagoss".to_owned(), 2)]);
        assert_eq!(numbers(test, "select count(*) from orders where state = 'Lagoss'").await, [2], "what came later stays");
        let right = fix(&app, &cookie, "/api/fix_place", &[("spelled", "Lagoss"), ("right", "true")]).await;
        assert_eq!(places().await, []);
        assert_eq!(undo(&app, &cookie, &right).await, StatusCode::OK);
        assert_eq!(places().await.len(), 1);
    }
}

on_both_databases! {
    async fn a_zero_amount_is_looked_at_once(test: &TestDb) {
        let free = |number: &str| Order { amount: Money(0), ..order(number, "+2348031230001") };
        let all: Vec<Order> = (0..30).map(|number| free(&format!("Z{number:02}"))).chain([order("A1", "+2348031230001")]).collect();
        orders::upsert(&test.db, all).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let first = page(&app, &cookie, Kind::Amounts).await;
        let Rows::Amounts(rows) = &first.rows else { panic!() };
        assert_eq!((first.pages, rows.len(), rows[0].number.as_str()), (2, 25, "Z29"));
        let last: QualityPage = read(&app, &cookie, "/api/quality?kind=amounts&page=9").await;
        let Rows::Amounts(rows) = &last.rows else { panic!() };
        assert_eq!((last.page, rows.len()), (2, 5));
        let done = fix(&app, &cookie, "/api/right_amount", &[("number", "Z07")]).await;
        assert_eq!(counts(&app, &cookie).await[3], 29);
        for gone in ["A1", "Z99", ""] {
            assert_eq!(send(&app, &cookie, "/api/right_amount", &[("number", gone)]).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(undo(&app, &cookie, &done).await, StatusCode::OK);
        assert_eq!(counts(&app, &cookie).await[3], 30);
        orders::upsert(&test.db, vec![order("Z07", "+2348031230001")]).await.unwrap();
        assert_eq!(counts(&app, &cookie).await[3], 29, "an amount puts it right");
    }
}

on_both_databases! {
    async fn only_admins_see_and_do_it(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("staff@shop.ng", Role::Staff).await;
        app.add_user("admin@shop.ng", Role::Admin).await;
        let (staff, admin) = (app.sign_in("staff@shop.ng").await, app.sign_in("admin@shop.ng").await);
        assert_eq!(counts(&app, &admin).await, [0; 4]);
        assert_eq!(app.get("/api/quality?kind=numbers", Some(&staff)).await.status, StatusCode::FORBIDDEN);
        for (path, fields) in [
            ("/api/fix_number", vec![("phone", "~Y2FsbCBtZQ"), ("number", "08031234567")]),
            ("/api/fix_duplicate", vec![("one", "2348031230001"), ("other", "2348031230002")]),
            ("/api/fix_place", vec![("spelled", "Lagoss"), ("state", "Lagos")]),
            ("/api/right_amount", vec![("number", "Z1")]),
            ("/api/undo_fix", vec![("id", "1")]),
        ] {
            assert_eq!(send(&app, &staff, path, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let body = app.get("/dashboard/admin/settings", Some(&staff)).await.body;
        assert!(!body.contains("Data quality"));
        let empty = app.get("/dashboard/admin/settings/quality", Some(&admin)).await;
        assert!(empty.status == StatusCode::OK && empty.body.contains("all is well"));
        for (path, fields) in [
            ("/api/fix_number", vec![("phone", "~Y2FsbCBtZQ"), ("number", "08031234567")]),
            ("/api/fix_number", vec![("phone", "~AA"), ("number", "08031234567")]),
            ("/api/fix_duplicate", vec![("one", "x"), ("other", "2348031230002")]),
            ("/api/fix_place", vec![("spelled", ""), ("state", "Lagos")]),
            ("/api/undo_fix", vec![("id", "7")]),
        ] {
            assert_eq!(send(&app, &admin, path, &fields).await.status, StatusCode::NOT_FOUND, "{path} {fields:?}");
        }
    }
}

on_both_databases! {
    async fn a_merge_is_taken_back_from_wherever_its_phones_are_by_now(test: &TestDb) {
        let phones = ["2348031110001", "2348031110002", "2348031110003", "2348031110004"];
        let all = phones.iter().enumerate().map(|(at, phone)| order(&format!("M{at}"), &format!("+{phone}")));
        orders::upsert(&test.db, all.collect()).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let [x, y, z, w] = phones;
        let merge = async |one: &str, other: &str| fix(&app, &cookie, "/api/fix_duplicate", &[("one", one), ("other", other)]).await;
        let orders_of = async |phone: &str| customer(&app, &cookie, phone).await.row.customer.orders();
        let whole = async || {
            assert_eq!(numbers(test, "select count(*) from phones p join phones c on c.id = p.customer_id where c.customer_id <> c.id").await, [0]);
        };
        // The one it was given to is another's by now.
        let first = merge(x, y).await;
        let second = merge(z, x).await;
        assert_eq!(orders_of(z).await, 3);
        assert_eq!(undo(&app, &cookie, &first).await, StatusCode::OK);
        assert_eq!((orders_of(z).await, orders_of(y).await), (2, 1));
        assert_eq!(undo(&app, &cookie, &first).await, StatusCode::NOT_FOUND);
        assert_eq!(undo(&app, &cookie, &second).await, StatusCode::OK);
        assert_eq!((orders_of(z).await, orders_of(x).await), (1, 1));
        whole().await;
        // The one it came from is another's by now: its other phone follows it.
        merge(y, w).await;
        let both = merge(x, y).await;
        assert_eq!(orders_of(x).await, 3);
        let parted = send(&app, &cookie, "/api/separate_phone", &[("phone", x), ("other", y)]).await;
        assert_eq!(parted.status, StatusCode::OK);
        merge(z, y).await;
        assert_eq!(undo(&app, &cookie, &both).await, StatusCode::OK);
        assert_eq!((orders_of(x).await, orders_of(z).await), (1, 3));
        whole().await;
        // Nothing of it is there any more.
        let gone = merge(x, z).await;
        for phone in [z, y, w] {
            send(&app, &cookie, "/api/separate_phone", &[("phone", x), ("other", phone)]).await;
        }
        assert_eq!(undo(&app, &cookie, &gone).await, StatusCode::NOT_FOUND);
        whole().await;
    }
}

on_both_databases! {
    async fn two_who_merge_at_once_leave_no_customer_of_a_customer(test: &TestDb) {
        let phones: Vec<String> = (0..12).map(|at| format!("23480311100{at:02}")).collect();
        let all = phones.iter().map(|phone| order(&format!("R{phone}"), &format!("+{phone}")));
        orders::upsert(&test.db, all.collect()).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let merges = (0..phones.len()).map(|at| {
            let (one, other) = (&phones[at], &phones[(at + 1) % phones.len()]);
            let (app, cookie) = (&app, &cookie);
            async move { send(app, cookie, "/api/fix_duplicate", &[("one", one), ("other", other)]).await.status }
        });
        let answers = futures::future::join_all(merges).await;
        assert!(answers.iter().all(|status| [StatusCode::OK, StatusCode::NOT_FOUND].contains(status)), "{answers:?}");
        let lost = "select count(*) from phones p join phones c on c.id = p.customer_id where c.customer_id <> c.id";
        assert_eq!(numbers(test, lost).await, [0]);
        assert_eq!(numbers(test, "select cast(sum(earned_orders + open_orders) as bigint) from customer_rollup").await, [12]);
    }
}

on_both_databases! {
    async fn what_was_said_of_messages_holds_for_each_phone_once_they_are_parted(test: &TestDb) {
        let (one, other) = ("2348031110001", "2348031110002");
        orders::upsert(&test.db, vec![order("C1", &format!("+{one}")), order("C2", &format!("+{other}"))]).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let id = fix(&app, &cookie, "/api/fix_duplicate", &[("one", one), ("other", other)]).await;
        let said = send(&app, &cookie, "/api/set_consent", &[("phone", one), ("consent", "no")]).await;
        assert_eq!(said.status, StatusCode::OK, "{}", said.body);
        assert_eq!(undo(&app, &cookie, &id).await, StatusCode::OK);
        let refused = "select count(*) from customer_consents where consent = 'no'";
        assert_eq!(numbers(test, refused).await, [2]);
        let list: CustomerList = read(&app, &cookie, "/api/customers?query=").await;
        let unwanted: Vec<bool> = list.page.rows.iter().map(|row| row.reach.unwanted).collect();
        assert_eq!(unwanted, [true, true], "nobody of them is written to");
    }
}

on_both_databases! {
    async fn what_is_known_of_an_order_goes_with_it(test: &TestDb) {
        let free = |number: &str| Order { amount: Money(0), ..order(number, "+2348031110001") };
        orders::upsert(&test.db, vec![free("Z1")]).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        fix(&app, &cookie, "/api/right_amount", &[("number", "Z1")]).await;
        assert_eq!(counts(&app, &cookie).await[3], 0);
        assert_eq!(send(&app, &cookie, "/api/delete_order", &[("number", "Z1")]).await.status, StatusCode::OK);
        // SQLite gives it the same id.
        orders::upsert(&test.db, vec![free("Z2")]).await.unwrap();
        assert_eq!(counts(&app, &cookie).await[3], 1);
    }
}

on_both_databases! {
    async fn what_is_left_of_an_erased_person_is_no_number_to_be_put_right(test: &TestDb) {
        orders::upsert(&test.db, vec![order("E1", "+2348031110001"), order("E2", "none")]).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        assert_eq!(counts(&app, &cookie).await[0], 1);
        let erased = send(&app, &cookie, "/api/erase_customer", &[("phone", "2348031110001"), ("confirm", "ERASE")]).await;
        assert_eq!(erased.status, StatusCode::OK, "{}", erased.body);
        assert_eq!(counts(&app, &cookie).await[0], 1);
        assert_eq!(total(&app, &cookie, "quality%3Dinvalid_number").await, 1);
    }
}
