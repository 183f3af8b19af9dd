//! What has just been done, and the way back.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{RestoreNote, UndoCustomerEdit};
use crate::ui::form::{Form, Sending};
use crate::ui::icon::Icon;

/// Says what the address says was done, and offers to take it back.
#[component]
pub fn Notice(
    /// The customer's part of the address.
    slug: String,
) -> impl IntoView {
    let query = use_query_map();
    let undo = Sending::to(UndoCustomerEdit::PATH);
    let restore = Sending::to(RestoreNote::PATH);
    let slug = StoredValue::new(slug);
    move || {
        let query = query.read();
        let (to, said, name, value) = match (query.get("saved"), query.get("deleted")) {
            (Some(version), _) => (undo, "Saved.", "version", version),
            (None, Some(note)) => (restore, "Note deleted.", "id", note),
            (None, None) => return None,
        };
        let failed = to.wrong_besides(&[]);
        Some(view! {
            <div class="toasts" role="status">
                <div class="toast">
                    <Icon name="check" />
                    <p>{said}</p>
                    <Form to>
                        <input type="hidden" name="phone" value=slug.get_value() />
                        <input type="hidden" name=name value=value />
                        <button class="button" type="submit">"Undo"</button>
                    </Form>
                    <p class="form__error" role="alert">{move || failed.get()}</p>
                </div>
            </div>
        })
    }
}
