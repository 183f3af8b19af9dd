//! `onibara import`.

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use indicatif::{ProgressBar, ProgressStyle};

use super::args::Import;
use super::{Sentence, failed};
use crate::server::config::Shop;
use crate::server::db::Db;
use crate::server::import::{self, Options, Orders, Report, Summary};
use crate::server::store::audit::{self, Action, Entry};
use crate::server::store::orders::{self, Upserted};

/// How many refused rows the terminal shows; the report has them all.
const SHOWN: usize = 20;

/// Takes in a file of orders, batch by batch, and says what became of each row.
pub async fn import(db: &Db, options: &Import, shop: &Shop, now: DateTime<Utc>) -> Result<ExitCode, Sentence> {
    let reading = Options {
        zone: shop.zone,
        region: shop.country.clone(),
        currency: shop.currency.clone(),
        now,
    };
    let mut rows = import::open(&options.file, &reading).map_err(|error| error.to_string())?;
    let mut report = options
        .report
        .as_deref()
        .map(|file| create_report(file, &rows))
        .transpose()?;
    let bar = progress(rows.total_bytes(), options.json);
    let mut summary = Summary::default();
    let mut shown = Vec::new();
    loop {
        let (batch, refused) = next_batch(&mut rows, &mut summary);
        if batch.is_empty() && refused.is_empty() {
            break;
        }
        for row in refused {
            if let (Some(report), Err(error)) = (&mut report, &row.outcome) {
                report
                    .write(error, &row.cells)
                    .map_err(|error| format!("The report cannot be written: {error}"))?;
            }
            if let (true, Err(error)) = (shown.len() < SHOWN, row.outcome) {
                shown.push(error);
            }
        }
        let done = if options.dry_run {
            orders::compare(db, batch).await.map_err(failed)?
        } else {
            orders::upsert(db, batch).await.map_err(failed)?
        };
        add(&mut summary, done);
        bar.set_position(rows.bytes_read());
    }
    bar.finish_and_clear();
    if let Some(report) = report {
        report
            .finish()
            .map_err(|error| format!("The report cannot be written: {error}"))?;
    }
    if !options.dry_run {
        note(db, &summary, now).await?;
    }
    print(options, &summary, &shown);
    Ok(ExitCode::SUCCESS)
}

/// Reads the orders of one transaction, and the rows that are refused on the way.
fn next_batch(rows: &mut Orders, summary: &mut Summary) -> (Vec<crate::domain::order::Order>, Vec<import::Row>) {
    let mut batch = Vec::with_capacity(orders::BATCH);
    let mut refused = Vec::new();
    while batch.len() < orders::BATCH && refused.len() < orders::BATCH {
        let Some(row) = rows.next() else {
            break;
        };
        summary.read += 1;
        if let Ok(order) = row.outcome {
            batch.push(order);
        } else {
            summary.refused += 1;
            refused.push(row);
        }
    }
    (batch, refused)
}

fn add(summary: &mut Summary, done: Upserted) {
    summary.new += done.new;
    summary.changed += done.changed;
    summary.unchanged += done.unchanged;
    summary.repeated += done.repeated;
}

fn create_report(file: &Path, rows: &Orders) -> Result<Report<File>, Sentence> {
    let created = File::create(file).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    Report::new(created, rows.headers()).map_err(|error| format!("{} cannot be written: {error}", file.display()))
}

/// A bar over the file's bytes, on a terminal only.
fn progress(total: u64, quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent} %  {bytes} of {total_bytes}  {eta} left") {
        bar.set_style(style);
    }
    bar
}

async fn note(db: &Db, summary: &Summary, now: DateTime<Utc>) -> Result<(), Sentence> {
    let entry = Entry {
        at: now,
        user_id: None,
        who: "command line".to_owned(),
        address: String::new(),
        action: Action::Imported,
        detail: format!(
            "{} new, {} changed, {} refused",
            summary.new, summary.changed, summary.refused
        ),
    };
    audit::append(db, entry).await.map_err(failed)
}

fn print(options: &Import, summary: &Summary, refused: &[import::RowError]) {
    if options.json {
        println!("{}", serde_json::json!({ "summary": summary, "refused": refused }));
        return;
    }
    let would = if options.dry_run {
        "Nothing was changed. It would be: "
    } else {
        ""
    };
    println!(
        "{would}{} rows read: {} new, {} changed, {} unchanged, {} repeated, {} refused.",
        summary.read, summary.new, summary.changed, summary.unchanged, summary.repeated, summary.refused
    );
    for error in refused {
        println!("  {error}");
    }
    let more = summary.refused.saturating_sub(refused.len() as u64);
    if more > 0 {
        println!("  and {more} more; `--report FILE` writes them all, with reasons, to be mended.");
    }
}
