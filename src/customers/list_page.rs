//! The list of customers: the address says what is shown.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use super::answers::{self, Given};
use super::api::{get_saved_views, get_view};
use super::empty::{NewShop, NoMatch};
use super::filters::{Chips, FilterMenus, FilterSheet, groups, set_choices};
use super::given::{Shown, keep_fresh};
use super::header::Header;
use super::keys::use_list_keys;
use super::page_bar::{Looks, PageBar};
use super::saved_views::SavedViews;
use super::segment_cards::SegmentCards;
use super::selection::{BulkBar, Selection};
use super::sort_menu::SortMenu;
use super::stat_cards::StatCards;
use super::table::CustomerTable;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::facets::Facets;
use crate::domain::listing::{CustomerList, Overview};
use crate::domain::page::Page;
use crate::domain::view::View;
use crate::error::AppError;
use crate::paths;
use crate::ui::answer::{Answer, ask, waiting, when_here};
use crate::ui::failure::Failure;
use crate::ui::form::Sent;
use crate::ui::later::later;
use crate::ui::news::{News, Rows};
use crate::ui::pagination::Pages;
use crate::ui::search_box::SearchBox;
use crate::ui::skeleton::{CardsSkeleton, LineSkeleton, TableSkeleton};

/// Shows the shop's customers as the address asks for them.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let search = use_location().search;
    let query = Memo::new(move |_| CustomerQuery::parse(search.read().trim_start_matches('?')));
    let given: Given = StoredValue::new(None);
    let rows = Rows::none();
    let asked = move || {
        rows.ask(query.read().to_query_string());
        query.get()
    };
    let list = ask(asked, move |query| answers::list(given, query, rows.shown()));
    let facets = ask(move || query.read().whole(), move |query| answers::facets(given, query));
    let overview = ask(move || query.read().period, answers::overview);
    let shown = Shown { list, facets, overview };
    keep_fresh(shown, given, query);
    let again = move |()| {
        list.refetch();
        facets.refetch();
    };
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let view = ask(move || sent.get(), |_| get_view());
    let views = ask(move || sent.get(), |_| get_saved_views());
    let looks = Looks { view, views };
    provide_context(Selection::new(query));
    let (waiting, tell) = waiting();
    use_list_keys();
    view! {
        <Title text="Customers" />
        <div class="page" class:page--waiting=waiting>
            <Top list />
            {later(move || view! { <PageBar query looks /> }.into_any())}
            {later(move || view! { <Cards overview query /> }.into_any())}
            <SavedViews query views />
            {later(move || view! { <Narrowing facets list query /> }.into_any())}
            <News rows again />
            {later(move || view! { <div class="page__rest"><List list rows looks query tell /></div> }.into_any())}
        </div>
    }
}

/// The head; a shop without customers is offered a beginning instead of all that follows.
#[component]
fn Top(list: Answer<CustomerList>) -> impl IntoView {
    view! {
        <Transition fallback=HeadOnTheWay>
            {move || when_here(async move {
                let list = list.await.ok();
                let is_new = list.as_ref().is_some_and(|list| list.customers == 0);
                view! {
                    <Header list />
                    {is_new.then(NewShop)}
                }
                .into_any()
            })}
        </Transition>
    }
}

#[component]
fn HeadOnTheWay() -> impl IntoView {
    view! {
        <header class="page-header">
            <h1 class="page-header__title">"Customers"</h1>
        </header>
    }
}

/// What narrows the list.
#[component]
fn Narrowing(facets: Answer<Facets>, list: Answer<CustomerList>, query: Memo<CustomerQuery>) -> impl IntoView {
    view! {
        <section class="filter-block" aria-label="Search and filters">
            <Search query />
            <Filters facets list query />
        </section>
    }
}

/// Searches by name and number.
#[component]
fn Search(query: Memo<CustomerQuery>) -> impl IntoView {
    let current = Memo::new(move |_| query.read().search.clone());
    let rest = Signal::derive(move || query.get().with(|query| query.search.clear()).pairs());
    let href =
        Callback::new(move |search| paths::customers(&query.get_untracked().with(|query| query.search = search)));
    view! {
        <SearchBox current label="Search name, phone or WhatsApp" action=paths::CUSTOMERS rest href />
    }
}

