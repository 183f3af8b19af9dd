//! The frame around every page of the dashboard.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::components::{A, Outlet};
use leptos_router::hooks::use_location;

use crate::auth::api::{SignOut, signed_in};
use crate::domain::money::currency;
use crate::domain::role::Who;
use crate::error::AppError;
use crate::palette::PaletteButton;
use crate::paths;
use crate::ui::device::KeepSwitch;
use crate::ui::form::{Form, Sending};
use crate::ui::icon::Icon;
use crate::ui::later::later;
use crate::ui::live::Live;
use crate::ui::menu::use_closing_menus;
use crate::ui::rights::ForAdmins;
use crate::ui::session::Session;
use crate::ui::theme::ThemeButton;

/// Shows navigation and account around the page, to those who are signed in.
///
/// Nothing of the frame waits: who is signed in comes with the page. So its parts need not be taken over before the page.
#[component]
pub fn Frame() -> impl IntoView {
    use_closing_menus();
    let session = Session::sent();
    provide_context(session);
    let live = Live::silent();
    provide_context(live);
    live.follow(session, ask);
    Effect::new(move |_| match session.get() {
        Some(who) => currency::show_in(&who.currency),
        None => ask(session),
    });
    view! {
        <a class="skip-link" href="#content">"Skip to the content"</a>
        <div class="frame">
            {later(move || view! { <Sidebar session /> }.into_any())}
            {later(move || view! { <Tools session /> }.into_any())}
            <main class="frame__main" id="content" tabindex="-1">
                <Outlet />
            </main>
            {later(|| view! { <Sections class="bottom-bar" label="Main, at the bottom" /> }.into_any())}
        </div>
    }
    .into_any()
}

/// Asks who is signed in; whoever is not any more is led to the sign-in page: nothing of the page stays.
fn ask(session: Session) {
    spawn_local(async move {
        match signed_in().await {
            Ok(who) => session.take(who),
            Err(AppError::SignedOut) => {
                // A browser that does not go leaves the reader with a page that answers nothing any more.
                let _ = window().location().set_href(paths::LOGIN);
            }
            // The page says itself what is wrong, and offers another try.
            Err(_) => {}
        }
    });
}

#[component]
fn Sidebar(session: Session) -> impl IntoView {
    let shop = |who: Who| view! { <span data-device=who.device>{who.shop}</span> };
    view! {
        <aside class="sidebar">
            <p class="sidebar__shop">
                <Icon name="logo" />
                {move || session.get().map(shop)}
            </p>
            <Sections class="sidebar__nav" label="Main" />
            <p class="sidebar__user">{move || session.get().map(signed_in_as)}</p>
        </aside>
    }
}

#[component]
fn Tools(session: Session) -> impl IntoView {
    let account = |who: Who| view! { <Account email=who.email role=who.role.label() /> };
    view! {
        <header class="frame__tools">
            <PaletteButton />
            <ThemeButton />
            {move || session.get().map(account)}
        </header>
    }
}

fn signed_in_as(who: Who) -> AnyView {
    view! {
        <span class="sidebar__email">{who.email}</span>
        " "
        <span class="sidebar__role">{who.role.label()}</span>
    }
    .into_any()
}

/// The sections of the dashboard that there are.
#[component]
fn Sections(class: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <nav class=class aria-label=label>
            <Section href=paths::CUSTOMERS icon="users" name="Customers" />
            <Section href=paths::ORDERS icon="shopping-bag" name="Orders" />
            <Section href=paths::QUEUES icon="list" name="Queues" />
            <ForAdmins>
                <Section href=paths::IMPORT icon="upload" name="Import" />
            </ForAdmins>
            <Section href=paths::SETTINGS icon="settings" name="Settings" />
        </nav>
    }
}

/// A link to a section, which knows whether one is there.
#[component]
fn Section(href: &'static str, icon: &'static str, name: &'static str) -> impl IntoView {
    let path = use_location().pathname;
    let here = move || {
        path.read()
            .strip_prefix(href)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    view! {
        <A href=href attr:class="nav-link" attr:aria-current=move || here().then_some("page")>
            <Icon name=icon />
            <span>{name}</span>
        </A>
    }
}

#[component]
fn Account(email: String, role: &'static str) -> impl IntoView {
    let sign_out = Sending::to(SignOut::PATH);
    let initial = email.chars().next().unwrap_or('?').to_uppercase().to_string();
    let title = email.clone();
    let label = format!("Account: {email}");
    view! {
        <details class="menu">
            <summary class="account" title=title>
                <span class="avatar" aria-hidden="true">{initial}</span>
                <span class="visually-hidden">{label}</span>
            </summary>
            <div class="menu__panel">
                <p class="menu__head">
                    <span class="menu__title">{email}</span>
                    <span class="menu__note">{role}</span>
                </p>
                <KeepSwitch />
                <Form to=sign_out>
                    <button class="menu__item" type="submit">
                        <Icon name="log-out" />
                        "Sign out"
                    </button>
                </Form>
            </div>
        </details>
    }
    .into_any()
}
