//! What a change of the settings does to the customers of now.

use crate::domain::customer_query::CustomerQuery;
use crate::domain::finder::{Finder, Today};
use crate::domain::segment::{Activity, Segment};
use crate::domain::shop::Effect;
use crate::server::config::Shop;
use crate::server::error::ServerError;
use crate::server::state::AppState;

/// Counts the customers of each kind by the settings before and after.
pub async fn effect(state: &AppState, before: &Shop, after: &Shop) -> Result<Effect, ServerError> {
    let now = state.clock().now();
    let [before, after] = [before, after].map(|shop| Today::new(now, &shop.zone, &shop.thresholds));
    state
        .finder()
        .once(now, move |finder| {
            let (before, after) = (kinds(finder, &before), kinds(finder, &after));
            let pair = |kind: usize| (before[kind], after[kind]);
            Effect {
                active: pair(0),
                at_risk: pair(1),
                vip: pair(2),
                repeat: pair(3),
            }
        })
        .await
}

fn kinds(finder: &mut Finder, today: &Today) -> [i64; 4] {
    let facets = finder.facets(&CustomerQuery::default(), None, today);
    let of = |segment: Segment| {
        let found = facets.segments.iter().find(|(kind, _)| *kind == segment);
        found.map_or(0, |(_, count)| *count)
    };
    let active = facets.activity.iter().find(|(kind, _)| *kind == Activity::Active);
    [
        active.map_or(0, |(_, count)| *count),
        of(Segment::AtRisk),
        of(Segment::Vip),
        of(Segment::Repeat),
    ]
}
