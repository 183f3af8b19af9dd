//! What only some may see: the server refuses it to the others in any case.

use leptos::prelude::*;

use super::session::Session;
use crate::domain::role::Role;

/// Shows something to admins and owners.
#[component]
pub fn ForAdmins(
    /// What they see.
    children: ChildrenFn,
) -> impl IntoView {
    view! { <ForRole role=Role::Admin children /> }
}

/// Shows something to those with a role.
#[component]
pub fn ForRole(
    /// The role, or one that includes it.
    role: Role,
    /// What they see.
    children: ChildrenFn,
) -> impl IntoView {
    let session = use_context::<Session>();
    let may = Memo::new(move |_| session.is_some_and(|session| session.role().includes(role)));
    move || may.get().then(|| children())
}
