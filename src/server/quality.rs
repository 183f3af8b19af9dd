//! Data that looks wrong: found, put right in one step, or remembered as right.

mod fix;
mod likeness;

use std::collections::HashMap;

pub use fix::{different, merge, number, place, right_amount, right_place, undo};
pub use likeness::Likeness;

use super::error::ServerError;
use super::listing;
use super::present_orders;
use super::state::AppState;
use super::store::customers;
use super::store::{orders, quality};
use crate::domain::customer::Customer;
use crate::domain::customer_query::{CustomerQuery, Quality};
use crate::domain::finder::{Alike, Today, Why};
use crate::domain::order_list::Buyer;
use crate::domain::page::PageSize;
use crate::domain::place;
use crate::domain::quality::{BadNumber, BadPlace, Fixed, Kind, Pair, QualityPage, ROWS, Rows, ZeroOrder};

/// Returns a page of what looks wrong of one kind; `done` is the number of what was done last.
pub async fn page(state: &AppState, kind: Kind, page: i64, done: &str) -> Result<QualityPage, ServerError> {
    let found = likeness::pairs(state, kind == Kind::Duplicates).await?;
    let found_pairs = found.as_ref().map(|found| found.pairs.len());
    let places = places(state).await?;
    let count = |len: usize| i64::try_from(len).unwrap_or(i64::MAX);
    let counts = [
        Some(bad_numbers(state, 1).await?.0),
        found_pairs.map(count),
        Some(count(places.len())),
        Some(quality::zeros(state.db()).await?),
    ];
    let total = counts[kind as usize].unwrap_or_default();
    let (pairs, as_of) = found.map_or_else(Default::default, |found| (found.pairs, found.as_of));
    let pages = ((total + ROWS - 1) / ROWS).max(1);
    let page = page.clamp(1, pages);
    let skip = usize::try_from((page - 1) * ROWS).unwrap_or(0);
    let shown = usize::try_from(ROWS).unwrap_or(0);
    let rows = match kind {
        Kind::Numbers => Rows::Numbers(bad_numbers(state, page).await?.1),
        Kind::Duplicates => {
            let pairs: Vec<Alike> = pairs.into_iter().skip(skip).take(shown).collect();
            Rows::Duplicates(written(state, &pairs).await?)
        }
        Kind::Places => Rows::Places(places.into_iter().skip(skip).take(shown).collect()),
        Kind::Amounts => Rows::Amounts(zeros(state, (page - 1) * ROWS).await?),
    };
    Ok(QualityPage {
        kind,
        counts: Kind::ALL.into_iter().zip(counts).collect(),
        page,
        pages,
        rows,
        as_of,
        fixed: fixed(state, done).await?,
    })
}

async fn fixed(state: &AppState, done: &str) -> Result<Option<Fixed>, ServerError> {
    let Ok(id) = done.parse() else { return Ok(None) };
    let fix = quality::get(state.db(), id).await?;
    Ok(fix.map(|fix| Fixed {
        id,
        said: fix::said(&fix),
        undone: fix.undone,
    }))
}

/// How many customers have a phone that is no number, and a page of them.
async fn bad_numbers(state: &AppState, page: i64) -> Result<(i64, Vec<BadNumber>), ServerError> {
    let query = CustomerQuery {
        quality: Some(Quality::InvalidNumber),
        page,
        size: Some(PageSize::TwentyFive),
        ..CustomerQuery::default()
    };
    let list = listing::customers(state, &query.to_query_string(), "").await?;
    let ids: Vec<i64> = list.page.rows.iter().map(|row| row.customer.id).collect();
    let spelled = customers::spelled(state.db(), &ids).await?;
    let row = |customer: &Customer| BadNumber {
        buyer: Buyer::from(customer),
        orders: customer.orders() + customer.lost_orders,
        names: spelled
            .get(&customer.id)
            .map_or(0, |known| i64::try_from(known.names.len()).unwrap_or(i64::MAX)),
    };
    let rows = list.page.rows.iter().map(|found| row(&found.customer)).collect();
    Ok((list.page.total, rows))
}

/// Puts pairs into words; one who is gone by now takes the pair with them.
async fn written(state: &AppState, pairs: &[Alike]) -> Result<Vec<Pair>, ServerError> {
    let ids: Vec<i64> = pairs.iter().flat_map(|pair| [pair.one, pair.other]).collect();
    let known: HashMap<i64, Customer> = customers::by_ids(state.db(), &ids).await?.into_iter().collect();
    let words = |pair: &Alike| {
        let (mut one, mut other) = (known.get(&pair.one)?, known.get(&pair.other)?);
        if other.last_order > one.last_order {
            (one, other) = (other, one);
        }
        let why = match pair.why {
            Why::Number => "Both have used one number".to_owned(),
            Why::Slip => "Same name, and the numbers differ by one slip".to_owned(),
            Why::NameAndPlace => format!("Same name, both in {}", place::written(&one.city, &one.state)),
        };
        Some(Pair {
            one: Buyer::from(one),
            other: Buyer::from(other),
            why,
        })
    };
    Ok(pairs.iter().filter_map(words).collect())
}

/// The states that there are not, with their customers, the most first; of another country none is known.
async fn places(state: &AppState) -> Result<Vec<BadPlace>, ServerError> {
    let (shop, now) = (state.shop(), state.clock().now());
    if shop.country != "NG" {
        return Ok(Vec::new());
    }
    let right = quality::right_places(state.db()).await?;
    let today = Today::new(now, &shop.zone, &shop.thresholds);
    let asked = format!("places {}", today.active_since.timestamp());
    let states = state
        .finder()
        .answer(now, asked, move |finder| {
            finder.facets(&CustomerQuery::default(), None, &today).states
        })
        .await?;
    let unknown = states
        .into_iter()
        .filter(|(name, _)| !place::is_state(name) && !right.contains(name));
    Ok(unknown
        .map(|(spelled, customers)| BadPlace { spelled, customers })
        .collect())
}

async fn zeros(state: &AppState, skip: i64) -> Result<Vec<ZeroOrder>, ServerError> {
    let (zone, now) = (state.shop().zone, state.clock().now());
    let numbers = quality::zero_orders(state.db(), ROWS, skip).await?;
    let mut known = orders::by_numbers(state.db(), &numbers).await?;
    let row = |number: String| {
        let order = known.remove(&number)?;
        Some(ZeroOrder {
            placed: present_orders::placed(order.placed_at, zone, now).short,
            status: order.status.label().to_owned(),
            name: order.name,
            phone: order.phone,
            number,
        })
    };
    Ok(numbers.into_iter().filter_map(row).collect())
}
