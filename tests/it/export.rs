//! Files to take away: exactly what the page shows, as text and numbers and never as formulas, for those who may.

use axum::http::{StatusCode, header};
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use chrono::{DateTime, Utc};
use onibara::domain::consent::Consent;
use onibara::domain::customer_query::CustomerQuery;
use onibara::domain::export::Export;
use onibara::domain::listing::CustomerList;
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::order_list::OrderList;
use onibara::domain::order_query::OrderQuery;
use onibara::domain::query_string;
use onibara::domain::role::Role;
use onibara::server::config::Shop;
use onibara::server::export::{self, ExportError, Format, Progress, Sink, Source, What};
use onibara::server::finder::LiveFinder;
use onibara::server::store::packed_customers::Packed;
use onibara::server::store::{consents, customers as stored, orders};

use crate::on_both_databases;
use crate::orders_page::{fill, merge, read};
use crate::rollup::execute;
use crate::support::app::TestApp;
use crate::support::builders::{at, order};
use crate::support::database::{TestDb, sqlite};

/// A file in memory, of which only so much may be taken.
struct Held {
    bytes: Vec<u8>,
    most: usize,
}

impl Held {
    fn all() -> Self {
        Self {
            bytes: Vec::new(),
            most: usize::MAX,
        }
    }
}

impl Sink for Held {
    async fn take(&mut self, bytes: Vec<u8>) -> Result<(), ExportError> {
        self.bytes.extend(bytes);
        if self.bytes.len() > self.most {
            Err(ExportError::Stopped)
        } else {
            Ok(())
        }
    }
}

fn now() -> DateTime<Utc> {
    at("2026-11-24T12:00:00Z")
}

async fn write_to(held: &mut Held, test: &TestDb, what: &What, format: Format) -> Result<usize, ExportError> {
    let (finder, shop) = (LiveFinder::new(test.db.clone()), Shop::default());
    let from = Source {
        db: &test.db,
        finder: &finder,
        shop: &shop,
        now: now(),
        by: "ada@shop.ng",
    };
    export::export(from, what, format, &Progress::default(), held).await
}

async fn write(test: &TestDb, what: &What, format: Format) -> Vec<u8> {
    let mut held = Held::all();
    write_to(&mut held, test, what, format).await.unwrap();
    held.bytes
}

fn customers(query: &str) -> What {
    What::Customers(CustomerQuery::parse(query), None)
}

/// The rows of a CSV file, the header first.
fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes
        .strip_prefix("\u{feff}".as_bytes())
        .expect("it is marked as UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// The rows of a sheet of a workbook, the header first.
fn xlsx_rows(bytes: Vec<u8>, sheet: &str) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let formulas = workbook.worksheet_formula(sheet).unwrap();
    assert!(formulas.used_cells().next().is_none(), "no cell is a formula");
    workbook
        .worksheet_range(sheet)
        .unwrap()
        .rows()
        .map(<[Data]>::to_vec)
        .collect()
}

/// Naira as a file has them.
fn kobo(naira: f64) -> Money {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is told is far from where a float rounds"
    )]
    let kobo = (naira * 100.0).round() as i64;
    Money(kobo)
}

fn encoded(query: &str) -> String {
    let mut out = String::new();
    query_string::push(&mut out, "query", query);
    out
}

on_both_databases! {
    async fn a_file_is_what_the_page_shows(test: &TestDb) {
        fill(test, 21, 150).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        for query in ["", "sort=name", "sort=-spent&activity=inactive", "q=ade", "period=year&sort=-orders", "state=Lagos"] {
            let list: CustomerList = read(&app, &cookie, &format!("/api/customers?{}", encoded(&format!("{query}&size=50")))).await;
            let shown: Vec<(String, i64, Money)> = list.page.rows.iter().map(|row| {
                let period = row.period.as_ref();
                (
                    row.customer.name.clone(),
                    period.map_or(row.customer.orders(), |period| period.orders),
                    period.map_or(row.customer.spent(), |period| period.spent),
                )
            }).collect();
            let rows = csv_rows(&write(test, &customers(query), Format::Csv).await);
            let told: Vec<(String, i64, Money)> = rows[1..].iter().map(|row| {
                let name = row[0].strip_prefix('\'').unwrap_or(&row[0]).to_owned();
                (name, row[5].parse().unwrap(), kobo(row[7].parse().unwrap()))
            }).collect();
            assert_eq!(told, shown, "{query}");
            let sheet = xlsx_rows(write(test, &customers(query), Format::Xlsx).await, "Customers");
            let told: Vec<(String, i64, Money)> = sheet[1..].iter().map(|row| {
                let number = |cell: &Data| match cell { Data::Float(number) => *number, other => panic!("{other:?} is no number") };
                (row[0].to_string(), kobo(number(&row[5]) / 100.0).0, kobo(number(&row[7])))
            }).collect();
            assert_eq!(told, shown, "{query}");
        }
    }
}

