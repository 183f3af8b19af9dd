//! Files of orders through the page: looked at, mapped by hand, taken in, stopped, taken back, and refused.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use onibara::domain::import::{Import, ImportPage, State};
use onibara::domain::order::Order;
use onibara::domain::role::Role;
use onibara::paths;
use onibara::server::store::{imports, orders};

use crate::on_both_databases;
use crate::orders_page::{fill, read};
use crate::rollup::all_orders;
use crate::support::app::{Answer, TestApp, request};
use crate::support::builders::order;

const PHONE: &str = "+2348031234567";
const HEADER: &str = "Order No,Date,Customer,Phone,Amount,Status\n";

/// Sends a file as a form with one field does.
async fn send(app: &TestApp, cookie: &str, name: &str, file: &[u8], accept: &str) -> Answer {
    let mut body = format!(
        "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--line--\r\n");
    let asked = request(Method::POST, paths::IMPORT_FILE, Some(cookie), accept)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=line")
        .body(Body::from(body))
        .unwrap();
    app.send(asked).await
}

pub async fn sent(app: &TestApp, cookie: &str, file: &str) -> i64 {
    let answer = send(app, cookie, "orders.csv", file.as_bytes(), "application/json").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let location = answer.body;
    location.rsplit('/').next().unwrap().parse().unwrap()
}

async fn page(app: &TestApp, cookie: &str, id: i64) -> ImportPage {
    read(app, cookie, &format!("/api/import?id={id}")).await
}

/// The page once the server is no more at work.
pub async fn still(app: &TestApp, cookie: &str, id: i64) -> ImportPage {
    loop {
        let page = page(app, cookie, id).await;
        if !page.import.state.is_moving() {
            return page;
        }
        tokio::task::yield_now().await;
    }
}

pub async fn act(app: &TestApp, cookie: &str, what: &str, id: i64) -> ImportPage {
    let answer = app
        .call(&format!("/api/{what}"), &format!("id={id}"), Some(cookie))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    still(app, cookie, id).await
}

fn count(page: &ImportPage, name: &str) -> String {
    let found = page.import.counts.iter().find(|(known, _)| known == name);
    found.map(|(_, count)| count.clone()).unwrap_or_default()
}

fn kinds(page: &ImportPage) -> Vec<(&str, &str)> {
    page.samples
        .iter()
        .map(|sample| (sample.kind.as_str(), sample.number.as_str()))
        .collect()
}

on_both_databases! {
    async fn a_file_is_looked_at_taken_in_and_taken_back(test: &TestDb) {
        fill(test, 31, 40).await;
        orders::upsert(&test.db, vec![order("M-1", PHONE), order("M-2", PHONE)]).await.unwrap();
        let before = all_orders(test).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let file = format!(
            "{HEADER}M-1,2026-11-20,Ada,0803 123 4567,999,delivered\nM-3,2026-11-21,Ngọzi,0706 555 0001,\"1,500.50\",new\n\
             M-4,2026-11-21,Bad,0706 555 0001,12 dollars,new\n"
        );
        let id = sent(&app, &cookie, &file).await;
        let looked = still(&app, &cookie, id).await;
        assert_eq!(looked.import.state, State::Checked, "{}", looked.import.said);
        assert_eq!((count(&looked, "New"), count(&looked, "Changed"), count(&looked, "Refused")), ("1".into(), "1".into(), "1".into()));
        assert_eq!(kinds(&looked), [("refused", "M-4"), ("new", "M-3"), ("changed", "M-1")]);
        assert!(looked.samples[0].said.contains("12 dollars"), "{:?}", looked.samples);
        assert!(looked.samples[2].said.contains("₦999"), "{:?}", looked.samples);
        assert_eq!(all_orders(test).await, before, "looking changes nothing");

        let done = act(&app, &cookie, "start_import", id).await;
        assert_eq!(done.import.state, State::Done, "{}", done.import.said);
        assert!(done.import.undoable && done.samples.is_empty());
        let report = app.get(&paths::refused_rows(id), Some(&cookie)).await;
        assert!(report.body.contains("M-4") && report.body.contains("12 dollars"), "{}", report.body);
        assert_eq!(report.body.lines().count(), 2);
        imports::forget_reports(&test.db, app.clock.now()).await.unwrap();
        assert_eq!(app.get(&paths::refused_rows(id), Some(&cookie)).await.body, report.body, "it is kept");
        imports::forget_reports(&test.db, app.clock.now() + chrono::TimeDelta::seconds(1)).await.unwrap();
        assert_eq!(app.get(&paths::refused_rows(id), Some(&cookie)).await.body, "", "it is forgotten");
        let stored = all_orders(test).await;
        let find = |number: &str| stored.iter().find(|order| order.number == number).cloned();
        assert_eq!(find("M-3").unwrap().amount.0, 150_050);

        let again = sent(&app, &cookie, &file).await;
        let looked = still(&app, &cookie, again).await;
        assert_eq!(count(&looked, "Unchanged"), "2");
        assert!(looked.import.said.starts_with("Nothing in this file is new."), "{}", looked.import.said);
        act(&app, &cookie, "stop_import", again).await;

        // What somebody has changed since is theirs.
        let theirs = Order { name: "Theirs".to_owned(), ..find("M-3").unwrap() };
        orders::upsert(&test.db, vec![theirs.clone()]).await.unwrap();
        let undone = act(&app, &cookie, "undo_import", id).await;
        assert_eq!(undone.import.state, State::Undone, "{}", undone.import.said);
        assert!(undone.import.said.contains("1 has been changed by somebody since, and stays so."), "{}", undone.import.said);
        let mut expected = before;
        expected.push(theirs);
        let by_number = |mut orders: Vec<Order>| { orders.sort_by(|a, b| a.number.cmp(&b.number)); orders };
        assert_eq!(by_number(all_orders(test).await), by_number(expected));
        assert!(!undone.import.undoable);
    }
}

