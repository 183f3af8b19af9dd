//! Which columns the table has, and how high its rows are; kept for the user on the server.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlFormElement, HtmlInputElement};

use super::api::SaveView;
use crate::domain::view::{Column, Density, View};
use crate::ui::form::{Form, Sending};
use crate::ui::menu::Menu;

/// Offers columns and density; a change counts at once where the page is alive, else when the form is sent.
#[component]
pub fn ColumnsMenu(
    /// How the table looks now.
    view: View,
    /// What is shown; a view with a name looks as is chosen here.
    query: String,
) -> impl IntoView {
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let density = view.density;
    let heights = Density::ALL.map(|choice| view! { <Height choice set=choice == density /> });
    let columns = Column::ALL.map(|column| view! { <Shown column set=view.shows(column) /> });
    let save = Sending::to(SaveView::PATH);
    let failed = save.wrong_besides(&[]);
    view! {
        <Menu label="Columns" icon="columns" class="columns-menu" several=true>
            <Form to=save class="columns-form" on:change=send>
                <input type="hidden" name="query" value=query />
                <fieldset class="columns-form__part">
                    <legend class="choices__heading">"Rows"</legend>
                    {heights.into_iter().collect_view()}
                </fieldset>
                <fieldset class="columns-form__part">
                    <legend class="choices__heading">"Columns"</legend>
                    {columns.into_iter().collect_view()}
                </fieldset>
                <p class="form__error" role="alert">{move || failed.get()}</p>
                <button class="button button--primary button--wide" type="submit" hidden=move || alive.get()>
                    "Apply"
                </button>
            </Form>
        </Menu>
    }
    .into_any()
}

#[component]
fn Height(choice: Density, set: bool) -> impl IntoView {
    view! {
        <label class="menu__item">
            <input type="radio" name="density" value=choice.as_str() checked=set />
            {choice.label()}
        </label>
    }
}

#[component]
fn Shown(column: Column, set: bool) -> impl IntoView {
    view! {
        <label class="menu__item">
            <input type="checkbox" name="shown[]" value=column.as_str() checked=set />
            {column.label()}
        </label>
    }
}

/// Sends the form that an input belongs to.
fn send(event: Event) {
    let form: Option<HtmlFormElement> = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        .and_then(|input| input.form());
    if let Some(form) = form {
        // A form that the browser holds back says itself why.
        let _ = form.request_submit();
    }
}
