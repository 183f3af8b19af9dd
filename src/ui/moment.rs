//! A moment as people read it.

use leptos::prelude::*;

use crate::domain::listing::Day;

/// Shows a day, exact on hover and focus.
#[component]
pub fn Moment(
    /// The day.
    day: Day,
) -> impl IntoView {
    view! { <time datetime=day.at.to_rfc3339() title=day.exact tabindex="0">{day.short}</time> }
}
