//! The tables of a database, as it describes them itself: whatever is added later is moved without being named here.

use std::collections::BTreeMap;

use sqlx::{PgConnection, SqliteConnection};

use super::MoveError;

/// Tables whose rows are derived from those of the others, and made anew where they arrive.
pub(super) const DERIVED: [&str; 2] = ["customer_rollup", "customer_change"];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Real,
    Text,
    Bytes,
}

/// A column whose values are stored, not generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// A table, its columns in the order of their names, which both databases share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// The columns of its primary key, in order: rows are read by it.
    pub(super) key: Vec<String>,
    /// The tables that its rows refer to.
    parents: Vec<String>,
}

/// A column as a database describes it: table, name, type, place in the primary key or 0.
type Described = (String, String, String, i64);

impl Table {
    /// The names of its columns, quoted.
    pub(super) fn list(&self) -> String {
        let quoted: Vec<String> = self.columns.iter().map(|column| quoted(&column.name)).collect();
        quoted.join(", ")
    }

    /// The statement that reads all its rows; PostgreSQL's narrower types are widened to ours.
    pub(super) fn select(&self, widen: bool) -> String {
        let column = |column: &Column| {
            let name = quoted(&column.name);
            match column.kind {
                _ if !widen => name,
                Kind::Number => format!("cast({name} as bigint)"),
                Kind::Real => format!("cast({name} as double precision)"),
                Kind::Text => format!("cast({name} as text)"),
                Kind::Bytes => name,
            }
        };
        let columns: Vec<String> = self.columns.iter().map(column).collect();
        let key: Vec<String> = self.key.iter().map(|name| quoted(name)).collect();
        let order = if key.is_empty() {
            String::new()
        } else {
            format!(" order by {}", key.join(", "))
        };
        format!("select {} from {}{order}", columns.join(", "), quoted(&self.name))
    }
}

/// A name as SQL takes it, whatever it is.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The columns of a table by name, and those of its key by place.
type Found = (BTreeMap<String, Kind>, BTreeMap<i64, String>);

/// Returns the tables of a SQLite database.
pub(super) async fn of_sqlite(connection: &mut SqliteConnection) -> Result<Vec<Table>, MoveError> {
    let columns: Vec<Described> = sqlx::query_as(
        r"select m.name, c.name, c.type, c.pk
          from sqlite_schema m join pragma_table_xinfo(m.name) c
          where m.type = 'table' and m.name not like 'sqlite\_%' escape '\' and m.name <> '_sqlx_migrations' and c.hidden = 0",
    )
    .fetch_all(&mut *connection)
    .await?;
    let parents: Vec<(String, String)> = sqlx::query_as(
        r#"select m.name, f."table" from sqlite_schema m join pragma_foreign_key_list(m.name) f where m.type = 'table'"#,
    )
    .fetch_all(connection)
    .await?;
    tables(columns, &parents)
}

/// Returns the tables of a PostgreSQL database.
pub(super) async fn of_postgres(connection: &mut PgConnection) -> Result<Vec<Table>, MoveError> {
    let columns: Vec<Described> = sqlx::query_as(
        "select cast(c.relname as text), cast(a.attname as text), format_type(a.atttypid, null),
           coalesce(cast(array_position(cast(i.indkey as int2[]), a.attnum) as bigint) + 1, 0)
         from pg_class c
         join pg_attribute a on a.attrelid = c.oid
         left join pg_index i on i.indrelid = c.oid and i.indisprimary
         where c.relnamespace = cast(current_schema() as regnamespace) and c.relkind in ('r', 'p')
           and c.relname <> '_sqlx_migrations' and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''",
    )
    .fetch_all(&mut *connection)
    .await?;
    let parents: Vec<(String, String)> = sqlx::query_as(
        "select cast(c.relname as text), cast(f.relname as text)
         from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
         where k.contype = 'f' and k.connamespace = cast(current_schema() as regnamespace)",
    )
    .fetch_all(connection)
    .await?;
    tables(columns, &parents)
}

