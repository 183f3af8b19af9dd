//! What stands at the address of a customer whom there is not.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::paths;
use crate::ui::icon::Icon;
use crate::ui::title::PageTitle;

/// Says that nobody has ordered with this phone, and offers to search for it.
#[component]
pub fn Unknown(
    /// What the address says.
    asked: String,
) -> impl IntoView {
    view! {
        <Title text="Customer not found" />
        <div class="empty">
            <Icon name="user" />
            <PageTitle class="empty__title">"No customer has this phone"</PageTitle>
            <p class="empty__text">"No order has this number. A digit may be missing, or the order may be gone."</p>
            <form class="customer-search" method="get" action=paths::CUSTOMERS role="search">
                <label class="visually-hidden" for="customer-search">"Search name, phone or WhatsApp"</label>
                <input class="input" id="customer-search" type="search" name="q" value=asked />
                <button class="button button--primary" type="submit">"Search customers"</button>
            </form>
            <a href=paths::CUSTOMERS>"Show all customers"</a>
        </div>
    }
    .into_any()
}
