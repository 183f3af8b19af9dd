//! The form of the shop's settings.

use leptos::prelude::*;

use super::shop::Effects;
use crate::domain::shop::{ShopNotSaved, ShopPage};
use crate::error::AppError;
use crate::ui::field::{Field, Select};
use crate::ui::form::{Form, Sending};

/// The id of the list of zones.
const ZONES: &str = "zones";

/// Shows the settings, to be changed; what saving would do is said before, where somebody asks.
#[component]
pub fn ShopFields(
    /// The settings as they are.
    page: ShopPage,
    /// Where the form goes.
    save: Sending,
) -> impl IntoView {
    let refused = Signal::derive(move || match save.refusal().get() {
        Some(AppError::ShopNotSaved(refused)) => Some(*refused),
        _ => None,
    });
    let wrong = move |field: &'static str| {
        Signal::derive(move || refused.get().and_then(|refused| refused.of(field).map(str::to_owned)))
    };
    let seen = page.form.seen.clone();
    // What was typed comes back, over what is stored; after a conflict it is saved over what was told.
    let form = refused.get_untracked().map_or(page.form, |refused| refused.typed);
    let seen = move || refused.get().map_or_else(|| seen.clone(), |refused| refused.typed.seen);
    let zone = |zone: String| view! { <option value=zone></option> };
    let currency = if page.orders > 0 {
        "Amounts are not converted: it stays as long as there are orders."
    } else {
        "Three letters, such as NGN. Orders in another one are refused."
    };
    let pending = save.pending();
    view! {
        <Form to=save class="shop-form">
            <input type="hidden" name="shop[seen]" value=seen />
            <fieldset class="panel form form--pairs">
                <legend class="panel__title">"The shop"</legend>
                <Field name="shop[name]" label="Name" value=form.name error=wrong("name") />
                <Field name="shop[time_zone]" label="Time zone" value=form.time_zone list=ZONES error=wrong("time_zone")
                    hint="Every day begins at its midnight. A change counts all days anew at once." />
                <datalist id=ZONES>{page.zones.into_iter().map(zone).collect_view()}</datalist>
                <Field name="shop[country]" label="Country" value=form.country error=wrong("country")
                    hint="Of phone numbers that name none, as two letters. Numbers that came in before a change stay as they were read." />
                <Field name="shop[currency]" label="Currency" value=form.currency error=wrong("currency") hint=currency />
                <Select name="shop[page_size]" label="Rows a page, unless somebody chooses otherwise" chosen=form.page_size options=sizes() />
            </fieldset>
            <fieldset class="panel form form--pairs">
                <legend class="panel__title">"Who is what"</legend>
                <Field name="shop[active_days]" label="Active: days since the last order, at most" value=form.active_days error=wrong("active_days") />
                <Field name="shop[at_risk_days]" label="At risk: days since the last order, at least" value=form.at_risk_days error=wrong("at_risk_days") />
                <Field name="shop[vip_orders]" label="VIP: orders, at least" value=form.vip_orders error=wrong("vip_orders")
                    hint="Repeat customers have two or more, and fewer than this." />
                <Field name="shop[vip_spend]" label="VIP: or spent, at least" value=form.vip_spend error=wrong("vip_spend") />
            </fieldset>
            <Outcome save refused />
            <div class="form__buttons">
                <button class="button button--primary" type="submit" aria-disabled=move || pending.get().to_string()>"Save"</button>
                <button class="button" type="submit" name="only_try" value="true">"See what it does"</button>
            </div>
        </Form>
    }
    .into_any()
}

fn sizes() -> Vec<(&'static str, &'static str)> {
    ["20", "25", "50"].map(|size| (size, size)).to_vec()
}

/// What would be saved, or why nothing was.
#[component]
fn Outcome(save: Sending, refused: Signal<Option<ShopNotSaved>>) -> impl IntoView {
    let would = move || {
        let effect = refused.get()?.would?;
        Some(view! {
            <p>"Nothing is saved yet. Saving this means:"</p>
            <Effects effect />
        })
    };
    let other = move || {
        let error = save.refusal().get()?;
        let tried = matches!(&error, AppError::ShopNotSaved(refused) if refused.would.is_some());
        (!tried).then(|| error.to_string())
    };
    view! {
        <div class="shop-form__outcome" role="status">{would}</div>
        <p class="form__error" role="alert">{other}</p>
    }
    .into_any()
}
