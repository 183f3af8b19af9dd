//! The `onibara` command and its subcommands.

mod args;
mod export;
mod import;
mod serve;
pub mod shop;
mod users;

use std::process::ExitCode;

use clap::Parser as _;
use tracing_subscriber::EnvFilter;

use self::args::{Arguments, Command};
use super::db::{self, Db};

/// A failure as a sentence for the person at the terminal.
pub type Sentence = String;

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    log(&arguments);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("The server cannot start its threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(execute(arguments)) {
        Ok(code) => code,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn log(arguments: &Arguments) {
    let filter = EnvFilter::try_new(&arguments.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if arguments.log_json {
        subscriber.json().init();
    } else {
        subscriber.compact().init();
    }
}

async fn execute(arguments: Arguments) -> Result<ExitCode, Sentence> {
    let shop = arguments.shop.clone().into_shop()?;
    if let Command::Serve(options) = &arguments.command {
        return serve::serve(&arguments, options, shop)
            .await
            .map(|()| ExitCode::SUCCESS);
    }
    if let Command::ReadWorkbook { file } = &arguments.command {
        return crate::server::import::write_rows(file, std::io::stdout().lock()).map(|()| ExitCode::SUCCESS);
    }
    let db = open(arguments.database_url()).await?;
    let clock = super::clock::Clock::System;
    let outcome = match arguments.command {
        Command::Import(options) => import::import(&db, &options, &shop, clock).await,
        Command::Export(options) => export::export(&db, &options, &shop, clock.now()).await,
        Command::Demo(options) => shop::demo(&db, &options, &shop, clock.now()).await,
        Command::Verify => shop::verify(&db).await,
        Command::Rebuild => shop::rebuild(&db).await,
        Command::Backup(options) => shop::backup(&db, &options).await,
        Command::User(options) => users::add(&db, options, clock.now()).await,
        Command::Serve(_) | Command::ReadWorkbook { .. } => Ok(ExitCode::SUCCESS),
    };
    db.close().await;
    outcome
}

/// Opens the database, or says in a sentence why not.
async fn open(url: &str) -> Result<Db, Sentence> {
    db::open(url).await.map_err(|error| error.to_string())
}

/// The sentence for a failure of the database during a command.
fn failed(error: impl std::fmt::Display) -> Sentence {
    format!("The command stopped: {error}")
}
