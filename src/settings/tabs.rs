//! The pages of the settings, and the way from one to the others.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::domain::role::Role;
use crate::paths;
use crate::ui::rights::ForRole;

/// Every page of the settings: its address, its name, and who may see it.
const PAGES: [(&str, &str, Role); 7] = [
    (paths::SETTINGS, "Shop", Role::Staff),
    (paths::MESSAGES, "Messages", Role::Staff),
    (paths::ACCOUNT, "Account", Role::Staff),
    (paths::PEOPLE, "People", Role::Owner),
    (paths::QUALITY, "Data quality", Role::Admin),
    (paths::CONNECTIONS, "Connections", Role::Owner),
    (paths::AUDIT, "Audit log", Role::Admin),
];

/// Shows the pages of the settings that the reader may see.
#[component]
pub fn Tabs() -> impl IntoView {
    let tabs = PAGES.map(|(href, name, role)| {
        let link = move || view! { <A href=href exact=true attr:class="tab">{name}</A> };
        match role {
            Role::Staff => link().into_any(),
            role => view! { <ForRole role>{link()}</ForRole> }.into_any(),
        }
    });
    view! { <nav class="tabs" aria-label="Settings">{tabs.into_iter().collect_view()}</nav> }.into_any()
}
