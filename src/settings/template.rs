//! One message template: as it would be sent, and the form that changes it.

use leptos::html;
use leptos::prelude::*;

use super::messages::Actions;
use crate::domain::message::{Known, Template, TemplateForm, fill};
use crate::error::AppError;
use crate::ui::badge::{Badge, Tone};
use crate::ui::field::Field;
use crate::ui::form::{Form, Sending};

/// Shows a template as it would be sent; whoever may change it finds the form behind a word.
#[component]
pub fn Stored(
    /// The template.
    template: Template,
    /// What is filled in to show it.
    known: StoredValue<Known>,
    /// Whether the reader may change it.
    may_edit: bool,
    /// Where its forms go.
    actions: Actions,
) -> impl IntoView {
    let text = known.with_value(|known| fill(&template.body, known));
    let badge = template
        .is_default
        .then(|| view! { <Badge tone=Tone::Positive text="Default" /> });
    let change = may_edit.then(|| {
        let template = template.clone();
        view! { <Change template known actions /> }
    });
    view! {
        <li class="panel template">
            <h3 class="template__name"><bdi>{template.name}</bdi> " " {badge}</h3>
            <p class="bubble"><bdi>{text}</bdi></p>
            {change}
        </li>
    }
    .into_any()
}

/// Whether a form of a template was refused; without JavaScript it comes back with the page, and is to be seen.
pub fn refused_of(save: Sending, id: &str) -> bool {
    let refusal = save.refusal().get_untracked();
    matches!(refusal, Some(AppError::TemplateNotSaved(refused)) if refused.typed.id == id)
}

#[component]
fn Change(template: Template, known: StoredValue<Known>, actions: Actions) -> impl IntoView {
    let id = template.id.to_string();
    let (number, number_of, name) = (id.clone(), id.clone(), template.name.clone());
    let default = (!template.is_default).then(|| {
        view! {
            <Form to=actions.default>
                <input type="hidden" name="id" value=number />
                <button class="button" type="submit">
                    "Make default" <span class="visually-hidden">": " {name}</span>
                </button>
            </Form>
        }
    });
    let refused = move || actions.default.refusal().get().or(actions.delete.refusal().get());
    let failed = move || refused().map(|error| error.to_string());
    view! {
        <div class="template__change">
            {default}
            <details data-once="" open=refused_of(actions.save, &number_of)>
                <summary class="button">"Change " <span class="visually-hidden">{template.name.clone()}</span></summary>
                <Draft template=Some(template) known actions />
                <Form to=actions.delete class="template__delete">
                    <input type="hidden" name="id" value=id />
                    <button class="button button--danger" type="submit">"Delete this template for good"</button>
                </Form>
                <p class="form__error" role="alert">{failed}</p>
            </details>
        </div>
    }
    .into_any()
}

/// A form of a template, which shows while one types what would be sent.
#[component]
pub fn Draft(
    /// The template that is changed; none for a new one.
    template: Option<Template>,
    /// What is filled in to show it.
    known: StoredValue<Known>,
    /// Where the form goes.
    actions: Actions,
) -> impl IntoView {
    let is_new = template.is_none();
    let stored = template.map_or_else(TemplateForm::default, |template| TemplateForm {
        id: template.id.to_string(),
        name: template.name,
        body: template.body,
    });
    let id = stored.id.clone();
    let refused = Signal::derive(move || match actions.save.refusal().get() {
        Some(AppError::TemplateNotSaved(refused)) if refused.typed.id == id => Some(*refused),
        _ => None,
    });
    // What was typed comes back, over what is stored.
    let form = refused.get_untracked().map_or(stored, |refused| refused.typed);
    let wrong = move |field: &'static str| {
        Signal::derive(move || {
            refused
                .get()
                .filter(|refused| refused.field == field)
                .map(|refused| refused.remark)
        })
    };
    let field = format!("template-{}", form.id);
    let other = move || {
        let refusal = actions.save.refusal().get();
        refusal.filter(|error| !matches!(error, AppError::TemplateNotSaved(_)))
    };
    view! {
        <Form to=actions.save class="form" anew=is_new>
            <input type="hidden" name="template[id]" value=form.id />
            <Field
                name="template[name]"
                id=field
                label="Name"
                value=form.name
                hint="What you and your staff call it."
                error=wrong("name")
            />
            <Body text=form.body known wrong=wrong("body") />
            <p class="form__error" role="alert">{move || other().map(|error| error.to_string())}</p>
            <div class="form__buttons">
                <button class="button button--primary" type="submit">"Save template"</button>
            </div>
        </Form>
    }
    .into_any()
}

/// The text of a message, and under it what would be sent.
#[component]
fn Body(text: String, known: StoredValue<Known>, wrong: Signal<Option<String>>) -> impl IntoView {
    let typed = RwSignal::new(text.clone());
    let area = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        // What was typed before the page was taken over.
        if let Some(area) = area.get() {
            typed.set(area.value());
        }
    });
    let preview = move || known.with_value(|known| fill(&typed.read(), known));
    view! {
        <label class="field">
            <span class="field__label">"Message"</span>
            <textarea
                node_ref=area
                class="input"
                name="template[body]"
                rows="4"
                required
                aria-invalid=move || wrong.get().map(|_| "true")
                on:input:target=move |event| typed.set(event.target().value())
            >
                {text}
            </textarea>
            <span class="field__error">{move || wrong.get()}</span>
        </label>
        <div class="template__preview" hidden=move || typed.read().is_empty()>
            <p>"As it would be sent:"</p>
            <p class="bubble" aria-live="polite"><bdi>{preview}</bdi></p>
        </div>
    }
    .into_any()
}
