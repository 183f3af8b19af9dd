//! The order of the list on a small screen, where there is no table header to press.

use leptos::prelude::*;

use crate::domain::customer_query::{CustomerQuery, Sort};
use crate::paths;
use crate::ui::menu::Menu;

/// What a search goes by until an order is chosen.
const BEST_MATCH: &str = "Best match";

/// Returns the order of what is shown, in words.
pub fn words(query: &CustomerQuery) -> &'static str {
    query.order().map_or(BEST_MATCH, Sort::label)
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
    let others = Sort::ALL.map(|sort| link(sort.label(), Some(sort)));
    view! {
        <Menu label icon="arrow-up-down" class="sort-menu">
            <ul>{by_match}{others.into_iter().collect_view()}</ul>
        </Menu>
    }
    .into_any()
}
