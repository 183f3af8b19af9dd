//! The way from one page of the settings to the others.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::domain::role::Role;
use crate::paths;
use crate::ui::rights::ForRole;

/// Shows the pages of the settings that the reader may see.
#[component]
pub fn Tabs() -> impl IntoView {
    let tabs = paths::SETTINGS_PAGES.map(|(href, name, _, role)| {
        let link = move || view! { <A href=href exact=true attr:class="tab">{name}</A> };
        match role {
            Role::Staff => link().into_any(),
            role => view! { <ForRole role>{link()}</ForRole> }.into_any(),
        }
    });
    view! { <nav class="tabs" aria-label="Settings">{tabs.into_iter().collect_view()}</nav> }.into_any()
}
