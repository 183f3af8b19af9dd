//! A form's field with its label and what is wrong with it.

use leptos::prelude::*;

/// Shows a labelled input; where `error` is set, it is said beside the field and to screen readers.
#[component]
pub fn Field(
    /// The field's name in the form.
    name: &'static str,
    /// Its id, where the page has another field with its name.
    #[prop(into, optional)]
    id: Option<String>,
    /// What it asks for.
    label: &'static str,
    /// The kind of input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What the field holds to begin with.
    #[prop(into, optional)]
    value: String,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: &'static str,
    /// Whether it may stay empty.
    #[prop(optional)]
    optional: bool,
    /// The id of the list that suggests what to fill in.
    #[prop(optional)]
    list: Option<&'static str>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let invalid = move || error.read().is_some();
    let id = id.unwrap_or_else(|| name.to_owned());
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        <div class="field" class:field--invalid=invalid>
            <label class="field__label" for=id.clone()>
                {label}
            </label>
            <input
                class="input"
                id=id
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                list=list
                required=!optional
                aria-invalid=move || invalid().then_some("true")
                aria-describedby=format!("{hint_id} {error_id}")
            />
            <p class="field__hint" id=hint_id>
                // An empty text would be written as a space, which takes room.
                {(!hint.is_empty()).then_some(hint)}
            </p>
            <p class="field__error" id=error_id>
                {move || error.get()}
            </p>
        </div>
    }
}

/// Shows a labelled choice of one of several.
#[component]
pub fn Select(
    /// The field's name in the form, and its id.
    name: &'static str,
    /// What it asks for.
    label: &'static str,
    /// The value that is chosen to begin with.
    chosen: String,
    /// The values with what people read.
    options: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let option = |(value, label): (&'static str, &'static str)| {
        view! { <option value=value selected=value == chosen>{label}</option> }
    };
    view! {
        <div class="field">
            <label class="field__label" for=name>{label}</label>
            <select class="input" id=name name=name>{options.into_iter().map(option).collect_view()}</select>
        </div>
    }
    .into_any()
}
