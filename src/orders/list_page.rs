//! The list of orders: the address says what is shown.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use super::api::get_orders;
use super::change_status::StatusBar;
use crate::domain::customer::Customer;
use crate::domain::order_list::{OrderList, OrderRow, shown_name};
use crate::domain::order_query::OrderQuery;
use crate::domain::page::Page;
use crate::domain::period::Period;
use crate::domain::stats::orders_in_words;
use crate::paths;
use crate::ui::answer::{Answer, ask, waiting, when_here};
use crate::ui::empty::Empty;
use crate::ui::export_menu::ExportMenu;
use crate::ui::failure::Failure;
use crate::ui::form::Sent;
use crate::ui::icon::Icon;
use crate::ui::live::{NotLive, use_changes};
use crate::ui::news::{News, Rows};
use crate::ui::order_filters::{Href, OrderChips, OrderFilters};
use crate::ui::order_table::{Chosen, OrderTable};
use crate::ui::pagination::Pages;
use crate::ui::period_filter::PeriodFilter;
use crate::ui::rights::ForAdmins;
use crate::ui::search_box::SearchBox;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Shows the shop's orders as the address asks for them.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let search = use_location().search;
    let query = Memo::new(move |_| OrderQuery::parse(search.read().trim_start_matches('?')));
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    provide_context(Chosen::none());
    let rows = Rows::none();
    let asked = move || {
        rows.ask(format!("{} {}", sent.get(), query.read().to_query_string()));
        (query.get(), sent.get())
    };
    let list = ask(asked, move |(query, _)| {
        get_orders(query.to_query_string(), rows.shown())
    });
    use_changes(Box::new(move || list.refresh()));
    let (waiting, tell) = waiting();
    view! {
        <Title text="Orders" />
        <div class="page" class:page--waiting=waiting>
            <Top list />
            <div class="page-bar">
                <Periods query />
                <ForAdmins><ExportMenu action=paths::EXPORT_ORDERS query=Signal::derive(move || query.read().to_query_string()) /></ForAdmins>
            </div>
            <Search query />
            <News rows again=move |()| list.refetch() />
            <Transition fallback=|| view! { <TableSkeleton rows=10 /> } set_pending=tell>
                {move || when_here(async move {
                    let answer = list.await;
                    let query = query.get_untracked();
                    match answer {
                        Ok(list) => {
                            rows.take_orders(&list);
                            view! { <Loaded list query /> }.into_any()
                        }
                        Err(error) => {
                            let again = move |()| list.refetch();
                            view! { <Failure error retry=paths::orders(&query) again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

/// The head: how many orders there are, or whose they are.
#[component]
fn Top(list: Answer<OrderList>) -> impl IntoView {
    view! {
        <Transition fallback=OnTheWay>
            {move || when_here(async move {
                let list = list.await.ok();
                let is_new = list.as_ref().is_some_and(|list| list.orders == 0);
                let (context, customer) = match list {
                    // How many of all these are the customer's is said beside the filters.
                    Some(OrderList { customer: Some(customer), .. }) => (String::new(), Some(customer)),
                    Some(list) => (orders_in_words(list.orders), None),
                    None => (String::new(), None),
                };
                view! {
                    <Head context customer />
                    {is_new.then(NoOrders)}
                }
                .into_any()
            })}
        </Transition>
    }
}

#[component]
fn Periods(query: Memo<OrderQuery>) -> impl IntoView {
    let href = Callback::new(move |period| paths::orders(&query.get_untracked().with(|query| query.period = period)));
    move || {
        let query = query.get();
        let rest = hidden(&query.with(|query| query.period = Period::All));
        view! { <PeriodFilter current=query.period href action=paths::ORDERS rest /> }
    }
}

/// Searches by number, name and phone.
#[component]
fn Search(query: Memo<OrderQuery>) -> impl IntoView {
    let current = Memo::new(move |_| query.read().search.clone());
    let rest = Signal::derive(move || hidden(&query.get().with(|query| query.search.clear())));
    let href = Callback::new(move |search| paths::orders(&query.get_untracked().with(|query| query.search = search)));
    view! {
        <SearchBox current label="Search number, name or phone" action=paths::ORDERS rest href />
    }
}

fn hidden(query: &OrderQuery) -> Vec<(String, String)> {
    let pairs = query.pairs().into_iter();
    pairs.map(|(key, value)| (key.to_owned(), value)).collect()
}

#[component]
fn OnTheWay() -> impl IntoView {
    view! {
        <header class="page-header">
            <h1 class="page-header__title">"Orders"</h1>
        </header>
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
            <p class="page-header__context">{context} " " {whose} " " <NotLive /></p>
            <div class="page-header__actions">
                <a class="button" href=paths::ORDER><Icon name="plus" />"Order"</a>
            </div>
        </header>
    }
    .into_any()
}

#[component]
fn Loaded(list: OrderList, query: OrderQuery) -> impl IntoView {
    let OrderList {
        page,
        customer,
        orders,
        facets,
        ..
    } = list;
    let href = Href::new(|query: OrderQuery| paths::orders(&query));
    let chips = (query.with(|_| {}) != query.unnarrowed()).then(|| {
        let (query, shown) = (query.clone(), page.total);
        view! { <OrderChips query customer of=orders shown href /> }
    });
    view! {
        <section class="filter-block" aria-label="Filters">
            <OrderFilters query=query.clone() facets href />
            {chips}
        </section>
        {if page.total == 0 {
            view! { <NoMatch query /> }.into_any()
        } else {
            view! { <Rows page query href /> }.into_any()
        }}
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
    let status = format!("{}. {}", orders_in_words(total), query.sort.label());
    view! {
        <p class="visually-hidden" role="status">{status}</p>
        <OrderTable rows caption="Orders" buyers=true choose=true query=query.clone() href />
        <StatusBar query=query.clone() />
        <Pages page size total href=move |page, size| paths::orders(&query.turned(page, size)) />
    }
    .into_any()
}

/// What a shop without orders is offered; the rest of the page has nothing to say and is not shown beside it.
#[component]
fn NoOrders() -> impl IntoView {
    view! {
        <div class="new-shop">
            <Empty icon="shopping-bag" title="No orders yet">
                <p class="empty__text">"Bring in the orders you have:"</p>
                <p class="command"><code>"onibara import orders.csv"</code></p>
                <p class="empty__text">"Or look around in a made-up shop first:"</p>
                <p class="command"><code>"onibara serve --demo"</code></p>
            </Empty>
        </div>
    }
    .into_any()
}

/// Says that nothing matches, and leads back to all orders.
#[component]
fn NoMatch(query: OrderQuery) -> impl IntoView {
    let all = paths::orders(&query.unnarrowed());
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
