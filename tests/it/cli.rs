//! The command as an operator runs it.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn onibara(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onibara"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("DATABASE_URL", "sqlite:shop.db")
        .env_remove("ONIBARA_TIME_ZONE");
    command
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
        .display()
        .to_string()
}

#[test]
fn a_dry_run_changes_nothing_and_the_import_writes_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let file = fixture("messy_orders.csv");
    let dry = onibara(folder.path(), &["import", &file, "--dry-run"]);
    assert!(out(&dry).contains("22 new"), "{}", out(&dry));
    let done = onibara(folder.path(), &["import", &file, "--json", "--report", "refused.csv"]);
    let said: serde_json::Value = serde_json::from_str(&out(&done)).unwrap();
    assert_eq!(
        (&said["summary"]["new"], &said["summary"]["refused"]),
        (&22.into(), &8.into())
    );
    let report = std::fs::read_to_string(folder.path().join("refused.csv")).unwrap();
    assert_eq!(report.lines().count(), 9, "{report}");
    assert!(report.contains("teleported"));
    assert!(onibara(folder.path(), &["verify"]).status.success());
}

#[test]
fn an_exported_workbook_comes_in_again_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    onibara(folder.path(), &["import", &fixture("messy_orders.csv")]);
    onibara(
        folder.path(),
        &["export", "orders", "--format", "xlsx", "-o", "orders.xlsx"],
    );
    let again = onibara(folder.path(), &["import", "orders.xlsx", "--json"]);
    let said: serde_json::Value = serde_json::from_str(&out(&again)).unwrap();
    assert_eq!(
        (&said["summary"]["unchanged"], &said["summary"]["read"]),
        (&22.into(), &22.into()),
        "{said}"
    );
}

#[test]
fn hostile_workbooks_are_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for (name, part, said) in [
        (
            "bomb.xlsx",
            "<c/>".repeat(30_000_000),
            "unpacks to far more than orders do",
        ),
        ("hollow.xlsx", String::new(), "damaged"),
    ] {
        let file = std::fs::File::create(folder.path().join(name)).unwrap();
        let mut zip = zip::ZipWriter::new(file);
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("xl/workbook.xml", options).unwrap();
        zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
        zip.finish().unwrap();
        let refused = onibara(folder.path(), &["import", name]);
        assert!(!refused.status.success());
        let sentence = String::from_utf8(refused.stderr).unwrap();
        assert!(sentence.contains(said), "{name}: {sentence}");
    }
}

/// A sheet of two cells as far from each other as can be: whoever makes room for all between them has none left.
#[test]
fn a_workbook_of_two_far_cells_is_two_rows() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, header) in ["Order No", "Date", "Phone", "Amount"].into_iter().enumerate() {
        sheet.write_string(0, u16::try_from(at).unwrap(), header).unwrap();
    }
    sheet.write_string(1_048_575, 16_383, "far").unwrap();
    book.save(folder.path().join("far.xlsx")).unwrap();
    let done = onibara(folder.path(), &["import", "far.xlsx", "--json"]);
    let said: serde_json::Value = serde_json::from_str(&out(&done)).unwrap();
    assert_eq!(said["summary"]["refused"], 1, "{said}");
    assert!(
        said["refused"][0]["reason"].as_str().unwrap().contains("256 cells"),
        "{said}"
    );
}

#[test]
fn exported_orders_come_in_again_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    onibara(folder.path(), &["import", &fixture("messy_orders.csv")]);
    let written = onibara(folder.path(), &["export", "orders", "-o", "orders.csv"]);
    assert!(written.status.success());
    let again = onibara(folder.path(), &["import", "orders.csv", "--json"]);
    let said: serde_json::Value = serde_json::from_str(&out(&again)).unwrap();
    assert_eq!(said["summary"]["unchanged"], 22, "{said}");
    let customers = out(&onibara(folder.path(), &["export", "customers"]));
    assert!(customers.starts_with('\u{feff}'));
    assert_eq!(
        customers.matches("+234 803 123 4567").count(),
        1,
        "the phone is whole and no formula"
    );
    assert!(customers.contains("\"'=HYPERLINK("), "a formula is harmless");
}

#[test]
fn the_same_seed_makes_the_same_shop() {
    let made = [1, 2].map(|_| {
        let folder = tempfile::tempdir().unwrap();
        let arguments = [
            "demo",
            "--customers",
            "200",
            "--orders",
            "600",
            "--seed",
            "5",
            "--until",
            "2026-11-24",
        ];
        assert!(out(&onibara(folder.path(), &arguments)).starts_with("200 customers from 600 orders"));
        assert!(onibara(folder.path(), &["verify"]).status.success());
        out(&onibara(folder.path(), &["export", "orders"]))
    });
    assert_eq!(made[0], made[1]);
}

#[test]
fn a_backup_is_a_whole_shop_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    onibara(folder.path(), &["import", &fixture("messy_orders.csv")]);
    assert!(onibara(folder.path(), &["backup", "copy.db"]).status.success());
    assert!(
        !onibara(folder.path(), &["backup", "copy.db"]).status.success(),
        "it is there already"
    );
    let restored = command(folder.path(), &["verify"])
        .env("DATABASE_URL", "sqlite:copy.db")
        .output()
        .unwrap();
    assert!(
        out(&restored).contains("12 customers agree with 22 orders"),
        "{}",
        out(&restored)
    );
}

#[test]
fn a_user_is_added_with_a_password_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let add = |password: &str, email: &str| {
        let mut child = command(folder.path(), &["user", "add", email, "--role", "staff"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(format!("{password}\n").as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    };
    assert!(!add("short", "ada@shop.ng").status.success());
    assert!(!add("a long enough sentence", "nobody").status.success());
    assert!(add("a long enough sentence", "ada@shop.ng").status.success());
    let twice = add("a long enough sentence", "ADA@shop.ng");
    assert!(String::from_utf8(twice.stderr).unwrap().contains("already"));
}

#[test]
fn a_wrong_setting_stops_with_a_sentence_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let stopped = |name: &str, value: &str| {
        let output = command(folder.path(), &["verify"]).env(name, value).output().unwrap();
        assert!(!output.status.success(), "{name}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(stopped("ONIBARA_TIME_ZONE", "Lagos").contains("ONIBARA_TIME_ZONE is “Lagos”"));
    assert!(stopped("ONIBARA_CURRENCY", "naira").contains("ONIBARA_CURRENCY is “naira”"));
    assert!(stopped("DATABASE_URL", "mysql://x").contains("DATABASE_URL"));
}
