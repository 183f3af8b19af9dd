//! What a block shows where there is nothing to show.

use leptos::prelude::*;

use super::icon::Icon;

/// Says what is missing and the one next step.
#[component]
pub fn Empty(
    /// The symbol of the thing that is missing.
    icon: &'static str,
    /// What is the case.
    title: &'static str,
    /// What to do about it.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <h2 class="empty__title">{title}</h2>
            {children()}
        </div>
    }
}
