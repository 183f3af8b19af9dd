//! The session cookie: who sends this request.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::state::AppState;
use super::store::sessions;
use super::store::users::User;
use super::token;
use crate::error::AppError;

/// The session of a request, put beside it by [`identify`].
#[derive(Clone, Debug)]
pub struct Session {
    /// Who is signed in.
    pub user: User,
    /// What the database knows the session by.
    pub token_hash: String,
}

/// Looks up who is signed in, before anything else sees the request.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if let Some(token) = token_of(&state, request.headers()) {
        let token_hash = token::hash(&token);
        match sessions::user(state.db(), &token_hash, state.clock().now()).await {
            Ok(Some(user)) => {
                request.extensions_mut().insert(Session { user, token_hash });
            }
            Ok(None) => {}
            // "Signed out" would be a lie that ends the session in the browser: the database is away.
            Err(error) => {
                let answer = AppError::from(error);
                let status = axum::http::StatusCode::from_u16(answer.status())
                    .unwrap_or(axum::http::StatusCode::SERVICE_UNAVAILABLE);
                return (status, [("retry-after", "2")], answer.to_string()).into_response();
            }
        }
    }
    next.run(request).await
}

/// The `__Host-` prefix makes browsers refuse the cookie for other hosts and over plain HTTP.
fn cookie_name(state: &AppState) -> &'static str {
    if state.secure_cookies() {
        "__Host-onibara"
    } else {
        "onibara"
    }
}

fn token_of(state: &AppState, headers: &HeaderMap) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(cookie_name(state))
        .map(|cookie| cookie.value().to_owned())
        .filter(|token| token.len() <= 64)
}

/// Returns the cookie that carries a new session's token.
pub fn cookie(state: &AppState, token: String) -> String {
    Cookie::build((cookie_name(state), token))
        .path("/")
        .http_only(true)
        .secure(state.secure_cookies())
        .same_site(SameSite::Lax)
        .build()
        .to_string()
}

/// Returns the cookie that takes a session's token away.
pub fn removal(state: &AppState) -> String {
    let mut cookie = Cookie::build((cookie_name(state), ""))
        .path("/")
        .http_only(true)
        .secure(state.secure_cookies())
        .same_site(SameSite::Lax)
        .build();
    cookie.make_removal();
    cookie.to_string()
}

/// Where a key of the API waits for the one page that shows it: in the browser of whoever made it, out of the reach of
/// scripts. So it is in no address and no store of the server, and any process may answer.
fn fresh_key_name(state: &AppState) -> &'static str {
    if state.secure_cookies() {
        "__Host-onibara-key"
    } else {
        "onibara-key"
    }
}

/// Returns the cookie that carries a new key to the page that shows it, for a minute.
pub fn fresh_key(state: &AppState, key: String) -> String {
    format!("{}; Max-Age=60", fresh_key_cookie(state, key))
}

/// Returns the cookie that takes it away again.
pub fn fresh_key_removal(state: &AppState) -> String {
    let mut cookie = fresh_key_cookie(state, String::new());
    cookie.make_removal();
    cookie.to_string()
}

/// Returns the key that waits in a browser.
pub fn fresh_key_of(state: &AppState, headers: &HeaderMap) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    let cookie = jar.get(fresh_key_name(state))?;
    Some(cookie.value().to_owned())
}

fn fresh_key_cookie(state: &AppState, key: String) -> Cookie<'static> {
    Cookie::build((fresh_key_name(state), key))
        .path("/")
        .http_only(true)
        .secure(state.secure_cookies())
        .same_site(SameSite::Strict)
        .build()
}
