//! Keys of the API.

use leptos::prelude::*;

use super::connections::Actions;
use crate::domain::connection::{ApiKey, Scope};
use crate::ui::badge::{Badge, Tone};
use crate::ui::copy::CopyButton;
use crate::ui::field::Field;
use crate::ui::form::{Form, Sending};
use crate::ui::moment::Moment;

/// A key that has just been made: this page alone shows it.
#[component]
pub fn Fresh(key: String) -> impl IntoView {
    view! {
        <section class="panel" role="status" aria-labelledby="fresh-title">
            <h2 class="panel__title" id="fresh-title">"Your new key"</h2>
            <p>"Copy it now: it is shown this once and cannot be shown again."</p>
            <p class="secret"><code>{key.clone()}</code> <CopyButton text=key what="the key" /></p>
        </section>
    }
    .into_any()
}

/// The keys in force, and a form for another.
#[component]
pub fn Keys(keys: Vec<ApiKey>, address: String, actions: Actions) -> impl IntoView {
    let none = keys.is_empty();
    let document = format!("{address}/api/v1/openapi.json");
    let one = |key: ApiKey| view! { <One key=key to=actions.revoke_key /> };
    let failed = move || actions.revoke_key.refusal().get().map(|error| error.to_string());
    view! {
        <section class="panel" aria-labelledby="keys-title">
            <h2 class="panel__title" id="keys-title">"API keys"</h2>
            <p class="connections__about">
                "With a key, another program adds orders and reads them. What it can do is written at "
                <a href=document.clone() rel="external">{document.clone()}</a> "."
            </p>
            {none.then(|| view! { <p>"There is no key yet."</p> })}
            <ul class="connections__list">{keys.into_iter().map(one).collect_view()}</ul>
            <p class="form__error" role="alert">{failed}</p>
            <New to=actions.make_key open=none />
        </section>
    }
    .into_any()
}

#[component]
fn One(key: ApiKey, to: Sending) -> impl IntoView {
    let scopes = key.scopes.into_iter();
    let scopes = scopes.map(|scope| view! { <Badge tone=Tone::Neutral text=scope.label() /> " " });
    let used = match key.used {
        Some(day) => view! { ", last used " <Moment day /> }.into_any(),
        None => ", never used".into_any(),
    };
    view! {
        <li class="connection">
            <h3 class="connection__name"><bdi>{key.name.clone()}</bdi> " " <code>{key.prefix} "…"</code></h3>
            <p>{scopes.collect_view()}</p>
            <p class="connection__about">"Made by " {key.maker} ", " <Moment day=key.made /> {used}</p>
            <details data-once="">
                <summary class="button">"Revoke" <span class="visually-hidden">" " {key.name}</span></summary>
                <Form to class="form">
                    <input type="hidden" name="id" value=key.id.to_string() />
                    <p>"Whatever uses this key is refused from then on. This cannot be undone."</p>
                    <button class="button button--danger" type="submit">"Revoke this key"</button>
                </Form>
            </details>
        </li>
    }
    .into_any()
}

#[component]
fn New(to: Sending, open: bool) -> impl IntoView {
    let scope = |scope: Scope| {
        view! {
            <label class="connections__choice">
                <input type="checkbox" name="scopes[]" value=scope.as_str() />
                {scope.label()}
            </label>
        }
    };
    let (wrong, other) = (to.wrong("scopes"), to.wrong_besides(&["name", "scopes"]));
    view! {
        <details data-once="" open=open || to.refusal().get_untracked().is_some()>
            <summary class="button">"New key"</summary>
            <Form to class="form" anew=true>
                <Field name="name" label="Name" hint="What will use it, such as “Online shop”." error=to.wrong("name") />
                <fieldset class="field">
                    <legend class="field__label">"What it may do"</legend>
                    {Scope::ALL.map(scope).into_iter().collect_view()}
                    <p class="field__error">{move || wrong.get()}</p>
                </fieldset>
                <p class="form__error" role="alert">{move || other.get()}</p>
                <div class="form__buttons">
                    <button class="button button--primary" type="submit">"Make key"</button>
                </div>
            </Form>
        </details>
    }
    .into_any()
}
