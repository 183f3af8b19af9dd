//! Texts beside the orders that may name somebody: they are read, and what names them goes.

use super::Mentions;
use crate::domain::customer_query::CustomerQuery;

/// Reads every kept text that may name somebody and takes out what does, on a connection of either database; returns
/// where files lie that waited to come in.
macro_rules! sweep {
    ($connection:expr, $mentions:expr, $now:expr) => {{
        let mentions: &Mentions = $mentions;
        let reports: Vec<(i64, String)> = sqlx::query_as("select id, part from import_refused order by id")
            .fetch_all(&mut *$connection)
            .await?;
        for (id, part) in reports {
            if let Some(part) = $crate::server::store::erasure::sweep::without(&part, mentions) {
                sqlx::query("update import_refused set part = $2 where id = $1")
                    .bind(id)
                    .bind(part)
                    .execute(&mut *$connection)
                    .await?;
            }
        }
        let views: Vec<(i64, String, String)> = sqlx::query_as("select id, name, query from saved_views")
            .fetch_all(&mut *$connection)
            .await?;
        for (id, name, query) in views {
            let changed = $crate::server::store::erasure::sweep::unnamed(id, &name, &query, mentions);
            if let Some((name, query)) = changed {
                sqlx::query("update saved_views set name = $2, query = $3 where id = $1")
                    .bind(id)
                    .bind(name)
                    .bind(query)
                    .execute(&mut *$connection)
                    .await?;
            }
        }
        // Name of a table's text, and what it becomes where it names somebody.
        for (read, write) in $crate::server::store::erasure::sweep::TEXTS {
            let texts: Vec<(i64, String)> = sqlx::query_as(*read).fetch_all(&mut *$connection).await?;
            for (id, text) in texts {
                if mentions.are_in(&text) {
                    sqlx::query(*write).bind(id).execute(&mut *$connection).await?;
                }
            }
        }
        let answers: Vec<(i64, String, String)> =
            sqlx::query_as("select key_id, name, body from idempotent_requests where body <> ''")
                .fetch_all(&mut *$connection)
                .await?;
        for (key, name, body) in answers {
            // Sent again it is done again, which changes nothing.
            if mentions.are_in(&body) || mentions.are_in(&name) {
                sqlx::query("delete from idempotent_requests where key_id = $1 and name = $2")
                    .bind(key)
                    .bind(name)
                    .execute(&mut *$connection)
                    .await?;
            }
        }
        for digits in mentions.digits() {
            // What orders of others were before, where it names a number of theirs.
            sqlx::query("delete from import_changes where before like '%' || $1 || '%'")
                .bind(digits.clone())
                .execute(&mut *$connection)
                .await?;
        }
        let files: Vec<String> = sqlx::query_scalar(
            "select path from imports where state in ('columns', 'checking', 'checked') and path <> ''",
        )
        .fetch_all(&mut *$connection)
        .await?;
        sqlx::query(
            "update imports set state = 'stopped', samples = '', path = '', moved_at = $1,
               note = 'A person’s data was erased meanwhile. Send the file again.'
             where state in ('columns', 'checking', 'checked')",
        )
        .bind($now)
        .execute(&mut *$connection)
        .await?;
        files
    }};
}
pub(super) use sweep;

/// How texts are read that are small enough to go whole, and how one goes.
pub(super) const TEXTS: &[(&str, &str)] = &[
    (
        "select id, reason from hook_deliveries where reason <> ''",
        "update hook_deliveries set reason = '' where id = $1",
    ),
    (
        "select id, name from queues",
        "update queues set name = 'Queue ' || cast(id as text) where id = $1",
    ),
    (
        "select id, file_name from imports",
        "update imports set file_name = 'a file' where id = $1",
    ),
    (
        "select id, note from imports where note <> ''",
        "update imports set note = '' where id = $1",
    ),
];

/// What says that a text is UTF-8.
const MARK: char = '\u{feff}';

/// Returns a part of a report without the rows that name somebody; none where no row does.
pub(super) fn without(part: &str, mentions: &Mentions) -> Option<String> {
    if !mentions.are_in(part)
        && !part
            .split([',', ';', '\t', '\n'])
            .any(|field| mentions.are_field(field))
    {
        return None;
    }
    // The first part begins with the mark that spreadsheets want.
    let (mark, part) = part
        .strip_prefix(MARK)
        .map_or(("", part), |rest| (&part[..MARK.len_utf8()], rest));
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(part.as_bytes());
    let mut kept = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows.records() {
        // A row that cannot be read is not kept: it may name anybody.
        let Ok(row) = row else { continue };
        if !row
            .iter()
            .any(|field| mentions.are_field(field) || mentions.are_in(field))
        {
            kept.write_record(&row).ok()?;
        }
    }
    let kept = String::from_utf8(kept.into_inner().ok()?).ok()?;
    Some(format!("{mark}{kept}"))
}

/// Returns the name and the query of a view that no longer searches for somebody; none where it never did.
pub(super) fn unnamed(id: i64, name: &str, query: &str, mentions: &Mentions) -> Option<(String, String)> {
    let parsed = CustomerQuery::parse(query);
    let searched = mentions.are_in(&parsed.search);
    let named = mentions.are_in(name);
    (searched || named).then(|| {
        let search = if searched { String::new() } else { parsed.search.clone() };
        let name = if named { format!("View {id}") } else { name.to_owned() };
        (name, CustomerQuery { search, ..parsed }.to_query_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_loses_the_rows_of_one_person_and_keeps_the_others() {
        let mentions = Mentions::new(
            &["+2348031234567".to_owned()],
            &["Ada Obi".to_owned()],
            &["A1".to_owned()],
        );
        let report =
            "\u{feff}Line,Problem,Order No,Phone\n2,amount,A1,x\n3,\"a, b\",A2,0803 123 4567\n4,amount,A3,Ben\n";
        assert_eq!(
            without(report, &mentions).as_deref(),
            Some("\u{feff}Line,Problem,Order No,Phone\n4,amount,A3,Ben\n")
        );
        assert_eq!(without("2,amount,A4,Ben\n", &mentions), None);
    }
}
