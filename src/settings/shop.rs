//! What the shop has decided about itself.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::{SaveShop, UndoShop, get_shop};
use super::shop_form::ShopFields;
use super::tabs::Tabs;
use crate::domain::money::currency::Currency;
use crate::domain::shop::{Changed, Effect, ShopForm, ShopPage, ShopSaved};
use crate::domain::stats::grouped;
use crate::paths;
use crate::ui::answer::{ask, when_here};
use crate::ui::failure::Failure;
use crate::ui::form::{Form, Sending, Sent};
use crate::ui::icon::Icon;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Shows the shop's settings; admins change them.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let query = use_query_map();
    let saved = Memo::new(move |_| query.read().get("saved").unwrap_or_default());
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let page = ask(move || (saved.get(), sent.get()), |(saved, _)| get_shop(saved));
    let (save, undo) = (Sending::to(SaveShop::PATH), Sending::to(UndoShop::PATH));
    view! {
        <Title text="Settings" />
        <div class="page">
            <header class="page-header">
                <PageTitle>"Settings"</PageTitle>
                <p class="page-header__context">"What the shop has decided about itself"</p>
            </header>
            <Tabs />
            <Transition fallback=|| view! { <TableSkeleton rows=8 /> }>
                {move || when_here(async move {
                    match page.await {
                        Ok(page) => view! { <Loaded page save undo /> }.into_any(),
                        Err(error) => {
                            let again = move |()| page.refetch();
                            view! { <Failure error retry=paths::SETTINGS again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Loaded(page: ShopPage, save: Sending, undo: Sending) -> impl IntoView {
    let saved = page.saved.clone().map(|saved| view! { <Saved saved undo /> });
    let settings = if page.may_edit {
        // A field that was typed into keeps that, whatever it is given: another version of the settings has fields of
        // its own, so that what was saved or taken back shows.
        let fields = move |page: ShopPage| view! { <ShopFields page save /> };
        view! { <For each=move || [page.clone()] key=|page| page.form.seen.clone() children=fields /> }.into_any()
    } else {
        view! { <Shown form=page.form /> }.into_any()
    };
    view! { {settings} {saved} }.into_any()
}

/// What has just been changed, what that does, and the way back.
#[component]
fn Saved(saved: ShopSaved, undo: Sending) -> impl IntoView {
    let failed = undo.wrong_besides(&[]);
    let one = |one: Changed| {
        view! { <li>{one.label} ": " <bdi>{one.before}</bdi> " → " <bdi>{one.after}</bdi></li> }
    };
    view! {
        <div class="toasts" role="status">
            <div class="toast">
                <Icon name="check" />
                <div>
                    <p>"Saved."</p>
                    <ul class="effects">{saved.changes.into_iter().map(one).collect_view()}</ul>
                    <Effects effect=saved.effect />
                </div>
                <Form to=undo>
                    <input type="hidden" name="version" value=saved.version.to_string() />
                    <button class="button" type="submit">"Undo"</button>
                </Form>
                <p class="form__error" role="alert">{move || failed.get()}</p>
            </div>
        </div>
    }
    .into_any()
}

/// How many customers of each kind there are, before and after.
#[component]
pub fn Effects(
    /// The numbers.
    effect: Effect,
) -> impl IntoView {
    let kind = |(kind, (before, after)): (&'static str, (i64, i64))| {
        let said = if before == after {
            format!("{} {kind}, as before", grouped(after))
        } else {
            format!("{} → {} {kind}", grouped(before), grouped(after))
        };
        view! { <li>{said}</li> }
    };
    view! { <ul class="effects">{effect.kinds().map(kind).into_iter().collect_view()}</ul> }.into_any()
}

/// The settings for those who do not change them.
#[component]
fn Shown(form: ShopForm) -> impl IntoView {
    let said = [
        ("Name", form.name),
        ("Time zone", form.time_zone),
        ("Country of phone numbers", form.country),
        ("Currency", form.currency),
        ("Rows a page", form.page_size),
        ("Active", format!("last order at most {} days old", form.active_days)),
        ("At risk", format!("no order for {} days", form.at_risk_days)),
        (
            "VIP",
            format!(
                "{} orders, or {}{} spent",
                form.vip_orders,
                Currency::current(),
                form.vip_spend
            ),
        ),
        ("Repeat", format!("2 orders or more, fewer than {}", form.vip_orders)),
    ];
    let one = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd><bdi>{value}</bdi></dd></div> };
    view! {
        <section class="panel" aria-label="Settings">
            <dl class="shop-settings">{said.map(one).into_iter().collect_view()}</dl>
            <p class="field__hint">"Admins and owners change this."</p>
        </section>
    }
    .into_any()
}
