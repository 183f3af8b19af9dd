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

/// Grey cards in the places of figures and segments.
#[component]
pub fn CardsSkeleton() -> impl IntoView {
    let card = |_| view! { <div class="skeleton-card"></div> };
    view! {
        <div class="stat-cards" aria-hidden="true">{(0..4).map(card).collect_view()}</div>
        <div class="segment-cards skeleton-cards" aria-hidden="true">{(0..4).map(card).collect_view()}</div>
        <p class="visually-hidden" role="status">"Loading"</p>
    }
}

/// A grey line in the place of a row of buttons.
#[component]
pub fn LineSkeleton() -> impl IntoView {
    view! { <div class="skeleton-line" aria-hidden="true"></div> }
}
