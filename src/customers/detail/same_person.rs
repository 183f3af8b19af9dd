//! One person with several phones: who may be, who is, and how to say so.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{MergeCustomers, SeparatePhone, same_person};
use crate::domain::order_list::{MaybeSame, shown_name};
use crate::domain::phone::Phone;
use crate::paths;
use crate::ui::answer::{ask, when_here};
use crate::ui::form::{Form, Sending};

/// Shows the merged phones, suggests others, and takes one by hand.
#[component]
pub fn SamePerson(
    /// The phones that merges have given to the customer.
    merged: Vec<Phone>,
    /// The customer's part of the address.
    slug: String,
) -> impl IntoView {
    let merge = Sending::to(MergeCustomers::PATH);
    let separate = Sending::to(SeparatePhone::PATH);
    let wrong = merge.wrong_besides(&[]);
    let (own, hidden) = (slug.clone(), slug.clone());
    let phone = move |phone: Phone| view! { <Merged phone slug=own.clone() separate /> };
    view! {
        <section class="panel" aria-labelledby="same-person-title">
            <h2 class="panel__title" id="same-person-title">"Same person, other phone"</h2>
            {(!merged.is_empty()).then(|| {
                view! { <ul class="same-person">{merged.into_iter().map(phone).collect_view()}</ul> }
            })}
            <Suggestions slug merge />
            <Form to=merge class="panel__form" anew=true>
                <input type="hidden" name="phone" value=hidden />
                <label class="visually-hidden" for="other-phone">"The other phone"</label>
                <input class="input" id="other-phone" name="other" type="tel" placeholder="0706 555 0001" autocomplete="off" />
                <button class="button" type="submit">"Merge"</button>
            </Form>
            <p class="form__error" role="alert">{move || wrong.get()}</p>
            <p class="field__hint">"A merge adds up the orders of both and changes none. It can be undone at any time."</p>
        </section>
    }
    .into_any()
}

#[component]
fn Merged(phone: Phone, slug: String, separate: Sending) -> impl IntoView {
    view! {
        <li class="same-person__one">
            <bdi>{phone.display()}</bdi>
            <Form to=separate>
                <input type="hidden" name="phone" value=slug />
                <input type="hidden" name="other" value=phone.to_slug() />
                <button class="button" type="submit">"Separate"</button>
            </Form>
        </li>
    }
    .into_any()
}

/// Other customers who share a number, or name and place.
#[component]
fn Suggestions(slug: String, merge: Sending) -> impl IntoView {
    let asked = slug.clone();
    let found = ask(move || asked.clone(), same_person);
    let one = move |other: MaybeSame| {
        let (phone, own) = (other.buyer.phone, slug.clone());
        view! {
            <li class="same-person__one">
                <span>
                    <a href=paths::customer(&phone)><bdi>{shown_name(&other.buyer.name).to_owned()}</bdi></a>
                    " " <bdi>{phone.display()}</bdi>
                    <span class="note__by">{other.why}</span>
                </span>
                <Form to=merge>
                    <input type="hidden" name="phone" value=own />
                    <input type="hidden" name="other" value=phone.to_slug() />
                    <button class="button" type="submit">"Merge"</button>
                </Form>
            </li>
        }
    };
    view! {
        <Suspense>
            {move || {
                let one = one.clone();
                when_here(async move {
                    let found = found.await.unwrap_or_default();
                    (!found.is_empty()).then(|| {
                        view! { <ul class="same-person">{found.into_iter().map(one).collect_view()}</ul> }
                    })
                    .into_any()
                })
            }}
        </Suspense>
    }
}
