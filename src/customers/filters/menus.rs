//! The filters as a row of menus, and on a small screen as one sheet.

use leptos::prelude::*;

use super::{Choice, Group};
use crate::domain::customer_query::CustomerQuery;
use crate::domain::stats::grouped;
use crate::paths;
use crate::ui::later::later;
use crate::ui::menu::Menu;

/// Shows a menu for each filter.
#[component]
pub fn FilterMenus(
    /// The filters.
    groups: Vec<Group>,
) -> impl IntoView {
    let menu = |group: Group| {
        let set: Vec<&Choice> = group.set().collect();
        let label = match set.as_slice() {
            [] => group.label.to_owned(),
            [one] => format!("{}: {}", group.label, one.label),
            several => format!("{}: {}", group.label, several.len()),
        };
        let (is_set, several) = (!set.is_empty(), group.several);
        view! {
            <li>
                <Menu label set=is_set several class="filter">
                    <Choices group />
                </Menu>
            </li>
        }
    };
    view! { <ul class="filters" aria-label="Filters">{groups.into_iter().map(menu).collect_view()}</ul> }.into_any()
}

/// Shows all filters in one sheet that comes up from below.
#[component]
pub fn FilterSheet(
    /// The filters.
    groups: Vec<Group>,
    /// What is shown now.
    query: CustomerQuery,
    /// How many customers that is, where it is known.
    total: Option<i64>,
) -> impl IntoView {
    let set = groups.iter().map(|group| group.set().count()).sum::<usize>();
    let label = if set == 0 {
        "Filters".to_owned()
    } else {
        format!("Filters ({set})")
    };
    let show = total.map_or("Show customers".to_owned(), |total| match total {
        1 => "Show 1 customer".to_owned(),
        total => format!("Show {} customers", grouped(total)),
    });
    let clear = (set > 0).then(|| {
        let href = paths::customers(&query.without_filters());
        view! { <a class="button" href=href data-noscroll="">"Clear all"</a> }
    });
    let group = |group: Group| {
        later(|| {
            view! {
                <section class="sheet__group">
                    <h2 class="sheet__title">{group.label}</h2>
                    <Choices group />
                </section>
            }
            .into_any()
        })
    };
    view! {
        <Menu label icon="filter" class="sheet" set=set != 0 several=true>
            <div class="sheet__groups">{groups.into_iter().map(group).collect_view()}</div>
            <div class="sheet__foot">
                {clear}
                <a class="button button--primary menu__close" href=paths::customers(&query) data-noscroll="">{show}</a>
            </div>
        </Menu>
    }
    .into_any()
}

/// The choices of one filter.
#[component]
fn Choices(group: Group) -> impl IntoView {
    let part = |(heading, choices): (Option<&'static str>, Vec<Choice>)| {
        (!choices.is_empty()).then(|| {
            view! {
                {heading.map(|heading| view! { <p class="choices__heading">{heading}</p> })}
                <ul class="choices">{choices.into_iter().map(|choice| view! { <ChoiceLink choice /> }).collect_view()}</ul>
            }
        })
    };
    group.parts.into_iter().map(part).collect_view().into_any()
}

#[component]
fn ChoiceLink(choice: Choice) -> impl IntoView {
    let nobody = choice.customers == Some(0);
    view! {
        <li>
            <a
                class="menu__item choice"
                class:choice--nobody=nobody
                href=choice.href
                aria-current=choice.set.then_some("true")
                data-noscroll=""
            >
                <span class="choice__label">{choice.label}</span>
                {choice.customers.map(|customers| view! { " " <span class="choice__count">{grouped(customers)}</span> })}
            </a>
        </li>
    }
    .into_any()
}
