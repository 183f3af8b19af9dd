//! The customers who may be one person: looked for among all of them, and not for every change of a large shop.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Mutex;

use crate::domain::finder::{Alike, Finder};
use crate::server::error::ServerError;
use crate::server::state::AppState;
use crate::server::store::quality;

/// Up to so many customers are compared anew after every change.
const FEW: i64 = 50_000;
/// For how long the look at more of them is good; the finder answers nothing else meanwhile.
const GOOD_FOR: TimeDelta = TimeDelta::minutes(1);

/// When it was looked, and what was found.
type Look = (DateTime<Utc>, Arc<Vec<Alike>>);

/// The latest look at all customers of a large shop.
#[derive(Default)]
pub struct Likeness(Mutex<Option<Look>>);

/// What is known of those who may be one person.
pub struct Pairs {
    /// The pairs of whom nobody has said that they are two people.
    pub pairs: Vec<Alike>,
    /// When it was looked, where that was not just now.
    pub as_of: Option<String>,
}

/// Returns the pairs. Where there are many customers and `look` is not wanted, it is what the last look has found, if
/// there was one.
pub async fn pairs(state: &AppState, look: bool) -> Result<Option<Pairs>, ServerError> {
    let now = state.clock().now();
    let few = state.finder().once(now, |finder| finder.customers()).await? <= FEW;
    let (at, pairs) = if few {
        let asked = "alike".to_owned();
        let pairs = state
            .finder()
            .answer(now, asked, |finder| Arc::new(finder.alike()))
            .await?;
        (now, pairs)
    } else {
        match looked(state, now, look).await? {
            Some((at, pairs)) => (at, Arc::new(living(state, now, &pairs).await?)),
            None => return Ok(None),
        }
    };
    let different = quality::different(state.db()).await?;
    let merged = quality::merged(state.db()).await?;
    let stands = |pair: &&Alike| {
        !different.contains(&(pair.one, pair.other)) && !merged.contains(&pair.one) && !merged.contains(&pair.other)
    };
    let pairs = pairs.iter().filter(stands).copied().collect();
    let zone = state.shop().zone;
    let as_of = (!few).then(|| at.with_timezone(&zone).format("%H:%M:%S").to_string());
    Ok(Some(Pairs { pairs, as_of }))
}

/// Leaves out whoever has been merged or erased since it was looked.
async fn living(state: &AppState, now: DateTime<Utc>, pairs: &[Alike]) -> Result<Vec<Alike>, ServerError> {
    let here = |finder: &mut Finder| {
        let both = |pair: &&Alike| finder.has_customer(pair.one) && finder.has_customer(pair.other);
        pairs.iter().filter(both).copied().collect()
    };
    state.finder().once(now, here).await
}

/// Looks where the last look is too old; whoever wants the same meanwhile waits for it.
async fn looked(state: &AppState, now: DateTime<Utc>, look: bool) -> Result<Option<Look>, ServerError> {
    let mut last = state.likeness().0.lock().await;
    let is_good = last.as_ref().is_some_and(|(at, _)| now - *at < GOOD_FOR);
    if look && !is_good {
        let pairs = state.finder().once(now, |finder| finder.alike()).await?;
        *last = Some((now, Arc::new(pairs)));
    }
    Ok(last.clone())
}
