//! The head of a customer's page.

use leptos::prelude::*;

use crate::domain::listing::CustomerRow;
use crate::domain::message::Message;
use crate::domain::order_list::shown_name;
use crate::domain::segment::Segment;
use crate::paths;
use crate::ui::badge::{Badge, Tone};
use crate::ui::icon::Icon;
use crate::ui::live::NotLive;
use crate::ui::menu::Menu;
use crate::ui::moment::Moment;
use crate::ui::phone_link::{Reach, ReachButton};
use crate::ui::title::PageTitle;

/// Says who it is and how things stand, and reaches them.
#[component]
pub fn Header(
    /// The customer.
    row: CustomerRow,
    /// Every segment that they are in.
    segments: Vec<Segment>,
    /// The shop's messages, filled in.
    messages: Vec<Message>,
    /// Whether the reader may change details.
    may_edit: bool,
) -> impl IntoView {
    let CustomerRow {
        customer,
        active,
        first,
        last,
        reach,
        ..
    } = row;
    let edit = may_edit.then(|| {
        let href = paths::customer_edit(&customer.phone);
        view! { <a class="button" href=href data-noscroll="">"Edit"</a> }
    });
    let name = shown_name(&customer.name).to_owned();
    let messages: Vec<Message> = messages.into_iter().filter(|message| message.link.is_some()).collect();
    let number = customer.whatsapp.as_ref().unwrap_or(&customer.phone).display();
    let (called, title) = (customer.phone.display(), name.clone());
    view! {
        <header class="page-header customer-header">
            <a class="customer-header__back" href=paths::CUSTOMERS>
                <Icon name="chevron-left" />
                "Customers"
            </a>
            <PageTitle><bdi>{title}</bdi></PageTitle>
            <div class="customer-header__standing">
                <Standing active segments />
                <NotLive />
                <p class="customer-header__days">
                    "First order " <Moment day=first /> " · last order " <Moment day=last />
                </p>
            </div>
            <div class="page-header__actions customer-header__actions reach">
                {edit}
                <ReachButton how=Reach::WhatsApp link=reach.whatsapp number name=name.clone() unwanted=reach.unwanted />
                <ReachButton how=Reach::Call link=reach.call number=called name />
                {(messages.len() > 1).then(|| view! { <Messages messages /> })}
            </div>
        </header>
    }
    .into_any()
}

/// Every message that the shop has written, to be sent to this customer.
#[component]
fn Messages(messages: Vec<Message>) -> impl IntoView {
    let message = |message: Message| {
        view! {
            <li>
                <a class="menu__item" href=message.link target="_blank" rel="noopener">
                    <span>
                        <bdi>{message.name}</bdi>
                        <span class="message__text"><bdi>{message.text}</bdi></span>
                    </span>
                </a>
            </li>
        }
    };
    view! {
        <Menu label="Messages" icon="message-circle">
            <ul>{messages.into_iter().map(message).collect_view()}</ul>
        </Menu>
    }
    .into_any()
}

/// Whether they are active, and what kind of customer they are.
#[component]
fn Standing(active: bool, segments: Vec<Segment>) -> impl IntoView {
    let (tone, text) = if active {
        (Tone::Positive, "Active")
    } else {
        (Tone::Neutral, "Inactive")
    };
    let segment = |segment: Segment| view! { <li><Badge tone=Tone::Segment(segment) text=segment.label() /></li> };
    view! {
        <ul class="badges" aria-label="Status and segments">
            <li><Badge tone text /></li>
            {segments.into_iter().map(segment).collect_view()}
        </ul>
    }
}
