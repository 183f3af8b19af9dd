//! What a customer ordered, a page at a time.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::domain::order_list::{OrderList, OrderRow};
use crate::domain::order_query::OrderQuery;
use crate::domain::page::Page;
use crate::error::AppError;
use crate::paths;
use crate::ui::answer::{Answer, waiting, when_here};
use crate::ui::failure::Failure;
use crate::ui::icon::Icon;
use crate::ui::news::{News, Rows};
use crate::ui::order_filters::{Href, OrderChips, OrderFilters};
use crate::ui::order_table::OrderTable;
use crate::ui::pagination::Pages;
use crate::ui::skeleton::TableSkeleton;

/// Shows the orders of a customer; they come by themselves, so that turning their pages leaves the rest as it is.
#[component]
pub fn Orders(
    /// A page of the orders.
    orders: Answer<OrderList>,
    /// The customer's part of the address.
    slug: Memo<String>,
    /// Which of the orders are shown.
    query: Memo<OrderQuery>,
    /// Those that stay where they are.
    rows: Rows,
) -> impl IntoView {
    let (waiting, tell) = waiting();
    view! {
        <div class:page--waiting=waiting>
            <News rows again=move |()| orders.refetch() />
            <Transition fallback=|| view! { <TableSkeleton rows=10 /> } set_pending=tell>
                {move || when_here(async move {
                    let (answer, slug, query) = (orders.await, slug.get_untracked(), query.get_untracked());
                    match answer {
                        Ok(list) => {
                            rows.take_orders(&list);
                            view! { <Loaded list slug query /> }.into_any()
                        }
                        // The page says that there is no such customer.
                        Err(AppError::NotFound(_)) => ().into_any(),
                        Err(error) => {
                            let again = move |()| orders.refetch();
                            view! { <Failure error retry=paths::customer_of(&slug) again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

/// The orders with their filters, and the way to where they can be searched.
#[component]
fn Loaded(list: OrderList, slug: String, query: OrderQuery) -> impl IntoView {
    let OrderList {
        page, customer, facets, ..
    } = list;
    let all = customer.map_or(0, |customer| customer.all_orders());
    let shown = page.total;
    let everywhere = paths::orders_of(&slug);
    // A form that is open above stays open.
    let editing = use_query_map().read_untracked().get("edit").is_some();
    let href = Href::new(move |query: OrderQuery| paths::customer_orders(&slug, &query, editing));
    let chips = (query.with(|_| {}) != query.unnarrowed()).then(|| {
        let query = query.clone();
        view! { <OrderChips query customer=None of=all shown href /> }
    });
    view! {
        <section class="customer-orders" id=paths::ORDERS_BELOW aria-labelledby="customer-orders">
            <div class="customer-orders__head">
                <h2 class="customer-orders__title" id="customer-orders">"Orders"</h2>
                <a class="button" href=everywhere>
                    <Icon name="shopping-bag" />
                    "View on the orders page"
                </a>
            </div>
            <OrderFilters query=query.clone() facets href />
            {chips}
            <Rows page query href />
        </section>
    }
    .into_any()
}

#[component]
fn Rows(page: Page<OrderRow>, query: OrderQuery, href: Href) -> impl IntoView {
    let Page {
        rows,
        total,
        page,
        size,
    } = page;
    if total == 0 {
        return view! { <p class="customer-orders__none">"None of their orders is all of this at once."</p> }
            .into_any();
    }
    view! {
        <OrderTable rows caption="Orders" query=query.clone() href />
        <Pages page size total href=move |page, size| href.run(query.turned(page, size)) />
    }
    .into_any()
}
