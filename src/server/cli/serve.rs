//! `onibara serve`.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::args::{Arguments, Serve};
use super::{Sentence, failed, shop, stop_signal, users as people};
use crate::domain::role::Role;
use crate::server::clock::Clock;
use crate::server::config::{self, Shop};
use crate::server::db::Db;
use crate::server::demo::Size;
use crate::server::error::ServerError;
use crate::server::http;
use crate::server::importing;
use crate::server::state::{AppState, Parts};
use crate::server::store::{customers, hooks, idempotency, log, users};
use crate::server::token;

/// The database of the demo shop.
const DEMO_DATABASE: &str = "sqlite:onibara-demo.db";
/// The sign-in of the demo shop; only ever made in the demo's own database.
const DEMO_EMAIL: &str = "owner@demo.shop";
const DEMO_PASSWORD: &str = "plenty-of-orders";

/// How long work that is being ended, and then the database, may take to end once requests have.
const LAST_WORK: Duration = Duration::from_secs(2);

/// Starts the server and runs it until it is asked to stop.
pub async fn serve(arguments: &Arguments, options: &Serve, mut shop: Shop) -> Result<(), Sentence> {
    let clock = Clock::System;
    let url = match (&arguments.database_url, options.demo) {
        (None, true) => DEMO_DATABASE,
        _ => arguments.database_url(),
    };
    let leptos = config::leptos_options(options.addr)?;
    let db = super::open(url).await?;
    let passwords = people::passwords()?;
    if options.demo {
        if shop.name == Shop::default().name {
            "Adé & Sons".clone_into(&mut shop.name);
        }
        set_up_demo(&db, &passwords, &clock).await?;
    }
    let setup_code = (!users::any(&db).await.map_err(failed)?).then(token::code);
    let listener = listen("ONIBARA_ADDR", options.addr).await?;
    let metrics = match options.metrics_addr {
        Some(addr) => Some(listen("ONIBARA_METRICS_ADDR", addr).await?),
        None => None,
    };
    // From before anybody can know that the server is there.
    let asked = stop_signal();
    announce(options, &listener, metrics.as_ref(), setup_code.as_deref());
    let state = AppState::new(Parts {
        leptos: leptos.clone(),
        db: db.clone(),
        clock,
        shop,
        passwords,
        setup_code,
        secure_cookies: options.https.unwrap_or(!options.addr.ip().is_loopback()),
        trusted_proxies: options.trusted_proxy.iter().map(IpAddr::to_canonical).collect(),
        program: std::env::current_exe().ok(),
    });
    let upkeep = tokio::spawn(keep_up(state.clone()));
    // It tells until the end that the server is not ready any more.
    let operations = metrics.map(|listener| {
        let routes = http::operations(&state);
        tokio::spawn(http::serve(listener, routes, std::future::pending()))
    });
    let asked_to_end = async {
        asked.await;
        tracing::info!("asked to stop");
        state.begin_to_stop();
    };
    let imports = async {
        state.stopping().await;
        state.jobs().stop(&state.importing()).await;
    };
    tokio::join!(
        http::serve(listener, http::build(&state, &leptos), asked_to_end),
        imports
    );
    upkeep.abort();
    end(&state).await;
    if let Some(operations) = operations {
        operations.abort();
    }
    Ok(())
}

/// Lets what still runs come to a visible end, and closes the database.
async fn end(state: &AppState) {
    state.exports().stop_all();
    let ended = timeout(LAST_WORK, state.jobs().ended()).await.is_ok();
    // What was committed is safe either way: closing writes SQLite's log back into its file.
    let closed = timeout(LAST_WORK, state.db().close()).await.is_ok();
    tracing::info!(ended, closed, "stopped");
}

async fn listen(setting: &str, addr: SocketAddr) -> Result<TcpListener, Sentence> {
    let listener = TcpListener::bind(addr).await;
    listener.map_err(|error| format!("{setting} {addr} cannot be listened on: {error}"))
}

/// Loads the shop at once, and once an hour trims the log and looks at it, so that no reader falls behind.
async fn keep_up(state: AppState) {
    let mut hours = tokio::time::interval(Duration::from_hours(1));
    loop {
        hours.tick().await;
        let now = state.clock().now();
        let kept = match log::trim(state.db(), now).await {
            Ok(()) => forget(&state, now).await.and(state.finder().load(now).await),
            failed => failed,
        };
        if let Err(error) = kept {
            tracing::warn!(kind = error.kind(), "upkeep has to wait for the next hour");
        }
    }
}

/// Forgets what was sent long ago.
async fn forget(state: &AppState, now: DateTime<Utc>) -> Result<(), ServerError> {
    idempotency::trim(state.db(), now).await?;
    hooks::trim(state.db(), now).await?;
    importing::forget_old(&state.importing()).await
}

async fn set_up_demo(db: &Db, passwords: &crate::server::password::Passwords, clock: &Clock) -> Result<(), Sentence> {
    if customers::totals(db).await.map_err(failed)?.orders == 0 {
        shop::fill(
            db,
            Size {
                until: clock.now(),
                ..Size::default()
            },
        )
        .await?;
    }
    if !users::any(db).await.map_err(failed)? {
        let hash = passwords.hash(DEMO_PASSWORD.to_owned()).await.map_err(failed)?;
        users::add(db, DEMO_EMAIL, Role::Owner, &hash, clock.now())
            .await
            .map_err(failed)?;
    }
    Ok(())
}

fn announce(options: &Serve, listener: &TcpListener, metrics: Option<&TcpListener>, setup_code: Option<&str>) {
    // The system has chosen the port where none was named.
    let addr = |listener: &TcpListener| listener.local_addr().unwrap_or(options.addr);
    println!("\n  Onibara is at {}\n", address(addr(listener)));
    if let Some(metrics) = metrics {
        println!("  Metrics are at http://{}/metrics\n", addr(metrics));
    }
    if options.demo {
        println!("  Sign in with  {DEMO_EMAIL}\n  Password      {DEMO_PASSWORD}\n");
    }
    if let Some(code) = setup_code {
        println!("  There is no owner yet. Open the address and give this code:  {code}\n");
    }
    if !options.addr.ip().is_loopback() && options.https != Some(false) {
        println!("  Others reach it over HTTPS only: put a proxy with a certificate in front.\n");
    }
}

fn address(addr: SocketAddr) -> String {
    if addr.ip().is_loopback() {
        format!("http://localhost:{}", addr.port())
    } else {
        format!("https://{addr}")
    }
}
