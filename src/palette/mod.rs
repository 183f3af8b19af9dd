//! The palette: Ctrl or Cmd and K finds customers, orders and pages from anywhere; `?` lists the keys.
//!
//! It is a part of its own, which the browser loads when it is first opened (decision 23). Without JavaScript the same is
//! a page.

pub mod api;
mod dialog;
mod find_page;
mod keys;
mod places;

pub use find_page::FindPage;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_split::wasm_split;
use web_sys::{Element, KeyboardEvent, MouseEvent};

use crate::domain::role::Role;
use crate::error::AppError;
use crate::paths;
use crate::ui::icon::Icon;
use crate::ui::session::Session;

/// What the palette is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// To find something.
    Find,
    /// To see the keys.
    Keys,
}

/// The button that opens the palette, which is a link where nothing else works; listens for the keys.
#[component]
pub fn PaletteButton() -> impl IntoView {
    let session = use_context::<Session>();
    let loaded = StoredValue::new(None::<RwSignal<Option<Wanted>>>);
    let open = move |wanted: Wanted| {
        let role = session.map_or(Role::Staff, |session| untrack(|| session.role()));
        if let Some(opened) = loaded.get_value() {
            opened.set(Some(wanted));
            return;
        }
        let opened = RwSignal::new(Some(wanted));
        loaded.set_value(Some(opened));
        spawn_local(async move {
            if palette(opened, role).await.is_err() {
                loaded.set_value(None);
                // A browser that does not go leaves the reader where they are.
                let _ = window().location().set_href(paths::FIND);
            }
        });
    };
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, move |event| {
            if let Some(wanted) = wanted(&event) {
                event.prevent_default();
                open(wanted);
            }
        });
        on_cleanup(move || keys.remove());
    });
    let pressed = move |event: MouseEvent| {
        event.prevent_default();
        open(Wanted::Find);
    };
    view! {
        <a class="find-button" href=paths::FIND aria-label="Search or jump to" on:click=pressed>
            <Icon name="search" />
            <span class="find-button__words" aria-hidden="true">"Search or jump to…"</span>
            <kbd class="find-button__key" aria-hidden="true">"Ctrl K"</kbd>
        </a>
    }
    .into_any()
}

/// What a key asks for; `?` only where nothing is being typed.
fn wanted(event: &KeyboardEvent) -> Option<Wanted> {
    let (control, key) = (event.ctrl_key() || event.meta_key(), event.key());
    if control && !event.alt_key() && key.eq_ignore_ascii_case("k") {
        return Some(Wanted::Find);
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let typing = target.and_then(|target| target.closest("input, textarea, select, [contenteditable]").ok()?);
    (key == "?" && !control && typing.is_none()).then_some(Wanted::Keys)
}

/// Puts the palette into the page, beside everything else: it stays for as long as the page.
#[wasm_split(palette, wasm_split_path = ::leptos::wasm_split, fallible)]
fn palette(opened: RwSignal<Option<Wanted>>, role: Role) -> Result<(), AppError> {
    let body = document().body().ok_or(AppError::Unreachable)?;
    leptos::mount::mount_to(body, move || view! { <dialog::Palette opened role /> }).forget();
    Ok(())
}
