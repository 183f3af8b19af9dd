//! The list's empty states: a new shop, and nothing that matches.

use leptos::prelude::*;

use super::filters::{Chip, Choice};
use crate::domain::customer_query::CustomerQuery;
use crate::domain::period::Period;
use crate::paths;
use crate::ui::empty::Empty;

/// What a shop without orders is offered; the rest of the page has nothing to say and is not shown beside it.
#[component]
pub fn NewShop() -> impl IntoView {
    view! {
        <div class="new-shop">
            <Empty icon="users" title="No orders yet">
                <p class="empty__text">
                    "Customers appear here as soon as there are orders. Bring in the orders you have:"
                </p>
                <p class="command"><code>"onibara import orders.csv"</code></p>
                <p class="empty__text">"Or look around in a made-up shop first:"</p>
                <p class="command"><code>"onibara serve --demo"</code></p>
            </Empty>
        </div>
    }
    .into_any()
}

/// Says that nothing matches, and offers to take away each thing that was asked for.
#[component]
pub fn NoMatch(
    /// The filters that are set.
    set: Vec<Choice>,
    /// What is shown now.
    query: CustomerQuery,
) -> impl IntoView {
    let loosen = asked_for(&query).into_iter().chain(set).collect::<Vec<_>>();
    let several = loosen.len() > 1;
    let all = paths::customers(&CustomerQuery {
        size: query.size,
        ..CustomerQuery::default()
    });
    view! {
        <Empty icon="search" title="No customer matches">
            <p class="empty__text">
                {if several {
                    "Nobody matches all of this together. Take something away:"
                } else {
                    "Nobody matches this. Take it away:"
                }}
            </p>
            <div class="chips">{loosen.into_iter().map(|choice| view! { <Chip choice /> }).collect_view()}</div>
            <div class="empty__actions">
                <a class="button button--primary" href=all data-noscroll="">"Show all customers"</a>
            </div>
        </Empty>
    }
    .into_any()
}

/// The search and the period, where they are set, as things that can be taken away.
fn asked_for(query: &CustomerQuery) -> Vec<Choice> {
    let choice = |label: String, without: CustomerQuery| Choice {
        label,
        customers: None,
        set: true,
        href: paths::customers(&without),
    };
    let search = (!query.search.is_empty()).then(|| {
        let label = format!("Search: {}", query.search);
        choice(label, query.with(|query| query.search.clear()))
    });
    let period = (query.period != Period::All).then(|| {
        let label = format!("Period: {}", query.period.label());
        choice(label, query.with(|query| query.period = Period::All))
    });
    search.into_iter().chain(period).collect()
}
