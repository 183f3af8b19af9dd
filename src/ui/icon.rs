//! Icons from the sprite `/icons.svg`.

use leptos::prelude::*;

/// Draws an icon of the sprite; what it means must be said beside it or on the control around it.
#[component]
pub fn Icon(
    /// The symbol's name in the sprite.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}