on_both_databases! {
    async fn customers_of_a_large_file_are_those_of_a_small_one(test: &TestDb) {
        fill(test, 23, 150).await;
        execute(test, merge("+2347065550001", "+2348031234567")).await;
        for sql in [
            "insert into customer_edits (id, version, name, name_key, whatsapp)
             select id, 1, 'Back\\slash \u{1f} and a', 'back', '+2348030000009' from phones where phone = '+233241234567'",
            "insert into customer_tags (phone_id, tag) select id, 'first ' || id from phones",
            "insert into customer_tags (phone_id, tag) select id, 'second' from phones",
            "insert into customer_consents (phone_id, consent, at, who)
             select id, case when phone = '+2347065550001' then 'no' else 'yes' end, 0, 'Ada' from phones where id <> 3",
        ] {
            execute(test, sql.to_owned()).await;
        }
        let ids: Vec<i64> = (-3..60).rev().collect();
        let few = Packed::of(&test.db, 1).await.unwrap().by_ids(ids.clone()).await.unwrap();
        let many = Packed::of(&test.db, usize::MAX).await.unwrap().by_ids(ids.clone()).await.unwrap();
        assert_eq!(many, few);
        assert_eq!(few, stored::by_ids(&test.db, &ids).await.unwrap());
        assert!(few.values().any(|customer| customer.tags.len() == 3), "the merged one has the tags of both");
        let few = consents::of_many(&test.db, ids.iter().copied()).await.unwrap();
        let many = consents::of_many(&test.db, (-3..2_000).collect::<Vec<i64>>().into_iter()).await.unwrap();
        assert_eq!(many, few);
        for id in ids {
            let said = few.get(&id).copied().unwrap_or_default();
            assert_eq!(said, consents::of(&test.db, id).await.unwrap(), "{id}");
        }
        assert!(few.values().any(|said| *said == Consent::No), "the merged one has the no of either");
    }
}

on_both_databases! {
    async fn orders_are_those_of_the_page_in_its_order(test: &TestDb) {
        fill(test, 22, 130).await;
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        for query in ["", "sort=placed", "sort=-amount&status=delivered", "q=ade&source=tiktok", "rep=Bisi"] {
            let list: OrderList = read(&app, &cookie, &format!("/api/orders?{}", encoded(&format!("{query}&size=50")))).await;
            let shown: Vec<String> = list.page.rows.iter().map(|row| row.order.number.clone()).collect();
            let what = What::Orders(OrderQuery::parse(query));
            let rows = csv_rows(&write(test, &what, Format::Csv).await);
            let told: Vec<String> = rows[1..].iter().map(|row| row[0].clone()).collect();
            assert_eq!(i64::try_from(told.len()).unwrap(), list.page.total, "{query}");
            assert_eq!(told[..shown.len()], shown, "{query}");
        }
    }
}

on_both_databases! {
    async fn whatever_a_name_holds_it_stays_text(test: &TestDb) {
        let names = ["=1+1", "+Chidi", "-2", "@SUM(A1)", "\"quoted\", and\nbroken", "🌸 Ọláyínká", "\u{202e}sdrawkcab", "1e5", "TRUE"];
        let made = names.iter().enumerate().map(|(at, name)| Order {
            name: (*name).to_owned(),
            city: (*name).to_owned(),
            ..order(&format!("A{at}"), &format!("+23480300000{at:02}"))
        });
        orders::upsert(&test.db, made.collect()).await.unwrap();
        let rows = csv_rows(&write(test, &customers("sort=first"), Format::Csv).await);
        let mut read_back: Vec<&str> = rows[1..].iter().map(|row| row[0].strip_prefix('\'').unwrap_or(&row[0])).collect();
        read_back.sort_unstable();
        let mut wanted = names;
        wanted.sort_unstable();
        assert_eq!(read_back, wanted);
        assert!(rows[1..].iter().flatten().all(|cell| !cell.starts_with(['=', '-', '@', '\t', '\r'])));
        assert!(rows[1..].iter().all(|row| row[1].starts_with("+234 803 000 00")), "{:?}", rows[1]);
        let sheet = xlsx_rows(write(test, &customers(""), Format::Xlsx).await, "Customers");
        let mut kept: Vec<String> = sheet[1..].iter().map(|row| match &row[0] {
            Data::String(text) => text.clone(),
            other => panic!("{other:?} is no text"),
        }).collect();
        kept.sort_unstable();
        assert_eq!(kept, wanted);
        assert!(sheet[1..].iter().all(|row| row[1].to_string().starts_with("+23480300000")), "phones are whole");
    }
}

#[tokio::test]
async fn a_workbook_says_what_it_is() {
    let test = sqlite().await;
    orders::upsert(&test.db, vec![order("A1", "+2348031234567")])
        .await
        .unwrap();
    let bytes = write(&test, &customers("activity=inactive&period=year"), Format::Xlsx).await;
    let about: Vec<String> = xlsx_rows(bytes.clone(), "About this file")
        .iter()
        .map(|row| format!("{}: {}", row[0], row[1]))
        .collect();
    for line in [
        "Shop: My shop",
        "Period: This year",
        "Activity: Inactive",
        "Rows: 1",
        "By: ada@shop.ng",
    ] {
        assert!(about.iter().any(|said| said == line), "{line} is not in {about:?}");
    }
    let head: Vec<String> = xlsx_rows(bytes, "Customers")[0]
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        (head.len(), head[16].as_str()),
        (19, "Period"),
        "with a period its figures have the lifetime's beside them"
    );
}

