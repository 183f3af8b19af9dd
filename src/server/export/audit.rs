//! The audit log as a table, however long it is.

use chrono::DateTime;

use super::cell::Cell;
use super::{Column, ExportError, Format, Progress, ROWS, Sink, Source, close, open, pass_on};
use crate::domain::audit::{AuditQuery, said};
use crate::server::audit_log;
use crate::server::store::audit_page::{Line, newest};

const COLUMNS: [Column; 6] = [
    Column {
        name: "When",
        width: 17.0,
    },
    Column {
        name: "Who",
        width: 28.0,
    },
    Column {
        name: "From",
        width: 16.0,
    },
    Column {
        name: "What",
        width: 24.0,
    },
    Column {
        name: "About",
        width: 20.0,
    },
    Column {
        name: "Details",
        width: 60.0,
    },
];

/// Writes all lines of a query, the newest first; what is done meanwhile is not among them.
pub(super) async fn export(
    from: Source<'_>,
    query: &AuditQuery,
    format: Format,
    progress: &Progress,
    to: &mut impl Sink,
) -> Result<usize, ExportError> {
    let query = query.with(|_| {});
    let about = super::About::audit(&query);
    let about = about.made_of_unknown(from.shop, from.now, from.by);
    let mut sheet = open("Audit log", &COLUMNS, COLUMNS.len(), format, &about)?;
    let mut wanted = audit_log::wanted(&query, from.shop, from.now);
    let limit = i64::try_from(ROWS).unwrap_or(i64::MAX);
    let mut count = 0;
    loop {
        let lines = newest(from.db, &wanted, limit).await?;
        let Some(last) = lines.last() else { break };
        wanted.before = Some((last.at, last.id));
        for line in &lines {
            write(sheet.as_mut(), from, line)?;
        }
        count += lines.len();
        progress.of(count);
        progress.add(lines.len());
        progress.check()?;
        pass_on(sheet.as_mut(), to).await?;
    }
    close(sheet, progress, to).await?;
    Ok(count)
}

fn write(sheet: &mut (dyn super::Sheet + Send), from: Source<'_>, line: &Line) -> Result<(), ExportError> {
    let at = DateTime::from_timestamp_millis(line.at).unwrap_or_default();
    let (what, about) = (said(&line.action), audit_log::subject(line).0);
    sheet.row(&[
        Cell::Exact(at.with_timezone(&from.shop.zone)),
        Cell::text(&line.who),
        Cell::text(&line.address),
        Cell::text(&what),
        Cell::text(&about),
        Cell::text(&line.detail),
    ])
}
