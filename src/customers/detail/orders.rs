//! What a customer ordered, a page at a time.

use leptos::prelude::*;

use crate::domain::order_list::OrderRow;
use crate::domain::page::Page;
use crate::domain::period::Period;
use crate::error::AppError;
use crate::paths;
use crate::ui::answer::{Answer, waiting};
use crate::ui::failure::Failure;
use crate::ui::icon::Icon;
use crate::ui::order_table::OrderTable;
use crate::ui::pagination::Pages;
use crate::ui::skeleton::TableSkeleton;

/// Shows the orders of a customer; they come by themselves, so that turning their pages leaves the rest as it is.
#[component]
pub fn Orders(
    /// A page of the orders.
    orders: Answer<Page<OrderRow>>,
    /// The customer's part of the address.
    slug: Memo<String>,
    /// The period that the figures above are about.
    period: Memo<Period>,
) -> impl IntoView {
    let (waiting, tell) = waiting();
    view! {
        <div class:page--waiting=waiting>
            <Transition fallback=|| view! { <TableSkeleton rows=10 /> } set_pending=tell>
                {move || Suspend::new(async move {
                    let (answer, slug) = (orders.await, slug.get_untracked());
                    match answer {
                        Ok(page) => view! { <Loaded page slug period /> }.into_any(),
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

/// The orders, and the way to where they can be filtered.
#[component]
fn Loaded(page: Page<OrderRow>, slug: String, period: Memo<Period>) -> impl IntoView {
    let Page {
        rows,
        total,
        page,
        size,
    } = page;
    let filtered = paths::orders_of(&slug);
    view! {
        <section class="customer-orders" id=paths::ORDERS_BELOW aria-labelledby="customer-orders">
            <div class="customer-orders__head">
                <h2 class="customer-orders__title" id="customer-orders">"Orders"</h2>
                <a class="button" href=filtered>
                    <Icon name="shopping-bag" />
                    "View on the orders page"
                </a>
            </div>
            <OrderTable rows caption="Orders" />
            {move || {
                let (slug, period) = (slug.clone(), period.get());
                view! { <Pages page size total href=move |page, size| paths::customer_orders(&slug, period, page, size) /> }
            }}
        </section>
    }
    .into_any()
}
