//! Whether a customer wants messages, and what the law gives them: a copy of what is held, and its erasure.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{EraseCustomer, SetConsent};
use crate::domain::consent::Consent;
use crate::paths;
use crate::ui::field::Field;
use crate::ui::form::{Form, Sending};
use crate::ui::icon::Icon;

/// Asks whether they want messages; staff may write it down.
#[component]
pub fn Messages(
    /// What they have said.
    consent: Consent,
    /// The customer's part of the address.
    slug: String,
) -> impl IntoView {
    let to = Sending::to(SetConsent::PATH);
    let wrong = to.wrong_besides(&[]);
    let choice = move |one: Consent| {
        view! {
            <label class="consent__choice">
                <input type="radio" name="consent" value=one.as_str() checked=one == consent />
                {one.label()}
            </label>
        }
    };
    view! {
        <section class="panel" aria-labelledby="consent-title">
            <h2 class="panel__title" id="consent-title">"Wants messages"</h2>
            <Form to class="panel__form consent">
                <input type="hidden" name="phone" value=slug />
                <fieldset class="consent__choices" aria-labelledby="consent-title" aria-describedby="consent-hint">
                    {Consent::ALL.map(choice).into_iter().collect_view()}
                </fieldset>
                <button class="button" type="submit">"Save answer"</button>
            </Form>
            <p class="form__error" role="alert">{move || wrong.get()}</p>
            <p class="field__hint" id="consent-hint">"“No” takes the WhatsApp button away everywhere. They can still be called."</p>
        </section>
    }
    .into_any()
}

/// Hands out what is held, and erases it: for owners.
#[component]
pub fn PersonsData(
    /// The customer's part of the address.
    slug: String,
) -> impl IntoView {
    let to = Sending::to(EraseCustomer::PATH);
    let other = to.wrong_besides(&["confirm"]);
    let open = to.refusal().get_untracked().is_some();
    view! {
        <section class="panel" aria-labelledby="data-title">
            <h2 class="panel__title" id="data-title">"Their data"</h2>
            <p class="field__hint">"All that is held about them, for who asks for it: orders, changes, notes, contacts and the rest."</p>
            <form class="persons-data" method="post" action=paths::EXPORT_PERSON>
                <input type="hidden" name="phone" value=slug.clone() />
                <button class="button" type="submit" name="format" value="xlsx"><Icon name="download" />"Excel workbook"</button>
                <button class="button" type="submit" name="format" value="json"><Icon name="download" />"JSON"</button>
            </form>
            <details data-once="" open=open>
                <summary class="button">"Erase this person"</summary>
                <Form to class="form">
                    <input type="hidden" name="phone" value=slug />
                    <p>
                        "Name, numbers, addresses, notes and everything else about them goes for good. Amounts and dates of their orders stay, so that the shop’s figures stay as they are. This cannot be undone."
                    </p>
                    <Field name="confirm" label="The customer’s name, or ERASE" error=to.wrong("confirm") />
                    <p class="form__error" role="alert">{move || other.get()}</p>
                    <button class="button button--danger" type="submit">"Erase for good"</button>
                </Form>
            </details>
        </section>
    }
    .into_any()
}
