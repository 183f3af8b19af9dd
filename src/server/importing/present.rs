//! Imports in the shop's words.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Looked, Work};
use crate::domain::import::{Column, Import, ImportPage, State};
use crate::domain::stats::grouped;
use crate::server::error::ServerError;
use crate::server::import::{Field, Summary};
use crate::server::present;
use crate::server::store::imports;

/// How many imports are shown.
const SHOWN: i64 = 20;

/// Returns the latest imports.
pub async fn latest(work: &Work) -> Result<Vec<Import>, ServerError> {
    let rows = imports::latest(&work.db, SHOWN).await?;
    let undoable = imports::undoable(&work.db).await?;
    let (zone, now) = (work.shop.zone, work.now());
    Ok(rows.iter().map(|row| import(row, undoable, zone, now)).collect())
}

/// Returns the page of one import; none where there is none.
pub async fn page(work: &Work, id: i64) -> Result<Option<ImportPage>, ServerError> {
    let Some(row) = imports::one(&work.db, id).await? else {
        return Ok(None);
    };
    let undoable = imports::undoable(&work.db).await?;
    let import = import(&row, undoable, work.shop.zone, work.now());
    let looked = Looked::read(&row.samples);
    let asks = matches!(import.state, State::Columns | State::Checked);
    let columns = looked.columns.iter().filter(|_| asks).map(|(name, chosen)| Column {
        label: name.clone(),
        required: Field::parse(name).is_some_and(Field::is_required),
        chosen: *chosen,
    });
    let headers = looked.headers.iter().enumerate().filter(|_| asks).map(|(at, header)| {
        let name = if header.is_empty() {
            format!("Column {}", at + 1)
        } else {
            header.clone()
        };
        match looked.first.get(at).map(String::as_str) {
            None | Some("") => name,
            Some(cell) => format!("{name} ({cell})"),
        }
    });
    Ok(Some(ImportPage {
        columns: columns.collect(),
        headers: headers.collect(),
        samples: looked.samples,
        import,
    }))
}

fn import(row: &imports::Import, undoable: Option<i64>, zone: Tz, now: DateTime<Utc>) -> Import {
    let (state, summary) = (row.state(now), row.summary());
    let ended = matches!(state, State::Done | State::Stopped | State::Failed | State::Lost);
    let percent = (row.total > 0 && state.is_moving()).then(|| (row.position * 100 / row.total).clamp(0, 100));
    Import {
        id: row.id,
        file: row.file_name.clone(),
        who: row.who.clone(),
        sent: present::day(
            DateTime::from_timestamp_millis(row.began_at).unwrap_or_default(),
            zone,
            now,
        ),
        state,
        said: said(row, state, summary),
        percent: percent.and_then(|percent| u8::try_from(percent).ok()),
        counts: counts(summary),
        refused: summary.refused,
        undoable: ended && undoable == Some(row.id),
    }
}

fn number(count: u64) -> String {
    grouped(count.cast_signed())
}

/// `1 row is`, `3 rows are`.
fn rows(count: u64) -> String {
    if count == 1 {
        "1 row is".to_owned()
    } else {
        format!("{} rows are", number(count))
    }
}

fn said(row: &imports::Import, state: State, summary: Summary) -> String {
    const AGAIN: &str = "Send the file again to take in the rest: what is in already stays as it is.";
    let good = summary.read - summary.refused.min(summary.read);
    let is_in = if good == 0 {
        "Nothing is in.".to_owned()
    } else {
        format!("{} in.", rows(good))
    };
    let refused = match summary.refused {
        0 => String::new(),
        count => format!("{} refused, of {}.", rows(count), number(summary.read)),
    };
    let back = taken_back(row.undone.unsigned_abs(), row.kept.unsigned_abs());
    let said = match state {
        State::Columns => vec![row.note.clone()],
        State::Checking => {
            vec!["The file is being compared with the shop’s orders. Nothing is changed yet.".to_owned()]
        }
        State::Checked if summary.new + summary.changed == 0 => {
            vec!["Nothing in this file is new.".to_owned(), refused]
        }
        State::Checked => vec!["Nothing is changed yet. See what the file would do, and take it in.".to_owned()],
        State::Running => vec![is_in],
        State::Done => vec![is_in, refused],
        State::Stopped => vec!["It was stopped.".to_owned(), row.note.clone(), is_in, AGAIN.to_owned()],
        State::Lost => vec![
            "The server stopped while it was at work.".to_owned(),
            is_in,
            AGAIN.to_owned(),
        ],
        State::Failed if good == 0 => vec![row.note.clone()],
        State::Failed => vec![row.note.clone(), is_in, AGAIN.to_owned()],
        State::Undoing => vec![back],
        State::Undone => vec!["It was taken back.".to_owned(), back],
    };
    let said: Vec<String> = said.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    said.join(" ")
}

/// Says how many orders are as they were, and how many somebody has changed meanwhile.
fn taken_back(undone: u64, kept: u64) -> String {
    let orders = |count: u64, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{} {many}", number(count)),
    };
    let undone = orders(undone, "order is as it was before.", "orders are as they were before.");
    match kept {
        0 => undone,
        kept => format!(
            "{undone} {}",
            orders(
                kept,
                "has been changed by somebody since, and stays so.",
                "have been changed by somebody since, and stay so."
            )
        ),
    }
}

fn counts(summary: Summary) -> Vec<(String, String)> {
    let all = [
        ("New", summary.new),
        ("Changed", summary.changed),
        ("Unchanged", summary.unchanged),
        ("Repeated in the file", summary.repeated),
        ("Refused", summary.refused),
    ];
    let some = |(name, count): &(&str, u64)| *count > 0 || !name.starts_with("Repeated");
    all.into_iter()
        .filter(some)
        .map(|(name, count)| (name.to_owned(), number(count)))
        .collect()
}
