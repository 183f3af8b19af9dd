//! The foot of the list: which rows are shown, and the way to the others.

use leptos::prelude::*;

use crate::domain::customer_query::CustomerQuery;
use crate::domain::listing::CustomerRow;
use crate::domain::page::{Page, PageSize};
use crate::domain::stats::grouped;
use crate::paths;
use crate::ui::pagination::{Pagination, Step, numbers};

/// Shows the pagination of a page of customers.
#[component]
pub fn Foot(
    /// The page.
    page: Page<CustomerRow>,
    /// What is shown now.
    query: CustomerQuery,
) -> impl IntoView {
    let last = page.pages();
    let to = |number: i64| {
        (number != page.page && (1..=last).contains(&number)).then(|| paths::customers(&query.with_page(number)))
    };
    let end = |label: &str, number| Step {
        label: label.to_owned(),
        href: to(number),
    };
    let sizes = PageSize::ALL.into_iter().map(|size| Step {
        label: size.get().to_string(),
        href: (size != page.size).then(|| paths::customers(&query.with_size(size))),
    });
    let numbers = numbers(page.page, last).into_iter().map(|number| {
        number.map(|number| Step {
            label: grouped(number),
            href: to(number),
        })
    });
    let [first, until, total] = [page.first_row(), page.last_row(), page.total].map(grouped);
    view! {
        <Pagination
            range=format!("{first}–{until} of {total}")
            sizes=sizes.collect()
            ends=[
                end("First page", 1),
                end("Previous page", page.page - 1),
                end("Next page", page.page + 1),
                end("Last page", last),
            ]
            numbers=numbers.collect()
        />
    }
}
