//! Refuses what another site makes a browser send.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::paths;

/// Lets a request through only where no other site can have caused it.
///
/// Pages may be opened from anywhere. Everything under `/api/`, the live stream and every writing method must come from
/// this origin: by `Sec-Fetch-Site`, which all current browsers send and no page can forge, else by `Origin`. A request with
/// neither does not come from a browser's page, and so carries no stolen cookie.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let path = request.uri().path();
    let page = reads && !path.starts_with("/api/") && path != paths::LIVE;
    if page || is_own(request.headers()) {
        return next.run(request).await;
    }
    (
        StatusCode::FORBIDDEN,
        "This request was sent by another site and has been refused.",
    )
        .into_response()
}

fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &axum::http::HeaderValue| value.to_str().ok())
    };
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        // `none` is the user themself: an address typed or a bookmark.
        return matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, authority)| authority == host),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::is_own;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    axum::http::HeaderName::from_static(name),
                    axum::http::HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn the_browsers_word_counts_before_the_origin() {
        assert!(is_own(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(is_own(&headers(&[("sec-fetch-site", "none")])));
        assert!(!is_own(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!is_own(&headers(&[("sec-fetch-site", "same-site")])));
        let forged = [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://a.ng"),
            ("host", "a.ng"),
        ];
        assert!(!is_own(&headers(&forged)));
    }

    #[test]
    fn the_origin_must_be_the_host() {
        assert!(is_own(&headers(&[("origin", "https://a.ng"), ("host", "a.ng")])));
        assert!(!is_own(&headers(&[("origin", "https://evil.ng"), ("host", "a.ng")])));
        assert!(!is_own(&headers(&[
            ("origin", "https://a.ng.evil.ng"),
            ("host", "a.ng")
        ])));
        assert!(!is_own(&headers(&[("origin", "null"), ("host", "a.ng")])));
        assert!(!is_own(&headers(&[("origin", "https://a.ng")])));
        assert!(is_own(&headers(&[("host", "a.ng")])));
    }
}
