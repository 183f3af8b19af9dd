//! What the API says where it refuses something: RFC 9457.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::Reply;
use crate::error::AppError;
use crate::server::guard::Refusal;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Why a request was refused.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What the status means.
    pub title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What is wrong and what would be right.
    pub detail: String,
    /// The fields that are wrong; empty where the request as a whole is.
    pub errors: Vec<FieldError>,
    /// After how many seconds to try again.
    #[serde(skip)]
    pub retry_after: Option<u64>,
}

/// A field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// Its name.
    pub field: String,
    /// What stands there, shortened.
    pub value: String,
    /// Why that cannot be taken.
    pub reason: String,
}

impl FieldError {
    /// Says what is wrong with a field.
    pub fn new(field: impl Into<String>, value: &str, reason: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            value: crate::server::import::shorten(value),
            reason: reason.into(),
        }
    }
}

impl Problem {
    /// Refuses a request as a whole.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Refused").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
            retry_after: None,
        }
    }

    /// Refuses a request for its fields.
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [only] => format!("The field {} cannot be taken. {}", only.field, only.reason),
            _ => format!("{} fields cannot be taken.", errors.len()),
        };
        Self {
            errors,
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
        }
    }

    /// Says what a bare status means, for answers that come from below.
    pub fn of_status(status: StatusCode) -> Self {
        let detail = match status {
            StatusCode::BAD_REQUEST => "The address or the body cannot be read.",
            StatusCode::NOT_FOUND => "There is nothing at this address.",
            StatusCode::METHOD_NOT_ALLOWED => "This address does not take this method.",
            StatusCode::REQUEST_TIMEOUT => "The request took too long to arrive.",
            StatusCode::PAYLOAD_TOO_LARGE => "The body is larger than 2 MiB. Send fewer orders at once.",
            StatusCode::SERVICE_UNAVAILABLE => {
                "The shop's data cannot be reached at the moment. Nothing is lost; try again in a moment."
            }
            _ => "The request could not be answered.",
        };
        Self::new(status, detail)
    }

    /// Says that there is no such thing.
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("There is no {what}."))
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoKey => Self::new(
                StatusCode::UNAUTHORIZED,
                "Send a key of this shop that is in force: Authorization: Bearer onb_…",
            ),
            Refusal::Scope(scope) => Self::new(
                StatusCode::FORBIDDEN,
                format!("This key has not the scope {}.", scope.as_str()),
            ),
            Refusal::SlowDown(seconds) => Self {
                retry_after: Some(seconds),
                ..Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    format!("Too many requests. Try again in {seconds} seconds."),
                )
            },
            Refusal::Failed(error) => {
                let answer = AppError::from(error);
                let status = StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                Self {
                    retry_after: (status == StatusCode::SERVICE_UNAVAILABLE).then_some(2),
                    ..Self::new(status, answer.to_string())
                }
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut headers = HeaderMap::new();
        if self.status == StatusCode::UNAUTHORIZED.as_u16() {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        (headers, Reply::from(self)).into_response()
    }
}
