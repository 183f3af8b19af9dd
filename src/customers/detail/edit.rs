//! The form that changes a customer's details.

use leptos::prelude::*;

use super::hoped::Hoped;
use crate::domain::customer::Customer;
use crate::domain::phone::Phone;
use crate::domain::profile::{Details, Field as Detail};
use crate::paths;
use crate::ui::field::Field;
use crate::ui::form::{Form, Sending};

/// Each detail with the names of its inputs: as it was shown, as it is to be.
pub const FIELDS: [(Detail, &str, &str); 4] = [
    (Detail::Name, "edit[was][name]", "edit[to][name]"),
    (Detail::Whatsapp, "edit[was][whatsapp]", "edit[to][whatsapp]"),
    (Detail::City, "edit[was][city]", "edit[to][city]"),
    (Detail::State, "edit[was][state]", "edit[to][state]"),
];

/// Shows what is set, to be changed; after a refusal, what was typed with what is to be looked at.
#[component]
pub fn EditForm(
    /// The customer as they are now.
    customer: Customer,
    /// Where the form goes.
    to: Sending,
    /// What is shown of it until the answer is there.
    hoped: Hoped,
) -> impl IntoView {
    let refused = to.not_saved();
    let was = shown(&customer);
    let typed = refused
        .as_ref()
        .map_or_else(|| readable(&customer), |form| form.typed.clone());
    let remark = move |detail: Detail| {
        Signal::derive(move || to.not_saved().and_then(|form| form.of(detail).map(str::to_owned)))
    };
    let fields = FIELDS.map(|(detail, before, after)| {
        view! {
            <input type="hidden" name=before value=was.get(detail).to_owned() />
            <Field name=after label=detail.label() value=typed.get(detail) hint=hint(detail) optional=true error=remark(detail) />
        }
    });
    let general = to.wrong_besides(&[]);
    let pending = to.pending();
    view! {
        <section class="panel" aria-labelledby="edit-title" hidden=move || hoped.is_some()>
            <h2 class="panel__title" id="edit-title">"Edit details"</h2>
            <Form to class="form form--pairs" on:submit=move |event| hoped.begin(&event)>
                <input type="hidden" name="phone" value=customer.phone.to_slug() />
                {fields.into_iter().collect_view()}
                <p class="form__error" role="alert">{move || general.get()}</p>
                <div class="form__buttons">
                    <button class="button button--primary" type="submit" aria-disabled=move || pending.get().to_string()>
                        "Save"
                    </button>
                    <a class="button" href=paths::customer(&customer.phone) data-noscroll="">"Cancel"</a>
                </div>
            </Form>
        </section>
    }
    .into_any()
}

fn hint(detail: Detail) -> &'static str {
    match detail {
        Detail::Name => "Empty: as on the latest order.",
        Detail::Whatsapp => "Empty: as on the latest order. The phone itself: no other number.",
        Detail::City | Detail::State => "",
    }
}

/// The details as they are stored.
fn shown(customer: &Customer) -> Details {
    let number = customer.whatsapp.as_ref().map(|number| number.as_str().to_owned());
    Details {
        name: customer.name.clone(),
        whatsapp: number.unwrap_or_default(),
        city: customer.city.clone(),
        state: customer.state.clone(),
    }
}

/// The details as people write them.
fn readable(customer: &Customer) -> Details {
    Details {
        whatsapp: customer.whatsapp.as_ref().map(Phone::display).unwrap_or_default(),
        ..shown(customer)
    }
}
