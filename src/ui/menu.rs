//! A button that opens a panel over the page, also without JavaScript.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlFormElement, Node};

use super::icon::Icon;
use super::later::later;

/// A button that opens a panel; what is in it are links or a form.
#[component]
pub fn Menu(
    /// What the button says.
    #[prop(into)]
    label: String,
    /// A symbol before the word.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// What kind of menu it is, for the stylesheet.
    #[prop(default = "")]
    class: &'static str,
    /// Whether something in it is set.
    #[prop(optional)]
    set: bool,
    /// Whether it stays open when one of its items is pressed, because several may be chosen.
    #[prop(optional)]
    several: bool,
    /// The panel.
    children: Children,
) -> impl IntoView {
    let class = format!("menu {class}");
    let panel = later(|| view! { <div class="menu__panel">{children()}</div> }.into_any());
    view! {
        <details class=class class:menu--set=set class:menu--several=several>
            <summary class="button">
                {icon.map(|name| view! { <Icon name /> })}
                <span>{label}</span>
                <Icon name="chevron-down" />
            </summary>
            {panel}
        </details>
    }
    .into_any()
}

/// Closes an open menu on a press elsewhere, on Escape, and once one of its items is chosen.
///
/// Called once, by what all menus are in.
pub fn use_closing_menus() {
    Effect::new(move |_| {
        let pressed = window_event_listener(ev::click, |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            close_menus(target.as_ref());
        });
        let key = window_event_listener(ev::keydown, |event| {
            if event.key() == "Escape" {
                close_menus(None);
            }
        });
        on_cleanup(move || {
            pressed.remove();
            key.remove();
        });
    });
}

/// Closes the menus that a press on `target` is not meant for; without a target, all of them.
fn close_menus(target: Option<&Element>) {
    let menus = document().get_elements_by_class_name("menu");
    let open = (0..menus.length())
        .filter_map(|index| menus.item(index))
        .filter(|menu| menu.has_attribute("open"));
    for menu in open {
        if target.is_some_and(|target| stays_open(&menu, target)) {
            continue;
        }
        give_focus_back(&menu);
        // It is an attribute of this element: removing it cannot fail.
        let _ = menu.remove_attribute("open");
    }
}

fn stays_open(menu: &Element, target: &Element) -> bool {
    // The dimmed page behind a sheet is drawn by the menu itself.
    let behind = menu.is_same_node(Some(target));
    let inside = menu.contains(Some(AsRef::<Node>::as_ref(target)));
    let several = menu.class_list().contains("menu--several");
    let chosen = if several {
        ".menu__close"
    } else {
        ".menu__item, .menu__close"
    };
    let done = closest(target, chosen).is_some() && !is_unfinished(target);
    inside && !behind && !done
}

/// A form that wants something more keeps its menu, where it can say so.
fn is_unfinished(target: &Element) -> bool {
    closest(target, "form")
        .and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
        .is_some_and(|form| !form.check_validity())
}

fn closest(target: &Element, selector: &str) -> Option<Element> {
    target.closest(selector).ok().flatten()
}

/// Whoever was in the panel with the keyboard goes on from its button.
fn give_focus_back(menu: &Element) {
    let inside = document()
        .active_element()
        .is_some_and(|active| menu.contains(Some(AsRef::<Node>::as_ref(&active))));
    let button = menu.query_selector("summary").ok().flatten();
    if let (true, Some(button)) = (inside, button.and_then(|button| button.dyn_into::<HtmlElement>().ok())) {
        let _ = button.focus();
    }
}
