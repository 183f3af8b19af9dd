//! The sign-in page, and on an empty installation the page that makes the owner.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::{Door, SetUp, SignIn, sign_in_page};
use crate::error::AppError;
use crate::paths;
use crate::ui::answer::ask;
use crate::ui::failure::Failure;
use crate::ui::field::Field;
use crate::ui::icon::Icon;

/// Lets people in.
#[component]
pub fn LoginPage() -> impl IntoView {
    let page = ask(|| (), |()| sign_in_page());
    view! {
        <main class="centred" id="content">
            <Suspense>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(Door { first_run: true, .. }) => view! { <SetUpForm /> }.into_any(),
                        Ok(page) => view! { <SignInForm shop=page.shop /> }.into_any(),
                        Err(error) => view! { <Failure error retry=paths::LOGIN /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn SignInForm(shop: String) -> impl IntoView {
    let action = ServerAction::<SignIn>::new();
    let refusal = refusal(move || action.value().get());
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
    view! {
        <Title text="Sign in" />
        <section class="login">
            <Icon name="logo" />
            <h1 class="login__title">{shop}</h1>
            <p class="login__text">"Sign in to your customer book."</p>
            <ActionForm action=action attr:class="form">
                <input type="hidden" name="next" value=next />
                <Field name="email" label="E-mail" kind="email" autocomplete="username" error=message(refusal, "email") />
                <Field
                    name="password"
                    label="Password"
                    kind="password"
                    autocomplete="current-password"
                    error=message(refusal, "password")
                />
                <Submit refusal pending=action.pending().into() text="Sign in" />
            </ActionForm>
        </section>
    }
    .into_any()
}

#[component]
fn SetUpForm() -> impl IntoView {
    let action = ServerAction::<SetUp>::new();
    let refusal = refusal(move || action.value().get());
    view! {
        <Title text="Set up" />
        <section class="login">
            <Icon name="logo" />
            <h1 class="login__title">"Welcome to Onibara"</h1>
            <p class="login__text">"You are the first one here. Make the owner’s account; others are invited later."</p>
            <ActionForm action=action attr:class="form">
                <Field
                    name="code"
                    label="Code"
                    hint="The server printed it when it started."
                    error=message(refusal, "code")
                />
                <Field name="email" label="E-mail" kind="email" autocomplete="username" error=message(refusal, "email") />
                <Field
                    name="password"
                    label="Password"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 10 characters. A sentence is easy to remember."
                    error=message(refusal, "password")
                />
                <Submit refusal pending=action.pending().into() text="Make the owner" />
            </ActionForm>
        </section>
    }
    .into_any()
}

/// The button of a form, and what was refused that belongs to no field.
#[component]
fn Submit(refusal: Signal<Option<AppError>>, pending: Signal<bool>, text: &'static str) -> impl IntoView {
    let general = move || match refusal.get() {
        Some(AppError::Invalid { field, .. }) if field != "form" => None,
        other => other.map(|error| error.to_string()),
    };
    view! {
        <p class="form__error" role="alert">{general}</p>
        <button class="button button--primary button--wide" type="submit" aria-disabled=move || pending.get().to_string()>
            {text}
        </button>
    }
}

/// What the server refused; without JavaScript, Leptos takes it from the address that the browser was sent back to.
fn refusal(answer: impl Fn() -> Option<Result<(), AppError>> + Send + Sync + 'static) -> Signal<Option<AppError>> {
    Signal::derive(move || answer().and_then(Result::err))
}

fn message(refusal: Signal<Option<AppError>>, name: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || match refusal.get() {
        Some(AppError::Invalid { field, message }) if field == name => Some(message),
        _ => None,
    })
}
