//! The list of keys.

use leptos::html;
use leptos::prelude::*;

/// What each key does.
const KEYS: [(&str, &str); 12] = [
    ("Ctrl K or ⌘ K", "Search, or jump to a page"),
    ("/", "Search the list"),
    ("j", "Next row"),
    ("k", "Row before"),
    ("Enter", "Open the customer"),
    ("x", "Choose the row"),
    ("w", "WhatsApp"),
    ("c", "Call"),
    ("e", "Edit"),
    ("Esc", "Close, or clear the search"),
    ("Tab", "Next control"),
    ("?", "This list"),
];

/// Shows what each key does.
#[component]
pub fn Keys(
    /// The dialog, for whoever opens it.
    dialog: NodeRef<html::Dialog>,
) -> impl IntoView {
    let one = |(key, does)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div> };
    view! {
        <dialog class="palette palette--keys" node_ref=dialog aria-labelledby="keys-title">
            <form class="palette__head" method="dialog">
                <h2 id="keys-title">"Keys"</h2>
                <button class="button" type="submit">"Close"</button>
            </form>
            <dl class="keys">{KEYS.map(one).into_iter().collect_view()}</dl>
        </dialog>
    }
    .into_any()
}
