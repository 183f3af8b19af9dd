//! Files of orders in, and their refused rows out.

use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use futures::stream;
use leptos::server_fn::error::FromServerFnError as _;

use crate::error::AppError;
use crate::paths;
use crate::server::guard::{Actor, admin_of};
use crate::server::importing::Upload;
use crate::server::state::AppState;

/// Takes a file. A page that is alive is told where its import is; a browser without JavaScript is led there.
pub async fn take(State(state): State<AppState>, parts: Parts, form: Multipart) -> Response {
    let alive = !wants_page(&parts.headers);
    match received(state, &parts, form).await {
        Ok(id) if alive => paths::import(id).into_response(),
        Ok(id) => Redirect::to(&paths::import(id)).into_response(),
        Err(error) if alive => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.ser()).into_response()
        }
        Err(error) => Redirect::to(&refused(&error)).into_response(),
    }
}

async fn received(state: AppState, parts: &Parts, mut form: Multipart) -> Result<i64, AppError> {
    let actor = admin_of(state, parts)?;
    while let Some(mut field) = form.next_field().await.map_err(|error| broken(&error))? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or("orders").to_owned();
        let mut upload = Upload::begin()?;
        while let Some(bytes) = field.chunk().await.map_err(|error| broken(&error))? {
            upload.take(&bytes)?;
        }
        return Ok(actor.sent(upload, &name).await?);
    }
    Err(AppError::invalid("file", "Choose a file."))
}

fn broken(error: &MultipartError) -> AppError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        AppError::invalid("file", "The file is larger than 500 MB. Divide it, and send the parts.")
    } else {
        AppError::invalid(
            "file",
            "The file did not arrive whole. Nothing was changed; send it again.",
        )
    }
}

/// The import page that says what was refused, as server functions do it without JavaScript.
fn refused(error: &AppError) -> String {
    let error = URL_SAFE.encode(error.ser());
    format!("{}?__path={}&__err={error}", paths::IMPORT, paths::IMPORT_FILE)
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Sends the rows of a file that were refused, with reasons, to be mended.
pub async fn refused_rows(State(state): State<AppState>, Path(id): Path<i64>, parts: Parts) -> Response {
    let actor = match admin_of(state, &parts) {
        Ok(actor) => actor,
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return (status, error.to_string()).into_response();
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"refused-{id}.csv\""),
        ),
    ];
    (headers, Body::from_stream(report(actor, id))).into_response()
}

/// The parts of a report, one after the other.
fn report(actor: Actor, id: i64) -> impl futures::Stream<Item = Result<String, std::io::Error>> {
    stream::try_unfold((actor, 0), move |(actor, after)| async move {
        let part = actor.refused_rows(id, after).await;
        let part = part.map_err(|_| std::io::Error::other("the report could not be read"))?;
        Ok(part.map(|(number, text)| (text, (actor, number))))
    })
}
