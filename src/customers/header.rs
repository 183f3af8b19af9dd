//! The head of the customers page.

use leptos::prelude::*;

use crate::domain::stats::grouped;

/// Says what the page is, how much there is, and when that was true.
#[component]
pub fn Header(
    /// How many customers.
    total: i64,
    /// How many orders made them.
    orders: i64,
    /// When the server answered, in the shop's zone.
    as_of: String,
    /// The shop's zone.
    zone: String,
) -> impl IntoView {
    let context = format!("{} customers from {} orders", grouped(total), grouped(orders));
    view! {
        <header class="page-header">
            <h1 class="page-header__title" tabindex="-1">"Customers"</h1>
            <p class="page-header__context">
                {context} " · up to date " <time title=zone>{as_of}</time>
            </p>
        </header>
    }
    .into_any()
}
