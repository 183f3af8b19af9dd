//! The currency of the amounts on a page, from the server to the browser.

use leptos::prelude::*;

use crate::domain::money::currency::{Currency, show_in};

/// Returns the code that the document says.
pub fn code() -> String {
    Currency::current().code()
}

/// Has amounts shown as the document's were rendered, before the page is taken over.
pub fn show_as_rendered() {
    let root = document().document_element();
    if let Some(code) = root.and_then(|root| root.get_attribute("data-currency")) {
        show_in(&code);
    }
}
