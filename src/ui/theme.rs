//! Light or dark, as the system says or as the user chose.

use leptos::prelude::*;

use super::icon::Icon;

/// Sets the chosen theme before the first paint, so that the wrong one never flashes.
const BEFORE_PAINT: &str =
    "try{var t=localStorage.getItem('theme');if(t)document.documentElement.dataset.theme=t}catch(e){}";

/// Puts the script that sets the theme into the head.
#[component]
pub fn ThemeScript() -> impl IntoView {
    view! { <script nonce=leptos::nonce::use_nonce()>{BEFORE_PAINT}</script> }
}

/// Switches between light and dark, and keeps the choice on this device.
#[component]
pub fn ThemeButton() -> impl IntoView {
    view! {
        <button class="button button--icon" type="button" title="Light or dark" on:click=move |_| toggle()>
            <Icon name="sun-moon" />
            <span class="visually-hidden">"Switch between light and dark"</span>
        </button>
    }
}

fn toggle() {
    let Some(root) = document().document_element() else {
        return;
    };
    let chosen = root.get_attribute("data-theme");
    let system_is_dark = window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches());
    let dark = chosen.map_or(system_is_dark, |theme| theme == "dark");
    let next = if dark { "light" } else { "dark" };
    // Storage may be forbidden; then the choice lasts as long as the page.
    let _ = root.set_attribute("data-theme", next);
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item("theme", next);
    }
}
