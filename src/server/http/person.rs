//! A person's data, handed out as a file, and what devices have to know of those who were erased.

use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::domain::query_string;
use crate::error::AppError;
use crate::server::guard::{owner_of, staff_of};
use crate::server::privacy::Form;
use crate::server::state::AppState;

/// Sends all that is held about the customer of a form. The file is named after nobody.
pub async fn hand_out(State(state): State<AppState>, parts: Parts, form: String) -> Response {
    match begin(state, &parts, &form).await {
        Ok(response) => response,
        Err(error) => refused(&error),
    }
}

/// Names the last erasure: another name tells a device to forget what it has kept before.
pub async fn erasures(State(state): State<AppState>, parts: Parts) -> Response {
    let last = match staff_of(state, &parts) {
        Ok(actor) => actor.last_erasure().await.map_err(AppError::from),
        Err(error) => Err(error),
    };
    match last {
        Ok(last) => {
            let caching = HeaderValue::from_static("no-store, private");
            ([(header::CACHE_CONTROL, caching)], last.to_string()).into_response()
        }
        Err(error) => refused(&error),
    }
}

fn refused(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, error.to_string()).into_response()
}

async fn begin(state: AppState, parts: &Parts, form: &str) -> Result<Response, AppError> {
    let actor = owner_of(state, parts)?;
    let (mut phone, mut format) = (String::new(), String::new());
    for (key, value) in query_string::pairs(form) {
        match key.as_str() {
            "phone" => phone = value,
            "format" => format = value,
            _ => {}
        }
    }
    let format = Form::parse(&format).ok_or_else(|| AppError::invalid("format", "Choose Excel or JSON."))?;
    let bytes = actor.hand_out(&phone, format).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    let name = match format {
        Form::Json => "attachment; filename=\"person.json\"",
        Form::Xlsx => "attachment; filename=\"person.xlsx\"",
    };
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    Ok(response)
}
