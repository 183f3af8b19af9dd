//! The orders page's answers: asked of the finder, read by key, put into the shop's words.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::customer_details;
use super::db::Db;
use super::error::ServerError;
use super::present_orders;
use super::state::AppState;
use super::store::order_list;
use super::store::orders;
use crate::domain::customer::Customer;
use crate::domain::finder::{Finder, FoundOrders};
use crate::domain::order::Order;
use crate::domain::order_list::{OrderList, OrderRow};
use crate::domain::order_query::OrderQuery;
use crate::domain::page::{self, Page};
use crate::domain::period::Window;
use crate::domain::phone::Phone;

/// Returns the page of orders that a query asks for; where somebody sees a page already, those that stand there, by
/// the numbers in `shown`, with their values of now.
pub async fn orders(state: &AppState, query: &str, shown: &str) -> Result<OrderList, ServerError> {
    let query = OrderQuery::parse(query);
    let customer = match &query.customer {
        Some(phone) => customer_details::of_phone(state.db(), phone).await?,
        None => None,
    };
    list(state, &query, shown, customer).await
}

/// Returns the page that a query asks for of the orders of one customer, or those that are shown already.
pub async fn of_customer(
    state: &AppState,
    customer: Customer,
    query: &str,
    shown: &str,
) -> Result<OrderList, ServerError> {
    let query = OrderQuery {
        customer: Some(customer.phone.clone()),
        ..OrderQuery::parse(query)
    };
    list(state, &query, shown, Some(customer)).await
}

/// A question about orders that the finder answers.
pub struct Asked {
    query: OrderQuery,
    window: Option<Window>,
    /// Whose orders are meant; of a phone that nobody has ordered with there are none.
    owner: Option<i64>,
    /// The orders whose numbers begin with what is searched.
    numbered: Vec<i64>,
}

impl Asked {
    /// Gathers what the finder does not know by itself; `customer` is whose phone the query names, if anybody's.
    pub async fn new(
        db: &Db,
        query: &OrderQuery,
        customer: Option<&Customer>,
        now: DateTime<Utc>,
        zone: &Tz,
    ) -> Result<Self, ServerError> {
        Ok(Self {
            window: query.period.window(now, zone),
            owner: query
                .customer
                .as_ref()
                .map(|_| customer.map_or(0, |customer| customer.id)),
            numbered: order_list::numbered(db, query.search.trim_start_matches('#')).await?,
            query: query.clone(),
        })
    }

    /// Names the question by all that its answer depends on besides the orders.
    fn name(&self) -> String {
        let span = self
            .window
            .map(|window| (window.start.timestamp(), window.end.timestamp()));
        format!("orders {span:?} {:?} {}", self.owner, self.query.to_query_string())
    }

    fn page(&self, finder: &mut Finder) -> FoundOrders {
        finder.find_orders(&self.query, self.window, self.owner, &self.numbered)
    }

    /// Returns all orders, each after the number of its tie.
    pub fn all(&self, finder: &mut Finder) -> Vec<(usize, i64)> {
        finder.find_all_orders(&self.query, self.window, self.owner, &self.numbered)
    }
}

async fn list(
    state: &AppState,
    query: &OrderQuery,
    shown: &str,
    customer: Option<Customer>,
) -> Result<OrderList, ServerError> {
    let (now, shop) = (state.clock().now(), state.shop());
    let query = &query.clone().sized(shop.page_size);
    let asked = Asked::new(state.db(), query, customer.as_ref(), now, &shop.zone).await?;
    let name = asked.name();
    let answer = move |finder: &mut Finder| (asked.page(finder), finder.orders());
    let (found, all) = state.finder().answer(now, name, answer).await?;
    let fresh = numbers(state, query, &found).await?;
    let shown: Vec<String> = page::shown(shown).map(str::to_owned).collect();
    let moved = (!shown.is_empty()).then(|| fresh != shown);
    let numbers = if shown.is_empty() { fresh } else { shown };
    Ok(OrderList {
        page: Page {
            rows: rows(state, &numbers).await?,
            total: found.total,
            page: found.page,
            size: found.size,
        },
        facets: found.facets,
        customer,
        orders: all,
        moved,
    })
}

/// Returns the numbers of a page's orders; what ties with its first or last one is sorted, and left out.
async fn numbers(state: &AppState, query: &OrderQuery, found: &FoundOrders) -> Result<Vec<String>, ServerError> {
    let ids: Vec<i64> = found.ids.iter().map(|(_, id)| *id).collect();
    let known = order_list::numbers(state.db(), &ids).await?;
    let sorted = sorted(query, &found.ids, known, String::as_str);
    Ok(sorted.into_iter().skip(found.skip).take(found.take).collect())
}

/// Reads orders and sorts those of each tie by number.
pub async fn in_order(db: &Db, query: &OrderQuery, ties: &[(usize, i64)]) -> Result<Vec<Order>, ServerError> {
    let ids: Vec<i64> = ties.iter().map(|(_, id)| *id).collect();
    let known = orders::by_ids(db, &ids).await?;
    Ok(sorted(query, ties, known, |order| &order.number))
}

/// Puts what was read in order: by tie, and within one by the shop's number. What was deleted in between is not there
/// any more.
fn sorted<T>(
    query: &OrderQuery,
    ties: &[(usize, i64)],
    mut known: HashMap<i64, T>,
    number: impl Fn(&T) -> &str,
) -> Vec<T> {
    let found = ties.iter().filter_map(|(tie, id)| Some((*tie, known.remove(id)?)));
    let mut found: Vec<(usize, T)> = found.collect();
    found.sort_by(|one, other| {
        let by_number = number(&one.1).cmp(number(&other.1));
        let by_number = if query.sort.oldest_first() {
            by_number
        } else {
            by_number.reverse()
        };
        one.0.cmp(&other.0).then(by_number)
    });
    found.into_iter().map(|(_, found)| found).collect()
}

/// Returns the orders with these numbers, in their order.
async fn rows(state: &AppState, numbers: &[String]) -> Result<Vec<OrderRow>, ServerError> {
    let (db, now, zone) = (state.db(), state.clock().now(), state.shop().zone);
    let mut orders = orders::by_numbers(db, numbers).await?;
    let phones: Vec<Phone> = orders.values().map(|order| order.phone.clone()).collect();
    let buyers = order_list::buyers(db, &phones).await?;
    let row = |number: &String| {
        let order = orders.remove(number)?;
        let buyer = buyers.get(&order.phone)?.clone();
        Some(present_orders::row(order, buyer, zone, now))
    };
    Ok(numbers.iter().filter_map(row).collect())
}
