//! What is set, each removable.

use leptos::prelude::*;

use super::Choice;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::stats::grouped;
use crate::paths;
use crate::ui::icon::Icon;

/// Shows what is set, and how many customers that leaves of how many.
#[component]
pub fn Chips(
    /// What is set.
    set: Vec<Choice>,
    /// What is shown now.
    query: CustomerQuery,
    /// How many customers there are, and how many of them are shown, where that is known.
    counts: Option<(i64, i64)>,
) -> impl IntoView {
    let narrowed = !set.is_empty() || !query.search.is_empty();
    let line = counts.map(|(of, shown)| counts_in_words(of, shown, narrowed));
    let clear = (!set.is_empty()).then(|| {
        let href = paths::customers(&query.without_filters());
        view! { <a class="chips__clear" href=href data-noscroll="">"Clear all"</a> }
    });
    view! {
        <div class="chips">
            {set.into_iter().map(|choice| view! { <Chip choice /> }).collect_view()}
            {clear}
            <p class="chips__count">{line}</p>
        </div>
    }
    .into_any()
}

/// Something that is set; pressed, it no longer is.
#[component]
pub fn Chip(
    /// What is set, with where it leads.
    choice: Choice,
) -> impl IntoView {
    view! {
        <a class="chip" href=choice.href data-noscroll="">
            <span class="visually-hidden">"Remove "</span>
            {choice.label}
            <Icon name="x" />
        </a>
    }
    .into_any()
}

fn counts_in_words(of: i64, shown: i64, narrowed: bool) -> String {
    let noun = |number: i64| if number == 1 { "customer" } else { "customers" };
    if narrowed {
        format!("{} → {} {}", grouped(of), grouped(shown), noun(shown))
    } else {
        format!("{} {}", grouped(shown), noun(shown))
    }
}

#[cfg(test)]
mod tests {
    use super::counts_in_words;

    #[test]
    fn the_line_says_what_is_left() {
        assert_eq!(counts_in_words(1_284, 57, true), "1,284 → 57 customers");
        assert_eq!(counts_in_words(1_284, 1, true), "1,284 → 1 customer");
        assert_eq!(counts_in_words(1_284, 1_284, false), "1,284 customers");
    }
}
