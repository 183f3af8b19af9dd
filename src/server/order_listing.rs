//! The orders page's answers: numbers found first, then the orders read by key and put into the shop's words.

use super::customer_details;
use super::error::ServerError;
use super::present_orders;
use super::state::AppState;
use super::store::order_list::{self, Filter};
use super::store::orders;
use crate::domain::customer::Customer;
use crate::domain::order_list::{OrderList, OrderRow};
use crate::domain::order_query::OrderQuery;
use crate::domain::page::Page;
use crate::domain::phone::Phone;

/// Returns the page of orders that a query asks for.
pub async fn orders(state: &AppState, query: &str) -> Result<OrderList, ServerError> {
    let (query, now) = (OrderQuery::parse(query), state.clock().now());
    let all = state
        .finder()
        .answer(now, "orders".to_owned(), |finder| finder.orders())
        .await?;
    let customer = match &query.customer {
        Some(phone) => customer_details::of_phone(state.db(), phone).await?,
        None => None,
    };
    let filter = Filter {
        customer: customer.as_ref().map(|customer| customer.id),
        status: query.status,
        source: query.source,
    };
    let total = match (&query.customer, &customer) {
        (Some(_), None) => 0,
        _ if query.status.is_some() || query.source.is_some() => order_list::count(state.db(), filter).await?,
        (_, Some(customer)) => customer.all_orders(),
        (None, None) => all,
    };
    Ok(OrderList {
        page: page(state, filter, &query, total).await?,
        customer,
        orders: all,
    })
}

/// Returns the page that a query asks for of all orders of one customer, newest first.
pub async fn of_customer(state: &AppState, customer: &Customer, query: &str) -> Result<Page<OrderRow>, ServerError> {
    let filter = Filter {
        customer: Some(customer.id),
        ..Filter::default()
    };
    page(state, filter, &OrderQuery::parse(query), customer.all_orders()).await
}

/// Returns the page that a query asks for of the `total` orders that a filter keeps, newest first.
async fn page(state: &AppState, filter: Filter, query: &OrderQuery, total: i64) -> Result<Page<OrderRow>, ServerError> {
    let mut page = Page {
        rows: Vec::new(),
        total,
        page: query.size.clamp(query.page, total),
        size: query.size,
    };
    if total > 0 {
        let numbers = order_list::numbers(state.db(), filter, page.first_row()..=page.last_row(), total).await?;
        page.rows = rows(state, &numbers).await?;
    }
    Ok(page)
}

/// Returns the orders with these numbers, in their order.
async fn rows(state: &AppState, numbers: &[String]) -> Result<Vec<OrderRow>, ServerError> {
    let (db, now, zone) = (state.db(), state.clock().now(), state.shop().zone);
    let mut orders = orders::by_numbers(db, numbers).await?;
    let phones: Vec<Phone> = orders.values().map(|order| order.phone.clone()).collect();
    let buyers = order_list::buyers(db, &phones).await?;
    let row = |number: &String| {
        // An order that was deleted in between is not there any more.
        let order = orders.remove(number)?;
        let buyer = buyers.get(&order.phone)?.clone();
        Some(present_orders::row(order, buyer, zone, now))
    };
    Ok(numbers.iter().filter_map(row).collect())
}
