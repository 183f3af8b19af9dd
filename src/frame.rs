//! The frame around every page of the dashboard.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::components::{A, Outlet, Redirect};
use leptos_router::hooks::use_location;

use crate::auth::api::{SignOut, SignedIn, signed_in};
use crate::error::AppError;
use crate::paths;
use crate::ui::failure::Failure;
use crate::ui::icon::Icon;
use crate::ui::theme::ThemeButton;

/// Shows navigation and account around the page, to those who are signed in.
#[component]
pub fn Frame() -> impl IntoView {
    let session = Resource::new_blocking(|| (), |()| signed_in());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match session.await {
                    Ok(who) => view! { <Framed who /> }.into_any(),
                    Err(AppError::SignedOut) => view! { <Redirect path=paths::LOGIN /> }.into_any(),
                    Err(error) => view! { <main class="centred"><Failure error retry=paths::CUSTOMERS /></main> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Framed(who: SignedIn) -> impl IntoView {
    view! {
        <a class="skip-link" href="#content">"Skip to the content"</a>
        <div class="frame">
            <aside class="sidebar">
                <p class="sidebar__shop">
                    <Icon name="logo" />
                    <span>{who.shop}</span>
                </p>
                <Sections class="sidebar__nav" label="Main" />
                <Account email=who.email role=who.role.as_str() />
            </aside>
            <main class="frame__main" id="content" tabindex="-1">
                <Outlet />
            </main>
            <Sections class="bottom-bar" label="Main, at the bottom" />
        </div>
    }
}

/// The sections of the dashboard that there are.
#[component]
fn Sections(class: &'static str, label: &'static str) -> impl IntoView {
    let path = use_location().pathname;
    let here = move || path.read().starts_with(paths::CUSTOMERS);
    view! {
        <nav class=class aria-label=label>
            <A href=paths::CUSTOMERS attr:class="nav-link" attr:aria-current=move || here().then_some("page")>
                <Icon name="users" />
                <span>"Customers"</span>
            </A>
        </nav>
    }
}

#[component]
fn Account(email: String, role: &'static str) -> impl IntoView {
    let sign_out = ServerAction::<SignOut>::new();
    let initial = email.chars().next().unwrap_or('?').to_uppercase().to_string();
    view! {
        <div class="account">
            <details class="menu">
                <summary class="account__button" title=email.clone()>
                    <span class="avatar" aria-hidden="true">{initial}</span>
                    <span class="account__who">
                        <span class="account__email">{email}</span>
                        <span class="account__role">{role}</span>
                    </span>
                </summary>
                <div class="menu__panel">
                    <ActionForm action=sign_out>
                        <button class="menu__item" type="submit">
                            <Icon name="log-out" />
                            "Sign out"
                        </button>
                    </ActionForm>
                </div>
            </details>
            <ThemeButton />
        </div>
    }
}
