//! The page of a user's own account.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

use super::api::{BeginSecondStep, ChangePassword, ConfirmSecondStep, EndSecondStep, SignOutEverywhere, get_account};
use super::second_step::{Codes, Step};
use crate::domain::people::{Account, SecondStep};
use crate::paths;
use crate::settings::tabs::Tabs;
use crate::ui::answer::{ask, when_here};
use crate::ui::failure::Failure;
use crate::ui::field::Field;
use crate::ui::form::{Form, Sending, Sent};
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Where the forms of the page go.
#[derive(Clone, Copy)]
pub struct Actions {
    /// Changes the password.
    pub password: Sending,
    /// Ends all sessions.
    pub sign_out: Sending,
    /// Makes a key.
    pub begin: Sending,
    /// Turns the second step on.
    pub confirm: Sending,
    /// Turns it off.
    pub end: Sending,
}

/// Shows a user their own account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let account = ask(move || sent.get(), |_| get_account());
    let actions = Actions {
        password: Sending::to(ChangePassword::PATH),
        sign_out: Sending::to(SignOutEverywhere::PATH),
        begin: Sending::to(BeginSecondStep::PATH),
        confirm: Sending::to(ConfirmSecondStep::PATH),
        end: Sending::to(EndSecondStep::PATH),
    };
    view! {
        <Title text="Account" />
        <div class="page">
            <header class="page-header">
                <PageTitle>"Account"</PageTitle>
                <p class="page-header__context">"How you sign in"</p>
            </header>
            <Tabs />
            <Transition fallback=|| view! { <TableSkeleton rows=4 /> }>
                {move || when_here(async move {
                    match account.await {
                        Ok(found) => view! { <Loaded found actions /> }.into_any(),
                        Err(error) => {
                            let again = move |()| account.refetch();
                            view! { <Failure error retry=paths::ACCOUNT again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

#[component]
fn Loaded(found: Account, actions: Actions) -> impl IntoView {
    let Account {
        email,
        role,
        second_step,
        required,
        fresh_codes,
    } = found;
    let must = required && !matches!(second_step, SecondStep::On(_));
    view! {
        <div class="team">
            {must.then(|| view! {
                <p class="panel" role="status">
                    "Your shop wants a second step of signing in. Set it up here to go on; everything else waits until then."
                </p>
            })}
            {(!fresh_codes.is_empty()).then(|| view! { <Codes codes=fresh_codes /> })}
            <Step step=second_step required actions />
            <PasswordForm email=email.clone() to=actions.password />
            <section class="panel" aria-labelledby="account-title">
                <h2 class="panel__title" id="account-title">"Signed in as"</h2>
                <p><bdi>{email}</bdi> ", " {role.label()}</p>
                <Form to=actions.sign_out>
                    <button class="button" type="submit">"Sign out everywhere"</button>
                </Form>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn PasswordForm(email: String, to: Sending) -> impl IntoView {
    let other = to.wrong_besides(&["current", "password"]);
    view! {
        <section class="panel" aria-labelledby="password-title">
            <h2 class="panel__title" id="password-title">"Password"</h2>
            <p class="team__about">"A new password signs you out everywhere else."</p>
            <Form to class="form" anew=true>
                // Password managers ask whose password it is.
                <input type="hidden" autocomplete="username" value=email />
                <Field
                    name="current"
                    label="Current password"
                    kind="password"
                    autocomplete="current-password"
                    error=to.wrong("current")
                />
                <Field
                    name="password"
                    id="new-password"
                    label="New password"
                    kind="password"
                    autocomplete="new-password"
                    hint="At least 10 characters. A sentence is easy to remember."
                    error=to.wrong("password")
                />
                <p class="form__error" role="alert">{move || other.get()}</p>
                <div class="form__buttons">
                    <button class="button button--primary" type="submit">"Change password"</button>
                </div>
            </Form>
        </section>
    }
    .into_any()
}
