//! Links that set a password.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::paths;
use crate::server::session::Waiting;
use crate::server::state::AppState;

/// Moves the token of a link into a cookie and leads to the page: so it is in no `Referer` and no bookmark. Nothing is
/// used up by that, for programs open links too.
pub async fn open(State(state): State<AppState>, Path(token): Path<String>) -> Response {
    let plausible = token.len() <= 64
        && token
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let to = (header::LOCATION, paths::WELCOME.to_owned());
    if !plausible {
        return (StatusCode::SEE_OTHER, [to]).into_response();
    }
    let cookie = (header::SET_COOKIE, Waiting::Welcome.cookie(&state, token));
    (StatusCode::SEE_OTHER, [to, cookie]).into_response()
}
