//! The form of the settings: read, saved over what was seen, and taken back.

use super::effect::effect;
use super::setting::{Setting, values};
use crate::domain::shop::{Changed, ShopForm, ShopNotSaved, ShopPage, ShopSaved};
use crate::domain::stats::grouped;
use crate::error::AppError;
use crate::server::config::Shop;
use crate::server::error::ServerError;
use crate::server::state::AppState;
use crate::server::store::history::By;
use crate::server::store::settings::{self, Entry, Saved};

fn form(shop: &Shop) -> ShopForm {
    let [
        name,
        time_zone,
        country,
        currency,
        page_size,
        active_days,
        at_risk_days,
        vip_orders,
        _,
    ] = Setting::ALL.map(|setting| setting.write(shop));
    ShopForm {
        seen: shop.version.to_string(),
        name,
        time_zone,
        country,
        currency,
        page_size,
        active_days,
        at_risk_days,
        vip_orders,
        vip_spend: shop.thresholds.vip_spend.unsigned(),
    }
}

/// Reads a form over the settings that hold, or returns the fields with what is wrong.
fn read(typed: &ShopForm, now: &Shop, orders: i64) -> Result<Shop, Vec<(String, String)>> {
    let mut shop = now.clone();
    let mut wrong = Vec::new();
    for setting in Setting::ALL {
        if let Err(remark) = setting.read(setting.typed(typed), &mut shop) {
            wrong.push((setting.field().to_owned(), remark));
        }
    }
    if wrong.is_empty() {
        wrong = together(&shop, now, orders);
    }
    if wrong.is_empty() { Ok(shop) } else { Err(wrong) }
}

/// Returns the settings that do not go together, with what holds already, or with the orders that are there.
fn together(shop: &Shop, now: &Shop, orders: i64) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    let limits = &shop.thresholds;
    if limits.at_risk_days <= limits.active_days {
        let remark = format!(
            "“{}”: a customer is active for {} days, so at risk begins later than that.",
            limits.at_risk_days, limits.active_days
        );
        wrong.push((Setting::AtRiskDays.field().to_owned(), remark));
    }
    if shop.currency != now.currency && orders > 0 {
        let remark = format!(
            "“{}”: the orders that are there ({}) have amounts in {}, which are not converted. The currency can be set only while there are none.",
            shop.currency,
            grouped(orders),
            now.currency
        );
        wrong.push((Setting::Currency.field().to_owned(), remark));
    }
    wrong
}

/// Returns the page; `saved` is the number of the change that the address names, if it does.
pub async fn page(state: &AppState, may_edit: bool, saved: &str) -> Result<ShopPage, ServerError> {
    let shop = state.shop();
    let zones = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name().to_owned());
    Ok(ShopPage {
        form: form(&shop),
        may_edit,
        zones: if may_edit { zones.collect() } else { Vec::new() },
        orders: orders(state).await?,
        saved: match saved.parse() {
            Ok(version) if may_edit => change(state, version, &shop).await?,
            _ => None,
        },
    })
}

async fn orders(state: &AppState) -> Result<i64, ServerError> {
    state.finder().once(state.clock().now(), |finder| finder.orders()).await
}

/// Returns what a change did, as long as it is the latest.
async fn change(state: &AppState, version: i64, shop: &Shop) -> Result<Option<ShopSaved>, ServerError> {
    if version != shop.version {
        return Ok(None);
    }
    let entries = settings::change(state.db(), version).await?;
    if entries.is_empty() {
        return Ok(None);
    }
    let before = taken_back(&entries, shop);
    Ok(Some(ShopSaved {
        version,
        effect: effect(state, &before, shop).await?,
        changes: entries.into_iter().filter_map(changed).collect(),
    }))
}

/// The settings as they were before a change.
fn taken_back(entries: &[Entry], shop: &Shop) -> Shop {
    let mut before = shop.clone();
    for entry in entries {
        if let Some(setting) = Setting::find(&entry.name) {
            // What was stored by another program stays as it is.
            let _ = setting.read(&entry.before, &mut before);
        }
    }
    before
}

