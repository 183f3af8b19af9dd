//! The search: a plain form that answers while one types, once the page is alive.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::hidden_fields::HiddenFields;
use super::icon::Icon;
use super::later::afterwards;
use crate::domain::query_string;

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
    /// What is searched now.
    current: Memo<String>,
    /// What can be searched.
    label: &'static str,
    /// Where the form leads.
    action: &'static str,
    /// What of the address stays.
    rest: Signal<Vec<(String, String)>>,
    /// The page that shows a search.
    href: Callback<String, String>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let sent = StoredValue::new(current.get_untracked());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let navigate = use_navigate();
    let search = Callback::new(move |()| {
        stop(timer);
        let Some(input) = input.get_untracked() else {
            return;
        };
        let wanted = query_string::text(&input.value());
        if wanted != current.get_untracked() {
            sent.set_value(wanted.clone());
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&href.run(wanted), options);
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
    follow_address(current, sent, input, search);
    on_cleanup(move || stop(timer));
    let value = current.get_untracked();
    view! {
        <form class="search" role="search" method="get" action=action on:submit=submitted>
            <Icon name="search" />
            <input
                class="input"
                id=SEARCH
                node_ref=input
                type="search"
                name="q"
                value=value
                placeholder=label
                aria-label=label
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="search"
                maxlength="200"
                on:input=later
                on:keydown=clear
            />
            <kbd class="search__key" aria-hidden="true">"/"</kbd>
            {move || view! { <HiddenFields pairs=rest.get() /> }}
            <button class="visually-hidden" type="submit" tabindex="-1">"Search"</button>
        </form>
    }
    .into_any()
}

/// Shows a search that came from elsewhere: a link, or going back.
fn follow_address(current: Memo<String>, sent: StoredValue<String>, input: NodeRef<html::Input>, search: Callback<()>) {
    Effect::new(move |before: Option<()>| {
        let shown = current.get();
        let Some(input) = input.get() else {
            return;
        };
        if before.is_none() {
            // What was typed before the page came alive: no part may find another address than the page was sent with.
            afterwards(move || search.run(()));
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
