//! Changes the status of the orders that are chosen in the table.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::ChangeStatus;
use crate::domain::order_query::OrderQuery;
use crate::domain::status::Status;
use crate::ui::form::{Form, Sending};
use crate::ui::order_table::CHOSEN;

/// A bar below the table; the rows' boxes belong to its form.
#[component]
pub fn StatusBar(
    /// The page that is shown, to come back to.
    query: OrderQuery,
) -> impl IntoView {
    let to = Sending::to(ChangeStatus::PATH);
    let wrong = to.wrong_besides(&[]);
    let option = |status: Status| view! { <option value=status.as_str()>{status.label()}</option> };
    view! {
        <Form to class="status-bar" attr:id=CHOSEN>
            <input type="hidden" name="back" value=query.to_query_string() />
            <label class="status-bar__label" for="new-status">"Mark the chosen orders as"</label>
            <select class="input status-bar__choice" id="new-status" name="status">
                {Status::ALL.into_iter().map(option).collect_view()}
            </select>
            <button class="button" type="submit">"Change status"</button>
            <p class="form__error" role="alert">{move || wrong.get()}</p>
        </Form>
    }
    .into_any()
}
