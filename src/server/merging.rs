//! Who may be the same person: customers that share a number, or a name and a place.

use std::collections::BTreeMap;

use super::error::ServerError;
use super::state::AppState;
use super::store::customers::{self, Spelled};
use crate::domain::customer::Customer;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::finder::Today;
use crate::domain::order_list::{Buyer, MaybeSame};
use crate::domain::phone::Phone;
use crate::domain::place;
use crate::domain::text;

/// The most that are suggested.
const MOST: usize = 5;

/// Returns other customers who may be this one, with why.
pub async fn same_person(state: &AppState, customer: &Customer) -> Result<Vec<MaybeSame>, ServerError> {
    let known = customers::spelled(state.db(), &[customer.id]).await?;
    let numbers = known
        .get(&customer.id)
        .map(|known| known.numbers.clone())
        .unwrap_or_default();
    let mut asked: Vec<String> = numbers.iter().map(Phone::display).collect();
    let placed = !customer.city.is_empty() || !customer.state.is_empty();
    if placed && customer.name.contains(' ') {
        asked.push(customer.name.clone());
    }
    let mut ids = Vec::new();
    for search in asked {
        ids.extend(found(state, search).await?);
    }
    ids.retain(|id| *id != customer.id);
    ids.sort_unstable();
    ids.dedup();
    let others: BTreeMap<i64, Customer> = customers::by_ids(state.db(), &ids).await?.into_iter().collect();
    let spelled = customers::spelled(state.db(), &ids).await?;
    let suggestion = |other: &Customer| {
        let why = why(customer, &numbers, other, spelled.get(&other.id)?)?;
        Some(MaybeSame {
            buyer: Buyer::from(other),
            why,
        })
    };
    Ok(others.values().filter_map(suggestion).take(MOST).collect())
}

/// Returns the first customers that a search finds.
async fn found(state: &AppState, search: String) -> Result<Vec<i64>, ServerError> {
    let (now, shop) = (state.clock().now(), state.shop());
    let today = Today::new(now, &shop.zone, &shop.thresholds);
    let asked = format!(
        "same person {} {} {search}",
        today.active_since.timestamp(),
        shop.mark()
    );
    let query = CustomerQuery {
        search,
        ..CustomerQuery::default()
    };
    let find = move |finder: &mut crate::domain::finder::Finder| {
        let found = finder.find(&query, None, &today);
        found.rows.iter().map(|row| row.id).collect()
    };
    state.finder().answer(now, asked, find).await
}

/// Says why another customer may be the same; none where only letters or digits are alike.
fn why(customer: &Customer, numbers: &[Phone], other: &Customer, known: &Spelled) -> Option<String> {
    if let Some(shared) = known
        .numbers
        .iter()
        .find(|number| number.is_valid() && numbers.contains(number))
    {
        return Some(format!("Both have used {}", shared.display()));
    }
    let same_name = text::key(&text::fold(&customer.name)) == text::key(&text::fold(&other.name));
    let same_place = (&customer.city, &customer.state) == (&other.city, &other.state);
    let place = place::written(&customer.city, &customer.state);
    (same_name && same_place && !place.is_empty()).then(|| format!("Same name, both in {place}"))
}
