//! What stands in for a block while its data is on the way.

use leptos::prelude::*;

/// Grey lines of a table's final size.
#[component]
pub fn TableSkeleton(
    /// How many rows.
    rows: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton" aria-hidden="true">
            {(0..rows).map(|_| view! { <div class="skeleton__row"></div> }).collect_view()}
        </div>
        <p class="visually-hidden" role="status">"Loading"</p>
    }
}
