//! Says which columns of a file hold what.

use leptos::prelude::*;

use crate::domain::import::Column;
use crate::ui::form::{Form, Sending};

/// A choice of the file's columns for each part of an order; what is chosen is kept for the next file.
#[component]
pub fn Columns(
    /// The import's number.
    id: i64,
    /// The parts of an order.
    columns: Vec<Column>,
    /// The file's columns.
    headers: Vec<String>,
    /// Where the form goes.
    to: Sending,
) -> impl IntoView {
    let one = |column: Column| {
        let option = |(at, header): (usize, &String)| {
            view! { <option value=at.to_string() selected=column.chosen == Some(at)>{header.clone()}</option> }
        };
        let options = headers.iter().enumerate().map(option).collect_view();
        let label = if column.required {
            format!("{}, needed", column.label)
        } else {
            column.label
        };
        view! {
            <label class="field">
                <span class="field__label column__label">{label}</span>
                <select class="input" name="chosen[]" required=column.required>
                    <option value="">"None"</option>
                    {options}
                </select>
            </label>
        }
    };
    let fields = columns.into_iter().map(one).collect_view();
    view! {
        <Form to class="form columns">
            <input type="hidden" name="id" value=id.to_string() />
            {fields}
            <p class="form__error" role="alert">{move || to.refusal().get().map(|error| error.to_string())}</p>
            <div class="form__buttons">
                <button class="button button--primary" type="submit">"Take these columns"</button>
            </div>
        </Form>
    }
    .into_any()
}
