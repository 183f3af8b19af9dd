//! The order of the list on a small screen, where there is no table header to press.

use leptos::prelude::*;

use crate::domain::customer_query::{CustomerQuery, Sort, SortKey};
use crate::paths;
use crate::ui::menu::Menu;

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

/// What a search goes by until an order is chosen.
const BEST_MATCH: &str = "Best match";

/// Returns the order of what is shown, in words.
pub fn words(query: &CustomerQuery) -> &'static str {
    query.order().map_or(BEST_MATCH, |order| {
        CHOICES
            .iter()
            .find(|(_, key, descending)| (*key, *descending) == (order.key, order.descending))
            .map_or("", |(words, _, _)| words)
    })
}

/// Offers the orders of the list as links; the best match only where something is searched.
#[component]
pub fn SortMenu(
    /// What is shown now.
    query: CustomerQuery,
) -> impl IntoView {
    let current = query.order();
    let label = words(&query);
    let link = |words: &'static str, sort: Option<Sort>| {
        let href = paths::customers(&query.with(|query| query.sort = sort));
        let here = (sort == current).then_some("true");
        view! { <li><a class="menu__item" href=href aria-current=here data-noscroll="">{words}</a></li> }
    };
    let by_match = (!query.search.is_empty()).then(|| link(BEST_MATCH, None));
    let others = CHOICES.map(|(words, key, descending)| link(words, Some(Sort { key, descending })));
    view! {
        <Menu label icon="arrow-up-down" class="sort-menu">
            <ul>{by_match}{others.into_iter().collect_view()}</ul>
        </Menu>
    }
    .into_any()
}
