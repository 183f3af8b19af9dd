//! A fresh database for each test.

use onibara::server::db::{self, Db};
use sqlx::Connection as _;

/// A database that only one test sees, removed afterwards.
pub struct TestDb {
    pub db: Db,
    url: String,
    _folder: Option<tempfile::TempDir>,
}

/// A SQLite file in a folder of its own.
pub async fn sqlite() -> TestDb {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    TestDb {
        db: db::open(&url).await.unwrap(),
        url,
        _folder: Some(folder),
    }
}

/// A database of its own on the server that `TEST_DATABASE_URL` names; the test script starts one.
pub async fn postgres() -> TestDb {
    let server =
        std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL names a PostgreSQL server; see `make test`");
    let name = format!("test_{}", onibara::server::token::reference());
    let mut connection = sqlx::PgConnection::connect(&server).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("create database {name}")))
        .execute(&mut connection)
        .await
        .unwrap();
    let (head, options) = server.split_once('?').unwrap_or((&server, ""));
    let base = head.rsplit_once('/').unwrap().0;
    let url = format!("{base}/{name}?{options}");
    TestDb {
        db: db::open(&url).await.unwrap(),
        url,
        _folder: None,
    }
}

impl TestDb {
    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The bytes of a SQLite database's files; nothing for PostgreSQL.
    pub fn bytes(&self) -> Vec<(String, Vec<u8>)> {
        let Some(file) = self.url.strip_prefix("sqlite:") else {
            return Vec::new();
        };
        let names = ["", "-wal", "-shm"].map(|ending| format!("{file}{ending}"));
        let read = |name: String| Some((name.clone(), std::fs::read(name).ok()?));
        names.into_iter().filter_map(read).collect()
    }

    /// The same database as another server opens it, with connections of its own.
    pub async fn opened_again(&self) -> Db {
        db::open(&self.url).await.unwrap()
    }
}

/// How often a long loop turns: as often as `make soak` says, or few times.
pub fn rounds(few: u32) -> u32 {
    std::env::var("ONIBARA_SOAK_ROUNDS").map_or(few, |rounds| rounds.parse().unwrap())
}

/// Writes a test twice, once for each database.
#[macro_export]
macro_rules! on_both_databases {
    ($(#[$attribute:meta])* async fn $name:ident($db:ident: &TestDb) $body:block) => {
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a test may need nothing from outside")]
            use super::*;

            async fn body($db: &$crate::support::database::TestDb) $body

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                body(&$crate::support::database::sqlite().await).await;
            }

            $(#[$attribute])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                body(&$crate::support::database::postgres().await).await;
            }
        }
    };
}
