//! The `onibara` command and its subcommands.

mod args;
mod copies;
mod export;
mod import;
mod memory;
mod serve;
pub mod shop;
mod users;

use std::process::ExitCode;
use std::str::FromStr as _;
use std::time::Duration;

use clap::Parser as _;
use sqlx::sqlite::SqliteConnectOptions;
use tracing_subscriber::EnvFilter;

use self::args::{Arguments, Command};
use super::db::{self, Db};

/// A failure as a sentence for the person at the terminal.
pub type Sentence = String;

/// How long threads may take to end when everything else has.
const LAST_THREADS: Duration = Duration::from_secs(1);

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    memory::say_how();
    log(&arguments);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("The server cannot start its threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(execute(arguments));
    // A thread that waits for a reader who has gone would be waited for.
    runtime.shutdown_timeout(LAST_THREADS);
    match done {
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
        subscriber.json().flatten_event(true).init();
    } else {
        subscriber.compact().init();
    }
    // What a panic says may quote a customer; where it happened is enough to find it.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a thread panicked");
    }));
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
    if needs_a_shop(&arguments.command) {
        must_exist(arguments.database_url())?;
    }
    let db = open(arguments.database_url()).await?;
    let shop = super::shop::of(&db, shop).await.map_err(failed)?;
    let clock = super::clock::Clock::System;
    let outcome = match arguments.command {
        Command::Import(options) => import::import(&db, &options, &shop, clock).await,
        Command::Export(options) => export::export(&db, &options, &shop, clock.now()).await,
        Command::Demo(options) => shop::demo(&db, &options, &shop, clock.now()).await,
        Command::Verify => shop::verify(&db).await,
        Command::Rebuild => shop::rebuild(&db).await,
        Command::Backup(options) => copies::backup(&db, &options).await,
        Command::Move(options) => copies::move_to(&db, &options).await,
        Command::User(options) => users::run(&db, options, clock.now()).await,
        Command::Serve(_) | Command::ReadWorkbook { .. } => Ok(ExitCode::SUCCESS),
    };
    db.close().await;
    outcome
}

/// Tells whether a command is about a shop that is there already.
fn needs_a_shop(command: &Command) -> bool {
    use Command::{Backup, Export, Move, Rebuild, Verify};
    matches!(command, Backup(_) | Export(_) | Move(_) | Rebuild | Verify)
}

/// Refuses a shop that is not there: opening it would make an empty one, and all would be well with that.
fn must_exist(url: &str) -> Result<(), Sentence> {
    let file = SqliteConnectOptions::from_str(url).map(|options| options.get_filename().to_owned());
    match file {
        Ok(file) if url.starts_with("sqlite:") && !file.exists() => Err(format!(
            "DATABASE_URL names {}, and there is no such file.",
            file.display()
        )),
        _ => Ok(()),
    }
}

/// Opens the database, or says in a sentence why not.
async fn open(url: &str) -> Result<Db, Sentence> {
    db::open(url).await.map_err(|error| error.to_string())
}

/// The sentence for a failure of the database during a command.
fn failed(error: impl std::fmt::Display) -> Sentence {
    format!("The command stopped: {error}")
}

/// Listens from now on for whoever asks the process to end, and resolves when somebody does.
fn stop_signal() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
    async move {
        let interrupt = tokio::signal::ctrl_c();
        #[cfg(unix)]
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        let _ = interrupt.await;
    }
}
