//! The customers page's answers: asked of the finder, read by key, put into the shop's words.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use crate::domain::customer_query::CustomerQuery;
use crate::domain::facets::Facets;
use crate::domain::finder::{Calendar, FoundRow, Span, Today};
use crate::domain::listing::{CustomerList, Overview};
use crate::domain::loaded::{self, Loaded, LoadedCustomer};
use crate::domain::page;
use crate::domain::period::Period;
use crate::domain::phone::Phone;
use crate::server::config::Shop;
use crate::server::db::Db;
use crate::server::error::ServerError;
use crate::server::finder::LiveFinder;
use crate::server::present;
use crate::server::state::AppState;
use crate::server::store::customers;
use crate::server::templates::Filling;

/// Returns the page of customers that a query asks for; where somebody sees a page already, those who stand there, by
/// the numbers in `shown`, with their values of now.
pub async fn customers(state: &AppState, query: &str, shown: &str) -> Result<CustomerList, ServerError> {
    let (now, shop) = (state.clock().now(), state.shop());
    let query = CustomerQuery::parse(query).sized(shop.page_size);
    let today = Today::new(now, &shop.zone, &shop.thresholds);
    let window = query.period.window(now, &shop.zone);
    let asked = question("list", &query, &today, &shop);
    let (mut found, all, orders) = state
        .finder()
        .answer(now, asked, {
            let query = query.clone();
            move |finder| (finder.find(&query, window, &today), finder.customers(), finder.orders())
        })
        .await?;
    let shown: Vec<i64> = page::shown(shown).filter_map(|id| id.parse().ok()).collect();
    let moved = (!shown.is_empty()).then(|| found.rows.iter().map(|row| row.id).ne(shown.iter().copied()));
    if moved == Some(true) {
        found.rows = state.finder().once(now, |finder| finder.seen(&shown, window)).await?;
    }
    let ids: Vec<i64> = found.rows.iter().map(|row| row.id).collect();
    let mut customers = customers::by_ids(state.db(), &ids).await?;
    let unclear = customers
        .values()
        .filter(|customer| !query.search.is_empty() && !loaded::shows_why(&query.search, customer));
    let unclear: Vec<i64> = unclear.map(|customer| customer.id).collect();
    let spelled = customers::spelled(state.db(), &unclear).await?;
    let filling = Filling::of_list(state, &ids).await?;
    let rows = found
        .rows
        .iter()
        .filter_map(|row| Some((customers.remove(&row.id)?, row.span)));
    let view = present::View {
        shop: &shop,
        now,
        search: &query.search,
        spelled: Some(&spelled),
        filling: &filling,
    };
    let rows = rows.map(|(customer, span)| view.row(customer, span)).collect();
    Ok(CustomerList {
        moved,
        ..present::customer_list(rows, &found, (all, orders), &shop, now)
    })
}

/// Returns all customers whom a query finds, in its order.
pub async fn everybody(
    finder: &LiveFinder,
    shop: &Shop,
    now: DateTime<Utc>,
    query: &CustomerQuery,
) -> Result<Vec<FoundRow>, ServerError> {
    let today = Today::new(now, &shop.zone, &shop.thresholds);
    let (window, query) = (query.period.window(now, &shop.zone), query.clone());
    finder
        .once(now, move |finder| finder.find_all(&query, window, &today))
        .await
}

/// Returns the customers with the phones that were chosen, or all whom a query finds, in the query's order.
///
/// Whoever was chosen is meant, also where the filters were changed since. Those who did not order in the period come
/// last, having done nothing in it.
pub async fn chosen(
    db: &Db,
    finder: &LiveFinder,
    shop: &Shop,
    now: DateTime<Utc>,
    query: &CustomerQuery,
    phones: Option<&[Phone]>,
) -> Result<Vec<FoundRow>, ServerError> {
    let Some(phones) = phones else {
        return everybody(finder, shop, now, query).await;
    };
    let mut ids: HashSet<i64> = customers::ids_of(db, phones).await?.into_iter().collect();
    let in_period = CustomerQuery {
        period: query.period,
        sort: query.sort,
        ..CustomerQuery::default()
    };
    let mut found = everybody(finder, shop, now, &in_period).await?;
    found.retain(|row| ids.remove(&row.id));
    if !ids.is_empty() {
        let ever = in_period.with(|query| query.period = Period::All);
        let others = everybody(finder, shop, now, &ever).await?;
        let others = others.into_iter().filter(|row| ids.contains(&row.id));
        found.extend(others.map(|row| FoundRow {
            span: Some(Span::default()),
            ..row
        }));
    }
    Ok(found)
}

