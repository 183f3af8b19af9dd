//! What the signed-in may know of changes, for as long as they are signed in.

use axum::http::request::Parts;
use futures::Stream;

use crate::domain::role::Role;
use crate::error::AppError;
use crate::server::live::{Full, Seen};
use crate::server::session::Session;
use crate::server::state::AppState;
use crate::server::store::sessions;

/// Returns what changes, until the session ends, its user is disabled or their role becomes another one,
/// or they must turn on a second step of signing in.
///
/// Whether there is a place is told apart from whether somebody may ask.
pub fn follow(
    state: AppState,
    parts: &Parts,
) -> Result<Result<impl Stream<Item = Seen> + Send + use<>, Full>, AppError> {
    let actor = super::of(state.clone(), parts, Role::Staff)?;
    let session = parts.extensions.get::<Session>().ok_or(AppError::SignedOut)?;
    let token_hash = session.token_hash.clone();
    let place = state.live().listen(&token_hash);
    Ok(place.map(|place| {
        place.stream(move || {
            let (state, token_hash, user) = (state.clone(), token_hash.clone(), actor.user.clone());
            async move {
                let now = sessions::unused(state.db(), &token_hash, state.clock().now()).await;
                // Where nobody can say whether the session is alive, the browser asks again in a moment.
                matches!(now, Ok(Some(now)) if now.id == user.id && now.role == user.role && !now.must_enrol)
            }
        })
    }))
}
