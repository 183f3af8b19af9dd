//! The foot of a list: which rows, how many a page, and the way to the others.

use leptos::prelude::*;

use super::icon::Icon;
use crate::domain::page::{Page, PageSize};
use crate::domain::stats::grouped;

/// A way to another page.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    /// What it is called.
    label: String,
    /// Where it leads; none for where one is, or where there is nothing.
    href: Option<String>,
}

/// A page number in the row of numbers; none stands for the ones left out.
type Number = Option<Step>;

/// Returns the page numbers to show: the first, the last, and the ones around the current one.
fn numbers(current: i64, last: i64) -> Vec<Option<i64>> {
    let near = (current - 1).max(1)..=(current + 1).min(last);
    let mut shown: Vec<i64> = std::iter::once(1).chain(near).chain(std::iter::once(last)).collect();
    shown.dedup();
    let mut out = Vec::new();
    for number in shown {
        match out.last() {
            Some(Some(before)) if number <= *before => continue,
            // A gap of one number is shown as the number itself.
            Some(Some(before)) if number == before + 2 => out.push(Some(before + 1)),
            Some(Some(before)) if number > before + 1 => out.push(None),
            _ => {}
        }
        out.push(Some(number));
    }
    out
}

/// Shows the pagination of a list that has so many rows, from the address of each of its pages.
#[component]
pub fn Pages<Href>(
    /// Which page is shown.
    page: i64,
    /// How many rows a full page has.
    size: PageSize,
    /// How many rows the list has.
    total: i64,
    /// The address of a page, of another size where one is named.
    href: Href,
) -> impl IntoView
where
    Href: Fn(i64, Option<PageSize>) -> String,
{
    let rows = Vec::<()>::new();
    foot(
        &Page {
            rows,
            total,
            page,
            size,
        },
        &href,
    )
}

/// The foot of any list: compiled once, however many lists there are.
fn foot(here: &Page<()>, href: &dyn Fn(i64, Option<PageSize>) -> String) -> impl IntoView + use<> {
    let (page, size, last) = (here.page, here.size, here.pages());
    let step = |label: &str, number: i64| Step {
        label: label.to_owned(),
        href: (number != page && (1..=last).contains(&number)).then(|| href(number, None)),
    };
    let sizes = PageSize::ALL.map(|other| Step {
        label: other.get().to_string(),
        href: (other != size).then(|| href(1, Some(other))),
    });
    let numbers = numbers(page, last)
        .into_iter()
        .map(|number| number.map(|number| step(&grouped(number), number)));
    let [first, until, all] = [here.first_row(), here.last_row(), here.total].map(grouped);
    view! {
        <Pagination
            range=format!("{first}–{until} of {all}")
            sizes=sizes.into()
            ends=[
                step("First page", 1),
                step("Previous page", page - 1),
                step("Next page", page + 1),
                step("Last page", last),
            ]
            numbers=numbers.collect()
        />
    }
}

/// Shows where in the list one is and leads to the rest of it; all of it links, so that it works without JavaScript.
#[component]
fn Pagination(range: String, sizes: Vec<Step>, ends: [Step; 4], numbers: Vec<Number>) -> impl IntoView {
    let [first, previous, next, last] = ends;
    view! {
        <nav class="pagination" aria-label="Pages">
            <p class="pagination__range">{range}</p>
            <div class="pagination__sizes">
                <span id="rows-a-page">"Rows a page"</span>
                <ul aria-labelledby="rows-a-page">
                    {sizes.into_iter().map(|size| view! { <li><StepLink step=size /></li> }).collect_view()}
                </ul>
            </div>
            <ul class="pagination__pages">
                <li><End step=first icon="chevrons-left" rel="first" /></li>
                <li><End step=previous icon="chevron-left" rel="prev" /></li>
                {numbers.into_iter().map(|number| view! { <li class="pagination__number"><NumberLink number /></li> }).collect_view()}
                <li><End step=next icon="chevron-right" rel="next" /></li>
                <li><End step=last icon="chevrons-right" rel="last" /></li>
            </ul>
        </nav>
    }
    .into_any()
}

#[component]
fn NumberLink(number: Number) -> impl IntoView {
    match number {
        Some(step) => view! { <StepLink step /> }.into_any(),
        None => view! { <span class="pagination__gap">"…"</span> }.into_any(),
    }
}

#[component]
fn StepLink(step: Step) -> impl IntoView {
    match step.href {
        Some(href) => view! { <a class="pagination__link" href=href>{step.label}</a> }.into_any(),
        None => view! { <span class="pagination__link" aria-current="page">{step.label}</span> }.into_any(),
    }
}

#[component]
fn End(step: Step, icon: &'static str, rel: &'static str) -> impl IntoView {
    match step.href {
        Some(href) => {
            let title = step.label.clone();
            view! {
                <a class="pagination__link" href=href rel=rel title=title>
                    <Icon name=icon />
                    <span class="visually-hidden">{step.label}</span>
                </a>
            }
            .into_any()
        }
        None => view! {
            <span class="pagination__link" aria-disabled="true">
                <Icon name=icon />
                <span class="visually-hidden">{step.label}</span>
            </span>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::numbers;

    fn shown(current: i64, last: i64) -> String {
        let text = |number: &Option<i64>| number.map_or("…".to_owned(), |number| number.to_string());
        numbers(current, last).iter().map(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_ends_and_the_neighbours_are_shown() {
        assert_eq!(shown(1, 1), "1");
        assert_eq!(shown(1, 2), "1 2");
        assert_eq!(shown(1, 9), "1 2 … 9");
        assert_eq!(shown(3, 9), "1 2 3 4 … 9");
        assert_eq!(shown(4, 9), "1 2 3 4 5 … 9");
        assert_eq!(shown(5, 9), "1 … 4 5 6 … 9");
        assert_eq!(shown(9, 9), "1 … 8 9");
        assert_eq!(shown(3, 4), "1 2 3 4");
    }
}
