//! What has changed in the shop since a page was asked for, as the server tells it.
//!
//! `public/device.js` has the connection, while the page is seen, and says what it hears as events of the window.

use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{CustomEvent, Event};

use super::session::Session;

/// How long a page rests between two changes that it shows.
const REST: Duration = Duration::from_secs(1);
/// What says to the script that there is somebody to be told.
const LISTENS: &str = "data-live";

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

    /// Hears what changes. `known` says what was the case when the page was asked for; `refused` is run where the server
    /// does not want to talk any more.
    pub fn follow(self, known: Session, refused: fn(Session)) {
        // Effects run in the browser only.
        Effect::new(move |_| {
            let heard = window_event_listener_untyped("live", move |event| self.hear(known, refused, event));
            if let Some(root) = document().document_element() {
                // Without it the page is as it was asked for.
                let _ = root.set_attribute(LISTENS, "");
            }
            on_cleanup(move || {
                heard.remove();
                if let Some(root) = document().document_element() {
                    let _ = root.remove_attribute(LISTENS);
                }
            });
        });
    }

    /// Reads `4002 STATE`: how many orders there are, and the name of the shop's state; or what is wrong.
    fn hear(self, known: Session, refused: fn(Session), event: Event) {
        let said = event.dyn_into::<CustomEvent>().ok();
        let said = said.and_then(|said| said.detail().as_string()).unwrap_or_default();
        let Some((orders, now)) = said.split_once(' ') else {
            match said.as_str() {
                "refused" => refused(known),
                said => self.lost.set(said == "lost"),
            }
            return;
        };
        self.lost.set(false);
        self.orders.set(orders.parse().ok());
        let changed = self.state.try_update_value(|state| {
            let before = state.seen.replace(now.to_owned());
            let before = before.or_else(|| Some(known.get_untracked()?.seen));
            before.is_none_or(|before| before != now)
        });
        if changed == Some(true) {
            self.change();
        }
    }

    /// Shows that something has changed, once what was shown before is here.
    fn change(self) {
        let free = self.state.try_update_value(|state| {
            let free = !state.rests && state.running == 0;
            state.waits = !free;
            state.rests |= free;
            free
        });
        if free != Some(true) {
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
}

impl Drop for Refreshing {
    fn drop(&mut self) {
        let _ = self.0.state.try_update_value(|state| state.running -= 1);
        self.0.go_on();
    }
}

/// Runs something whenever the shop has changed; boxed, so that this is compiled, and downloaded, once.
pub fn use_changes(refresh: Box<dyn Fn()>) {
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
    let is_lost = move || lost.is_some_and(|lost| lost.get());
    let words = move || if is_lost() { "Not live: reconnecting" } else { "" };
    view! { <span class="not-live" class:not-live--lost=is_lost role="status">{words}</span> }.into_any()
}