fn changed(entry: Entry) -> Option<Changed> {
    Some(Changed {
        label: Setting::find(&entry.name)?.label().to_owned(),
        before: entry.before,
        after: entry.after,
    })
}

/// Saves a form, or only says what it would do; returns the change's number where there was anything to change.
pub async fn save(state: &AppState, typed: ShopForm, only_try: bool, by: By) -> Result<Option<i64>, ServerError> {
    let now = state.shop();
    let shop = read(&typed, &now, orders(state).await?).map_err(|wrong| refused(&typed, wrong))?;
    if only_try {
        let not_saved = ShopNotSaved {
            would: Some(effect(state, &now, &shop).await?),
            typed,
            wrong: Vec::new(),
        };
        return Err(AppError::ShopNotSaved(Box::new(not_saved)).into());
    }
    let seen = typed.seen.parse().unwrap_or(-1);
    match settings::save(state.db(), seen, state.current_shop().first(), values(&shop), by).await? {
        Saved::Done(version) => Ok(Some(version)),
        Saved::Nothing => Ok(None),
        Saved::Changed => Err(overtaken(state, typed, seen).await?),
    }
}

fn refused(typed: &ShopForm, wrong: Vec<(String, String)>) -> ServerError {
    let not_saved = ShopNotSaved {
        typed: typed.clone(),
        wrong,
        would: None,
    };
    AppError::ShopNotSaved(Box::new(not_saved)).into()
}

/// Says beside each field what somebody else has made of it meanwhile.
async fn overtaken(state: &AppState, typed: ShopForm, seen: i64) -> Result<ServerError, ServerError> {
    let shop = state.current_shop().follow().await?;
    let entries = settings::since(state.db(), seen).await?;
    let mut wrong = Vec::new();
    for setting in Setting::ALL {
        let last = entries.iter().rev().find(|entry| entry.name == setting.name());
        if let Some(entry) = last {
            let remark = format!(
                "{} changed this to “{}” while you were typing. Save again to keep yours.",
                entry.who,
                setting.write(&shop)
            );
            wrong.push((setting.field().to_owned(), remark));
        }
    }
    let again = ShopForm {
        seen: shop.version.to_string(),
        ..typed
    };
    Ok(refused(&again, wrong))
}

/// Takes a change back, as long as none of what it changed has been changed since; returns the new change's number.
pub async fn undo(state: &AppState, version: i64, by: By) -> Result<Option<i64>, ServerError> {
    let now = state.shop();
    let entries = settings::change(state.db(), version).await?;
    let stands = |entry: &Entry| Setting::find(&entry.name).is_some_and(|setting| setting.write(&now) == entry.after);
    let gone = || AppError::invalid("version", "The settings have been changed since. Look at them again.");
    if entries.is_empty() || !entries.iter().all(stands) {
        return Err(gone().into());
    }
    let before = taken_back(&entries, &now);
    let wrong = together(&before, &now, orders(state).await?);
    if let Some((_, remark)) = wrong.into_iter().next() {
        return Err(AppError::invalid("version", format!("This cannot be taken back. {remark}")).into());
    }
    match settings::save(
        state.db(),
        now.version,
        state.current_shop().first(),
        values(&before),
        by,
    )
    .await?
    {
        Saved::Done(version) => Ok(Some(version)),
        Saved::Nothing => Ok(None),
        Saved::Changed => Err(gone().into()),
    }
}

/// Says what a change was, from what to what.
pub async fn said(state: &AppState, version: i64) -> Result<String, ServerError> {
    let entries = settings::change(state.db(), version).await?;
    let said = entries.into_iter().filter_map(changed);
    let said = said.map(|one| format!("{}: {} → {}", one.label, one.before, one.after));
    Ok(said.collect::<Vec<_>>().join("; "))
}
