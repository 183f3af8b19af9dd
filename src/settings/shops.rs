//! Shops that send their orders, and what they have sent.

use leptos::prelude::*;

use super::connections::Actions;
use crate::domain::connection::{Delivered, Shop, ShopSystem};
use crate::paths;
use crate::ui::badge::{Badge, Tone};
use crate::ui::copy::CopyButton;
use crate::ui::field::Field;
use crate::ui::form::{Form, Sending};
use crate::ui::moment::Moment;

/// The shops, and forms for another of either kind.
#[component]
pub fn Shops(shops: Vec<Shop>, actions: Actions) -> impl IntoView {
    let one = |shop: Shop| view! { <One shop actions /> };
    let refusals = [actions.add_shop, actions.pause_shop, actions.remove_shop];
    let failed = move || refusals.iter().find_map(|to| to.wrong_besides(&["secret"]).get());
    view! {
        <section class="panel" aria-labelledby="shops-title">
            <h2 class="panel__title" id="shops-title">"Online shops"</h2>
            <p class="connections__about">
                "Orders of your WooCommerce or Shopify shop come in by themselves, and follow what happens to them there."
            </p>
            <ul class="connections__list">{shops.into_iter().map(one).collect_view()}</ul>
            <p class="form__error" role="alert">{failed}</p>
            <Form to=actions.add_shop>
                <input type="hidden" name="system" value=ShopSystem::WooCommerce.as_str() />
                <button class="button" type="submit">"Connect WooCommerce"</button>
            </Form>
            <AddShopify to=actions.add_shop />
        </section>
    }
    .into_any()
}

#[component]
fn AddShopify(to: Sending) -> impl IntoView {
    view! {
        <details data-once="" open=to.refusal().get_untracked().is_some()>
            <summary class="button">"Connect Shopify"</summary>
            <Form to class="form" anew=true>
                <input type="hidden" name="system" value=ShopSystem::Shopify.as_str() />
                <Field
                    name="secret"
                    label="Secret"
                    hint="In Shopify under Settings, Notifications, Webhooks: “Your webhooks will be signed with …”"
                    error=to.wrong("secret")
                />
                <div class="form__buttons">
                    <button class="button button--primary" type="submit">"Connect Shopify"</button>
                </div>
            </Form>
        </details>
    }
    .into_any()
}

fn where_to_paste(system: ShopSystem) -> &'static str {
    match system {
        ShopSystem::WooCommerce => {
            "In WooCommerce under Settings, Advanced, Webhooks add four, for “Order created”, “Order updated”, “Order deleted” and “Order restored”, each active, with this delivery URL and this secret."
        }
        ShopSystem::Shopify => {
            "In Shopify under Settings, Notifications, Webhooks create one each for “Order creation”, “Order update” and “Order deletion”, as JSON, with this URL."
        }
    }
}

#[component]
fn One(shop: Shop, actions: Actions) -> impl IntoView {
    let Shop {
        id,
        system,
        address,
        secret,
        paused,
    } = shop;
    let (tone, standing) = if paused {
        (Tone::Warning, "Paused")
    } else {
        (Tone::Positive, "Active")
    };
    let toggle = if paused { "Resume" } else { "Pause" };
    let secret = (!secret.is_empty()).then(|| {
        view! { <p class="secret">"Secret " <code>{secret.clone()}</code> <CopyButton text=secret what="the secret" /></p> }
    });
    view! {
        <li class="connection">
            <h3 class="connection__name">{system.label()} " " <Badge tone text=standing /></h3>
            <p class="connection__about">{where_to_paste(system)}</p>
            <p class="secret">"URL " <code>{address.clone()}</code> <CopyButton text=address what="the address" /></p>
            {secret}
            <div class="connection__actions">
                <Form to=actions.pause_shop>
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="paused" value=(!paused).to_string() />
                    <button class="button" type="submit">{toggle}</button>
                </Form>
                <details data-once="">
                    <summary class="button">"Remove"</summary>
                    <Form to=actions.remove_shop class="form">
                        <input type="hidden" name="id" value=id.to_string() />
                        <p>"Its orders stay. What it sends afterwards is refused."</p>
                        <button class="button button--danger" type="submit">"Remove this connection"</button>
                    </Form>
                </details>
            </div>
        </li>
    }
    .into_any()
}

/// What the shops have sent last.
#[component]
pub fn Deliveries(deliveries: Vec<Delivered>) -> impl IntoView {
    if deliveries.is_empty() {
        return ().into_any();
    }
    let one = |one: Delivered| {
        let number = one.number.clone();
        let order = if one.reason.is_empty() && !number.is_empty() && one.result != "deleted" {
            view! { <a href=paths::order(&one.number)><bdi>{number}</bdi></a> }.into_any()
        } else {
            view! { <bdi>{number}</bdi> }.into_any()
        };
        view! {
            <li class="delivery">
                <span class="connection__about"><Moment day=one.at /> " · " {one.topic}</span>
                <span>{order} " " {one.result}</span>
                <span class="connection__about">{one.reason}</span>
            </li>
        }
    };
    view! {
        <section class="panel" aria-labelledby="deliveries-title">
            <h2 class="panel__title" id="deliveries-title">"What came in"</h2>
            <p class="connections__about">"The last 50 deliveries of the last 30 days."</p>
            <ul class="connections__list">{deliveries.into_iter().map(one).collect_view()}</ul>
        </section>
    }
    .into_any()
}
