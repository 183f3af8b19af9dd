//! Failures inside the server, and the one place that turns them into what a browser may know.

use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::domain::query_string;
use crate::error::AppError;

/// A failure with all its detail; it is logged once, when it becomes an [`AppError`].
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// A refusal that the user is told as it is.
    #[error(transparent)]
    Refused(#[from] AppError),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A password could not be hashed or a hash not read.
    #[error("password hash: {0}")]
    Password(String),
    /// Something that the code relies on did not hold.
    #[error("{0}")]
    Broken(String),
}

impl From<ServerError> for AppError {
    fn from(error: ServerError) -> Self {
        let answer = match error {
            ServerError::Refused(refusal) => refusal,
            ServerError::Database(sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_)) => {
                tracing::error!("the database cannot be reached");
                Self::Unavailable
            }
            error => {
                let reference = super::token::reference();
                // The text of a database error may quote a value, which may be a name or a phone: log its kind.
                tracing::error!(reference, kind = error.kind(), "request failed");
                Self::Internal { reference }
            }
        };
        set_status(&answer);
        answer
    }
}

/// Gives the answer of the request in hand the failure's status.
fn set_status(answer: &AppError) {
    let (Some(response), Some(request)) = (use_context::<ResponseOptions>(), use_context::<Parts>()) else {
        return;
    };
    // A form sent without JavaScript is answered by a redirect, which carries the failure in its address.
    let accepts_page = request
        .headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.as_bytes().starts_with(b"text/html"));
    if request.method == Method::POST && accepts_page {
        return;
    }
    if let Ok(status) = StatusCode::from_u16(answer.status()) {
        response.set_status(status);
    }
    // For scripts, which do not read what the application reads.
    let mut sentence = String::new();
    query_string::push(&mut sentence, "", &answer.to_string());
    if let Ok(sentence) = HeaderValue::from_str(sentence.trim_start_matches('=')) {
        response.insert_header(HeaderName::from_static("refusal"), sentence);
    }
}

impl ServerError {
    /// Describes a failure without any value that a person typed, for the log.
    pub fn kind(&self) -> String {
        match self {
            Self::Database(sqlx::Error::Database(inner)) => format!(
                "database {} {}",
                inner.code().unwrap_or_default(),
                inner.constraint().unwrap_or_default()
            ),
            Self::Database(sqlx::Error::ColumnDecode { index, .. }) => format!("column {index}"),
            Self::Database(_) => "database driver".to_owned(),
            Self::Password(_) => "password hash".to_owned(),
            Self::Broken(text) => text.clone(),
            Self::Refused(_) => "refusal".to_owned(),
        }
    }
}
