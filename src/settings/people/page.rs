//! The page of those who may sign in.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

use super::api::{
    ChangeRole, DisablePerson, EndSecondStepOf, Invite, MakeLink, RequireSecondStep, SignOutPerson, WithdrawInvitation,
    get_people,
};
use super::person::One;
use crate::domain::people::{FreshLink, People, Person};
use crate::domain::role::Role;
use crate::paths;
use crate::settings::tabs::Tabs;
use crate::ui::answer::{ask, when_here};
use crate::ui::copy::CopyButton;
use crate::ui::failure::Failure;
use crate::ui::field::{Field, Select};
use crate::ui::form::{Form, Sending, Sent};
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Where the forms of the page go.
#[derive(Clone, Copy)]
pub struct Actions {
    /// Invites somebody.
    pub invite: Sending,
    /// Takes an invitation back.
    pub withdraw: Sending,
    /// Makes a link.
    pub link: Sending,
    /// Gives another role.
    pub role: Sending,
    /// Keeps out, or lets in again.
    pub disable: Sending,
    /// Ends all sessions of somebody.
    pub sign_out: Sending,
    /// Turns somebody's second step off.
    pub one_step: Sending,
    /// Wants a second step of everybody, or not.
    pub require: Sending,
}

/// Shows those who may sign in.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let people = ask(move || sent.get(), |_| get_people());
    let actions = Actions {
        invite: Sending::to(Invite::PATH),
        withdraw: Sending::to(WithdrawInvitation::PATH),
        link: Sending::to(MakeLink::PATH),
        role: Sending::to(ChangeRole::PATH),
        disable: Sending::to(DisablePerson::PATH),
        sign_out: Sending::to(SignOutPerson::PATH),
        one_step: Sending::to(EndSecondStepOf::PATH),
        require: Sending::to(RequireSecondStep::PATH),
    };
    view! {
        <Title text="People" />
        <div class="page">
            <header class="page-header">
                <PageTitle>"People"</PageTitle>
                <p class="page-header__context">"Who may sign in, and what they may do"</p>
            </header>
            <Tabs />
            <Transition fallback=|| view! { <TableSkeleton rows=4 /> }>
                {move || when_here(async move {
                    match people.await {
                        Ok(found) => view! { <Loaded found actions /> }.into_any(),
                        Err(error) => {
                            let again = move |()| people.refetch();
                            view! { <Failure error retry=paths::PEOPLE again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

#[component]
fn Loaded(found: People, actions: Actions) -> impl IntoView {
    let People {
        people,
        fresh,
        required,
    } = found;
    let kept = StoredValue::new(actions);
    let one = move |person: Person| view! { <One person actions=kept /> };
    let failed = move || {
        let all = [
            actions.withdraw,
            actions.link,
            actions.role,
            actions.disable,
            actions.sign_out,
            actions.one_step,
        ];
        all.iter()
            .find_map(|to| to.refusal().get())
            .map(|error| error.to_string())
    };
    view! {
        <div class="team">
            {fresh.map(|link| view! { <Fresh link /> })}
            <section class="panel" aria-labelledby="people-title">
                <h2 class="panel__title" id="people-title">"People"</h2>
                <p class="form__error" role="alert">{failed}</p>
                <ul class="team__list">{people.into_iter().map(one).collect_view()}</ul>
                <InviteForm to=actions.invite />
            </section>
            <Requirement required to=actions.require />
        </div>
    }
    .into_any()
}

/// A link that has just been made: this page alone shows it.
#[component]
fn Fresh(link: FreshLink) -> impl IntoView {
    view! {
        <section class="panel" role="status" aria-labelledby="link-title">
            <h2 class="panel__title" id="link-title">"The link for " <bdi>{link.email}</bdi></h2>
            <p>"Copy it now and send it to them alone: it sets their password, once. It is shown this once."</p>
            <p class="secret"><code>{link.address.clone()}</code> <CopyButton text=link.address what="the link" /></p>
        </section>
    }
    .into_any()
}

#[component]
fn InviteForm(to: Sending) -> impl IntoView {
    let other = to.wrong_besides(&["email"]);
    let roles = Role::ALL.map(|role| (role.as_str(), role.label()));
    view! {
        <details data-once="" open=to.refusal().get_untracked().is_some()>
            <summary class="button">"Invite somebody"</summary>
            <Form to class="form" anew=true>
                <Field
                    name="email"
                    label="E-mail"
                    kind="email"
                    hint="Nothing is sent: you get a link to pass on, good for seven days."
                    error=to.wrong("email")
                />
                <Select name="role" label="Role" chosen=Role::Staff.as_str().to_owned() options=roles.to_vec() />
                <p class="form__error" role="alert">{move || other.get()}</p>
                <div class="form__buttons">
                    <button class="button button--primary" type="submit">"Make the link"</button>
                </div>
            </Form>
        </details>
    }
    .into_any()
}

/// Whether everybody has to have a second step of signing in.
#[component]
fn Requirement(required: bool, to: Sending) -> impl IntoView {
    let failed = move || to.refusal().get().map(|error| error.to_string());
    let (text, button) = if required {
        (
            "Everybody needs a code from an app to sign in. Who has none sets it up before anything else.",
            "Make it optional",
        )
    } else {
        (
            "Everybody decides for themselves whether signing in asks for a code from an app too.",
            "Require it of everybody",
        )
    };
    view! {
        <section class="panel" aria-labelledby="required-title">
            <h2 class="panel__title" id="required-title">"Second step of signing in"</h2>
            <p class="team__about">{text}</p>
            <p class="form__error" role="alert">{failed}</p>
            <Form to>
                <input type="hidden" name="required" value=(!required).to_string() />
                <button class="button" type="submit">{button}</button>
            </Form>
        </section>
    }
    .into_any()
}
