//! What a page waits for: an answer of the server, fetched while rendering and sent to the browser with the page.
//!
//! Whatever is asked, one kind of resource holds it: the machinery of a resource would be compiled, and downloaded, for
//! every kind of answer.

use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::live::Live;
use crate::error::AppError;

type Shared = Arc<dyn Any + Send + Sync>;
type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// An answer on its way, or here.
pub struct Answer<T> {
    held: Resource<Held, Wire>,
    asking: StoredValue<Asking>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Answer<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Answer<T> {}

impl<T: Clone + DeserializeOwned + Send + Sync + 'static> Answer<T> {
    /// Returns the answer, where it is here.
    pub fn get(&self) -> Option<Result<T, AppError>> {
        self.held.get().map(|held| held.read())
    }

    /// Returns the answer, where it is here, to somebody who does not want to know of the next one.
    pub fn get_untracked(&self) -> Option<Result<T, AppError>> {
        self.held.get_untracked().map(|held| held.read())
    }

    /// Counts as reading the answer.
    pub fn track(&self) {
        self.held.track();
    }

    /// Asks again.
    pub fn refetch(&self) {
        self.held.refetch();
    }

    /// Asks again, because something has changed: nobody waits for it, and where it fails, all stays as it is.
    pub fn refresh(&self) {
        self.refresh_where(|| true);
    }

    /// As [`refresh`](Self::refresh), where `free` says, before and once the answer is here, that it may be shown.
    pub fn refresh_where(&self, free: impl Fn() -> bool + 'static) {
        refresh(self.held, self.asking, Box::new(free));
    }
}

impl<T: Clone + DeserializeOwned + Send + Sync + 'static> IntoFuture for Answer<T> {
    type Output = Result<T, AppError>;
    type IntoFuture = Pending<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let held = self.held.into_future();
        Box::pin(async move { held.await.read() })
    }
}

/// An answer of any kind: as a server function has given it, or as it came with the page.
#[derive(Clone)]
enum Held {
    Given {
        answer: Shared,
        failed: bool,
        encode: Option<fn(&Shared) -> Vec<u8>>,
    },
    Sent(Arc<Sent>),
}

/// An answer that came with the page, read by whoever reads it first.
struct Sent {
    bytes: Box<[u8]>,
    read: OnceLock<Shared>,
}

impl Sent {
    /// Returns the answer; `read` reads it the first time.
    fn read(&self, read: fn(&[u8]) -> Shared) -> &Shared {
        self.read.get_or_init(|| read(&self.bytes))
    }
}

impl Held {
    fn of<T: Serialize + Send + Sync + 'static>(answer: Result<T, AppError>) -> Self {
        let encode = |answer: &Shared| {
            let answer = answer.downcast_ref::<Result<T, AppError>>();
            // Nothing at all reads as a server that could not be reached, which offers another try.
            answer
                .and_then(|answer| postcard::to_allocvec(answer).ok())
                .unwrap_or_default()
        };
        Self::Given {
            failed: answer.is_err(),
            answer: Arc::new(answer),
            // A browser sends no page, and downloads nothing that would.
            encode: (!cfg!(target_family = "wasm")).then_some(encode),
        }
    }

    fn read<T: Clone + DeserializeOwned + Send + Sync + 'static>(&self) -> Result<T, AppError> {
        let answer = match self {
            Self::Given { answer, .. } => answer,
            Self::Sent(sent) => sent.read(|bytes| {
                let answer: Result<T, AppError> = postcard::from_bytes(bytes).unwrap_or(Err(AppError::Unreachable));
                Arc::new(answer)
            }),
        };
        let answer = answer.downcast_ref::<Result<T, AppError>>();
        answer.cloned().unwrap_or(Err(AppError::Unreachable))
    }
}

/// How an answer goes with a page.
struct Wire;

impl Encoder<Held> for Wire {
    type Error = std::convert::Infallible;
    type Encoded = Vec<u8>;

