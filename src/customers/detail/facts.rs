//! How a customer is reached, where they are, and how else they have been written.

use leptos::prelude::*;

use crate::domain::customer::Customer;
use crate::domain::order_list::Spelling;
use crate::domain::phone::Phone;
use crate::domain::place;
use crate::domain::stats::orders_in_words;
use crate::ui::badge::{Badge, Tone};
use crate::ui::copy::CopyButton;
use crate::ui::moment::Moment;

/// Shows what is known of a customer; what is not known is left out.
#[component]
pub fn Facts(
    /// The customer.
    customer: Customer,
    /// Every spelling of the name on orders.
    names: Vec<Spelling>,
    /// The numbers besides phone and WhatsApp.
    numbers: Vec<Phone>,
) -> impl IntoView {
    let place = place::written(&customer.city, &customer.state);
    // The only spelling stands at the head of the page, unless another name was set.
    let told = names.iter().any(|spelling| spelling.name != customer.name);
    let names = told.then(|| {
        let name = |spelling: Spelling| view! { <Written spelling /> };
        view! { <Fact label="Name on orders">{names.into_iter().map(name).collect_view()}</Fact> }
    });
    let numbers = (!numbers.is_empty()).then(|| {
        let number = |number: Phone| view! { <Number number what="number" /> };
        view! { <Fact label="Other numbers">{numbers.into_iter().map(number).collect_view()}</Fact> }
    });
    view! {
        <dl class="facts">
            <Fact label="Phone"><Number number=customer.phone what="phone number" /></Fact>
            {customer.whatsapp.map(|number| view! {
                <Fact label="WhatsApp"><Number number what="WhatsApp number" /></Fact>
            })}
            {(!place.is_empty()).then(|| view! { <Fact label="Place"><bdi>{place}</bdi></Fact> })}
            <Fact label="Usual source">{customer.source.label()}</Fact>
            {names}
            {numbers}
        </dl>
    }
    .into_any()
}

#[component]
fn Fact(label: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="fact">
            <dt class="fact__label">{label}</dt>
            <dd class="fact__value">{children()}</dd>
        </div>
    }
    .into_any()
}

/// A spelling of the name, with how often and when last it was used.
#[component]
fn Written(spelling: Spelling) -> impl IntoView {
    let Spelling { name, orders, last } = spelling;
    view! {
        <span class="fact__one fact__one--noted">
            <bdi>{name}</bdi>
            <span class="fact__note">{orders_in_words(orders)} ", last " <Moment day=last /></span>
        </span>
    }
    .into_any()
}

/// A number that can be copied, or a text that is none.
#[component]
fn Number(number: Phone, what: &'static str) -> impl IntoView {
    let beside = match number.e164_str().map(str::to_owned) {
        Some(text) => view! { <CopyButton text what /> }.into_any(),
        None => view! { <Badge tone=Tone::Warning text="Not a number" /> }.into_any(),
    };
    view! { <span class="fact__one"><bdi>{number.display()}</bdi> {beside}</span> }.into_any()
}
