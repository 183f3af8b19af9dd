//! The second step of signing in: set up, confirmed, turned off.

use leptos::prelude::*;

use super::page::Actions;
use crate::domain::people::{Enrolment, SecondStep};
use crate::ui::copy::CopyButton;
use crate::ui::field::Field;
use crate::ui::form::{Form, Sending};

/// Codes for a lost phone: this page alone shows them.
#[component]
pub fn Codes(codes: Vec<String>) -> impl IntoView {
    let all = codes.join("\n");
    let one = |code: String| view! { <li><code>{code}</code></li> };
    view! {
        <section class="panel" role="status" aria-labelledby="codes-title">
            <h2 class="panel__title" id="codes-title">"Codes for a lost phone"</h2>
            <p>"Write them down or print them now: they are shown this once. Each signs you in once in the place of a code of the app."</p>
            <ul class="codes">{codes.into_iter().map(one).collect_view()}</ul>
            <p><CopyButton text=all what="the codes" /></p>
        </section>
    }
    .into_any()
}

/// How far the second step is, and the next thing to do about it.
#[component]
pub fn Step(step: SecondStep, required: bool, actions: Actions) -> impl IntoView {
    let next = match step {
        SecondStep::Off => view! {
            <p class="team__about">"Signing in asks for your password alone. With an app on your phone it asks for a code too, and a password that somebody has seen is not enough."</p>
            <Begin to=actions.begin text="Set up" />
        }
        .into_any(),
        SecondStep::Pending(given) => view! { <Pending given actions /> }.into_any(),
        SecondStep::On(codes) => view! {
            <p class="team__about">
                "Signing in asks for a code of your app too. " {codes} " codes for a lost phone are left."
            </p>
            {if required {
                view! { <p class="team__about">"Your shop requires it: it can be set up anew, but not left off."</p> }.into_any()
            } else {
                ().into_any()
            }}
            <End to=actions.end />
        }
        .into_any(),
    };
    view! {
        <section class="panel" aria-labelledby="step-title">
            <h2 class="panel__title" id="step-title">"Second step of signing in"</h2>
            {next}
        </section>
    }
    .into_any()
}

#[component]
fn Begin(to: Sending, text: &'static str) -> impl IntoView {
    let failed = move || to.refusal().get().map(|error| error.to_string());
    view! {
        <p class="form__error" role="alert">{failed}</p>
        <Form to><button class="button" type="submit">{text}</button></Form>
    }
    .into_any()
}

/// The key in three ways, and a form for the code that confirms it.
#[component]
fn Pending(given: Enrolment, actions: Actions) -> impl IntoView {
    let to = actions.confirm;
    let size = given.size;
    view! {
        <p>"Scan this with an app that makes codes, open it on this phone, or type the key."</p>
        <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label="QR code of the key">
            <rect width=size height=size fill="#fff" />
            <path d=given.squares fill="#000" />
        </svg>
        <p><a class="button" href=given.uri rel="external">"Open in an app"</a></p>
        <p class="secret">
            <code>{given.key.clone()}</code> <CopyButton text=given.key.replace(' ', "") what="the key" />
        </p>
        <Proof to hint="Six digits that the app shows." text="Turn on" class="button button--primary" />
        <Begin to=actions.begin text="Make another key" />
    }
    .into_any()
}

#[component]
fn End(to: Sending) -> impl IntoView {
    view! {
        <details data-once="" open=to.refusal().get_untracked().is_some()>
            <summary class="button">"Turn off"</summary>
            <Proof to hint="Of the app, or one for a lost phone." text="Turn off" class="button button--danger" />
        </details>
    }
    .into_any()
}

/// A form in which a user shows that it is they, by password and code: whoever comes to a desk that was left open has neither.
#[component]
fn Proof(to: Sending, hint: &'static str, text: &'static str, class: &'static str) -> impl IntoView {
    let other = to.wrong_besides(&["password", "code"]);
    view! {
        <Form to class="form" anew=true>
            <Field
                name="password"
                label="Password"
                kind="password"
                autocomplete="current-password"
                error=to.wrong("password")
            />
            <Field name="code" label="Code" autocomplete="one-time-code" hint error=to.wrong("code") />
            <p class="form__error" role="alert">{move || other.get()}</p>
            <div class="form__buttons">
                <button class=class type="submit">{text}</button>
            </div>
        </Form>
    }
    .into_any()
}
