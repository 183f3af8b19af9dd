//! The search: a plain form that answers while one types, once the page is alive.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::domain::customer_query::CustomerQuery;
use crate::paths;
use crate::ui::hidden_fields::HiddenFields;
use crate::ui::icon::Icon;

/// The id of the input, which `/` goes to.
pub const SEARCH: &str = "search";

/// How long nobody types before the search goes out.
const PAUSE: Duration = Duration::from_millis(150);

/// Asks for a name or a number.
///
/// The input is the browser's own: nothing writes into it but a change of the address that did not come from it, so
/// that no late answer, and no late start of the page, takes away what was typed.
#[component]
pub fn SearchBox(
    /// What is shown now.
    query: Memo<CustomerQuery>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let sent = StoredValue::new(query.read_untracked().search.clone());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let navigate = use_navigate();
    let search = Callback::new(move |()| {
        stop(timer);
        let Some(input) = input.get_untracked() else {
            return;
        };
        let now = query.get_untracked();
        let wanted = now.with(|query| query.search = input.value());
        if wanted.search != now.search {
            sent.set_value(wanted.search.clone());
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&paths::customers(&wanted), options);
        }
    });
    let later = move |_| {
        stop(timer);
        timer.set_value(set_timeout_with_handle(move || search.run(()), PAUSE).ok());
    };
    let submitted = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        search.run(());
    };
    let clear = move |event: web_sys::KeyboardEvent| {
        if let (true, Some(input)) = (event.key() == "Escape", input.get_untracked()) {
            input.set_value("");
            search.run(());
        }
    };
    follow_address(query, sent, input, search);
    on_cleanup(move || stop(timer));
    let rest = move || query.get().with(|query| query.search.clear()).pairs();
    let value = query.read_untracked().search.clone();
    view! {
        <form class="search" role="search" method="get" action=paths::CUSTOMERS on:submit=submitted>
            <Icon name="search" />
            <input
                class="input"
                id=SEARCH
                node_ref=input
                type="search"
                name="q"
                value=value
                placeholder="Search name, phone or WhatsApp"
                aria-label="Search name, phone or WhatsApp"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="search"
                maxlength="200"
                on:input=later
                on:keydown=clear
            />
            <kbd class="search__key" aria-hidden="true">"/"</kbd>
            {move || view! { <HiddenFields pairs=rest() /> }}
            <button class="visually-hidden" type="submit" tabindex="-1">"Search"</button>
        </form>
    }
    .into_any()
}

/// Shows a search that came from elsewhere: a link, or going back.
fn follow_address(
    query: Memo<CustomerQuery>,
    sent: StoredValue<String>,
    input: NodeRef<html::Input>,
    search: Callback<()>,
) {
    Effect::new(move |before: Option<()>| {
        let shown = query.read().search.clone();
        let Some(input) = input.get() else {
            return;
        };
        if before.is_none() {
            // What was typed before the page came alive.
            search.run(());
        } else if shown != sent.get_value() {
            input.set_value(&shown);
            sent.set_value(shown);
        }
    });
}

fn stop(timer: StoredValue<Option<TimeoutHandle>>) {
    if let Some(handle) = timer.try_update_value(Option::take).flatten() {
        handle.clear();
    }
}
