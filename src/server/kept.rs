//! What a browser keeps on its device goes with the session that it was kept in.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum_extra::extract::cookie::{Cookie, CookieJar};

/// The cookie by which `public/device.js` says that the device keeps something; it says nothing else.
const KEPT: &str = "onibara-kept";
/// Makes a browser forget everything of this site but its cookies.
pub const FORGET: (HeaderName, HeaderValue) = (
    HeaderName::from_static("clear-site-data"),
    HeaderValue::from_static("\"cache\", \"storage\""),
);

/// Tells whether the device that a request comes from keeps something.
pub fn keeps(headers: &HeaderMap) -> bool {
    CookieJar::from_headers(headers).get(KEPT).is_some()
}

/// The cookie that says that nothing is kept any more.
pub fn removal() -> String {
    let mut cookie = Cookie::build((KEPT, "")).path("/").build();
    cookie.make_removal();
    cookie.to_string()
}

/// Makes the browser that an answer goes to forget what it keeps.
pub fn forget(headers: &mut HeaderMap) {
    let (name, value) = FORGET;
    headers.insert(name, value);
    if let Ok(removal) = HeaderValue::from_str(&removal()) {
        headers.append(header::SET_COOKIE, removal);
    }
}
