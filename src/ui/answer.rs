//! What a page waits for: an answer of the server, fetched while rendering and sent to the browser with the page.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// Whether an answer is on its way, and what tells so: for a `Transition`'s `set_pending`.
///
/// Only in the browser: on the server the page is rendered by one thread while a transition tells it on another, and
/// a signal that is read in the moment in which it is written counts as gone, which would be the end of the page.
pub fn waiting() -> (ReadSignal<bool>, SignalSetter<bool>) {
    let (shown, show) = signal(false);
    // No signal: a setter is called while the store of all signals is locked, and on the server others wait for it.
    let alive = Arc::new(AtomicBool::new(false));
    let tell = SignalSetter::map({
        let alive = Arc::clone(&alive);
        move |pending| {
            if alive.load(Ordering::Relaxed) {
                show.set(pending);
            }
        }
    });
    Effect::new(move |_| alive.store(true, Ordering::Relaxed));
    (shown, tell)
}
