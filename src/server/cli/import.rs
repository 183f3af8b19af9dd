//! `onibara import`.

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use indicatif::{ProgressBar, ProgressStyle};

use super::args::Import;
use super::{Sentence, failed};
use crate::domain::import::State;
use crate::server::clock::Clock;
use crate::server::config::Shop;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::server::finder::LiveFinder;
use crate::server::import::{self, Batch, Orders, Report, RowError, Summary};
use crate::server::importing::{self, Work};
use crate::server::readers::Readers;
use crate::server::store::audit::{self, Action, Entry};
use crate::server::store::imports::{self, Sent};
use crate::server::store::orders;

/// How many refused rows the terminal shows; the report has them all.
const SHOWN: usize = 20;

/// Takes in a file of orders, batch by batch, and says what became of each row.
pub async fn import(db: &Db, options: &Import, shop: &Shop, clock: Clock) -> Result<ExitCode, Sentence> {
    let work = Work {
        db: db.clone(),
        shop: shop.clone(),
        clock,
        program: std::env::current_exe().ok(),
        finder: LiveFinder::new(db.clone()),
        readers: Readers::default(),
    };
    let reading = work.options().await.map_err(failed)?;
    let rows = import::open(&options.file, &reading).map_err(|error| error.to_string())?;
    let mut report = options
        .report
        .as_deref()
        .map(|file| create_report(file, &rows))
        .transpose()?;
    let bar = progress(rows.total_bytes(), options.json);
    let mut shown = Vec::new();
    let mut told = |batch: &Batch| {
        bar.set_position(batch.position);
        tell(batch, report.as_mut(), &mut shown)
    };
    let summary = if options.dry_run {
        compare(db, rows, told).await.map_err(failed)?
    } else {
        let id = begin(&work, options).await?;
        let done = importing::take_in(&work, id, rows, |now| told(now.batch)).await;
        done.map_err(failed)?
    };
    bar.finish_and_clear();
    if let Some(report) = report {
        report.finish().map_err(|error| not_written(&error))?;
    }
    if !options.dry_run {
        note(db, &summary, reading.now).await?;
    }
    print(options, &summary, &shown);
    Ok(ExitCode::SUCCESS)
}

/// Says what a file would do, and changes nothing.
async fn compare(
    db: &Db,
    rows: Orders,
    mut told: impl FnMut(&Batch) -> Result<(), ServerError>,
) -> Result<Summary, ServerError> {
    let mut batches = import::batches(rows);
    let mut summary = Summary::default();
    while let Some(batch) = batches.recv().await {
        summary.read += batch.read();
        summary.refused += batch.refused.len() as u64;
        told(&batch)?;
        summary += orders::compare(db, batch.orders).await?.done;
    }
    Ok(summary)
}

/// Notes in the history of imports that a file comes in.
async fn begin(work: &Work, options: &Import) -> Result<i64, Sentence> {
    importing::forget_old(work).await.map_err(failed)?;
    let name = options
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let bytes = std::fs::metadata(&options.file).map_or(0, |file| file.len());
    let sent = Sent {
        user_id: None,
        who: "command line".to_owned(),
        file_name: name,
        bytes: bytes.cast_signed(),
        path: String::new(),
        at: work.clock.now(),
    };
    let id = imports::add(&work.db, sent, State::Checking).await.map_err(failed)?;
    if orders::begin_import(&work.db, id, work.clock.now())
        .await
        .map_err(failed)?
    {
        Ok(id)
    } else {
        work.stop(id).await.map_err(failed)?;
        Err("Another file is coming in. Try again when it is in.".to_owned())
    }
}

/// Writes refused rows into the report, and keeps the first of them for the terminal.
fn tell(batch: &Batch, report: Option<&mut Report<File>>, shown: &mut Vec<RowError>) -> Result<(), ServerError> {
    let errors = batch
        .refused
        .iter()
        .filter_map(|row| Some((row.outcome.as_ref().err()?, &row.cells)));
    if let Some(report) = report {
        for (error, cells) in errors.clone() {
            report
                .write(error, cells)
                .map_err(|error| ServerError::Broken(not_written(&error)))?;
        }
    }
    let room = SHOWN - shown.len();
    shown.extend(errors.take(room).map(|(error, _)| error.clone()));
    Ok(())
}

fn not_written(error: &impl std::fmt::Display) -> Sentence {
    format!("The report cannot be written: {error}")
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
        subject: audit::Subject::None,
        detail: format!(
            "{} new, {} changed, {} refused",
            summary.new, summary.changed, summary.refused
        ),
    };
    audit::append(db, entry).await.map_err(failed)
}

fn print(options: &Import, summary: &Summary, refused: &[RowError]) {
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