on_both_databases! {
    async fn columns_that_are_not_known_are_asked_for_and_kept(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let file = "Ref,When,Who,Digits,Naira\nM-1,2026-11-20,Ada,0803 123 4567,999\n";
        let id = sent(&app, &cookie, file).await;
        let asked = still(&app, &cookie, id).await;
        assert_eq!(asked.import.state, State::Columns);
        assert!(asked.import.said.contains("no column for the order number"), "{}", asked.import.said);
        assert_eq!(asked.headers[3], "Digits (0803 123 4567)");
        let chosen = asked.columns.iter().map(|column| match column.label.as_str() {
            "order number" => "0",
            "date" => "1",
            "name" => "2",
            "phone" => "3",
            "amount" => "4",
            _ => "",
        });
        let form = chosen.fold(String::new(), |form, column| form + "&chosen[]=" + column);
        app.call("/api/choose_columns", &format!("id={id}{form}"), Some(&cookie)).await;
        let looked = still(&app, &cookie, id).await;
        assert_eq!(looked.import.state, State::Checked, "{}", looked.import.said);
        act(&app, &cookie, "start_import", id).await;
        assert_eq!(all_orders(test).await[0].amount.0, 99_900);
        // The next file of these columns is known.
        let next = sent(&app, &cookie, &file.replace("M-1", "M-2")).await;
        assert_eq!(still(&app, &cookie, next).await.import.state, State::Checked);
    }
}

on_both_databases! {
    async fn what_is_no_file_of_orders_is_refused_with_a_sentence(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        for (file, said) in [
            (&b"%PDF-1.7 rest"[..], "a PDF document"),
            (b"PK\x03\x04....[Content_Types].xml..xl/workbook.xml", "The file cannot be read: the workbook is damaged"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "an old Excel workbook"),
            (b"\"never closed", "cannot be read"),
        ] {
            let answer = send(&app, &cookie, "orders.xlsx", file, "application/json").await;
            let location = answer.body;
            let page = still(&app, &cookie, location.rsplit('/').next().unwrap().parse().unwrap()).await;
            let state = page.import.state;
            assert!(matches!(state, State::Failed | State::Columns), "{state:?}");
            assert!(page.import.said.contains(said), "{}", page.import.said);
        }
        let empty = send(&app, &cookie, "orders.csv", b"", "application/json").await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("not empty"), "{}", empty.body);
        let plain = send(&app, &cookie, "orders.csv", b"", "text/html").await;
        assert!(plain.location().starts_with("/dashboard/admin/import?__path="), "{}", plain.location());
    }
}

on_both_databases! {
    async fn a_file_is_for_admins_and_one_comes_in_at_a_time(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        app.add_user("staff@shop.ng", Role::Staff).await;
        let staff = app.sign_in("staff@shop.ng").await;
        let file = format!("{HEADER}M-1,2026-11-20,Ada,0803 123 4567,999,delivered\n");
        let refused = send(&app, &staff, "orders.csv", file.as_bytes(), "application/json").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        for (path, form) in [("/api/start_import", "id=1"), ("/api/undo_import", "id=1"), ("/api/stop_import", "id=1")] {
            assert_eq!(app.call(path, form, Some(&staff)).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(app.get(&paths::refused_rows(1), Some(&staff)).await.status, StatusCode::FORBIDDEN);

        let (one, other) = (sent(&app, &owner, &file).await, sent(&app, &owner, &file).await);
        still(&app, &owner, one).await;
        still(&app, &owner, other).await;
        assert!(orders::begin_import(&test.db, one, app.clock.now()).await.unwrap());
        let busy = app.call("/api/start_import", &format!("id={other}"), Some(&owner)).await;
        assert_eq!(busy.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", busy.body);
        // Its server is gone: a minute later it stands in nobody's way, and says so.
        app.clock.advance(chrono::TimeDelta::seconds(61));
        assert_eq!(page(&app, &owner, one).await.import.state, State::Lost);
        let done = act(&app, &owner, "start_import", other).await;
        assert_eq!(done.import.state, State::Done);
        let listed: Vec<Import> = read(&app, &owner, "/api/imports").await;
        assert_eq!(listed.iter().map(|import| import.state).collect::<Vec<_>>(), [State::Done, State::Stopped]);
    }
}

on_both_databases! {
    async fn a_batch_of_a_stopped_import_does_not_come_in(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let file = format!("{HEADER}M-1,2026-11-20,Ada,0803 123 4567,999,delivered\n");
        let id = sent(&app, &cookie, &file).await;
        still(&app, &cookie, id).await;
        assert!(orders::begin_import(&test.db, id, app.clock.now()).await.unwrap());
        let batch = |number: &str| orders::Batch { orders: vec![order(number, PHONE)], read: 1, ..orders::Batch::default() };
        assert!(orders::import(&test.db, id, batch("M-1"), app.clock.now()).await.unwrap().is_some());
        let stopped = act(&app, &cookie, "stop_import", id).await;
        assert!(orders::import(&test.db, id, batch("M-2"), app.clock.now()).await.unwrap().is_none());
        assert_eq!(all_orders(test).await.len(), 1);
        assert_eq!(stopped.import.said, "It was stopped. 1 row is in. Send the file again to take in the rest: what is in already stays as it is.");
    }
}
