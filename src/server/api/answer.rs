//! An answer as it is sent, and kept for whoever asks the same again.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::problem::{self, Problem};

/// A status and a body in JSON.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The body.
    pub body: String,
}

impl Reply {
    /// Says something.
    pub fn json(status: StatusCode, said: &impl Serialize) -> Self {
        match serde_json::to_string(said) {
            Ok(body) => Self { status, body },
            // Texts, numbers and lists of them always have a form in JSON.
            Err(_) => Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR).into(),
        }
    }

    /// Says something that was asked for.
    pub fn ok(said: &impl Serialize) -> Self {
        Self::json(StatusCode::OK, said)
    }
}

impl From<Problem> for Reply {
    fn from(problem: Problem) -> Self {
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::json(status, &problem)
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let media_type = if self.status.is_success() {
            "application/json"
        } else {
            problem::MEDIA_TYPE
        };
        let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(media_type))];
        (self.status, headers, self.body).into_response()
    }
}