#[tokio::test]
async fn only_those_may_export_who_may_and_it_is_on_record() {
    let test = sqlite().await;
    orders::upsert(
        &test.db,
        vec![order("A1", "+2348031234567"), order("A2", "+2347065550001")],
    )
    .await
    .unwrap();
    let app = TestApp::on(&test);
    app.add_user("staff@shop.ng", Role::Staff).await;
    let staff = app.sign_in("staff@shop.ng").await;
    let owner = app.owner().await;
    for path in ["/export/customers", "/export/orders"] {
        assert_eq!(
            app.call(path, "format=csv", Some(&staff)).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
        assert_eq!(
            app.call(path, "format=pdf", Some(&owner)).await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{path}"
        );
        assert_ne!(
            app.call(path, "format=csv", None).await.status,
            StatusCode::OK,
            "{path}"
        );
    }
    for page in ["/dashboard/admin/customers", "/dashboard/admin/orders"] {
        assert!(
            app.get(page, Some(&owner)).await.body.contains("Excel workbook"),
            "{page}"
        );
        assert!(
            !app.get(page, Some(&staff)).await.body.contains("Excel workbook"),
            "{page}"
        );
    }
    let form = format!("{}&format=csv&name=abc", encoded("q=0803&sort=name"));
    let answer = app.call("/export/customers", &form, Some(&owner)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(csv_rows(answer.body.as_bytes()).len(), 2);
    assert_eq!(
        answer.headers[header::CONTENT_DISPOSITION],
        "attachment; filename=\"my-shop-customers-2026-11-24.csv\""
    );
    let chosen = app
        .call(
            "/export/customers",
            "format=csv&by_hand=1&chosen%5B%5D=2347065550001",
            Some(&owner),
        )
        .await;
    assert_eq!(csv_rows(chosen.body.as_bytes())[1][1], "+234 706 555 0001");
    let none = app
        .call("/export/customers", "format=csv&by_hand=1", Some(&owner))
        .await;
    assert_eq!(
        csv_rows(none.body.as_bytes()).len(),
        1,
        "of none that were chosen there are none"
    );
    let said: Option<Export> = app.get("/export/progress?name=abc", Some(&owner)).await.read();
    let whole = Export {
        done: 1,
        total: 1,
        ended: true,
        whole: true,
    };
    assert_eq!(said, Some(whole));
    let nobodys: Option<Export> = app.get("/export/progress?name=nobody", Some(&owner)).await.read();
    assert_eq!(nobodys, None);
    let onibara::server::db::Pool::Sqlite(pool) = test.db.jobs() else {
        unreachable!("the database is SQLite")
    };
    let log: Vec<String> = sqlx::query_scalar("select detail from audit_log where action = 'exported' order by id")
        .fetch_all(pool)
        .await
        .unwrap();
    assert_eq!(log.len(), 6, "{log:?}");
    assert_eq!(log[1], "customers (Period: All time; Search: given) as csv, 1 rows");
    assert!(log.iter().all(|line| !line.contains("803")), "{log:?}");
}

on_both_databases! {
    async fn whoever_was_chosen_is_in_the_file_whatever_is_filtered_by_now(test: &TestDb) {
        let early = Order { placed_at: at("2026-10-01T12:00:00Z"), ..order("A1", "+2348031234567") };
        let today = Order { placed_at: at("2026-11-24T08:00:00Z"), ..order("A2", "+2347065550001") };
        let other = order("A3", "+2348097654321");
        orders::upsert(&test.db, vec![early.clone(), today.clone(), other]).await.unwrap();
        let chosen = What::Customers(CustomerQuery::parse("q=nobody&period=today"), Some(vec![early.phone, today.phone]));
        let rows = csv_rows(&write(test, &chosen, Format::Csv).await);
        let told: Vec<[&str; 6]> = rows.iter().map(|row| [1, 5, 7, 9, 17, 18].map(|at| row[at].as_str())).collect();
        assert_eq!(told[0], ["Phone", "Orders", "Total spent", "First order", "Lifetime orders", "Lifetime value"]);
        assert_eq!(told[1], ["+234 706 555 0001", "1", "12500.00", "2026-11-24 09:00:00", "1", "12500.00"]);
        assert_eq!(told[2], ["+234 803 123 4567", "0", "0.00", "", "1", "12500.00"], "nothing in the period");
        assert_eq!(told.len(), 3);
    }
}

#[tokio::test]
async fn an_export_ends_where_nobody_takes_it() {
    let test = sqlite().await;
    fill(&test, 5, 40).await;
    for format in [Format::Csv, Format::Xlsx] {
        let mut held = Held {
            bytes: Vec::new(),
            most: 10,
        };
        let ended = write_to(&mut held, &test, &customers(""), format).await;
        assert!(matches!(ended, Err(ExportError::Stopped)), "{format:?}");
    }
}
