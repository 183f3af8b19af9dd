//! The page for an address that leads nowhere.

use leptos::prelude::*;
use leptos_meta::Title;

use super::icon::Icon;
use super::title::PageTitle;
use crate::paths;

/// Says that there is nothing here, and leads back.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Title text="Not found" />
        <main class="centred" id="content">
            <div class="empty">
                <Icon name="search" />
                <PageTitle class="empty__title">"There is nothing at this address"</PageTitle>
                <p class="empty__text">"The link may be old, or a letter may be missing."</p>
                <a class="button button--primary" href=paths::CUSTOMERS>
                    "Go to your customers"
                </a>
            </div>
        </main>
    }
}
