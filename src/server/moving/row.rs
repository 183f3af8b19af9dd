//! Rows of any table, on their way from one database to the other.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use sqlx::{ColumnIndex, Decode, Row, Type};

use super::schema::{Kind, Table};

/// A value of a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    None,
    Number(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

/// What a table holds, whatever the order of its rows: how many they are, and a sum over all their values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) rows: u64,
    values: u128,
}

impl Sum {
    /// Adds a row.
    pub(super) fn add(&mut self, row: &[Value]) {
        let mut hash = Sha256::new();
        for value in row {
            let (kind, bytes): (u8, &[u8]) = match value {
                Value::None => (0, &[]),
                Value::Number(number) => (1, &number.to_be_bytes()),
                Value::Real(number) => (2, &number.to_be_bytes()),
                Value::Text(text) => (3, text.as_bytes()),
                Value::Bytes(bytes) => (4, bytes),
            };
            hash.update([kind]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        let number = hash.finalize()[..16]
            .iter()
            .fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        self.rows += 1;
        self.values = self.values.wrapping_add(number);
    }
}

/// Reads the values of a row of either database.
pub(super) fn values<'r, R>(table: &Table, row: &'r R) -> Result<Vec<Value>, sqlx::Error>
where
    R: Row,
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    f64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Vec<u8>: Decode<'r, R::Database> + Type<R::Database>,
{
    let value = |(at, kind)| {
        Ok(match kind {
            Kind::Number => row.try_get::<Option<i64>, _>(at)?.map(Value::Number),
            Kind::Real => row.try_get::<Option<f64>, _>(at)?.map(Value::Real),
            Kind::Text => row.try_get::<Option<String>, _>(at)?.map(Value::Text),
            Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(at)?.map(Value::Bytes),
        }
        .unwrap_or(Value::None))
    };
    let kinds = table.columns.iter().map(|column| column.kind).enumerate();
    kinds.map(value).collect()
}

/// Writes a row as PostgreSQL's COPY reads it.
pub(super) fn copied(row: &[Value], out: &mut String) {
    for (at, value) in row.iter().enumerate() {
        if at > 0 {
            out.push('\t');
        }
        // Writing to a text does not fail.
        let _ = match value {
            Value::None => out.write_str("\\N"),
            Value::Number(number) => write!(out, "{number}"),
            Value::Real(number) => write!(out, "{number:?}"),
            Value::Text(text) => {
                escape(text, out);
                Ok(())
            }
            Value::Bytes(bytes) => {
                out.push_str("\\\\x");
                bytes.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
            }
        };
    }
    out.push('\n');
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_field_is_escaped() {
        let row = [
            Value::Text("a\tb\nc\\N\r".to_owned()),
            Value::None,
            Value::Number(-7),
            Value::Bytes(vec![0, 255]),
            Value::Real(0.5),
        ];
        let mut out = String::new();
        copied(&row, &mut out);
        assert_eq!(out, "a\\tb\\nc\\\\N\\r\t\\N\t-7\t\\\\x00ff\t0.5\n");
    }

    #[test]
    fn a_sum_knows_every_value_and_no_order() {
        let sum = |rows: &[&[Value]]| {
            let mut sum = Sum::default();
            for row in rows {
                sum.add(row);
            }
            sum
        };
        let (one, other) = ([Value::Number(1), Value::None], [Value::Number(2), Value::None]);
        assert_eq!(sum(&[&one, &other]), sum(&[&other, &one]));
        assert_ne!(sum(&[&one, &one]), sum(&[&one, &other]));
        assert_ne!(sum(&[&one]), sum(&[&one, &one]));
        let text = |text: &str| Value::Text(text.to_owned());
        assert_ne!(sum(&[&[text("ab"), text("c")]]), sum(&[&[text("a"), text("bc")]]));
        assert_ne!(sum(&[&[text("")]]), sum(&[&[Value::None]]));
    }
}
