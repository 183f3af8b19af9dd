//! What a form says, shown before the server has answered.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{FormData, HtmlFormElement, SubmitEvent};

use super::edit::FIELDS;
use crate::domain::customer::Customer;
use crate::domain::profile::{Details, Field};
use crate::ui::form::Sending;

/// The details that were typed and are on their way; none while nothing is.
#[derive(Clone, Copy)]
pub struct Hoped(RwSignal<Option<Details>>);

impl Hoped {
    /// Begins with nothing; a refusal ends a hope, and so does [`Hoped::end`].
    pub fn new(to: Sending) -> Self {
        let hoped = Self(RwSignal::new(None));
        Effect::new(move |_| {
            if to.refusal().get().is_some() {
                hoped.end();
            }
        });
        hoped
    }

    /// Takes what a form that is being sent says.
    pub fn begin(self, event: &SubmitEvent) {
        let form = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let Some(data) = form.and_then(|form| FormData::new_with_form(&form).ok()) else {
            return;
        };
        let mut details = Details::default();
        for (field, _, name) in FIELDS {
            details.set(field, data.get(name).as_string().unwrap_or_default().trim().to_owned());
        }
        self.0.set(Some(details));
    }

    /// Ends a hope: what the server says is here.
    pub fn end(self) {
        self.0.set(None);
    }

    /// Tells whether something is on its way.
    pub fn is_some(self) -> bool {
        self.0.read().is_some()
    }

    /// Returns a customer as they would be. A name that was emptied comes from the orders, and a number is read by the
    /// server: both are shown when they are here.
    pub fn over(self, customer: &Customer) -> Customer {
        let mut customer = customer.clone();
        if let Some(hoped) = self.0.get() {
            let name = hoped.get(Field::Name);
            if !name.is_empty() {
                name.clone_into(&mut customer.name);
            }
            (customer.city, customer.state) = (hoped.city, hoped.state);
        }
        customer
    }
}
