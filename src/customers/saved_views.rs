//! Views with a name, as tabs, and what can be done with the one that is shown.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::api::{DeleteView, OpenWithView, SaveNamedView};
use crate::domain::customer_query::CustomerQuery;
use crate::domain::saved_view::SavedView;
use crate::paths;
use crate::ui::answer::{Answer, when_here};
use crate::ui::form::{Form, Sending};
use crate::ui::later::later;
use crate::ui::menu::Menu;

/// Where the forms of the views go.
#[derive(Clone, Copy)]
struct Actions {
    save: Sending,
    delete: Sending,
    open: Sending,
}

/// Shows the views; without any, only the way to the first one.
#[component]
pub fn SavedViews(
    /// What is shown now.
    query: Memo<CustomerQuery>,
    /// The views.
    views: Answer<Vec<SavedView>>,
) -> impl IntoView {
    let actions = Actions {
        save: Sending::to(SaveNamedView::PATH),
        delete: Sending::to(DeleteView::PATH),
        open: Sending::to(OpenWithView::PATH),
    };
    use_default(views);
    view! {
        <Transition>
            {move || {
                let query = query.get();
                when_here(async move {
                    // Without them the page is as it was before there were any.
                    let views = views.await.unwrap_or_default();
                    later(move || view! { <Tabs views query actions /> }.into_any())
                })
            }}
        </Transition>
    }
}

/// Leads from the bare address to the view that the user opens the page with. Effects run in the browser only; who asks
/// the server for the bare address is led on by the server.
fn use_default(views: Answer<Vec<SavedView>>) {
    let (location, navigate) = (use_location(), use_navigate());
    Effect::new(move |_| {
        let bare = location.search.read().is_empty() && *location.pathname.read() == paths::CUSTOMERS;
        let Some(Ok(views)) = views.get() else { return };
        let Some(view) = views.iter().find(|view| view.is_default && bare) else {
            return;
        };
        // Going back must not lead here again.
        let options = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        navigate(&paths::view(&CustomerQuery::parse(&view.query)), options);
    });
}

#[component]
fn Tabs(views: Vec<SavedView>, query: CustomerQuery, actions: Actions) -> impl IntoView {
    let here = views.iter().find(|view| view.is(&query)).cloned();
    let plain = query.with_page(1) == CustomerQuery::default();
    let tab = |name: String, href: String, here: bool| {
        view! {
            <li>
                <a class="view-tab" href=href aria-current=here.then_some("page") data-noscroll=""><bdi>{name}</bdi></a>
            </li>
        }
    };
    let all = (!views.is_empty()).then(|| tab("All".to_owned(), paths::all_customers(), plain && here.is_none()));
    let tabs = views.iter().map(|view| {
        let href = paths::view(&CustomerQuery::parse(&view.query));
        tab(view.name.clone(), href, view.is(&query))
    });
    let save = (here.is_none() && !plain).then(|| view! { <Save query=query.clone() to=actions.save /> });
    view! {
        <nav class="view-tabs" aria-label="Saved views">
            <ul class="view-tabs__list">{all}{tabs.collect_view()}</ul>
            {save}
            {here.map(|view| view! { <Manage view actions /> })}
        </nav>
    }
    .into_any()
}

/// Gives what is shown a name.
#[component]
fn Save(query: CustomerQuery, to: Sending) -> impl IntoView {
    let wrong = to.wrong_besides(&[]);
    view! {
        <Menu label="Save view" icon="star" class="view-tabs__menu" several=true>
            <Form to class="form">
                <input type="hidden" name="query" value=query.to_query_string() />
                <label class="field">
                    <span class="field__label">"Name of the view"</span>
                    <input class="input" name="name" required maxlength="40" autocomplete="off" />
                </label>
                <label class="menu__item">
                    <input type="checkbox" name="shared" value="true" />
                    "Everybody sees it"
                </label>
                <p class="form__error" role="alert">{move || wrong.get()}</p>
                <button class="button button--primary" type="submit">"Save view"</button>
            </Form>
        </Menu>
    }
    .into_any()
}

/// What can be done with the view that is shown.
#[component]
fn Manage(view: SavedView, actions: Actions) -> impl IntoView {
    let SavedView {
        id,
        query,
        mine,
        is_default,
        ..
    } = view;
    let (number, words) = if is_default {
        (0, "Open with all customers again")
    } else {
        (id, "Open the page with this view")
    };
    let delete = mine.then(|| {
        view! {
            <Form to=actions.delete>
                <input type="hidden" name="id" value=id.to_string() />
                <button class="menu__item" type="submit">"Delete this view"</button>
            </Form>
        }
    });
    view! {
        <Menu label="View" icon="star" class="view-tabs__menu">
            <Form to=actions.open>
                <input type="hidden" name="id" value=number.to_string() />
                <input type="hidden" name="query" value=query />
                <button class="menu__item" type="submit">{words}</button>
            </Form>
            {delete}
        </Menu>
    }
    .into_any()
}
