//! What only some may see: the server refuses it to the others in any case.

use leptos::prelude::*;

use super::answer::{Answer, when_here};
use crate::domain::role::{Role, Who};

/// Who is signed in, for the widgets of a page.
#[derive(Clone, Copy)]
pub struct Session(pub Answer<Who>);

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
    view! {
        <Suspense>
            {move || {
                let children = children.clone();
                when_here(async move {
                    let who = match session {
                        Some(Session(session)) => session.await.ok(),
                        None => None,
                    };
                    let may = who.is_some_and(|who| who.role.includes(role));
                    may.then(|| children()).into_any()
                })
            }}
        </Suspense>
    }
}
