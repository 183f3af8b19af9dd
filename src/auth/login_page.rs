//! The sign-in page, and on an empty installation the page that makes the owner.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::{Door, EnterCode, SetUp, SignIn, SignInAgain, sign_in_page};
use crate::paths;
use crate::ui::answer::{ask, when_here};
use crate::ui::failure::Failure;
use crate::ui::field::Field;
use crate::ui::form::{Form, Sending, Sent};
use crate::ui::icon::Icon;
use crate::ui::title::PageTitle;

/// Lets people in.
#[component]
pub fn LoginPage() -> impl IntoView {
    // The first step, once it is taken, leads to the same page, which then asks for the second.
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let page = ask(move || sent.get(), |_| sign_in_page());
    view! {
        <main class="centred" id="content">
            <Transition>
                {move || when_here(async move {
                    match page.await {
                        Ok(Door { first_run: true, .. }) => view! { <SetUpForm /> }.into_any(),
                        Ok(Door { code: true, .. }) => view! { <CodeForm /> }.into_any(),
                        Ok(page) => view! { <SignInForm shop=page.shop /> }.into_any(),
                        Err(error) => view! { <Failure error retry=paths::LOGIN /> }.into_any(),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn SignInForm(shop: String) -> impl IntoView {
    let to = Sending::to(SignIn::PATH);
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
    view! {
        <Title text="Sign in" />
        <section class="login">
            <Icon name="logo" />
            <PageTitle class="login__title">{shop}</PageTitle>
            <p class="login__text">"Sign in to your customer book."</p>
            <Form to class="form">
                <input type="hidden" name="next" value=next />
                <Field name="email" label="E-mail" kind="email" autocomplete="username" error=to.wrong("email") />
                <Field
                    name="password"
                    label="Password"
                    kind="password"
                    autocomplete="current-password"
                    error=to.wrong("password")
                />
                <Submit to text="Sign in" />
            </Form>
        </section>
    }
    .into_any()
}

#[component]
fn CodeForm() -> impl IntoView {
    let to = Sending::to(EnterCode::PATH);
    let again = Sending::to(SignInAgain::PATH);
    let next = use_query_map().read_untracked().get("next").unwrap_or_default();
    view! {
        <Title text="Sign in" />
        <section class="login">
            <Icon name="logo" />
            <PageTitle class="login__title">"One more step"</PageTitle>
            <p class="login__text">"Type the code that your app shows, or one of your codes for a lost phone."</p>
            <Form to class="form">
                <input type="hidden" name="next" value=next />
                <Field name="code" label="Code" autocomplete="one-time-code" error=to.wrong("code") />
                <Submit to text="Sign in" />
            </Form>
            <Form to=again><button class="button button--wide" type="submit">"Begin again"</button></Form>
        </section>
    }
    .into_any()
}

#[component]
fn SetUpForm() -> impl IntoView {
    let to = Sending::to(SetUp::PATH);
    view! {
        <Title text="Set up" />
        <section class="login">
            <Icon name="logo" />
            <PageTitle class="login__title">"Welcome to Onibara"</PageTitle>
            <p class="login__text">"You are the first one here. Make the owner’s account; others are invited later."</p>
            <Form to class="form">
                <Field
                    name="code"
                    label="Code"
                    hint="The server printed it when it started."
                    error=to.wrong("code")
                />
                <Field name="email" label="E-mail" kind="email" autocomplete="username" error=to.wrong("email") />
                <Field
                    name="password"
                    label="Password"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 10 characters. A sentence is easy to remember."
                    error=to.wrong("password")
                />
                <Submit to text="Make the owner" />
            </Form>
        </section>
    }
    .into_any()
}

/// The button of a form, and what was refused that belongs to no field.
#[component]
pub fn Submit(to: Sending, text: &'static str) -> impl IntoView {
    let general = to.wrong_besides(&["code", "email", "password"]);
    let pending = to.pending();
    view! {
        <p class="form__error" role="alert">{move || general.get()}</p>
        <button class="button button--primary button--wide" type="submit" aria-disabled=move || pending.get().to_string()>
            {text}
        </button>
    }
}
