//! What connects the shop to other programs.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;

use super::api::{AddShop, MakeKey, PauseShop, RemoveShop, RevokeKey, get_connections};
use super::keys::{Fresh, Keys};
use super::shops::{Deliveries, Shops};
use super::tabs::Tabs;
use crate::domain::connection::Connections;
use crate::paths;
use crate::ui::answer::{ask, when_here};
use crate::ui::failure::Failure;
use crate::ui::form::{Sending, Sent};
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Where the forms of the page go.
#[derive(Clone, Copy)]
pub struct Actions {
    /// Makes a key.
    pub make_key: Sending,
    /// Ends one.
    pub revoke_key: Sending,
    /// Adds a shop.
    pub add_shop: Sending,
    /// Leaves aside what a shop sends, or takes it in again.
    pub pause_shop: Sending,
    /// Takes a shop away.
    pub remove_shop: Sending,
}

/// Shows the keys of the API and the shops that send their orders.
#[component]
pub fn ConnectionsPage() -> impl IntoView {
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let connections = ask(move || sent.get(), |_| get_connections());
    let actions = Actions {
        make_key: Sending::to(MakeKey::PATH),
        revoke_key: Sending::to(RevokeKey::PATH),
        add_shop: Sending::to(AddShop::PATH),
        pause_shop: Sending::to(PauseShop::PATH),
        remove_shop: Sending::to(RemoveShop::PATH),
    };
    view! {
        <Title text="Connections" />
        <div class="page">
            <header class="page-header">
                <PageTitle>"Connections"</PageTitle>
                <p class="page-header__context">"Other programs that bring orders or read them"</p>
            </header>
            <Tabs />
            <Transition fallback=|| view! { <TableSkeleton rows=4 /> }>
                {move || when_here(async move {
                    match connections.await {
                        Ok(found) => view! { <Loaded found actions /> }.into_any(),
                        Err(error) => {
                            let again = move |()| connections.refetch();
                            view! { <Failure error retry=paths::CONNECTIONS again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Loaded(found: Connections, actions: Actions) -> impl IntoView {
    let Connections {
        keys,
        fresh,
        address,
        shops,
        deliveries,
    } = found;
    view! {
        <div class="connections">
            {fresh.map(|key| view! { <Fresh key=key /> })}
            <Shops shops actions />
            <Deliveries deliveries />
            <Keys keys address actions />
        </div>
    }
    .into_any()
}
