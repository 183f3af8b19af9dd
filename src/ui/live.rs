//! What has changed in the shop since a page was asked for, as the server tells it.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use super::answer::Answer;
use crate::domain::role::Who;
use crate::paths;

/// How long a page rests between two changes that it shows.
const REST: Duration = Duration::from_secs(1);
/// How long nothing may be heard before the page says that it is not live; the server speaks every twelve seconds.
const SILENCE: Duration = Duration::from_secs(20);
/// How long a connection that was lost may take to come back unnoticed.
const GRACE: Duration = Duration::from_secs(5);
/// After how long a connection that was refused is tried again.
const AGAIN: Duration = Duration::from_secs(10);

/// What the server tells the pages of the dashboard.
#[derive(Clone, Copy)]
pub struct Live {
    changes: RwSignal<u32>,
    orders: RwSignal<Option<i64>>,
    lost: RwSignal<bool>,
    state: StoredValue<State>,
}

/// What the page does with what it hears.
#[derive(Default)]
struct State {
    /// What was heard last.
    seen: Option<String>,
    /// Whether a change waits to be shown.
    waits: bool,
    /// Whether the last one was shown just now.
    rests: bool,
    /// How many answers of the last one are on their way.
    running: u32,
}

/// The connection, while there is one.
#[derive(Default)]
struct Line {
    source: Option<EventSource>,
    heard: Option<js_sys::Function>,
    failed: Option<js_sys::Function>,
    timer: Option<TimeoutHandle>,
}

type Open = StoredValue<Line, LocalStorage>;

/// An answer that is asked for because something has changed.
pub struct Refreshing(Live);

impl Live {
    /// Has heard nothing yet.
    pub fn silent() -> Self {
        Self {
            changes: RwSignal::new(0),
            orders: RwSignal::new(None),
            lost: RwSignal::new(false),
            state: StoredValue::new(State::default()),
        }
    }

    /// Listens while the page can be seen: browsers open six connections to a server, for all its pages together.
    ///
    /// `known` says what was the case when the page was asked for; `refused` is run where the server does not want to
    /// talk any more.
    pub fn follow(self, known: Answer<Who>, refused: fn()) {
        // Effects run in the browser only.
        Effect::new(move |_| {
            let line: Open = StoredValue::new_local(Line::default());
            let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                self.hear(line, known, &event);
            });
            let failed = Closure::<dyn Fn()>::new(move || self.fail(line, refused));
            line.update_value(|line| {
                line.heard = Some(heard.into_js_value().unchecked_into());
                line.failed = Some(failed.into_js_value().unchecked_into());
            });
            self.open(line);
            let seen = window_event_listener_untyped("visibilitychange", move |_| self.open(line));
            on_cleanup(move || {
                seen.remove();
                self.close(line);
            });
        });
    }

    /// Opens the connection of a page that is seen, and closes that of another.
    fn open(self, line: Open) {
        self.close(line);
        if document().hidden() {
            return;
        }
        let _ = line.try_update_value(|line| {
            // A browser that cannot listen shows what was the case when the page was asked for.
            let source = EventSource::new(paths::LIVE).ok()?;
            source.set_onmessage(line.heard.as_ref());
            source.set_onerror(line.failed.as_ref());
            line.source = Some(source);
            Some(())
        });
        self.expect(line, SILENCE);
    }

    fn close(self, line: Open) {
        let _ = line.try_update_value(|line| {
            line.timer.take().inspect(TimeoutHandle::clear);
            line.source.take().inspect(EventSource::close);
        });
        self.lost.try_set(false);
    }

    /// Waits for a word, and says so where none comes.
    fn expect(self, line: Open, patience: Duration) {
        let timer = set_timeout_with_handle(
            move || {
                self.lost.try_set(true);
            },
            patience,
        );
        let _ = line.try_update_value(|line| {
            line.timer.take().inspect(TimeoutHandle::clear);
            line.timer = timer.ok();
        });
    }

    fn hear(self, line: Open, known: Answer<Who>, event: &MessageEvent) {
        self.expect(line, SILENCE);
        self.lost.try_set(false);
        self.orders
            .try_set(event.data().as_string().and_then(|orders| orders.parse().ok()));
        let now = event.last_event_id();
        let changed = self.state.try_update_value(|state| {
            let before = state.seen.replace(now.clone());
            let before = before.or_else(|| Some(known.get_untracked()?.ok()?.seen));
            before.is_none_or(|before| before != now)
        });
        if changed == Some(true) {
            self.change();
        }
    }

    fn fail(self, line: Open, refused: fn()) {
        self.expect(line, GRACE);
        let closed = |line: &mut Line| {
            let source = line.source.as_ref();
            source.is_some_and(|source| source.ready_state() == EventSource::CLOSED)
        };
        // Else the browser itself tries again.
        if line.try_update_value(closed) == Some(true) {
            refused();
            set_timeout(move || self.open(line), AGAIN);
        }
    }

    /// Shows that something has changed, once what was shown before is here.
    fn change(self) {
        let now = self.state.try_update_value(|state| {
            state.waits = state.rests || state.running > 0;
            state.rests = true;
            !state.waits
        });
        if now != Some(true) {
            return;
        }
        self.changes.try_update(|changes| *changes += 1);
        set_timeout(
            move || {
                let _ = self.state.try_update_value(|state| state.rests = false);
                self.go_on();
            },
            REST,
        );
    }

    fn go_on(self) {
        let waits = self.state.try_update_value(|state| {
            let free = state.waits && !state.rests && state.running == 0;
            state.waits &= !free;
            free
        });
        if waits == Some(true) {
            self.change();
        }
    }

    /// How many orders the shop has, as far as it has been heard.
    pub fn orders(self) -> Option<i64> {
        self.orders.get()
    }

    /// Begins an answer that nobody has asked for.
    pub fn refreshing(self) -> Refreshing {
        let _ = self.state.try_update_value(|state| state.running += 1);
        Refreshing(self)
    }

    /// Tells whether what is on its way was asked for by nobody.
    pub fn is_quiet(self) -> bool {
        self.state
            .try_with_value(|state| state.running > 0 || state.rests)
            .unwrap_or_default()
    }
}

impl Drop for Refreshing {
    fn drop(&mut self) {
        let _ = self.0.state.try_update_value(|state| state.running -= 1);
        self.0.go_on();
    }
}

/// Runs something whenever the shop has changed.
pub fn use_changes(refresh: impl Fn() + 'static) {
    let live = use_context::<Live>();
    Effect::new(move |before: Option<()>| {
        if let Some(live) = live {
            live.changes.track();
        }
        if before.is_some() {
            refresh();
        }
    });
}

/// Says that the page does not hear of changes.
#[component]
pub fn NotLive() -> impl IntoView {
    let lost = use_context::<Live>().map(|live| live.lost);
    let words = move || {
        let lost = lost.is_some_and(|lost| lost.get());
        if lost { "Not live: reconnecting" } else { "" }
    };
    view! { <span class="not-live" role="status">{words}</span> }.into_any()
}
