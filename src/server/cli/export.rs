//! `onibara export`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::process::ExitCode;

use chrono::{DateTime, Utc};

use super::args::{Export, Exported, Format};
use super::{Sentence, failed};
use crate::domain::customer_query::CustomerQuery;
use crate::domain::order_query::OrderQuery;
use crate::server::config::Shop;
use crate::server::db::Db;
use crate::server::export::{self, ExportError, Progress, Sink, Source, What};
use crate::server::finder::LiveFinder;
use crate::server::store::audit::{self, Action, Entry};

/// Who exports here.
const BY: &str = "command line";

/// Writes customers or orders to a file or the terminal.
pub async fn export(db: &Db, options: &Export, shop: &Shop, now: DateTime<Utc>) -> Result<ExitCode, Sentence> {
    let format = match options.format {
        Format::Csv => export::Format::Csv,
        Format::Xlsx => export::Format::Xlsx,
    };
    let what = match options.what {
        Exported::Customers => What::Customers(CustomerQuery::parse(&options.query), None),
        Exported::Orders => What::Orders(OrderQuery::parse(&options.query)),
    };
    let from = Source {
        db,
        finder: &LiveFinder::new(db.clone()),
        shop,
        now,
        by: BY,
    };
    let mut out = open(options)?;
    let count = export::export(from, &what, format, &Progress::default(), &mut out)
        .await
        .map_err(failed)?;
    out.0
        .flush()
        .map_err(|error| format!("The file could not be written to its end: {error}"))?;
    note(db, &what, count, now).await?;
    if let Some(file) = &options.output {
        println!("{count} rows in {}.", file.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// A file, or the terminal.
struct Out(Box<dyn Write + Send>);

impl Sink for Out {
    async fn take(&mut self, bytes: Vec<u8>) -> Result<(), ExportError> {
        Ok(self.0.write_all(&bytes)?)
    }
}

fn open(options: &Export) -> Result<Out, Sentence> {
    let Some(file) = &options.output else {
        return Ok(Out(Box::new(BufWriter::new(std::io::stdout()))));
    };
    let created = File::create(file).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    Ok(Out(Box::new(BufWriter::new(created))))
}

async fn note(db: &Db, what: &What, count: usize, now: DateTime<Utc>) -> Result<(), Sentence> {
    let entry = Entry {
        at: now,
        user_id: None,
        who: BY.to_owned(),
        address: String::new(),
        action: Action::Exported,
        detail: format!("{count} {}", what.about().for_the_log()),
        subject: audit::Subject::None,
    };
    audit::append(db, entry).await.map_err(failed)
}