/// Returns all customers of a query for a browser to answer narrower ones; none where there are too many.
pub async fn load(state: &AppState, query: &str) -> Result<Option<Loaded>, ServerError> {
    let (now, shop) = (state.clock().now(), state.shop());
    let query = CustomerQuery::parse(query).whole().sized(shop.page_size);
    let today = Today::new(now, &shop.zone, &shop.thresholds);
    let window = query.period.window(now, &shop.zone);
    let asked = question("load", &query, &today, &shop);
    let (found, all, orders, rows) = state
        .finder()
        .answer(now, asked, {
            let (query, today) = (query.clone(), today.clone());
            move |finder| {
                let found = finder.find(&query, window, &today);
                let few = found.total <= loaded::MOST;
                let rows = if few {
                    finder.find_all(&query, window, &today)
                } else {
                    Vec::new()
                };
                let rows: Vec<_> = rows
                    .into_iter()
                    .map(|row| (row, finder.name_key(row.id).to_owned()))
                    .collect();
                (found, finder.customers(), finder.orders(), rows)
            }
        })
        .await?;
    if found.total > loaded::MOST {
        return Ok(None);
    }
    let ids: Vec<i64> = rows.iter().map(|(row, _)| row.id).collect();
    let mut customers = customers::by_ids(state.db(), &ids).await?;
    let mut spelled = customers::spelled(state.db(), &ids).await?;
    let filling = Filling::of_list(state, &ids).await?;
    let view = present::View::unsearched(&shop, now, &filling);
    let customers = rows.into_iter().filter_map(|(row, name_key)| {
        let spelled = spelled.remove(&row.id).unwrap_or_default();
        Some(LoadedCustomer {
            row: view.row(customers.remove(&row.id)?, row.span),
            name_key,
            names: spelled.names,
            numbers: spelled.numbers,
            span: row.span,
        })
    });
    let customers = loaded::packed(customers).map_err(|error| ServerError::Broken(error.to_string()))?;
    Ok(Some(Loaded {
        query: query.whole().to_query_string(),
        today,
        window,
        customers,
        frame: present::customer_list(Vec::new(), &found, (all, orders), &shop, now),
    }))
}

/// Returns how many customers each choice of the filters would leave.
pub async fn facets(state: &AppState, query: &str) -> Result<Facets, ServerError> {
    let (query, now, shop) = (CustomerQuery::parse(query), state.clock().now(), state.shop());
    let today = Today::new(now, &shop.zone, &shop.thresholds);
    let window = query.period.window(now, &shop.zone);
    // How the list is sorted and cut does not matter.
    let query = query.whole();
    let asked = question("facets", &query, &today, &shop);
    state
        .finder()
        .answer(now, asked, move |finder| finder.facets(&query, window, &today))
        .await
}

/// Returns the cards above the list for a query's period.
pub async fn overview(state: &AppState, query: &str) -> Result<Overview, ServerError> {
    let (period, now, shop) = (CustomerQuery::parse(query).period, state.clock().now(), state.shop());
    let zone = shop.zone;
    let calendar = Calendar::new(period, now, &zone, &shop.thresholds);
    // Parts of periods are compared to the second.
    let question = format!("overview {period} {} {}", now.timestamp(), shop.mark());
    let (cards, segments) = state
        .finder()
        .answer(now, question, move |finder| {
            (
                finder.stats(&calendar),
                finder.segments(calendar.window, &calendar.today, &zone),
            )
        })
        .await?;
    Ok(present::overview(cards, segments, period, now, &shop))
}

/// Names a question by all that its answer depends on besides the orders: the query, the day and the shop's settings.
fn question(kind: &str, query: &CustomerQuery, today: &Today, shop: &Shop) -> String {
    let (day, mark) = (today.active_since.timestamp(), shop.mark());
    format!("{kind} {day} {mark} {}", query.to_query_string())
}
