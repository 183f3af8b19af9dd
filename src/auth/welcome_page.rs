//! The page behind a link that sets a password.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

use super::api::{SetPassword, get_welcome};
use super::login_page::Submit;
use crate::domain::people::Welcome;
use crate::paths;
use crate::ui::answer::{ask, when_here};
use crate::ui::failure::Failure;
use crate::ui::field::Field;
use crate::ui::form::{Form, Sending};
use crate::ui::icon::Icon;
use crate::ui::title::PageTitle;

/// Lets somebody who was given a link set their password.
#[component]
pub fn WelcomePage() -> impl IntoView {
    let page = ask(|| (), |()| get_welcome());
    view! {
        <Title text="Set your password" />
        <main class="centred" id="content">
            <Suspense>
                {move || when_here(async move {
                    match page.await {
                        Ok(welcome) => view! { <PasswordForm welcome /> }.into_any(),
                        Err(error) => view! { <Failure error retry=paths::LOGIN /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
    .into_any()
}

#[component]
fn PasswordForm(welcome: Welcome) -> impl IntoView {
    let to = Sending::to(SetPassword::PATH);
    let text = if welcome.invited {
        "You are invited. Set the password with which you will sign in as"
    } else {
        "Set a new password for"
    };
    view! {
        <section class="login">
            <Icon name="logo" />
            <PageTitle class="login__title">{welcome.shop}</PageTitle>
            <p class="login__text">{text} " " <bdi>{welcome.email.clone()}</bdi> "."</p>
            <Form to class="form">
                // Password managers ask whose password it is.
                <input type="hidden" autocomplete="username" value=welcome.email />
                <Field
                    name="password"
                    label="New password"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 10 characters. A sentence is easy to remember."
                    error=to.wrong("password")
                />
                <Submit to text="Set the password" />
            </Form>
        </section>
    }
    .into_any()
}
