//! What only some may see: the server refuses it to the others in any case.

use leptos::prelude::*;

use super::answer::Answer;
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
    let session = use_context::<Session>();
    view! {
        <Suspense>
            {move || {
                let children = children.clone();
                Suspend::new(async move {
                    let Session(session) = session?;
                    let who = session.await.ok()?;
                    who.role.includes(Role::Admin).then(|| children())
                })
            }}
        </Suspense>
    }
}
