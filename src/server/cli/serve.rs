//! `onibara serve`.

use std::net::SocketAddr;

use chrono::{DateTime, Utc};
use tokio::net::TcpListener;

use super::args::{Arguments, Serve};
use super::{Sentence, failed, shop, users as people};
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
    let listener = TcpListener::bind(options.addr)
        .await
        .map_err(|error| format!("ONIBARA_ADDR {} cannot be listened on: {error}", options.addr))?;
    announce(options, setup_code.as_deref());
    let state = AppState::new(Parts {
        leptos: leptos.clone(),
        db: db.clone(),
        clock,
        shop,
        passwords,
        setup_code,
        secure_cookies: options.https.unwrap_or(!options.addr.ip().is_loopback()),
        program: std::env::current_exe().ok(),
    });
    let upkeep = tokio::spawn(keep_up(state.clone()));
    let asked_to_end = async {
        stop_signal().await;
        // A stream of changes would never end by itself.
        state.live().stop();
    };
    http::serve(listener, http::build(&state, &leptos), asked_to_end).await;
    upkeep.abort();
    db.close().await;
    Ok(())
}

/// Loads the shop at once, and once an hour trims the log and looks at it, so that no reader falls behind.
async fn keep_up(state: AppState) {
    let mut hours = tokio::time::interval(std::time::Duration::from_hours(1));
    loop {
        hours.tick().await;
        let now = state.clock().now();
        let kept = match log::trim(state.db(), now).await {
            Ok(()) => forget(&state, now).await.and(state.finder().load(now).await),
            failed => failed,
        };
        if let Err(error) = kept {
            tracing::warn!("upkeep has to wait for the next hour: {error}");
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

fn announce(options: &Serve, setup_code: Option<&str>) {
    println!("\n  Onibara is at {}\n", address(options.addr));
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

/// Resolves when the process is asked to end.
async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
