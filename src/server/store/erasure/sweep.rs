//! Texts beside the orders that may name somebody: they are read, and what names them goes.

use super::Mentions;
use crate::domain::customer_query::CustomerQuery;

/// Reads every kept text that may name somebody and takes out what does, on a connection of either database. Files that
/// were sent stay where they lie: whoever has their folder removes them once this is committed.
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
            if mentions.are_in_answer(&body) || mentions.are_in(&name) {
                sqlx::query("delete from idempotent_requests where key_id = $1 and name = $2")
                    .bind(key)
                    .bind(name)
                    .execute(&mut *$connection)
                    .await?;
            }
        }
        for digits in mentions.stored_digits() {
            // What orders of others were before, where it names a number of theirs.
            let befores: Vec<(i64, String, String)> = sqlx::query_as(
                "select import_id, number, before from import_changes where before like '%' || $1 || '%'",
            )
            .bind(digits.to_owned())
            .fetch_all(&mut *$connection)
            .await?;
            for (import, number, _) in befores.iter().filter(|(.., before)| mentions.number_in(before)) {
                sqlx::query("delete from import_changes where import_id = $1 and number = $2")
                    .bind(import)
                    .bind(number)
                    .execute(&mut *$connection)
                    .await?;
            }
        }
        // A file without headers has had its first row taken for them.
        let headers: Vec<String> = sqlx::query_scalar("select header from import_columns")
            .fetch_all(&mut *$connection)
            .await?;
        for header in headers.iter().filter(|header| mentions.number_in(header)) {
            sqlx::query("delete from import_columns where header = $1")
                .bind(header)
                .execute(&mut *$connection)
                .await?;
        }
        // What a column of states said, and what that was said to mean.
        let places: Vec<String> = sqlx::query_scalar("select name from settings where name like 'shop.place.%'")
            .fetch_all(&mut *$connection)
            .await?;
        for name in &places {
            if $crate::server::store::settings::place_of(name).is_some_and(|spelled| mentions.are_in(spelled)) {
                sqlx::query("delete from settings where name = $1")
                    .bind(name)
                    .execute(&mut *$connection)
                    .await?;
            }
        }
        sqlx::query(
            "update imports set state = 'stopped', moved_at = $1,
               note = 'A person’s data was erased meanwhile. Send the file again.'
             where state in ('columns', 'checking', 'checked')",
        )
        .bind($now)
        .execute(&mut *$connection)
        .await?;
        sqlx::query("update imports set samples = '' where samples <> ''")
            .execute(&mut *$connection)
            .await?;
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
    (
        "select id, before from quality_fixes where what in ('place', 'place_right') and before <> ''",
        "update quality_fixes set before = '' where id = $1",
    ),
    (
        // The queue of a contact, as it was called then.
        "select min(id), before from customer_history where field = 'contact' and before <> '' group by before",
        "update customer_history set before = ''
         where field = 'contact' and before = (select before from customer_history where id = $1)",
    ),
];

/// What says that a text is UTF-8.
pub(in crate::server::store) const MARK: char = '\u{feff}';

/// Returns a part of a report without the rows that name somebody; none where no row does.
pub(super) fn without(part: &str, mentions: &Mentions) -> Option<String> {
    // The first part begins with the mark that spreadsheets want, and with the header.
    let (mark, part) = part
        .strip_prefix(MARK)
        .map_or(("", part), |rest| (&part[..MARK.len_utf8()], rest));
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(part.as_bytes());
    let mut kept = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let mut changed = false;
    for (place, row) in rows.records().enumerate() {
        // A row that cannot be read is not kept: it may name anybody.
        let Ok(row) = row else {
            changed = true;
            continue;
        };
        if place == 0 && !mark.is_empty() {
            // A column may be called as somebody is. Only a number is not what a column is called.
            changed |= row.iter().any(|cell| mentions.number_in(cell));
            let cells = row.iter().map(|cell| if mentions.number_in(cell) { "" } else { cell });
            kept.write_record(cells).ok()?;
        } else if row.iter().any(|cell| mentions.are_in(cell)) {
            changed = true;
        } else {
            kept.write_record(&row).ok()?;
        }
    }
    if !changed {
        return None;
    }
    let kept = String::from_utf8(kept.into_inner().ok()?).ok()?;
    Some(format!("{mark}{kept}"))
}

/// Returns the name and the query of a view that no longer searches for somebody; none where it never did.
pub(super) fn unnamed(id: i64, name: &str, query: &str, mentions: &Mentions) -> Option<(String, String)> {
    let parsed = CustomerQuery::parse(query);
    let searched = mentions.are_sought(&parsed.search);
    // What is searched for somebody is called after them.
    let named = mentions.are_in(name) || (searched && mentions.are_sought(name));
    (searched || named).then(|| {
        let search = if searched { String::new() } else { parsed.search.clone() };
        let name = if named { format!("View {id}") } else { name.to_owned() };
        (name, CustomerQuery { search, ..parsed }.to_query_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> Mentions {
        Mentions::new(
            &["+2348031234567".to_owned()],
            &["Ada Obi".to_owned(), "Customer".to_owned()],
            &["A1".to_owned()],
        )
    }

    #[test]
    fn a_report_loses_the_rows_of_one_person_and_keeps_the_others() {
        let report = "\u{feff}Line,Problem,Order No,Customer\n2,amount,A1,x\n3,\"a, b\",A2,0803 123 4567\n\
                      4,amount,A3,Ben\n5,the customer,A4,Adaeze Obiora\n6,amount,A5,ada OBI\n";
        assert_eq!(
            without(report, &ada()).as_deref(),
            Some("\u{feff}Line,Problem,Order No,Customer\n4,amount,A3,Ben\n5,the customer,A4,Adaeze Obiora\n")
        );
        assert_eq!(without("2,amount,A4,Ben\n", &ada()), None);
        assert_eq!(without("\u{feff}Line,Customer\n", &ada()), None, "a column is nobody");
    }

    #[test]
    fn a_view_that_finds_them_searches_for_nobody_any_more() {
        let unnamed = |name: &str, query: &str| unnamed(7, name, query, &ada());
        let view = |name: &str, query: &str| Some((name.to_owned(), query.to_owned()));
        for search in ["ada", "obi+a", "ada+4567", "123456", "adda+obi"] {
            assert_eq!(unnamed("Calls", &format!("q={search}")), view("Calls", ""), "{search}");
        }
        assert_eq!(
            unnamed("Ada", "q=ada&activity=active"),
            view("View 7", "activity=active")
        );
        for search in ["a", "080", "adaeze", "ada+9999", "ben"] {
            assert_eq!(unnamed("Calls", &format!("q={search}")), None, "{search}");
        }
        assert_eq!(unnamed("Ada", ""), None, "a view that names somebody else");
    }
}