/// Puts tables together, without the derived ones, so that each follows those that it refers to.
fn tables(columns: Vec<Described>, parents: &[(String, String)]) -> Result<Vec<Table>, MoveError> {
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    for (table, column, declared, place) in columns {
        if DERIVED.contains(&table.as_str()) {
            continue;
        }
        let kind = kind(&declared).ok_or_else(|| MoveError::UnknownType {
            column: format!("{table}.{column}"),
            declared,
        })?;
        let (columns, key) = found.entry(table).or_default();
        if place > 0 {
            key.insert(place, column.clone());
        }
        columns.insert(column, kind);
    }
    let tables = found.into_iter().map(|(name, (columns, key))| Table {
        parents: parents_of(&name, parents),
        name,
        columns: columns.into_iter().map(|(name, kind)| Column { name, kind }).collect(),
        key: key.into_values().collect(),
    });
    parents_first(tables.collect())
}

fn parents_of(table: &str, parents: &[(String, String)]) -> Vec<String> {
    let of = parents
        .iter()
        .filter(|(child, parent)| child == table && parent != table);
    of.map(|(_, parent)| parent.clone()).collect()
}

fn parents_first(mut waiting: Vec<Table>) -> Result<Vec<Table>, MoveError> {
    let mut sorted: Vec<Table> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let ready = |table: &Table| {
            let placed = |parent: &String| sorted.iter().any(|table| table.name == *parent);
            table.parents.iter().all(placed)
        };
        let Some(next) = waiting.iter().position(ready) else {
            return Err(MoveError::Circle(waiting.swap_remove(0).name));
        };
        sorted.push(waiting.remove(next));
    }
    Ok(sorted)
}

fn kind(declared: &str) -> Option<Kind> {
    Some(match declared.to_lowercase().as_str() {
        "integer" | "bigint" | "smallint" => Kind::Number,
        "real" | "double precision" => Kind::Real,
        "text" | "character varying" => Kind::Text,
        "blob" | "bytea" => Kind::Bytes,
        _ => return None,
    })
}

/// Checks that both databases have the same tables with the same columns.
pub(super) fn agree(from: &[Table], to: &[Table]) -> Result<(), MoveError> {
    let columns = |tables: &[Table]| -> BTreeMap<String, Vec<Column>> {
        tables
            .iter()
            .map(|table| (table.name.clone(), table.columns.clone()))
            .collect()
    };
    let (from, to) = (columns(from), columns(to));
    let different = |name: &&String| from.get(*name) != to.get(*name);
    match from.keys().chain(to.keys()).find(different) {
        Some(name) => Err(MoveError::OtherSchema(name.clone())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(table: &str, column: &str, declared: &str, place: i64) -> Described {
        (table.to_owned(), column.to_owned(), declared.to_owned(), place)
    }

    #[test]
    fn what_is_referred_to_comes_first_and_derived_tables_do_not_come() {
        let columns = vec![
            described("a", "id", "INTEGER", 1),
            described("b", "id", "INTEGER", 1),
            described("customer_rollup", "id", "INTEGER", 1),
        ];
        let refers = |child: &str, parent: &str| (child.to_owned(), parent.to_owned());
        let sorted = tables(columns.clone(), &[refers("a", "b"), refers("a", "a")]).unwrap();
        assert_eq!(
            sorted.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(),
            ["b", "a"]
        );
        let circle = tables(columns, &[refers("a", "b"), refers("b", "a")]);
        assert!(matches!(circle, Err(MoveError::Circle(_))), "{circle:?}");
    }

    #[test]
    fn a_type_that_nobody_knows_is_named() {
        let refused = tables(vec![described("a", "at", "interval", 0)], &[]);
        assert!(
            matches!(&refused, Err(MoveError::UnknownType { column, .. }) if column == "a.at"),
            "{refused:?}"
        );
    }

    #[test]
    fn another_column_is_another_schema() {
        let one = tables(vec![described("a", "id", "INTEGER", 1)], &[]).unwrap();
        let other = tables(vec![described("a", "id", "text", 1)], &[]).unwrap();
        assert!(agree(&one, &one).is_ok());
        assert!(agree(&one, &other).is_err() && agree(&one, &[]).is_err() && agree(&[], &one).is_err());
    }

    #[test]
    fn a_name_is_quoted() {
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }
}
