//! Asking the server for something that is no server function's to answer.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use crate::error::AppError;

/// Asks for JSON; a body makes it a POST.
pub async fn json<T: DeserializeOwned>(path: &str, body: Option<&str>) -> Result<T, AppError> {
    let init = RequestInit::new();
    if let Some(body) = body {
        init.set_method("POST");
        init.set_body(&body.into());
    }
    let unreachable = |_| AppError::Unreachable;
    let answer = JsFuture::from(window().fetch_with_str_and_init(path, &init));
    let answer: Response = answer.await.map_err(unreachable)?.unchecked_into();
    let text = JsFuture::from(answer.text().map_err(unreachable)?)
        .await
        .map_err(unreachable)?;
    let text = text.as_string().unwrap_or_default();
    serde_json::from_slice(text.as_bytes()).map_err(|_| AppError::Unreachable)
}
