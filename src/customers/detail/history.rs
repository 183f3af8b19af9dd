//! Who changed what about a customer.

use leptos::prelude::*;

use crate::domain::profile::Entry;
use crate::ui::icon::Icon;
use crate::ui::moment::Moment;

/// Shows the changes, newest first; nothing where nothing was changed.
#[component]
pub fn History(
    /// The changes.
    entries: Vec<Entry>,
) -> impl IntoView {
    (!entries.is_empty()).then(|| {
        let entry = |entry: Entry| {
            view! {
                <li class="history__entry">
                    <bdi>{entry.what}</bdi>
                    <p class="note__by">{entry.who} " · " <Moment day=entry.at /></p>
                </li>
            }
        };
        view! {
            <details class="panel">
                <summary class="panel__title">"Changes " <Icon name="chevron-down" /></summary>
                <ol class="history">{entries.into_iter().map(entry).collect_view()}</ol>
            </details>
        }
    })
}
