//! Makes a queue of customers, to be called or messaged one after the other.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::MakeQueue;
use crate::domain::queue::MAX_NAME;
use crate::ui::form::{Form, Sending};
use crate::ui::menu::Menu;

/// Offers to make a queue of all whom the page finds, and says why one was refused.
#[component]
pub fn QueueMenu(
    /// The view, as it stands in the address.
    query: Signal<String>,
) -> impl IntoView {
    let make = Sending::to(MakeQueue::PATH);
    let wrong = make.wrong_besides(&[]);
    view! {
        <Menu label="Queue" icon="list" class="queue-menu" several=true>
            <Form to=make>
                <input type="hidden" name="query" value=move || query.get() />
                <input type="hidden" name="all" value="true" />
                <QueueFields />
            </Form>
        </Menu>
        <p class="form__error" role="alert">{move || wrong.get()}</p>
    }
    .into_any()
}

/// What a queue is called, and the button that makes it.
#[component]
pub fn QueueFields() -> impl IntoView {
    view! {
        <div class="queue-fields">
            <p class="queue-fields__note">"To call or message them one after the other, alone or together."</p>
            <label class="field">
                <span class="field__label">"Name of the queue"</span>
                <input class="input" name="called" maxlength=MAX_NAME.to_string() autocomplete="off" placeholder="As the filters say" />
            </label>
            <button class="button button--primary" type="submit" formaction=MakeQueue::PATH>"Make a queue"</button>
        </div>
    }
    .into_any()
}
