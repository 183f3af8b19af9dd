//! The list by keyboard, and by a press anywhere on a row.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};

use crate::paths;
use crate::ui::search_box::SEARCH;

/// What a row's own controls are; a press on one of them is theirs.
const CONTROLS: &str = "a, button, input, label, summary, time";
/// A pointer that moves further than this selects text.
const STILL: i32 = 4;

/// Listens for the keys of the list: `/` searches, `j` and `k` go through the rows, `w` and `c` reach the customer,
/// `e` opens their details to be changed, `x` chooses them.
///
/// Enter opens the customer, because what has the focus is the link of the name.
pub fn use_list_keys() {
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, |event| {
            if !is_taken(&event) && act(&event.key()) {
                event.prevent_default();
            }
        });
        on_cleanup(move || keys.remove());
    });
}

/// Whether a key is meant for something else: a text field, the browser, an open menu.
fn is_taken(event: &KeyboardEvent) -> bool {
    let elsewhere = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|target| {
            target
                .closest("input, textarea, select, [contenteditable], .menu[open]")
                .ok()
                .flatten()
        })
        .is_some();
    elsewhere || event.default_prevented() || event.ctrl_key() || event.meta_key() || event.alt_key()
}

fn act(key: &str) -> bool {
    match key {
        "/" => focus(document().get_element_by_id(SEARCH)),
        "j" => step(1),
        "k" => step(-1),
        "x" => choose(),
        "w" | "c" => press(key),
        "e" => edit(),
        _ => false,
    }
}

/// Goes to the name that many rows on; from nowhere, to the first.
fn step(by: i64) -> bool {
    let names = document().get_elements_by_class_name("cell__link");
    let row = row_in_hand();
    let here = (0..names.length()).find(|index| {
        let name = names.item(*index);
        row.as_ref()
            .is_some_and(|row| name.is_some_and(|name| row.contains(Some(&name))))
    });
    let next = here.map_or(0, |here| i64::from(here) + by);
    focus(u32::try_from(next).ok().and_then(|next| names.item(next)))
}

/// Presses the button of the row in hand that this key stands for.
fn press(key: &str) -> bool {
    let button = row_in_hand().and_then(|row| row.query_selector(&format!("[data-key={key}]")).ok().flatten());
    click(button)
}

/// Goes to the form of the row in hand.
fn edit() -> bool {
    let name = row_in_hand().and_then(|row| row.query_selector(".cell__link").ok().flatten());
    let page = name.and_then(|name| name.get_attribute("href"));
    page.is_some_and(|page| window().location().set_href(&paths::to_edit(&page)).is_ok())
}

/// Presses the box of the row in hand.
fn choose() -> bool {
    click(row_in_hand().and_then(|row| row.query_selector(".choose").ok().flatten()))
}

fn row_in_hand() -> Option<Element> {
    document().active_element()?.closest(".row").ok().flatten()
}

fn focus(element: Option<Element>) -> bool {
    element
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| element.focus().is_ok())
}

fn click(element: Option<Element>) -> bool {
    let element = element.and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.as_ref().inspect(|element| element.click()).is_some()
}

/// Where a press on the rows began.
pub type PressStart = StoredValue<(i32, i32)>;

/// Keeps where a press begins, to tell it from selecting text.
pub fn remember_press(start: PressStart, event: &PointerEvent) {
    start.set_value((event.client_x(), event.client_y()));
}

/// Returns where a press on a row leads, unless it was on a control of its own, or text was selected.
pub fn pressed_row(start: PressStart, event: &MouseEvent) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let (x, y) = start.get_value();
    let moved = (event.client_x() - x).abs() > STILL || (event.client_y() - y).abs() > STILL;
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key();
    if moved || modified || matches!(target.closest(CONTROLS), Ok(Some(_))) {
        return None;
    }
    let row = target.closest(".row").ok().flatten()?;
    row.query_selector(".cell__link").ok().flatten()?.get_attribute("href")
}