/// Figures and segments of the period.
#[component]
fn Cards(overview: Answer<Overview>, query: Memo<CustomerQuery>) -> impl IntoView {
    let (waiting, tell) = waiting();
    view! {
        <div class="overview" class:overview--waiting=waiting>
            <Transition fallback=CardsSkeleton set_pending=tell>
                {move || {
                    let query = query.get();
                    when_here(async move {
                        match overview.await {
                            Ok(overview) => {
                                let (totals, period) = (overview.segments, query.period);
                                view! {
                                    {later(move || view! { <StatCards overview period /> }.into_any())}
                                    {later(move || view! { <SegmentCards totals query /> }.into_any())}
                                }
                                .into_any()
                            }
                            Err(error) => {
                                let again = move |()| overview.refetch();
                                view! { <Failure error retry=paths::customers(&query) again /> }.into_any()
                            }
                        }
                    })
                }}
            </Transition>
        </div>
    }
}

/// The filters with their counts, what is set of them, and what that leaves.
#[component]
fn Filters(facets: Answer<Facets>, list: Answer<CustomerList>, query: Memo<CustomerQuery>) -> impl IntoView {
    view! {
        <Transition fallback=LineSkeleton>
            {move || {
                let query = query.get();
                when_here(async move {
                    let (facets, list) = (facets.await, list.await);
                    view! { <FilterBar facets list query /> }.into_any()
                })
            }}
        </Transition>
    }
}

#[component]
fn FilterBar(
    facets: Result<Facets, AppError>,
    list: Result<CustomerList, AppError>,
    query: CustomerQuery,
) -> impl IntoView {
    // A filter works without its counts.
    let uncounted = facets.is_err().then(|| paths::customers(&query));
    let groups = groups(&query, &facets.unwrap_or_default());
    let set = set_choices(&groups);
    let counts = list.ok().map(|list| (list.of, list.page.total));
    let total = counts.map(|(_, total)| total);
    view! {
        <FilterMenus groups=groups.clone() />
        <div class="filter-bar">
            <FilterSheet groups query=query.clone() total />
            <SortMenu query=query.clone() />
        </div>
        <Chips set query counts />
        {uncounted.map(|again| view! {
            <p class="filter-block__failure" role="alert">
                "The counts beside the filters could not be loaded; the filters work without them. "
                <a href=again rel="external">"Try again"</a>
            </p>
        })}
    }
    .into_any()
}

/// The table and its foot.
#[component]
fn List(
    list: Answer<CustomerList>,
    rows: Rows,
    looks: Looks,
    query: Memo<CustomerQuery>,
    tell: SignalSetter<bool>,
) -> impl IntoView {
    view! {
        <Transition fallback=|| view! { <TableSkeleton rows=10 /> } set_pending=tell>
            {move || when_here(async move {
                let answer = list.await;
                let query = query.get_untracked();
                let view = looks.of(&query).await;
                match answer {
                    Ok(list) => {
                        let shown = list.page.rows.iter().map(|row| row.customer.id.to_string());
                        rows.take(shown.collect(), list.orders, list.moved);
                        view! { <Loaded list query view /> }.into_any()
                    }
                    Err(error) => {
                        let again = move |()| list.refetch();
                        view! { <Failure error retry=paths::customers(&query) again /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn Loaded(list: CustomerList, query: CustomerQuery, view: View) -> impl IntoView {
    let Page {
        rows,
        total,
        page,
        size,
    } = list.page;
    if total == 0 {
        let set = set_choices(&groups(&query, &Facets::default()));
        return view! { <NoMatch set query /> }.into_any();
    }
    view! {
        <CustomerTable rows total query=query.clone() view />
        <BulkBar query=query.clone() total />
        {later(move || {
            let href = move |page, size| paths::customers(&query.turned(page, size));
            view! { <Pages page size total href /> }.into_any()
        })}
    }
    .into_any()
}
