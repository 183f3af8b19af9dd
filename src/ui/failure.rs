//! What a block shows when its data could not be had.

use leptos::prelude::*;

use super::icon::Icon;
use crate::error::AppError;

/// Says what happened, that nothing is lost, and offers another try: a link, so that it works without JavaScript.
#[component]
pub fn Failure(
    /// What happened.
    error: AppError,
    /// Where another try leads.
    #[prop(into)]
    retry: String,
    /// Tries again for this block alone, where the page is alive.
    #[prop(optional, into)]
    again: Option<Callback<()>>,
) -> impl IntoView {
    let pressed = move |event: web_sys::MouseEvent| {
        if let Some(again) = again {
            event.prevent_default();
            again.run(());
        }
    };
    view! {
        <div class="failure" role="alert">
            <Icon name="alert-triangle" />
            <p class="failure__text">{error.to_string()}</p>
            // `rel="external"` makes it a request of its own, whatever state the page is in.
            <a class="button" href=retry rel="external" on:click=pressed>
                <Icon name="refresh" />
                "Try again"
            </a>
        </div>
    }
    .into_any()
}
