//! The palette over the page.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};

use super::Wanted;
use super::api::find;
use super::keys::Keys;
use super::places::{Place, To, places};
use crate::domain::found::{Found, Hit};
use crate::domain::role::Role;
use crate::ui::icon::Icon;

/// How long nobody types before the shop is searched.
const PAUSE: Duration = Duration::from_millis(150);

/// A line of the palette.
#[derive(Clone, PartialEq)]
struct Line {
    group: &'static str,
    name: String,
    note: String,
    icon: &'static str,
    href: Option<String>,
    place: Option<Place>,
}

/// What the palette knows and shows.
#[derive(Clone, Copy)]
struct State {
    typed: RwSignal<String>,
    found: RwSignal<Option<Result<Found, String>>>,
    active: RwSignal<usize>,
    lines: Memo<Vec<Line>>,
}

/// Finds customers, orders and pages.
#[component]
pub fn Palette(
    /// What it is to show; set again whenever somebody asks for it.
    opened: RwSignal<Option<Wanted>>,
    /// What the reader may do.
    role: Role,
) -> impl IntoView {
    let (finder, keys) = (NodeRef::<html::Dialog>::new(), NodeRef::<html::Dialog>::new());
    let typed = RwSignal::new(String::new());
    let found = RwSignal::new(None::<Result<Found, String>>);
    let lines = Memo::new(move |_| {
        lines(
            &typed.read(),
            found.read().as_ref().and_then(|found| found.as_ref().ok()),
            role,
        )
    });
    let active = RwSignal::new(0);
    let state = State {
        typed,
        found,
        active,
        lines,
    };
    Effect::new(move |_| {
        let dialog = match opened.get() {
            Some(Wanted::Find) => finder.get(),
            Some(Wanted::Keys) => keys.get(),
            None => None,
        };
        if let Some(dialog) = dialog.filter(|dialog| !dialog.open()) {
            // It is in the page and closed, so it opens.
            let _ = dialog.show_modal();
        }
    });
    search(state);
    let act = move |line: Line| {
        if let Some(dialog) = finder.get_untracked() {
            dialog.close();
        }
        match line.place.map(|place| place.to) {
            Some(To::Keys) => opened.set(Some(Wanted::Keys)),
            Some(To::Press(selector)) => press(selector),
            Some(To::Page(_) | To::Segment(_)) | None => {}
        }
    };
    view! {
        <dialog class="palette" node_ref=finder aria-label="Search or jump to" on:close=move |_| typed.set(String::new())>
            <Input state />
            <Lines state act=Callback::new(act) />
            <Said state />
        </dialog>
        <Keys dialog=keys />
    }
}

/// Asks the shop once nobody types any more; what comes late is dropped.
fn search(state: State) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let typed = state.typed.get();
        state.active.set(0);
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        if typed.trim().is_empty() {
            state.found.set(Some(Ok(Found::default())));
            return;
        }
        state.found.set(None);
        let ask = move || {
            spawn_local(async move {
                let asked = state.typed.get_untracked();
                let answer = find(asked.clone()).await.map_err(|error| error.to_string());
                if state.typed.get_untracked() == asked {
                    state.found.set(Some(answer));
                }
            });
        };
        timer.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    });
}

fn lines(typed: &str, found: Option<&Found>, role: Role) -> Vec<Line> {
    let hit = |group, icon| {
        move |hit: &Hit| Line {
            group,
            name: hit.name.clone(),
            note: hit.note.clone(),
            icon,
            href: Some(hit.href.clone()),
            place: None,
        }
    };
    let place = |place: Place| Line {
        group: "Go to",
        name: place.name.to_owned(),
        note: String::new(),
        icon: place.icon,
        href: place.to.href(),
        place: Some(place),
    };
    let (customers, orders) = found.map_or((&[][..], &[][..]), |found| (&found.customers[..], &found.orders[..]));
    let customers = customers.iter().map(hit("Customers", "user"));
    let orders = orders.iter().map(hit("Orders", "shopping-bag"));
    customers.chain(orders).chain(places(typed, role).map(place)).collect()
}

/// Does what a control of the page does.
fn press(selector: &str) {
    let control = document().query_selector(selector).ok().flatten();
    if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        control.click();
    }
}

fn id(index: usize) -> String {
    format!("palette-{index}")
}

#[component]
fn Input(state: State) -> impl IntoView {
    let count = move || state.lines.with_untracked(Vec::len);
    let keys = move |event: KeyboardEvent| {
        let (count, active) = (count(), state.active.get_untracked());
        match event.key().as_str() {
            "ArrowDown" if count > 0 => state.active.set((active + 1) % count),
            "ArrowUp" if count > 0 => state.active.set((active + count - 1) % count),
            "Enter" => press(&format!("#{}", id(active))),
            _ => return,
        }
        event.prevent_default();
        let active = document().get_element_by_id(&id(state.active.get_untracked()));
        if let Some(active) = active {
            active.scroll_into_view_with_bool(false);
        }
    };
    view! {
        <div class="palette__head">
            <Icon name="search" />
            <input
                class="palette__input"
                role="combobox"
                aria-expanded="true"
                aria-controls="palette-lines"
                aria-activedescendant=move || id(state.active.get())
                aria-label="Customer, phone, order or page"
                placeholder="Customer, phone, order or page"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                maxlength="200"
                autofocus
                prop:value=state.typed
                on:input:target=move |event| state.typed.set(event.target().value())
                on:keydown=keys
            />
        </div>
    }
    .into_any()
}

#[component]
fn Lines(state: State, act: Callback<Line>) -> impl IntoView {
    let shown = move || {
        let mut group = "";
        let lines = state.lines.get().into_iter().enumerate();
        lines
            .map(|(index, line)| {
                let title = (line.group != group).then_some(line.group);
                group = line.group;
                one(state, act, index, line, title)
            })
            .collect_view()
    };
    view! { <ul class="palette__lines" id="palette-lines" role="listbox" aria-label="Found">{shown}</ul> }.into_any()
}

fn one(state: State, act: Callback<Line>, index: usize, line: Line, title: Option<&'static str>) -> AnyView {
    let is_active = move || state.active.get() == index;
    let (href, icon, name, note) = (line.href.clone(), line.icon, line.name.clone(), line.note.clone());
    view! {
        {title.map(|title| view! { <li class="palette__group" role="presentation">{title}</li> })}
        <li role="presentation">
            <a
                class="palette__line"
                id=id(index)
                role="option"
                tabindex="-1"
                href=href
                aria-selected=move || is_active().to_string()
                on:mousemove=move |_| state.active.set(index)
                on:click=move |_| act.run(line.clone())
            >
                <Icon name=icon />
                <bdi class="palette__name">{name}</bdi>
                <span class="palette__note">{note}</span>
            </a>
        </li>
    }
    .into_any()
}

/// Says what is on its way, what failed, and where nothing was found.
#[component]
fn Said(state: State) -> impl IntoView {
    let words = move || match &*state.found.read() {
        None => "Searching…".to_owned(),
        Some(Err(error)) => error.clone(),
        Some(Ok(_)) if state.lines.read().is_empty() => {
            "Nothing is like that. Try fewer letters, or a part of the number.".to_owned()
        }
        Some(Ok(_)) => String::new(),
    };
    view! { <p class="palette__said" role="status">{words}</p> }.into_any()
}
