//! Files to take away, written while they are sent.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures::{StreamExt as _, future, stream};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::domain::audit::AuditQuery;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::order_query::OrderQuery;
use crate::domain::phone::Phone;
use crate::domain::query_string;
use crate::error::AppError;
use crate::server::export::{ExportError, Format, Progress, Sink, What};
use crate::server::guard::{Actor, admin_of};
use crate::server::state::AppState;

/// How many pieces wait for a slow reader; the export waits with them.
const PIECES: usize = 4;

/// How long a reader may take none of them; others wait for the place of this export.
const PATIENCE: Duration = Duration::from_mins(1);

/// The fields of a form that asks for a file.
#[derive(Default)]
struct Asked {
    query: String,
    format: String,
    /// The name that the page gives the export, to ask how far it has got.
    name: String,
    /// Those who were chosen, where the form is about some and not about all of them.
    chosen: Vec<Phone>,
    by_hand: bool,
    all: bool,
}

impl Asked {
    fn read(form: &str) -> Self {
        let mut asked = Self::default();
        for (key, value) in query_string::pairs(form) {
            match key.as_str() {
                "query" => asked.query = value,
                "format" => asked.format = value,
                "name" => asked.name = value.chars().take(64).collect(),
                "chosen[]" => asked.chosen.extend(Phone::from_slug(&value)),
                "by_hand" => asked.by_hand = value == "1",
                "all" => asked.all = value == "true",
                _ => {}
            }
        }
        asked
    }
}

/// Sends customers as a file.
pub async fn customers(State(state): State<AppState>, parts: Parts, form: String) -> Response {
    let asked = Asked::read(&form);
    let query = CustomerQuery::parse(&asked.query);
    let chosen = (asked.by_hand && !asked.all).then_some(asked.chosen);
    send(state, &parts, What::Customers(query, chosen), &asked.format, asked.name).await
}

/// Sends orders as a file.
pub async fn orders(State(state): State<AppState>, parts: Parts, form: String) -> Response {
    let asked = Asked::read(&form);
    let query = OrderQuery::parse(&asked.query);
    send(state, &parts, What::Orders(query), &asked.format, asked.name).await
}

/// Sends the audit log as a file.
pub async fn audit(State(state): State<AppState>, parts: Parts, form: String) -> Response {
    let asked = Asked::read(&form);
    let query = AuditQuery::parse(&asked.query);
    send(state, &parts, What::Audit(query), &asked.format, asked.name).await
}

/// Says how far the export has got that is named in the address.
pub async fn progress(State(state): State<AppState>, parts: Parts) -> Response {
    told(state, &parts, parts.uri.query().unwrap_or_default(), false)
}

/// Stops the export that a form names.
pub async fn stop(State(state): State<AppState>, parts: Parts, form: String) -> Response {
    told(state, &parts, &form, true)
}

fn told(state: AppState, parts: &Parts, query: &str, stop: bool) -> Response {
    let name = Asked::read(query).name;
    match admin_of(state, parts) {
        Ok(actor) => {
            if stop {
                actor.stop_export(&name);
            }
            postcard::to_allocvec(&actor.export_progress(&name))
                .unwrap_or_default()
                .into_response()
        }
        Err(error) => refusal(&error),
    }
}

fn refusal(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, error.to_string()).into_response()
}

async fn send(state: AppState, parts: &Parts, what: What, format: &str, name: String) -> Response {
    match begin(state, parts, what, format, name).await {
        Ok(response) => response,
        Err(error) => refusal(&error),
    }
}

async fn begin(state: AppState, parts: &Parts, what: What, format: &str, name: String) -> Result<Response, AppError> {
    let actor = admin_of(state, parts)?;
    let format = Format::parse(format).ok_or_else(|| AppError::invalid("format", "Choose CSV or Excel."))?;
    let running = actor.begin_export(&name).ok_or(AppError::Busy)?;
    let file = actor.export_name(&what, format);
    let (pieces, sent) = mpsc::channel(PIECES);
    let body = body(sent, Arc::clone(&running.progress));
    let runtime = tokio::runtime::Handle::current();
    // Packing a workbook is work for a thread of its own.
    tokio::task::spawn_blocking(move || {
        let mut to = Pieces(pieces);
        let done = runtime.block_on(actor.export(&what, format, &running.progress, &mut to));
        if let Err(error) = done
            && !matches!(error, ExportError::Stopped)
        {
            tracing::error!(kind = error.kind(), "an export failed");
        }
    });
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{file}\""));
    headers.insert(
        header::CONTENT_DISPOSITION,
        disposition.map_err(|_| AppError::Unreachable)?,
    );
    if format == Format::Xlsx {
        // It is compressed already.
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
    }
    headers.insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    Ok(response)
}

/// Where the pieces of a file go.
struct Pieces(mpsc::Sender<Bytes>);

impl Sink for Pieces {
    async fn take(&mut self, bytes: Vec<u8>) -> Result<(), ExportError> {
        let sent = tokio::time::timeout(PATIENCE, self.0.send(bytes.into())).await;
        sent.ok().and_then(Result::ok).ok_or(ExportError::Stopped)
    }
}

/// The body of an answer, which breaks off where the export does: a browser says that the download has failed, and keeps
/// no file that looks whole.
fn body(pieces: mpsc::Receiver<Bytes>, progress: Arc<Progress>) -> Body {
    let broken = || std::io::Error::other("the export was not finished");
    let end = stream::once(async move { (!progress.state().whole).then(|| Err(broken())) });
    Body::from_stream(ReceiverStream::new(pieces).map(Ok).chain(end.filter_map(future::ready)))
}

impl Actor {
    /// Names the file of an export.
    fn export_name(&self, what: &What, format: Format) -> String {
        format!(
            "{}.{}",
            what.about().file_name(&self.shop(), self.now()),
            format.ending()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_what_was_written_to_its_end_comes_to_an_end() {
        for whole in [true, false] {
            let progress = Arc::<Progress>::default();
            let (pieces, sent) = mpsc::channel(PIECES);
            let body = body(sent, Arc::clone(&progress));
            Pieces(pieces).take(b"a,b".to_vec()).await.unwrap();
            if whole {
                progress.is_whole();
            }
            assert_eq!(axum::body::to_bytes(body, 100).await.is_ok(), whole);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_who_stands_still_is_left() {
        let (pieces, _unread) = mpsc::channel(PIECES);
        let mut to = Pieces(pieces);
        for _ in 0..PIECES {
            to.take(vec![1]).await.unwrap();
        }
        assert!(matches!(to.take(vec![1]).await, Err(ExportError::Stopped)));
    }
}
