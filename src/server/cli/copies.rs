//! `onibara backup` and `onibara move`.

use std::process::ExitCode;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{Backup, Move};
use super::{Sentence, stop_signal};
use crate::server::backup;
use crate::server::db::Db;
use crate::server::moving::{Meanwhile, Moved, Step, Target};

/// Copies the shop while it is in use.
pub async fn backup(db: &Db, options: &Backup) -> Result<ExitCode, Sentence> {
    let bar = ProgressBar::hidden();
    let done = or_stopped(backup::backup(db, &options.file, &mut |step| show(&bar, step))).await?;
    done.map_err(|error| error.to_string())?;
    println!("The backup is in {}, whole and checked.", options.file.display());
    Ok(ExitCode::SUCCESS)
}

/// Moves the shop into another database.
pub async fn move_to(db: &Db, options: &Move) -> Result<ExitCode, Sentence> {
    let began = Instant::now();
    let bar = progress();
    let moving = async {
        let target = Target::find(&options.to).await?;
        target.fill(db, Meanwhile::MustRest, &mut |step| show(&bar, step)).await
    };
    let done = or_stopped(moving).await;
    bar.finish_and_clear();
    let moved = done?.map_err(|error| error.to_string())?;
    print(&moved, began);
    Ok(ExitCode::SUCCESS)
}

/// Works until it is done or the process is asked to end, which leaves nothing behind.
async fn or_stopped<T>(work: impl Future<Output = T>) -> Result<T, Sentence> {
    tokio::select! {
        done = work => Ok(done),
        () = stop_signal() => Err("Stopped. Nothing was copied.".to_owned()),
    }
}

fn progress() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) =
        ProgressStyle::with_template("{msg} {bar:40} {percent} %  {human_pos} of {human_len} rows  {eta} left")
    {
        bar.set_style(style);
    }
    bar.set_message("Copying");
    bar
}

fn show(bar: &ProgressBar, step: Step) {
    match step {
        Step::Rows(all) => bar.set_length(all),
        Step::Moved(rows) => bar.inc(rows),
        Step::Comparing => bar.set_message("Comparing"),
    }
}

fn print(moved: &Moved, began: Instant) {
    for (table, rows) in moved.tables.iter().filter(|(_, rows)| *rows > 0) {
        println!("{rows:>12}  {table}");
    }
    let all: u64 = moved.tables.iter().map(|(_, rows)| rows).sum();
    println!(
        "{all} rows of {} tables are the same in both databases, and every customer agrees with their orders. {:.1} s.",
        moved.tables.len(),
        began.elapsed().as_secs_f64()
    );
    if !moved.mended.is_empty() {
        println!(
            "{} customers had other figures than their orders before; they are right where they are now.",
            moved.mended.len()
        );
    }
    println!("Set DATABASE_URL to the new database, and start the server.");
}
