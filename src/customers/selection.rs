//! Customers that are chosen, to do something with all of them: kept while pages are turned.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::TagChosen;
use super::queue_menu::QueueFields;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::stats::grouped;
use crate::paths;
use crate::ui::choose_box::follow;
use crate::ui::export_menu::{Kinds, Running, Told};
use crate::ui::form::Sending;
use crate::ui::icon::Icon;
use crate::ui::later::later;
use crate::ui::menu::Menu;
use crate::ui::rights::ForAdmins;

/// The form that the boxes of the rows belong to.
pub const CHOSEN: &str = "chosen-customers";

/// Who is chosen, by the part of the address that names a customer.
#[derive(Clone, Copy)]
pub struct Selection {
    slugs: RwSignal<BTreeSet<String>>,
    /// Whether everybody is whom the page finds, also on the other pages.
    all: RwSignal<bool>,
}

impl Selection {
    /// Begins with nobody; whom a page finds is another matter with other filters, so that "all" ends with them.
    pub fn new(query: Memo<CustomerQuery>) -> Self {
        let selection = Self {
            slugs: RwSignal::new(BTreeSet::new()),
            all: RwSignal::new(false),
        };
        let whom = Memo::new(move |_| query.read().whole());
        Effect::new(move |before: Option<()>| {
            whom.track();
            if before.is_some() {
                selection.all.set(false);
            }
        });
        selection
    }

    /// Tells whether a customer is chosen.
    pub fn has(self, slug: &str) -> bool {
        self.all.get() || self.slugs.read().contains(slug)
    }

    /// Chooses customers of the page that is shown, or no longer.
    pub fn choose(self, slugs: &[String], chosen: bool, page: &[String]) {
        // Of all but one, those that can be seen stay.
        let seen = self.all.get_untracked().then_some(page);
        self.all.set(false);
        self.slugs.update(|chosen_now| {
            chosen_now.extend(seen.into_iter().flatten().cloned());
            for slug in slugs {
                if chosen {
                    chosen_now.insert(slug.clone());
                } else {
                    chosen_now.remove(slug);
                }
            }
        });
    }

    fn count(self, total: i64) -> i64 {
        if self.all.get() {
            total
        } else {
            i64::try_from(self.slugs.read().len()).unwrap_or(i64::MAX)
        }
    }

    fn clear(self) {
        self.all.set(false);
        self.slugs.update(BTreeSet::clear);
    }
}

/// The box that chooses the whole page.
#[component]
pub fn PageBox(
    /// The customers of the page.
    page: StoredValue<Vec<String>>,
) -> impl IntoView {
    let selection = use_context::<Selection>();
    let is_chosen =
        move || selection.is_some_and(|selection| page.with_value(|page| page.iter().all(|slug| selection.has(slug))));
    let choose = move |chosen| {
        if let Some(selection) = selection {
            page.with_value(|page| selection.choose(page, chosen, page));
        }
    };
    let input = NodeRef::new();
    follow(input, is_chosen);
    view! {
        <input
            node_ref=input
            class="choose choose--page"
            type="checkbox"
            aria-label="Choose this page"
            on:change:target=move |event| choose(event.target().checked())
        />
    }
}

/// The box that chooses a customer.
#[component]
pub fn RowBox(
    /// The customer's part of the address.
    slug: String,
    /// Whom it chooses, for those who cannot see the row.
    name: String,
    /// The customers of the page.
    page: StoredValue<Vec<String>>,
) -> impl IntoView {
    let selection = use_context::<Selection>();
    let (own, value) = (slug.clone(), slug.clone());
    let is_chosen = move || selection.is_some_and(|selection| selection.has(&own));
    let choose = move |chosen| {
        if let Some(selection) = selection {
            let slugs = std::slice::from_ref(&slug);
            page.with_value(|page| selection.choose(slugs, chosen, page));
        }
    };
    let input = NodeRef::new();
    follow(input, is_chosen);
    view! {
        <input
            node_ref=input
            class="choose"
            type="checkbox"
            name="chosen[]"
            form=CHOSEN
            value=value
            aria-label=format!("Choose {name}")
            on:change:target=move |event| choose(event.target().checked())
        />
    }
}

/// What can be done with those who are chosen; without JavaScript, with those of the page.
#[component]
pub fn BulkBar(
    /// Which customers the page finds.
    query: CustomerQuery,
    /// How many they are.
    total: i64,
) -> impl IntoView {
    let Some(selection) = use_context::<Selection>() else {
        return ().into_any();
    };
    let wrong = Sending::to(TagChosen::PATH).wrong_besides(&[]);
    let running = Running::default();
    view! {
        {later(move || view! { <BulkForm query total selection running /> }.into_any())}
        <p class="form__error" role="alert">{move || wrong.get()}</p>
        <Told running />
    }
    .into_any()
}

#[component]
fn BulkForm(query: CustomerQuery, total: i64, selection: Selection, running: Running) -> impl IntoView {
    view! {
        <form
            class="bulk-bar"
            class:bulk-bar--open=move || { selection.count(total) > 0 }
            id=CHOSEN
            method="post"
            action=paths::EXPORT_CUSTOMERS
            on:submit=move |event| running.begin(&event)
        >
            <input type="hidden" name="query" value=query.to_query_string() />
            <Chosen selection total />
            <ForAdmins><Menu label="Export" icon="download" class="bulk-bar__menu"><Kinds /></Menu></ForAdmins>
            <TagMenu />
            <Menu label="Queue" icon="list" class="bulk-bar__menu" several=true><QueueFields /></Menu>
            <button
                class="button"
                type="button"
                hidden=move || selection.count(total) == 0
                on:click=move |_| selection.clear()
            >
                <Icon name="x" />
                "Clear"
            </button>
        </form>
    }
    .into_any()
}

/// Who is chosen, for people and for the form, and the way to everybody.
#[component]
fn Chosen(selection: Selection, total: i64) -> impl IntoView {
    let count = move || selection.count(total);
    let hidden = |slug: String| view! { <input type="hidden" name="chosen[]" value=slug /> };
    let more = move || !selection.all.get() && count() < total;
    view! {
        <input type="hidden" name="by_hand" value="1" />
        {move || selection.slugs.get().into_iter().map(hidden).collect_view()}
        {move || selection.all.get().then(|| view! { <input type="hidden" name="all" value="true" /> })}
        <p class="bulk-bar__count" role="status" hidden=move || count() == 0>
            {move || format!("{} chosen", grouped(count()))}
        </p>
        <button class="button" type="button" hidden=move || !more() on:click=move |_| selection.all.set(true)>
            {format!("All {} that match", grouped(total))}
        </button>
    }
    .into_any()
}

#[component]
fn TagMenu() -> impl IntoView {
    view! {
        <Menu label="Tag" icon="tag" class="bulk-bar__menu" several=true>
            <label class="field">
                <span class="field__label">"Tags, with commas between them"</span>
                <input class="input" name="tags" autocomplete="off" />
            </label>
            <button class="button button--primary" type="submit" formaction=TagChosen::PATH>"Add to all chosen"</button>
        </Menu>
    }
    .into_any()
}
