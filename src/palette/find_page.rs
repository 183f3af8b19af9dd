//! The palette as a page, for browsers without JavaScript and for links.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::find;
use super::places::places;
use crate::domain::found::{Found, Hit};
use crate::domain::role::Role;
use crate::paths;
use crate::ui::answer::{ask, when_here};
use crate::ui::failure::Failure;
use crate::ui::icon::Icon;
use crate::ui::session::Session;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Shows what is like the `q` of the address.
#[component]
pub fn FindPage() -> impl IntoView {
    let query = use_query_map();
    let typed = Memo::new(move |_| query.read().get("q").unwrap_or_default());
    let found = ask(move || typed.get(), find);
    let session = use_context::<Session>();
    view! {
        <Title text="Search" />
        <div class="page">
            <header class="page-header"><PageTitle>"Search"</PageTitle></header>
            <form class="search" role="search" method="get" action=paths::FIND>
                <Icon name="search" />
                <input
                    class="input"
                    type="search"
                    name="q"
                    value=move || typed.get()
                    placeholder="Customer, phone, order or page"
                    aria-label="Customer, phone, order or page"
                    autocomplete="off"
                    maxlength="200"
                />
            </form>
            <Transition fallback=|| view! { <TableSkeleton rows=6 /> }>
                {move || {
                    let role = session.map_or(Role::Staff, Session::role);
                    when_here(async move {
                    match found.await {
                        Ok(found) => view! { <Results found typed=typed.get_untracked() role /> }.into_any(),
                        Err(error) => {
                            let again = move |()| found.refetch();
                            view! { <Failure error retry=paths::FIND again /> }.into_any()
                        }
                    }
                    })
                }}
            </Transition>
        </div>
    }
}

#[component]
fn Results(found: Found, typed: String, role: Role) -> impl IntoView {
    let pages: Vec<Hit> = places(&typed, role)
        .filter_map(|place| {
            Some(Hit {
                name: place.name.to_owned(),
                note: String::new(),
                href: place.to.href()?,
            })
        })
        .collect();
    let nothing = found.customers.is_empty() && found.orders.is_empty() && pages.is_empty();
    view! {
        {nothing.then(|| view! { <p class="empty__text">"Nothing is like that. Try fewer letters, or a part of the number."</p> })}
        {group("Customers", found.customers)}
        {group("Orders", found.orders)}
        {group("Pages", pages)}
    }
    .into_any()
}

fn group(title: &'static str, hits: Vec<Hit>) -> Option<AnyView> {
    let one = |hit: Hit| {
        view! {
            <li>
                <a class="found" href=hit.href><bdi>{hit.name}</bdi> <span class="found__note">{hit.note}</span></a>
            </li>
        }
    };
    (!hits.is_empty()).then(|| {
        view! {
            <section class="panel">
                <h2 class="panel__title">{title}</h2>
                <ul class="found-list">{hits.into_iter().map(one).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
