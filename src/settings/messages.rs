//! The shop's message templates.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

use super::api::{DeleteTemplate, MakeDefaultTemplate, SaveTemplate, get_templates};
use super::tabs::Tabs;
use super::template::{Draft, Stored, refused_of};
use crate::domain::message::{DEFAULT_TEMPLATE, Known, PLACES, Template, Templates, fill};
use crate::paths;
use crate::ui::answer::{ask, when_here};
use crate::ui::failure::Failure;
use crate::ui::form::{Sending, Sent};
use crate::ui::icon::Icon;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Where the forms of the templates go.
#[derive(Clone, Copy)]
pub struct Actions {
    /// Adds or changes one.
    pub save: Sending,
    /// Makes one the default.
    pub default: Sending,
    /// Takes one away.
    pub delete: Sending,
}

/// Shows the message templates.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let templates = ask(move || sent.get(), |_| get_templates());
    let actions = Actions {
        save: Sending::to(SaveTemplate::PATH),
        default: Sending::to(MakeDefaultTemplate::PATH),
        delete: Sending::to(DeleteTemplate::PATH),
    };
    view! {
        <Title text="Messages" />
        <div class="page">
            <header class="page-header">
                <PageTitle>"Messages"</PageTitle>
                <p class="page-header__context">"What the WhatsApp buttons write for you"</p>
            </header>
            <Tabs />
            <Transition fallback=|| view! { <TableSkeleton rows=4 /> }>
                {move || when_here(async move {
                    match templates.await {
                        Ok(found) => view! { <Messages found actions /> }.into_any(),
                        Err(error) => {
                            let again = move |()| templates.refetch();
                            view! { <Failure error retry=paths::MESSAGES again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

/// The templates, and a form for another.
#[component]
fn Messages(found: Templates, actions: Actions) -> impl IntoView {
    let Templates {
        templates,
        sample,
        may_edit,
    } = found;
    let none = templates.is_empty();
    let known = StoredValue::new(sample.clone());
    let one = move |template: Template| view! { <Stored template known may_edit actions /> };
    view! {
        <section class="templates" aria-labelledby="templates-title">
            <h2 class="visually-hidden" id="templates-title">"Message templates"</h2>
            <p class="templates__intro">
                "What the WhatsApp button writes for you. The default stands behind the button of the list; on a customer’s page all of them can be chosen."
            </p>
            <Places />
            {none.then(|| view! { <NoneYet sample /> })}
            <ul class="templates__list">{templates.into_iter().map(one).collect_view()}</ul>
            {may_edit.then(|| view! { <New known actions open=none /> })}
        </section>
    }
    .into_any()
}

/// What can be filled in.
#[component]
fn Places() -> impl IntoView {
    let places = PLACES.map(|(place, what)| view! { <li><code>{place}</code> " " {what}</li> });
    view! { <ul class="places" aria-label="What is filled in">{places.into_iter().collect_view()}</ul> }.into_any()
}

/// Says what is written as long as the shop has written nothing.
#[component]
fn NoneYet(sample: Known) -> impl IntoView {
    view! {
        <div class="panel">
            <p>"There is none yet. Until there is, a chat begins with:"</p>
            <p class="bubble"><bdi>{fill(DEFAULT_TEMPLATE, &sample)}</bdi></p>
        </div>
    }
    .into_any()
}

#[component]
fn New(known: StoredValue<Known>, actions: Actions, open: bool) -> impl IntoView {
    view! {
        <details class="panel" open=open || refused_of(actions.save, "")>
            <summary class="panel__title">"New template " <Icon name="chevron-down" /></summary>
            <Draft template=None known actions />
        </details>
    }
    .into_any()
}
