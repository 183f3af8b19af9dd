//! What is done about data that looks wrong, and taken back again.

use crate::domain::phone::Phone;
use crate::domain::place;
use crate::domain::text;
use crate::error::AppError;
use crate::server::error::ServerError;
use crate::server::phone;
use crate::server::state::AppState;
use crate::server::store::history::By;
use crate::server::store::quality::{self, Fix, What};
use crate::server::store::{customer_page, quality_merges, quality_places};

/// Says what was done.
pub fn said(fix: &Fix) -> String {
    match fix.what {
        What::Merged => "Merged: the orders of both are one customer’s.".to_owned(),
        What::Different => "Noted: these are two people.".to_owned(),
        What::Place => format!(
            "“{}” is {} everywhere, and in orders that come in.",
            fix.before, fix.after
        ),
        What::PlaceRight => format!("Noted: “{}” is right.", fix.before),
        What::ZeroRight => "Noted: the order costs nothing.".to_owned(),
    }
}

/// Gives the orders of a phone that is no number to the customer with the right one. No order is touched: the same file
/// may come in again, and all of it can be taken back.
pub async fn number(state: &AppState, slug: &str, typed: &str, by: By) -> Result<i64, ServerError> {
    let bad = Phone::from_slug(slug)
        .filter(|phone| !phone.is_valid())
        .ok_or_else(unknown)?;
    let customer = known(state, &bad).await?;
    let parsed = phone::parse(typed, &state.shop().country).map(|parsed| parsed.phone);
    let Some(right) = parsed.filter(Phone::is_valid) else {
        let message = format!(
            "“{}” is no valid number either; one looks like 0803 123 4567.",
            text::clean(typed)
        );
        return Err(AppError::invalid(slug, message).into());
    };
    let owner = quality_merges::owner(state.db(), &right).await?;
    if owner == customer {
        return Err(unknown().into());
    }
    Ok(quality_merges::merge(state.db(), owner, customer, by)
        .await?
        .ok_or_else(unknown)?)
}

/// Makes two customers one.
pub async fn merge(state: &AppState, one: &str, other: &str, by: By) -> Result<i64, ServerError> {
    let (one, other) = two(state, one, other).await?;
    let merged = quality_merges::merge(state.db(), one, other, by).await?;
    Ok(merged.ok_or_else(unknown)?)
}

/// Remembers that two customers are two people.
pub async fn different(state: &AppState, one: &str, other: &str, by: By) -> Result<i64, ServerError> {
    let (one, other) = two(state, one, other).await?;
    let fix = Fix::of(What::Different, one.min(other), one.max(other));
    quality::remember(state.db(), fix, by).await
}

/// Gives a spelling the state that it means, everywhere and from now on; returns how many orders it was too.
pub async fn place(state: &AppState, spelled: &str, meant: &str, by: By) -> Result<(i64, u64), ServerError> {
    check_spelled(spelled)?;
    if !place::is_state(meant) {
        let message = format!("“{}” is no state of Nigeria; choose one.", text::clean(meant));
        return Err(AppError::invalid(spelled, message).into());
    }
    quality_places::replace(state.db(), spelled, meant, by).await
}

/// Remembers that a place is right as it is.
pub async fn right_place(state: &AppState, spelled: &str, by: By) -> Result<i64, ServerError> {
    check_spelled(spelled)?;
    quality::remember(state.db(), Fix::place(What::PlaceRight, spelled, ""), by).await
}

fn check_spelled(spelled: &str) -> Result<(), AppError> {
    let unknown = spelled.is_empty() || spelled.contains('\0') || place::is_state(spelled);
    let message = || AppError::NotFound("No order has this place any more.".to_owned());
    if unknown { Err(message()) } else { Ok(()) }
}

/// Remembers that an order costs nothing indeed.
pub async fn right_amount(state: &AppState, number: &str, by: By) -> Result<i64, ServerError> {
    let gone = || AppError::NotFound(format!("There is no order {number} that costs nothing."));
    if number.contains('\0') {
        return Err(gone().into());
    }
    let id = quality::zero_order(state.db(), number).await?.ok_or_else(gone)?;
    quality::remember(state.db(), Fix::of(What::ZeroRight, id, 0), by).await
}

/// Takes back what was done; what others have changed since stays.
pub async fn undo(state: &AppState, id: i64, by: By) -> Result<(), ServerError> {
    let gone =
        || AppError::NotFound("Nothing of this stands any more: it was taken back, or changed since.".to_owned());
    let fix = quality::get(state.db(), id).await?.ok_or_else(gone)?;
    let stood = match fix.what {
        What::Merged => quality_merges::unmerge(state.db(), id, fix, by).await?,
        What::Place => quality_places::restore(state.db(), id, fix, by).await?,
        What::Different | What::PlaceRight | What::ZeroRight => quality::forget(state.db(), id, by).await?,
    };
    if stood { Ok(()) } else { Err(gone().into()) }
}

async fn two(state: &AppState, one: &str, other: &str) -> Result<(i64, i64), ServerError> {
    let read = |slug: &str| Phone::from_slug(slug).ok_or_else(unknown);
    let (one, other) = (known(state, &read(one)?).await?, known(state, &read(other)?).await?);
    if one == other {
        return Err(AppError::NotFound("These are one customer already.".to_owned()).into());
    }
    Ok((one, other))
}

async fn known(state: &AppState, phone: &Phone) -> Result<i64, ServerError> {
    // PostgreSQL takes no NUL, and no phone has one.
    if phone.as_str().contains('\0') {
        return Err(unknown().into());
    }
    Ok(customer_page::id_of(state.db(), phone).await?.ok_or_else(unknown)?)
}

fn unknown() -> AppError {
    AppError::NotFound("This is no customer of its own any more. Look at the list again.".to_owned())
}
