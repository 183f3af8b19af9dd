//! The customers who may be one person: looked for among all of them, and not for every change of a large shop.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use parking_lot::Mutex;

use crate::domain::finder::Alike;
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

/// Returns the pairs of which nobody has said that they are two people, and when it was looked, if not just now.
pub async fn pairs(state: &AppState) -> Result<(Vec<Alike>, Option<String>), ServerError> {
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
        looked(state, now).await?
    };
    let different = quality::different(state.db()).await?;
    let merged = quality::merged(state.db()).await?;
    let stands = |pair: &&Alike| {
        !different.contains(&(pair.one, pair.other)) && !merged.contains(&pair.one) && !merged.contains(&pair.other)
    };
    let pairs = pairs.iter().filter(stands).copied().collect();
    let zone = state.shop().zone;
    let as_of = (!few).then(|| at.with_timezone(&zone).format("%H:%M:%S").to_string());
    Ok((pairs, as_of))
}

async fn looked(state: &AppState, now: DateTime<Utc>) -> Result<Look, ServerError> {
    let known = state.likeness().0.lock().clone();
    if let Some((at, pairs)) = known.filter(|(at, _)| now - *at < GOOD_FOR) {
        return Ok((at, pairs));
    }
    let pairs = Arc::new(state.finder().once(now, |finder| finder.alike()).await?);
    *state.likeness().0.lock() = Some((now, pairs.clone()));
    Ok((now, pairs))
}
