//! One of those who may sign in.

use leptos::prelude::*;

use super::page::Actions;
use crate::domain::people::{Person, State};
use crate::domain::role::Role;
use crate::ui::badge::{Badge, Tone};
use crate::ui::form::{Form, Sending};
use crate::ui::moment::Moment;

/// Shows somebody, and what can be done about them.
#[component]
pub fn One(person: Person, actions: StoredValue<Actions>) -> impl IntoView {
    let Person {
        id,
        email,
        role,
        state,
        second_step,
        seen,
        link_until,
    } = person;
    let to = actions.get_value();
    let tone = match state {
        State::Active => Tone::Positive,
        State::Invited => Tone::Info,
        State::Disabled => Tone::Neutral,
    };
    let seen = match seen {
        Some(day) => view! { "Last seen " <Moment day /> }.into_any(),
        None => "Never seen".into_any(),
    };
    let link = match (link_until, state) {
        (Some(day), _) => view! { ", the link is good until " {day.exact} }.into_any(),
        (None, State::Invited) => ", the link is not good any more".into_any(),
        (None, _) => ().into_any(),
    };
    view! {
        <li class="member">
            <h3 class="member__name">
                <bdi>{email.clone()}</bdi> " " <Badge tone=Tone::Neutral text=role.label() /> " "
                <Badge tone text=state.label() /> " "
                {second_step.then(|| view! { <Badge tone=Tone::Positive text="Two steps" /> })}
            </h3>
            <p class="team__about">{seen} {link}</p>
            <details data-once="">
                <summary class="button">"Change" <span class="visually-hidden">" " {email}</span></summary>
                <div class="member__forms">
                    {(state != State::Disabled).then(|| view! { <RoleForm id role to=to.role /> })}
                    <Buttons id state second_step actions />
                </div>
            </details>
        </li>
    }
    .into_any()
}

#[component]
fn RoleForm(id: i64, role: Role, to: Sending) -> impl IntoView {
    let field = format!("role-{id}");
    let option = move |one: Role| view! { <option value=one.as_str() selected=one == role>{one.label()}</option> };
    view! {
        <Form to class="member__role">
            <input type="hidden" name="id" value=id.to_string() />
            <label class="field__label" for=field.clone()>"Role"</label>
            <select class="input" id=field name="role">{Role::ALL.map(option).into_iter().collect_view()}</select>
            <button class="button" type="submit">"Change role"</button>
        </Form>
    }
    .into_any()
}

#[component]
fn Buttons(id: i64, state: State, second_step: bool, actions: StoredValue<Actions>) -> impl IntoView {
    let actions = actions.get_value();
    let button = move |to: Sending, text: &'static str| view! { <IdForm id to text /> }.into_any();
    match state {
        State::Invited => [
            button(actions.link, "New link"),
            button(actions.withdraw, "Withdraw the invitation"),
        ]
        .collect_view()
        .into_any(),
        State::Active => view! {
            {button(actions.link, "Link to reset the password")}
            {button(actions.sign_out, "Sign out everywhere")}
            {second_step.then(|| button(actions.one_step, "Turn off the second step"))}
            <IdForm id to=actions.disable text="Disable" disabled=true />
        }
        .into_any(),
        State::Disabled => button(actions.disable, "Enable"),
    }
}

/// A form of one button, about one person.
#[component]
fn IdForm(id: i64, to: Sending, text: &'static str, #[prop(optional)] disabled: bool) -> impl IntoView {
    view! {
        <Form to>
            <input type="hidden" name="id" value=id.to_string() />
            {disabled.then(|| view! { <input type="hidden" name="disabled" value="true" /> })}
            <button class="button" class:button--danger=disabled type="submit">{text}</button>
        </Form>
    }
    .into_any()
}
