//! The list of customers: the address says what is shown.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use super::api::get_customers;
use super::header::Header;
use super::sort_menu::SortMenu;
use super::table::CustomerTable;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::listing::CustomerList;
use crate::domain::page::PageSize;
use crate::error::AppError;
use crate::paths;
use crate::ui::empty::Empty;
use crate::ui::failure::Failure;
use crate::ui::pagination::{Pagination, Step, numbers};
use crate::ui::skeleton::TableSkeleton;

/// Shows the shop's customers as the address asks for them.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let search = use_location().search;
    let query = Memo::new(move |_| CustomerQuery::parse(search.read().trim_start_matches('?')));
    let list = Resource::new_blocking(move || query.get(), |query| get_customers(query.to_query_string()));
    let waiting = RwSignal::new(false);
    view! {
        <Title text="Customers" />
        <div class="page" class:page--waiting=waiting>
            <Transition fallback=|| view! { <TableSkeleton rows=10 /> } set_pending=waiting>
                {move || Suspend::new(async move {
                    let answer = list.await;
                    view! { <Loaded answer query=query.get_untracked() /> }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Loaded(answer: Result<CustomerList, AppError>, query: CustomerQuery) -> impl IntoView {
    match answer {
        Err(error) => view! { <Failure error retry=paths::customers(&query) /> }.into_any(),
        Ok(list) if list.page.total == 0 => view! { <NewShop /> }.into_any(),
        Ok(list) => {
            let foot = foot(&list, &query);
            view! {
                <Header total=list.customers orders=list.orders as_of=list.as_of zone=list.zone />
                <SortMenu query=query.clone() />
                <CustomerTable rows=list.page.rows query />
                {foot}
            }
            .into_any()
        }
    }
}

/// What a shop without orders is offered.
#[component]
fn NewShop() -> impl IntoView {
    view! {
        <h1 class="page-header__title">"Customers"</h1>
        <Empty icon="users" title="No orders yet">
            <p class="empty__text">
                "Customers appear here as soon as there are orders. Bring in the orders you have:"
            </p>
            <p class="command"><code>"onibara import orders.csv"</code></p>
            <p class="empty__text">"Or look around in a made-up shop first:"</p>
            <p class="command"><code>"onibara serve --demo"</code></p>
        </Empty>
    }
}

/// The pagination of a list.
fn foot(shown: &CustomerList, query: &CustomerQuery) -> impl IntoView + use<> {
    let page = &shown.page;
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
            label: number.to_string(),
            href: to(number),
        })
    });
    view! {
        <Pagination
            range=format!("{}–{} of {}", page.first_row(), page.last_row(), page.total)
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
