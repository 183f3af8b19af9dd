//! Who is signed in, as pages say it.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::domain::role::Who;
use crate::error::AppError;
use crate::server::error::ServerError;
use crate::server::session::Session;
use crate::server::state::AppState;
use crate::server::token;

/// Tells who is signed in, where, and what the shop looks like at this moment.
pub async fn who() -> Result<Who, ServerError> {
    let (state, parts) = super::request()?;
    let session = parts.extensions.get::<Session>().ok_or(AppError::SignedOut)?;
    behind(&state, session).await
}

/// Looks up who a page is for before it is rendered, so that nothing in it waits for that.
pub async fn introduce(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if let Some(session) = request.extensions().get::<Session>().cloned()
        // A page that was not told asks once it is alive, and says itself what is wrong.
        && let Ok(who) = behind(&state, &session).await
    {
        request.extensions_mut().insert(who);
    }
    next.run(request).await
}

async fn behind(state: &AppState, Session { user, token_hash }: &Session) -> Result<Who, ServerError> {
    let shop = state.shop();
    // Names the session to the device, without what it could be taken over with.
    let tag: String = token::hash(token_hash).chars().take(16).collect();
    Ok(Who {
        shop: shop.name.clone(),
        currency: shop.currency.clone(),
        email: user.email.clone(),
        role: user.role,
        device: format!("{}-{tag}", user.id),
        seen: state.live().glance().await?,
    })
}
