//! Rows packed into text: many rows are read as a few long texts, four times as fast as one by one.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::Db;
use crate::server::error::ServerError;

/// What is asked for of a table by some of a key's values, to be answered as one JSON text: columns in the order of a
/// row's fields.
pub struct Asking {
    /// The columns.
    pub columns: &'static str,
    /// The table, or several joined.
    pub from: &'static str,
    /// The column whose values are known, which are numbers.
    pub key: &'static str,
}

impl Asking {
    /// The statement; its parameter is a JSON array of numbers.
    pub fn statement(&self, db: &Db) -> String {
        let Self { columns, from, key } = self;
        let (pack, ids) = (
            db.dialect("json_group_array(json_array", "coalesce(cast(json_agg(json_build_array"),
            db.dialect(
                "select value from json_each($1)",
                "select cast(value as bigint) from json_array_elements_text(cast($1 as json))",
            ),
        );
        let end = db.dialect(")", ") as text), '[]')");
        format!("select {pack}({columns}){end} from {from} where {key} in ({ids})")
    }
}

/// Asks on a connection, or a pool, of either database, and returns the text.
macro_rules! packed {
    ($db:expr, $connection:expr, $asked:expr, $ids:expr) => {{
        let sql = $asked.statement($db);
        let text: String = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(&$ids)
            .fetch_one($connection)
            .await?;
        text
    }};
}
pub(in crate::server) use packed;

/// Reads rows that were packed.
pub fn unpacked<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, ServerError> {
    // What serde says of a value would quote it, and this may be logged.
    let broken = |error: serde_json::Error| format!("packed rows cannot be read at byte {}", error.column());
    serde_json::from_str(text).map_err(|error| ServerError::Broken(broken(error)))
}

/// Between the fields of a row that SQLite packs; a folded name has none.
pub const FIELD: char = '\u{1f}';
/// Between the rows that SQLite packs.
pub const ROW: char = '\u{1e}';

/// The fields of a row, in the order of the statement that made it.
pub struct Fields<'a> {
    rest: std::str::Split<'a, char>,
    /// PostgreSQL writes backslashes before what would end a field.
    escaped: bool,
}

impl<'a> Fields<'a> {
    /// Reads a row as SQLite packs it.
    pub fn packed(row: &'a str) -> Self {
        Self {
            rest: row.split(FIELD),
            escaped: false,
        }
    }

    /// Reads a row of PostgreSQL's COPY.
    pub fn copied(row: &'a str) -> Self {
        Self {
            rest: row.split('\t'),
            escaped: true,
        }
    }

    /// Takes the next field as a text.
    pub fn text(&mut self) -> Result<Cow<'a, str>, ServerError> {
        let field = self.rest.next().ok_or_else(short)?;
        Ok(if self.escaped && field.contains('\\') {
            Cow::Owned(unescape(field))
        } else {
            Cow::Borrowed(field)
        })
    }

    /// Takes the next field as a number.
    pub fn number(&mut self) -> Result<i64, ServerError> {
        self.rest.next().and_then(|field| field.parse().ok()).ok_or_else(short)
    }
}

fn short() -> ServerError {
    ServerError::Broken("a packed row has other fields than it was asked for".to_owned())
}

fn unescape(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut letters = field.chars();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\\' => match letters.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('b') => '\u{8}',
                Some('f') => '\u{c}',
                Some('v') => '\u{b}',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    out
}

/// Cuts a stream of bytes into lines.
#[derive(Default)]
pub struct Lines {
    held: Vec<u8>,
}

impl Lines {
    /// Takes bytes in and hands every whole line over.
    pub fn push(
        &mut self,
        bytes: &[u8],
        mut each: impl FnMut(&str) -> Result<(), ServerError>,
    ) -> Result<(), ServerError> {
        let mut rest = bytes;
        while let Some(at) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, after) = rest.split_at(at);
            if self.held.is_empty() {
                each(text(line)?)?;
            } else {
                self.held.extend_from_slice(line);
                each(text(&self.held)?)?;
                self.held.clear();
            }
            rest = &after[1..];
        }
        self.held.extend_from_slice(rest);
        Ok(())
    }
}

fn text(line: &[u8]) -> Result<&str, ServerError> {
    std::str::from_utf8(line).map_err(|_| ServerError::Broken("the database sent bytes that are no text".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_whole_however_they_arrive() {
        let sent = "one\ntwo ọ\n\nthree\n".as_bytes();
        for size in 1..sent.len() {
            let (mut lines, mut seen) = (Lines::default(), Vec::new());
            for chunk in sent.chunks(size) {
                lines
                    .push(chunk, |line| {
                        seen.push(line.to_owned());
                        Ok(())
                    })
                    .unwrap();
            }
            assert_eq!(seen, ["one", "two ọ", "", "three"], "{size}");
        }
    }

    #[test]
    fn what_the_database_escaped_is_read_back() {
        let mut fields = Fields::copied("~call\\\\me\\tnow\t-7\t");
        assert_eq!(fields.text().unwrap(), "~call\\me\tnow");
        assert_eq!(fields.number().unwrap(), -7);
        assert_eq!(fields.text().unwrap(), "");
        assert!(fields.text().is_err());
    }
}
