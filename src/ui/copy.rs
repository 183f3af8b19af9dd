//! Copying a text to the clipboard.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::Icon;

/// Copies a text and says so for two seconds.
#[component]
pub fn CopyButton(
    /// What goes to the clipboard.
    #[prop(into)]
    text: String,
    /// What it is, for those who cannot see the row.
    #[prop(into)]
    what: String,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        // Nothing to wait for: a browser that refuses leaves the text where it was.
        let _ = window().navigator().clipboard().write_text(&text);
        copied.set(true);
        set_timeout(move || copied.set(false), Duration::from_secs(2));
    };
    let label = format!("Copy {what}");
    let title = label.clone();
    view! {
        <button class="copy-button" type="button" title=title on:click=copy>
            {move || if copied.get() { view! { <Icon name="check" /> } } else { view! { <Icon name="copy" /> } }}
            <span class="visually-hidden" role="status">
                {move || if copied.get() { "Copied".to_owned() } else { label.clone() }}
            </span>
        </button>
    }
}
