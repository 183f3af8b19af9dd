//! The list of orders: the address says what is shown.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use super::api::get_orders;
use super::change_status::StatusBar;
use super::filters::{OrderChips, OrderFilters};
use crate::domain::customer::Customer;
use crate::domain::order_list::{OrderList, OrderRow, shown_name};
use crate::domain::order_query::OrderQuery;
use crate::domain::page::Page;
use crate::domain::stats::orders_in_words;
use crate::paths;
use crate::ui::answer::{ask, waiting};
use crate::ui::empty::Empty;
use crate::ui::failure::Failure;
use crate::ui::form::Sent;
use crate::ui::icon::Icon;
use crate::ui::order_table::OrderTable;
use crate::ui::pagination::Pages;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Shows the shop's orders as the address asks for them.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let search = use_location().search;
    let query = Memo::new(move |_| OrderQuery::parse(search.read().trim_start_matches('?')));
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let list = ask(
        move || (query.get(), sent.get()),
        |(query, _)| get_orders(query.to_query_string()),
    );
    let (waiting, tell) = waiting();
    view! {
        <Title text="Orders" />
        <div class="page" class:page--waiting=waiting>
            <Transition fallback=OnTheWay set_pending=tell>
                {move || Suspend::new(async move {
                    let answer = list.await;
                    let query = query.get_untracked();
                    match answer {
                        Ok(list) => view! { <Loaded list query /> }.into_any(),
                        Err(error) => {
                            let again = move |()| list.refetch();
                            view! {
                                <Head context="" customer=None />
                                <Failure error retry=paths::orders(&query) again />
                            }
                            .into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn OnTheWay() -> impl IntoView {
    view! {
        <header class="page-header">
            <h1 class="page-header__title">"Orders"</h1>
        </header>
        <TableSkeleton rows=10 />
    }
}

/// Says what the page is, how much there is, and whose orders they are.
#[component]
fn Head(#[prop(into)] context: String, customer: Option<Customer>) -> impl IntoView {
    let whose = customer.map(|customer| {
        let name = shown_name(&customer.name).to_owned();
        view! { "Those of " <a href=paths::customer(&customer.phone)><bdi>{name}</bdi></a> }
    });
    view! {
        <header class="page-header orders-header">
            <PageTitle>"Orders"</PageTitle>
            <p class="page-header__context">{context} " " {whose}</p>
            <div class="page-header__actions">
                <a class="button" href=paths::ORDER><Icon name="plus" />"Order"</a>
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn Loaded(list: OrderList, query: OrderQuery) -> impl IntoView {
    let OrderList { page, customer, orders } = list;
    let context = match customer {
        // How many of all these are the customer's is said beside the filters.
        Some(_) => String::new(),
        None => format!("{}, newest first", orders_in_words(orders)),
    };
    if orders == 0 {
        return view! {
            <Head context="" customer=None />
            <NoOrders />
        }
        .into_any();
    }
    let chips = query.narrows().then(|| {
        let (query, customer, shown) = (query.clone(), customer.clone(), page.total);
        view! { <OrderChips query customer of=orders shown /> }
    });
    view! {
        <Head context customer />
        <section class="filter-block" aria-label="Filters">
            <OrderFilters query=query.clone() />
            {chips}
        </section>
        {if page.total == 0 {
            view! { <NoMatch query /> }.into_any()
        } else {
            view! { <Rows page query /> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Rows(page: Page<OrderRow>, query: OrderQuery) -> impl IntoView {
    let Page {
        rows,
        total,
        page,
        size,
    } = page;
    let status = format!("{}, newest first", orders_in_words(total));
    view! {
        <p class="visually-hidden" role="status">{status}</p>
        <OrderTable rows caption="Orders" buyers=true choose=true />
        <StatusBar query=query.clone() />
        <Pages page size total href=move |page, size| paths::orders(&query.with_page(page, size)) />
    }
    .into_any()
}

/// What a shop without orders is offered.
#[component]
fn NoOrders() -> impl IntoView {
    view! {
        <Empty icon="shopping-bag" title="No orders yet">
            <p class="empty__text">"Bring in the orders you have:"</p>
            <p class="command"><code>"onibara import orders.csv"</code></p>
            <p class="empty__text">"Or look around in a made-up shop first:"</p>
            <p class="command"><code>"onibara serve --demo"</code></p>
        </Empty>
    }
    .into_any()
}

/// Says that nothing matches, and leads back to all orders.
#[component]
fn NoMatch(query: OrderQuery) -> impl IntoView {
    let all = paths::orders(&query.without_filters());
    view! {
        <Empty icon="search" title="No order matches">
            <p class="empty__text">"No order is all of this at once. Take something away above, or begin again:"</p>
            <div class="empty__actions">
                <a class="button button--primary" href=all data-noscroll="">"Show all orders"</a>
            </div>
        </Empty>
    }
    .into_any()
}
