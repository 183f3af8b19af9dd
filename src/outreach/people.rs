//! Everybody in a queue, and how they stand.

use leptos::prelude::*;

use crate::domain::order_list::shown_name;
use crate::domain::page::Page;
use crate::domain::queue::{Contact, Person};
use crate::paths;
use crate::ui::moment::Moment;
use crate::ui::pagination::Pages;

/// Shows everybody in a queue, whoever comes next first.
#[component]
pub fn People(
    /// A page of them.
    people: Page<Person>,
    /// The queue's number.
    queue: i64,
) -> impl IntoView {
    let Page {
        rows,
        total,
        page,
        size,
    } = people;
    view! {
        <section class="panel" aria-labelledby="people-title">
            <h2 class="panel__title" id="people-title">"Everybody in this queue"</h2>
            <ul class="people">{rows.into_iter().map(|person| view! { <One person /> }).collect_view()}</ul>
            <Pages page size total href=move |page, other| paths::queue_page(queue, page, other.unwrap_or(size)) />
        </section>
    }
    .into_any()
}

#[component]
fn One(person: Person) -> impl IntoView {
    let Person { buyer, contact, with } = person;
    let href = paths::customer(&buyer.phone);
    let name = shown_name(&buyer.name).to_owned();
    let standing = match with {
        Some(who) => format!("With {who}").into_any(),
        None => contact.map_or_else(|| ().into_any(), |contact| view! { <ContactLine contact /> }.into_any()),
    };
    view! {
        <li class="person">
            <a class="person__name" href=href><bdi>{name}</bdi></a>
            <span class="person__phone">{buyer.phone.display()}</span>
            <span class="person__standing">{standing}</span>
        </li>
    }
    .into_any()
}

/// What came of a call or a message, and when to try again.
#[component]
pub fn ContactLine(
    /// The call or message.
    contact: Contact,
) -> impl IntoView {
    let again = contact.again.map(|day| format!(" · again {day}"));
    view! {
        <span class="contact">
            {contact.outcome.label()} ", " <Moment day=contact.at /> ", " {contact.who} {again}
        </span>
    }
    .into_any()
}
