//! `onibara export`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

use chrono::{DateTime, Utc};

use super::args::{Export, Exported, Format};
use super::{Sentence, failed};
use crate::domain::customer_query::CustomerQuery;
use crate::server::config::Shop;
use crate::server::db::Db;
use crate::server::export;
use crate::server::store::audit::{self, Action, Entry};

/// Writes customers or orders to a file or the terminal.
pub async fn export(db: &Db, options: &Export, shop: &Shop, now: DateTime<Utc>) -> Result<ExitCode, Sentence> {
    let Format::Csv = options.format;
    let mut out = open(options)?;
    let count = match options.what {
        Exported::Customers => {
            let query = CustomerQuery::parse(&options.query);
            export::customers(db, &query, shop, now, &mut out)
                .await
                .map_err(failed)?
        }
        Exported::Orders => export::orders(db, shop, &mut out).await.map_err(failed)?,
    };
    out.flush()
        .map_err(|error| format!("The file could not be written to its end: {error}"))?;
    note(db, options, count, now).await?;
    if let Some(file) = &options.output {
        println!("{count} rows in {}.", file.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn open(options: &Export) -> Result<Box<dyn Write + Send>, Sentence> {
    let Some(file) = &options.output else {
        return Ok(Box::new(BufWriter::new(std::io::stdout())));
    };
    let created = File::create(file).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    Ok(Box::new(BufWriter::new(created)))
}

async fn note(db: &Db, options: &Export, count: u64, now: DateTime<Utc>) -> Result<(), Sentence> {
    let entry = Entry {
        at: now,
        user_id: None,
        who: "command line".to_owned(),
        address: String::new(),
        action: Action::Exported,
        detail: format!("{count} {:?}", options.what).to_lowercase(),
    };
    audit::append(db, entry).await.map_err(failed)
}
