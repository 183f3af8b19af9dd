//! What a form carries along without showing it.

use leptos::prelude::*;

/// Fields with these names and values, for a GET form that changes only a part of the address.
#[component]
pub fn HiddenFields(
    /// Names and values.
    pairs: Vec<(String, String)>,
) -> impl IntoView {
    pairs
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view()
}
