//! What stands in the cells of the table.

use leptos::prelude::*;

use crate::domain::customer::Customer;
use crate::domain::finder::{self, Part};
use crate::domain::listing::ReachLinks;
use crate::paths;
use crate::ui::badge::{Badge, Tone};
use crate::ui::copy::CopyButton;
use crate::ui::icon::Icon;
use crate::ui::phone_link::{Reach, ReachButton};

/// A text with the parts marked that a search has found.
#[component]
pub fn Marked(
    /// The text in pieces.
    parts: Vec<Part>,
) -> impl IntoView {
    let piece = |part: Part| {
        if part.found {
            view! { <mark>{part.text}</mark> }.into_any()
        } else {
            part.text.into_any()
        }
    };
    parts.into_iter().map(piece).collect_view()
}

/// The phone, the WhatsApp number where it is another, and a further number that the search has found.
#[component]
pub fn Numbers(
    /// Whose they are.
    customer: Customer,
    /// Another number that was found.
    other_number: Option<String>,
    /// Whether the WhatsApp number is shown.
    whatsapp: bool,
    /// What was searched.
    search: String,
) -> impl IntoView {
    let marked = |number: &str| {
        let parts = finder::highlight_number(&search, number);
        view! { <Marked parts /> }
    };
    let valid = customer.phone.e164_str().map(str::to_owned);
    let flagged = valid.is_none();
    let beside = match valid {
        Some(number) => view! { <CopyButton text=number what="phone number" /> }.into_any(),
        None => view! { <Badge tone=Tone::Warning text="Not a number" /> }.into_any(),
    };
    let chat = customer.whatsapp.filter(|_| whatsapp).map(|number| number.display());
    view! {
        <span class="phone" class:phone--flagged=flagged>
            <bdi class="phone__number">{marked(&customer.phone.display())}</bdi>
            {beside}
        </span>
        {chat.map(|number| view! {
            <span class="phone phone--whatsapp"><abbr title="WhatsApp">"WA"</abbr> " " <bdi>{marked(&number)}</bdi></span>
        })}
        {other_number.map(|number| view! { <span class="phone cell__found">"also " <bdi>{marked(&number)}</bdi></span> })}
    }
    .into_any()
}

/// What can be done with a customer.
#[component]
pub fn Actions(
    /// The customer.
    customer: Customer,
    /// What the customer is called.
    name: String,
    /// The ways to reach them.
    reach: ReachLinks,
) -> impl IntoView {
    let messaged = customer.whatsapp.as_ref().unwrap_or(&customer.phone).display();
    let called = customer.phone.display();
    view! {
        <RowLink href=paths::customer(&customer.phone) icon="eye" verb="View" name=name.clone() />
        <ReachButton how=Reach::WhatsApp link=reach.whatsapp number=messaged name=name.clone() unwanted=reach.unwanted />
        <ReachButton how=Reach::Call link=reach.call number=called name=name.clone() />
        <RowLink href=paths::orders_of(&customer.phone.to_slug()) icon="shopping-bag" verb="Orders" name />
    }
    .into_any()
}

#[component]
fn RowLink(href: String, icon: &'static str, verb: &'static str, name: String) -> impl IntoView {
    let title = format!("{verb}: {name}");
    view! {
        <a class="button button--icon" href=href title=title>
            <Icon name=icon />
            <span class="button__label">{verb}</span>
            <span class="visually-hidden">" " {name}</span>
        </a>
    }
    .into_any()
}
