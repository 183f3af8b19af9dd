//! What a page waits for: an answer of the server, fetched while rendering and sent to the browser with the page.

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::AppError;

/// An answer on its way, or here.
pub type Answer<T> = Resource<Result<T, AppError>, Wire>;

/// JSON, read by the same reader that reads what server functions answer: a second one would be compiled for every
/// type, and the browser would download it.
pub struct Wire;

impl<T: Serialize> Encoder<T> for Wire {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, serde_json::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Wire {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, serde_json::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}

/// Asks whenever the question changes; the page is not sent before the first answer is there.
pub fn ask<Q, T, F>(
    question: impl Fn() -> Q + Send + Sync + 'static,
    answer: impl Fn(Q) -> F + Send + Sync + 'static,
) -> Answer<T>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Resource::new_with_options(question, answer, true)
}
