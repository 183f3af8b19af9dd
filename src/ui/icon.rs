//! Icons from the sprite `/icons.svg`.

use leptos::attr::aria_hidden;
use leptos::prelude::*;

use super::attr::symbol;

/// Draws an icon of the sprite; what it means must be said beside it or on the control around it.
#[component]
pub fn Icon(
    /// The symbol's name in the sprite.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" {..aria_hidden("true")}><use {..symbol(name)}></use></svg>
    }
}
