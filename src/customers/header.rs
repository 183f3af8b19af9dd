//! The head of the customers page.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::domain::listing::CustomerList;
use crate::domain::stats::grouped;
use crate::ui::live::NotLive;
use crate::ui::title::PageTitle;

/// Says what the page is, how much there is, and when that was true.
#[component]
pub fn Header(
    /// What there is, where it could be had.
    list: Option<CustomerList>,
) -> impl IntoView {
    let context = list.map(|list| {
        let context = format!(
            "{} customers from {} orders",
            grouped(list.customers),
            grouped(list.orders)
        );
        view! {
            <p class="page-header__context">
                {context}
                " · "
                <NotLive />
                <span class="page-header__fresh">"up to date " <time title=list.zone>{list.as_of}</time></span>
            </p>
        }
    });
    let query = use_query_map();
    let erased = move || {
        query.read().get("erased").map(|_| {
            view! { <p role="status">"The person is erased. Amounts and dates of their orders stay."</p> }
        })
    };
    view! {
        <header class="page-header">
            <PageTitle>"Customers"</PageTitle>
            {context}
            {erased}
        </header>
    }
    .into_any()
}