    fn encode(held: &Held) -> Result<Vec<u8>, Self::Error> {
        Ok(match held {
            Held::Given { answer, encode, .. } => encode.map(|encode| encode(answer)).unwrap_or_default(),
            Held::Sent(sent) => sent.bytes.to_vec(),
        })
    }
}

impl Decoder<Held> for Wire {
    type Error = std::convert::Infallible;
    type Encoded = [u8];

    fn decode(bytes: &[u8]) -> Result<Held, Self::Error> {
        Ok(Held::Sent(Arc::new(Sent {
            bytes: bytes.into(),
            read: OnceLock::new(),
        })))
    }
}

/// A question of any kind, which knows whether another one is the same.
#[derive(Clone)]
struct Question {
    asked: Shared,
    same: fn(&Shared, &Shared) -> bool,
}

impl Question {
    fn of<Q: PartialEq + Send + Sync + 'static>(asked: Q) -> Self {
        Self {
            asked: Arc::new(asked),
            same: |one, other| one.downcast_ref::<Q>() == other.downcast_ref::<Q>(),
        }
    }
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        (self.same)(&self.asked, &other.asked)
    }
}

/// Asks whenever the question changes; the page is not sent before the first answer is there.
pub fn ask<Q, T, F>(
    question: impl Fn() -> Q + Send + Sync + 'static,
    answer: impl Fn(Q) -> F + Send + Sync + 'static,
) -> Answer<T>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let question = move || Question::of(question());
    let answer = move |question: Question| -> Pending<Held> {
        match question.asked.downcast_ref::<Q>() {
            Some(asked) => {
                let answer = answer(asked.clone());
                Box::pin(async move { Held::of(answer.await) })
            }
            None => Box::pin(async { Held::of::<T>(Err(AppError::Unreachable)) }),
        }
    };
    let (held, asking) = hold(Arc::new(question), Arc::new(answer));
    Answer {
        held,
        asking,
        kind: PhantomData,
    }
}

/// How to ask, beside the resource that does it by itself.
struct Asking {
    question: Arc<dyn Fn() -> Question + Send + Sync>,
    answer: Arc<dyn Fn(Question) -> Pending<Held> + Send + Sync>,
    /// How often the resource has asked.
    times: u32,
}

fn hold(
    question: Arc<dyn Fn() -> Question + Send + Sync>,
    answer: Arc<dyn Fn(Question) -> Pending<Held> + Send + Sync>,
) -> (Resource<Held, Wire>, StoredValue<Asking>) {
    let asking = StoredValue::new(Asking {
        question: Arc::clone(&question),
        answer: Arc::clone(&answer),
        times: 0,
    });
    let answer = move |question| {
        let _ = asking.try_update_value(|asking| asking.times += 1);
        answer(question)
    };
    (Resource::new_with_options(move || question(), answer, true), asking)
}

/// Asks beside the resource, which would let go of what is shown before it has another answer.
fn refresh(held: Resource<Held, Wire>, asking: StoredValue<Asking>, free: Box<dyn Fn() -> bool>) {
    if !free() {
        return;
    }
    let begun = asking.try_with_value(|asking| {
        let question = untrack(|| (asking.question)());
        ((asking.answer)(question), asking.times)
    });
    let Some((answer, times)) = begun else { return };
    let refreshing = use_context::<Live>().map(Live::refreshing);
    spawn_local(async move {
        let answer = answer.await;
        drop(refreshing);
        // What was asked for since is at least as new, and may be about something else.
        let is_last = asking.try_with_value(|asking| asking.times) == Some(times);
        if is_last && !matches!(answer, Held::Given { failed: true, .. }) && free() {
            held.set(Some(answer));
        }
    });
}

/// Shows something once the answers that it waits for are here.
pub fn when_here(view: impl Future<Output = AnyView> + Send + 'static) -> Suspend<AnyView> {
    Suspend::new(view)
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
