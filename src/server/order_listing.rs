//! The orders page's answers: asked of the finder, read by key, put into the shop's words.

use std::cmp::Reverse;

use super::customer_details;
use super::error::ServerError;
use super::present_orders;
use super::state::AppState;
use super::store::order_list;
use super::store::orders;
use crate::domain::customer::Customer;
use crate::domain::finder::FoundOrders;
use crate::domain::order_list::{OrderList, OrderRow};
use crate::domain::order_query::OrderQuery;
use crate::domain::page::Page;
use crate::domain::phone::Phone;

/// Returns the page of orders that a query asks for.
pub async fn orders(state: &AppState, query: &str) -> Result<OrderList, ServerError> {
    let query = OrderQuery::parse(query);
    let customer = match &query.customer {
        Some(phone) => customer_details::of_phone(state.db(), phone).await?,
        None => None,
    };
    list(state, &query, customer).await
}

/// Returns the page that a query asks for of the orders of one customer.
pub async fn of_customer(state: &AppState, customer: Customer, query: &str) -> Result<OrderList, ServerError> {
    let query = OrderQuery {
        customer: Some(customer.phone.clone()),
        ..OrderQuery::parse(query)
    };
    list(state, &query, Some(customer)).await
}

async fn list(state: &AppState, query: &OrderQuery, customer: Option<Customer>) -> Result<OrderList, ServerError> {
    let (now, zone) = (state.clock().now(), state.shop().zone);
    let window = query.period.window(now, &zone);
    let numbered = order_list::numbered(state.db(), query.search.trim_start_matches('#')).await?;
    // Of a phone that nobody has ordered with there are none.
    let owner = query
        .customer
        .as_ref()
        .map(|_| customer.as_ref().map_or(0, |customer| customer.id));
    let start = window.map_or(0, |window| window.start.timestamp());
    let asked = format!("orders {start} {owner:?} {}", query.to_query_string());
    let (found, all) = state
        .finder()
        .answer(now, asked, {
            let query = query.clone();
            move |finder| (finder.find_orders(&query, window, owner, &numbered), finder.orders())
        })
        .await?;
    Ok(OrderList {
        page: Page {
            rows: rows(state, &numbers(state, query, &found).await?).await?,
            total: found.total,
            page: found.page,
            size: query.size,
        },
        facets: found.facets,
        customer,
        orders: all,
    })
}

/// Returns the numbers of a page's orders; what ties with its first or last one is sorted, and left out.
async fn numbers(state: &AppState, query: &OrderQuery, found: &FoundOrders) -> Result<Vec<String>, ServerError> {
    let ids: Vec<i64> = found.ids.iter().map(|(_, id)| *id).collect();
    let mut known = order_list::numbers(state.db(), &ids).await?;
    // An order that was deleted in between is not there any more.
    let named = found.ids.iter().filter_map(|(tie, id)| Some((*tie, known.remove(id)?)));
    let mut named: Vec<(usize, String)> = named.collect();
    if query.sort.oldest_first() {
        named.sort_unstable();
    } else {
        named.sort_unstable_by(|one, other| (one.0, Reverse(&one.1)).cmp(&(other.0, Reverse(&other.1))));
    }
    let page = named.into_iter().skip(found.skip).take(found.take);
    Ok(page.map(|(_, number)| number).collect())
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
