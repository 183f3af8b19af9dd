//! The command line: flags, and the environment variables that stand in for them.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use chrono::NaiveDate;
use chrono_tz::Tz;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::Sentence;
use crate::domain::role::Role;
use crate::server::config::Shop;

/// The customer book of a shop that has orders and nothing else.
#[derive(Debug, Parser)]
#[command(version, about, long_about = None)]
pub struct Arguments {
    /// The database: `sqlite:FILE` or `postgres://USER@HOST/NAME`. `serve --demo` uses a shop of its own
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// What to log: error, warn, info, debug, or a filter such as onibara=debug
    #[arg(long, env = "ONIBARA_LOG", global = true, default_value = "info")]
    pub log: String,
    /// Log one JSON object a line
    #[arg(long, env = "ONIBARA_LOG_JSON", global = true)]
    pub log_json: bool,
    /// The shop's own settings.
    #[command(flatten)]
    pub shop: ShopArguments,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// Returns the database to open.
    pub fn database_url(&self) -> &str {
        self.database_url.as_deref().unwrap_or("sqlite:onibara.db")
    }
}

/// The shop's own settings.
#[derive(Args, Clone, Debug)]
pub struct ShopArguments {
    /// The shop's name
    #[arg(long, env = "ONIBARA_SHOP", global = true, default_value = "My shop")]
    pub shop: String,
    /// The time zone whose days and months count, such as Africa/Lagos
    #[arg(long, env = "ONIBARA_TIME_ZONE", global = true, default_value = "Africa/Lagos")]
    pub time_zone: String,
    /// The country of phone numbers that name none, as two letters
    #[arg(long, env = "ONIBARA_COUNTRY", global = true, default_value = "NG")]
    pub country: String,
    /// The currency of every amount, as three letters
    #[arg(long, env = "ONIBARA_CURRENCY", global = true, default_value = "NGN")]
    pub currency: String,
}

impl ShopArguments {
    /// Checks the settings.
    pub fn into_shop(self) -> Result<Shop, Sentence> {
        let zone: Tz = self.time_zone.parse().map_err(|_| {
            format!(
                "ONIBARA_TIME_ZONE is “{}”, which is no time zone; one looks like Africa/Lagos.",
                self.time_zone
            )
        })?;
        let letters = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_uppercase());
        if !letters(&self.country, 2) {
            return Err(format!(
                "ONIBARA_COUNTRY is “{}”; it is two capital letters, such as NG.",
                self.country
            ));
        }
        if !letters(&self.currency, 3) {
            return Err(format!(
                "ONIBARA_CURRENCY is “{}”; it is three capital letters, such as NGN.",
                self.currency
            ));
        }
        Ok(Shop {
            name: self.shop,
            zone,
            country: self.country,
            currency: self.currency,
            ..Shop::default()
        })
    }
}

/// What the command does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start the server
    Serve(Serve),
    /// Take in a file of orders; doing it twice changes nothing
    Import(Import),
    /// Write customers or orders to a file
    Export(Export),
    /// Fill the database with a shop made up from a seed
    Demo(Demo),
    /// Compare every customer's stored figures with the orders
    Verify,
    /// Derive every customer's figures from the orders again
    Rebuild,
    /// Manage who may sign in
    User(User),
    /// Copy the shop to a file while it is in use; the file is a SQLite database, whatever the shop is on
    Backup(Backup),
    /// Move the shop into another, empty database, from SQLite to PostgreSQL or back
    Move(Move),
    /// Write the orders of a workbook as CSV, within bounds of memory and time
    #[command(hide = true)]
    ReadWorkbook {
        /// The workbook
        file: PathBuf,
    },
}

/// How to serve.
#[derive(Args, Debug)]
pub struct Serve {
    /// Where to listen
    #[arg(long, env = "ONIBARA_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// Where to answer for metrics, and for nothing but them and the server's health; nowhere without it
    #[arg(long, env = "ONIBARA_METRICS_ADDR")]
    pub metrics_addr: Option<SocketAddr>,
    /// Serve the demo shop, made on the first start, with a sign-in that is printed
    #[arg(long, env = "ONIBARA_DEMO")]
    pub demo: bool,
    /// Send cookies over HTTPS only; off only by default on this machine's own address
    #[arg(long, env = "ONIBARA_HTTPS")]
    pub https: Option<bool>,
    /// The address of a proxy that is believed when it says, in `X-Forwarded-For`, whom it asks for; several with commas
    #[arg(long, env = "ONIBARA_TRUSTED_PROXY", value_delimiter = ',')]
    pub trusted_proxy: Vec<IpAddr>,
}

/// What to import.
#[derive(Args, Debug)]
pub struct Import {
    /// A CSV file: commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252
    pub file: PathBuf,
    /// Write the refused rows, with their reasons, to this CSV file
    #[arg(long)]
    pub report: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
    /// Say what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What to export, and how.
#[derive(Args, Debug)]
pub struct Export {
    /// Customers or orders
    pub what: Exported,
    /// The view, as it stands in the page's address after the question mark
    #[arg(long, default_value = "")]
    pub query: String,
    /// The kind of file
    #[arg(long, default_value = "csv")]
    pub format: Format,
    /// The file to write; the terminal without it
    #[arg(short, long)]
    pub output: Option<PathBuf>,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Exported {
    /// One row a customer.
    Customers,
    /// One row an order.
    Orders,
}

/// The kinds of file.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    /// Text with commas, for every program.
    Csv,
    /// A workbook of Excel.
    Xlsx,
}

/// The size of the made-up shop.
#[derive(Args, Debug)]
pub struct Demo {
    /// How many customers
    #[arg(long, default_value_t = 1_300)]
    pub customers: u64,
    /// How many orders
    #[arg(long, default_value_t = 4_000)]
    pub orders: u64,
    /// The same seed makes the same shop
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The day of the last orders, such as 2026-11-24; today without it
    #[arg(long)]
    pub until: Option<NaiveDate>,
}

/// What to do with users.
#[derive(Args, Debug)]
pub struct User {
    /// What to do.
    #[command(subcommand)]
    pub command: UserCommand,
}

/// What can be done with users.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add somebody who may sign in; the password is asked for, or read from standard input
    Add {
        /// The e-mail address to sign in with
        email: String,
        /// What they may do: owner, admin or staff
        #[arg(long, value_parser = parse_role)]
        role: Role,
    },
    /// Give somebody another password, which is asked for or read from standard input; all their sessions end
    Password {
        /// The e-mail address to sign in with
        email: String,
    },
    /// Turn off the second step of somebody's sign-in, where phone and codes are lost
    OneStep {
        /// The e-mail address to sign in with
        email: String,
    },
}

/// Where to copy the database to.
#[derive(Args, Debug)]
pub struct Backup {
    /// The file to write; it must not exist
    pub file: PathBuf,
}

/// Where to move the shop to.
#[derive(Args, Debug)]
pub struct Move {
    /// The empty database: `postgres://USER@HOST/NAME`, or `sqlite:FILE` with a file that is not there yet
    #[arg(long)]
    pub to: String,
}

fn parse_role(name: &str) -> Result<Role, Sentence> {
    Role::parse(name).ok_or_else(|| "a role is owner, admin or staff".to_owned())
}
