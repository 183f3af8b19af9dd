//! A shop moved from one database into another one, and back: nothing lost, nothing twice, or nothing at all.

use std::path::Path;
use std::process::{Command, Output};

use onibara::server::db::{self, Db, Pool};
use onibara::server::moving::{Meanwhile, MoveError, Moved, Step, Target};
use onibara::server::store::{orders, rollup};

use crate::on_both_databases;
use crate::orders_page::fill;
use crate::rollup::execute;
use crate::support::builders::order;
use crate::support::database::{TestDb, postgres, sqlite};
use crate::support::dump::{dump, tables};

/// A shop with a row in every table.
async fn whole_shop(test: &TestDb) {
    fill(test, 77, 300).await;
    orders::upsert(&test.db, vec![order("tab\there \\N", "~call\tme")])
        .await
        .unwrap();
    let rows = include_str!("../fixtures/whole_shop.sql");
    let Pool::Sqlite(pool) = test.db.bulk() else {
        panic!("the fixture is written for SQLite");
    };
    sqlx::raw_sql(rows).execute(pool).await.unwrap();
}

fn command(url: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_onibara"))
        .args(arguments)
        .env("DATABASE_URL", url)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// What leaves the shop as files.
fn files(url: &str) -> [Vec<u8>; 2] {
    ["customers", "orders"].map(|what| {
        let exported = command(url, &["export", what]);
        assert!(exported.status.success(), "{}", said(&exported));
        exported.stdout
    })
}

fn names_in(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    let name = |file: std::io::Result<std::fs::DirEntry>| file.unwrap().file_name().to_string_lossy().into_owned();
    files.map(name).collect()
}

async fn moved(from: &Db, to: &str) -> Result<Moved, MoveError> {
    Target::find(to)
        .await?
        .fill(from, Meanwhile::MustRest, &mut |_| {})
        .await
}

async fn is_empty(test: &TestDb) -> bool {
    let new = sqlite().await;
    let tables = tables(&new.db).await;
    dump(&test.db, &tables).await == dump(&new.db, &tables).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_goes_to_postgres_and_back_as_it_was() {
    let (from, to, folder) = (sqlite().await, postgres().await, tempfile::tempdir().unwrap());
    whole_shop(&from).await;
    let tables = tables(&from.db).await;
    // Exports are in the audit log, so what is compared is read after them.
    let files_before = files(from.url());
    let before = dump(&from.db, &tables).await;
    let without = before.iter().filter(|(_, rows)| rows.is_empty());
    let forgotten: Vec<&String> = without.map(|(table, _)| table).collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");

    let done = command(from.url(), &["move", "--to", to.url()]);
    assert!(done.status.success(), "{}", said(&done));
    assert!(
        said(&done).contains("are the same in both databases"),
        "{}",
        said(&done)
    );
    assert_eq!(dump(&to.db, &tables).await, before);
    assert_eq!(rollup::verify(&to.db).await.unwrap(), []);
    assert!(files(to.url()) == files_before, "the files differ");

    let there = dump(&to.db, &tables).await;
    let back = format!("sqlite:{}", folder.path().join("back.db").display());
    let done = command(to.url(), &["move", "--to", &back]);
    assert!(done.status.success(), "{}", said(&done));
    assert_eq!(names_in(folder.path()), ["back.db"], "nothing but the shop is left");
    let opened = db::open(&back).await.unwrap();
    assert_eq!(dump(&opened, &tables).await, there);
    assert_eq!(rollup::verify(&opened).await.unwrap(), []);
    opened.close().await;
    assert!(files(&back) == files_before, "the files differ");

    // Triggers are awake and count once, and numbers that were given are not given again.
    for db in [&to.db, &db::open(&back).await.unwrap()] {
        orders::upsert(
            db,
            vec![order("new", "+2348031234567"), order("newer", "+2349031234567")],
        )
        .await
        .unwrap();
        assert_eq!(rollup::verify(db).await.unwrap(), []);
        let note = "insert into customer_notes (phone_id, author_id, author, body, written_at)
                    values (1, 3, 'ada', 'x', 5) returning id";
        let number: i64 = match db.writer() {
            Pool::Sqlite(pool) => sqlx::query_scalar(note).fetch_one(pool).await.unwrap(),
            Pool::Postgres(pool) => sqlx::query_scalar(note).fetch_one(pool).await.unwrap(),
        };
        assert!(number > 8, "{number}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_table_is_left_out() {
    let (from, to) = (sqlite().await, postgres().await);
    let done = moved(&from.db, to.url()).await.unwrap();
    let mut expected: Vec<String> = tables(&from.db).await.into_keys().collect();
    // Made anew from the orders.
    expected.retain(|table| table != "customer_rollup");
    let mut moved: Vec<String> = done.tables.into_iter().map(|(table, _)| table).collect();
    moved.sort_unstable();
    assert_eq!(moved, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_there_already_is_left_alone() {
    let (from, to) = (sqlite().await, postgres().await);
    whole_shop(&from).await;
    orders::upsert(&to.db, vec![order("theirs", "+2348031234567")])
        .await
        .unwrap();
    let refused = command(from.url(), &["move", "--to", to.url()]);
    assert!(!refused.status.success());
    assert!(
        said(&refused).contains("has something in it already"),
        "{}",
        said(&refused)
    );
    let there = sqlite().await;
    let refused = command(from.url(), &["move", "--to", there.url()]);
    assert!(
        said(&refused).contains("has something in it already"),
        "{}",
        said(&refused)
    );
    let refused = command(from.url(), &["move", "--to", "mysql://x"]);
    assert!(said(&refused).contains("must begin with"), "{}", said(&refused));
    let refused = command("sqlite:/nowhere/shop.db", &["move", "--to", to.url()]);
    assert!(said(&refused).contains("there is no such file"), "{}", said(&refused));
    assert_eq!(rollup::verify(&to.db).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_of_something_else_are_no_empty_database() {
    let (from, to) = (sqlite().await, postgres().await);
    execute(&to, "drop schema public cascade".to_owned()).await;
    execute(&to, "create schema public".to_owned()).await;
    execute(&to, "create table wordpress (id bigint)".to_owned()).await;
    assert!(matches!(moved(&from.db, to.url()).await, Err(MoveError::NotEmpty(name)) if name.contains("wordpress")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_fails_half_way_leaves_nothing_and_can_be_done_again() {
    let (from, to) = (sqlite().await, postgres().await);
    whole_shop(&from).await;
    execute(&from, "update settings set value = 'a' || char(0) || 'b'".to_owned()).await;
    let failed = moved(&from.db, to.url()).await;
    assert!(
        matches!(&failed, Err(MoveError::Nul(table)) if table == "settings"),
        "{failed:?}"
    );
    assert!(is_empty(&to).await);
    execute(&from, "update settings set value = 'ab'".to_owned()).await;
    moved(&from.db, to.url()).await.unwrap();
    assert_eq!(rollup::verify(&to.db).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_in_meanwhile_is_not_lost_behind_somebodys_back() {
    let (from, to) = (sqlite().await, postgres().await);
    whole_shop(&from).await;
    let runtime = tokio::runtime::Handle::current();
    let db = from.db.clone();
    let mut late = move |step: Step| {
        if step == Step::Comparing {
            let late = orders::upsert(&db, vec![order("late", "+2348031234567")]);
            tokio::task::block_in_place(|| runtime.block_on(late)).unwrap();
        }
    };
    let target = Target::find(to.url()).await.unwrap();
    let failed = target.fill(&from.db, Meanwhile::MustRest, &mut late).await;
    assert!(matches!(failed, Err(MoveError::Changed)), "{failed:?}");
    assert!(is_empty(&to).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_into_the_target_meanwhile_stays_there() {
    let (from, to) = (sqlite().await, postgres().await);
    whole_shop(&from).await;
    let runtime = tokio::runtime::Handle::current();
    let db = to.db.clone();
    let mut theirs = move |step: Step| {
        if matches!(step, Step::Rows(_)) {
            let theirs = orders::upsert(&db, vec![order("theirs", "+2348031234567")]);
            tokio::task::block_in_place(|| runtime.block_on(theirs)).unwrap();
        }
    };
    let target = Target::find(to.url()).await.unwrap();
    let refused = target.fill(&from.db, Meanwhile::MustRest, &mut theirs).await;
    assert!(matches!(refused, Err(MoveError::NotEmpty(_))), "{refused:?}");
    let left = orders::by_numbers(&to.db, &["theirs".to_owned()]).await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(rollup::verify(&to.db).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_move_that_is_dropped_leaves_no_file() {
    let (from, folder) = (sqlite().await, tempfile::tempdir().unwrap());
    whole_shop(&from).await;
    let url = format!("sqlite:{}", folder.path().join("new.db").display());
    let target = Target::find(&url).await.unwrap();
    let (tell, mut told_of) = tokio::sync::mpsc::unbounded_channel();
    let mut told = move |step| {
        let _ = tell.send(step);
    };
    tokio::select! {
        done = target.fill(&from.db, Meanwhile::MustRest, &mut told) => panic!("it was not stopped: {done:?}"),
        step = told_of.recv() => assert!(matches!(step, Some(Step::Rows(_)))),
    }
    assert_eq!(names_in(folder.path()), Vec::<String>::new());
}

/// `cargo nextest run --run-ignored only -E 'test(a_large_shop_moves)' --no-capture` prints how long it takes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement: a hundred thousand orders"]
async fn a_large_shop_moves() {
    let (folder, to) = (tempfile::tempdir().unwrap(), postgres().await);
    let path = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    let (large, back) = (path("large.db"), path("back.db"));
    command(&large, &["demo", "--customers", "20000", "--orders", "100000"]);
    for (from, to) in [(large.as_str(), to.url()), (to.url(), back.as_str())] {
        let began = std::time::Instant::now();
        let done = command(from, &["move", "--to", to]);
        assert!(done.status.success(), "{}", said(&done));
        println!("{:.1} s\n{}", began.elapsed().as_secs_f64(), said(&done));
    }
    assert!(Path::new(&folder.path().join("back.db")).exists());
    assert!(files(&large) == files(&back));
}

on_both_databases! {
    async fn a_backup_taken_while_orders_come_in_is_the_shop_of_one_moment(test: &TestDb) {
        fill(test, 5, 200).await;
        let writer = test.opened_again().await;
        let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
        let (wrote, mut written) = tokio::sync::watch::channel(0_u32);
        let writing = tokio::spawn(async move {
            while stopped.try_recv().is_err() {
                let number = *wrote.borrow();
                let pair = ["left", "right"].map(|side| order(&format!("{side}-{number:05}"), "+2348031234567"));
                orders::upsert(&writer, pair.to_vec()).await.unwrap();
                wrote.send_replace(number + 1);
            }
            writer.close().await;
        });
        written.wait_for(|number| *number > 3).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copy.db");
        let at_least = *written.borrow();
        onibara::server::backup::backup(&test.db, &file, &mut |_| {}).await.unwrap();
        let at_most = *written.borrow() + 1;
        stop.send(()).unwrap();
        writing.await.unwrap();
        assert_eq!(names_in(folder.path()), ["copy.db"], "nothing but the backup is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let again = onibara::server::backup::backup(&test.db, &file, &mut |_| {}).await;
        assert!(again.unwrap_err().to_string().contains("never overwrites"));

        // An empty place, and the same kind of database as the shop was on.
        let restored = if matches!(test.db, Db::Sqlite { .. }) {
            let place = folder.path().join("restored.db");
            std::fs::copy(&file, &place).unwrap();
            db::open(&format!("sqlite:{}", place.display())).await.unwrap()
        } else {
            let empty = postgres().await;
            let copy = db::open(&format!("sqlite:{}", file.display())).await.unwrap();
            moved(&copy, empty.url()).await.unwrap();
            empty.db
        };
        assert_eq!(rollup::verify(&restored).await.unwrap(), []);
        let totals = |side: &'static str| {
            let restored = &restored;
            let sql = format!("select count(*), coalesce(max(number), '') from orders where number like '{side}-%'");
            async move {
                let row: (i64, String) = match restored.jobs() {
                    Pool::Sqlite(pool) => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.unwrap(),
                    Pool::Postgres(pool) => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.unwrap(),
                };
                row
            }
        };
        let (left, right) = (totals("left").await, totals("right").await);
        assert_eq!(left.0, right.0, "no half of a transaction");
        assert_eq!(left.1, format!("left-{:05}", left.0 - 1), "everything up to one moment");
        assert!((i64::from(at_least)..=i64::from(at_most)).contains(&left.0), "{at_least} {left:?} {at_most}");
        restored.close().await;
    }
}
