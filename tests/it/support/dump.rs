//! What a database holds, table by table, read without the code that moves it.

use std::collections::BTreeMap;

use onibara::server::db::{Db, Pool};
use sqlx::AssertSqlSafe;

/// The rows of each table as JSON, sorted.
pub type Dump = BTreeMap<String, Vec<String>>;

/// Each table and its stored columns, as SQLite describes them; the log of changes is each database's own.
pub async fn tables(sqlite: &Db) -> BTreeMap<String, Vec<String>> {
    let Pool::Sqlite(pool) = sqlite.jobs() else {
        panic!("SQLite describes the tables");
    };
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select m.name, c.name from sqlite_schema m join pragma_table_info(m.name) c
         where m.type = 'table' and m.name not in ('_sqlx_migrations', 'sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4', 'customer_change')
         order by 1, 2",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in columns {
        tables.entry(table).or_default().push(format!("\"{column}\""));
    }
    tables
}

/// Reads all rows of these tables.
pub async fn dump(db: &Db, tables: &BTreeMap<String, Vec<String>>) -> Dump {
    let mut all = Dump::new();
    for (table, columns) in tables {
        let columns = columns.join(", ");
        let array = db.dialect("json_array", "jsonb_build_array");
        let sql = AssertSqlSafe(format!("select cast({array}({columns}) as text) from {table}"));
        let rows: Vec<String> = match db.jobs() {
            Pool::Sqlite(pool) => sqlx::query_scalar(sql).fetch_all(pool).await.unwrap(),
            Pool::Postgres(pool) => sqlx::query_scalar(sql).fetch_all(pool).await.unwrap(),
        };
        // Each database writes JSON in its own way.
        let mut rows: Vec<String> = rows
            .iter()
            .map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap().to_string())
            .collect();
        rows.sort_unstable();
        all.insert(table.clone(), rows);
    }
    all
}
