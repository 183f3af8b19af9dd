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
        let now = state.clock().now();
        match sessions::user(state.db(), &token_hash, now).await {
            Ok(Some((user, unwritten))) => {
                if unwritten {
                    let (db, token_hash) = (state.db().clone(), token_hash.clone());
                    state
                        .by_the_way()
                        .write(async move { sessions::touch(&db, &token_hash, now).await });
                }
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

/// What waits in the browser of whoever it is for, out of the reach of scripts, for the one page that takes it. So it is
/// in no address and no store of the server, and any process may answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// A key of the API that was just made.
    Key,
    /// A link for somebody else that was just made.
    Link,
    /// Codes for a lost phone that were just made.
    Codes,
    /// The token of a link that its reader has opened.
    Welcome,
    /// The token of a sign-in that waits for its second step.
    HalfSession,
}

impl Waiting {
    fn name(self, state: &AppState) -> &'static str {
        match (self, state.secure_cookies()) {
            (Self::Key, true) => "__Host-onibara-key",
            (Self::Key, false) => "onibara-key",
            (Self::Link, true) => "__Host-onibara-link",
            (Self::Link, false) => "onibara-link",
            (Self::Codes, true) => "__Host-onibara-codes",
            (Self::Codes, false) => "onibara-codes",
            (Self::Welcome, true) => "__Host-onibara-welcome",
            (Self::Welcome, false) => "onibara-welcome",
            (Self::HalfSession, true) => "__Host-onibara-half",
            (Self::HalfSession, false) => "onibara-half",
        }
    }

    fn seconds(self) -> u32 {
        match self {
            Self::Key | Self::Link | Self::Codes => 60,
            Self::HalfSession => 600,
            Self::Welcome => 3_600,
        }
    }

    /// Returns the cookie that carries it.
    pub fn cookie(self, state: &AppState, value: String) -> String {
        format!("{}; Max-Age={}", self.bare(state, value), self.seconds())
    }

    /// Returns the cookie that takes it away again.
    pub fn removal(self, state: &AppState) -> String {
        let mut cookie = self.bare(state, String::new());
        cookie.make_removal();
        cookie.to_string()
    }

    /// Returns what waits in a browser.
    pub fn of(self, state: &AppState, headers: &HeaderMap) -> Option<String> {
        let jar = CookieJar::from_headers(headers);
        let cookie = jar.get(self.name(state))?;
        Some(cookie.value().to_owned())
    }

    fn bare(self, state: &AppState, value: String) -> Cookie<'static> {
        // A link is opened from a message, which is another site: strictly, its page would not be sent the cookie.
        let site = match self {
            Self::Welcome => SameSite::Lax,
            _ => SameSite::Strict,
        };
        Cookie::build((self.name(state), value))
            .path("/")
            .http_only(true)
            .secure(state.secure_cookies())
            .same_site(site)
            .build()
    }
}
