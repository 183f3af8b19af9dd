//! The order of the list on a small screen, where there is no table header to press.

use leptos::prelude::*;

use crate::domain::customer_query::{CustomerQuery, Sort, SortKey};
use crate::paths;
use crate::ui::icon::Icon;

/// The orders that the menu offers, in words.
const CHOICES: [(&str, SortKey, bool); 10] = [
    ("Last order, recent first", SortKey::Last, true),
    ("Last order, oldest first", SortKey::Last, false),
    ("First order, recent first", SortKey::First, true),
    ("First order, oldest first", SortKey::First, false),
    ("Total spent, most first", SortKey::Spent, true),
    ("Total spent, least first", SortKey::Spent, false),
    ("Orders, most first", SortKey::Orders, true),
    ("Orders, fewest first", SortKey::Orders, false),
    ("Name, A to Z", SortKey::Name, false),
    ("Name, Z to A", SortKey::Name, true),
];

/// Returns an order in words.
pub fn words(sort: Sort) -> &'static str {
    CHOICES
        .iter()
        .find(|(_, key, descending)| (*key, *descending) == (sort.key, sort.descending))
        .map_or("", |(words, _, _)| words)
}

/// Offers the orders of the list as links.
#[component]
pub fn SortMenu(
    /// What is shown now.
    query: CustomerQuery,
) -> impl IntoView {
    let current = query.sort_or_default();
    let choice = move |(words, key, descending): (&'static str, SortKey, bool)| {
        let sort = Sort { key, descending };
        let href = paths::customers(&query.with_sort(sort));
        view! {
            <li>
                <a class="menu__item" href=href aria-current=(sort == current).then_some("true")>{words}</a>
            </li>
        }
    };
    view! {
        <details class="menu sort-menu">
            <summary class="button">
                <Icon name="arrow-up-down" />
                <span>{words(current)}</span>
                <Icon name="chevron-down" />
            </summary>
            <ul class="menu__panel">{CHOICES.into_iter().map(choice).collect_view()}</ul>
        </details>
    }
    .into_any()
}
