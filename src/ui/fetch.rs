//! Asking the server past the typed calls of server functions.

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use crate::error::AppError;

/// Asks for something, or sends a body, and returns the answer with its bytes.
pub async fn fetch(path: &str, body: Option<&JsValue>) -> Result<(Response, Vec<u8>), AppError> {
    asked(path, body).await.map_err(|_| AppError::Unreachable)
}

async fn asked(path: &str, body: Option<&JsValue>) -> Result<(Response, Vec<u8>), JsValue> {
    let headers = Headers::new()?;
    // Not a page.
    headers.set("Accept", "application/x-postcard")?;
    let init = RequestInit::new();
    init.set_headers(&headers);
    if let Some(body) = body {
        init.set_method("POST");
        init.set_body(body);
    }
    let answer = JsFuture::from(window().fetch_with_str_and_init(path, &init)).await?;
    let answer: Response = answer.unchecked_into();
    let bytes = JsFuture::from(answer.array_buffer()?).await?;
    Ok((answer, Uint8Array::new(&bytes).to_vec()))
}
