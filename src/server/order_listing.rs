//! The orders page's answers: numbers found first, then the orders read by key and put into the shop's words.

use super::customer_details;
use super::error::ServerError;
use super::present_orders;
use super::state::AppState;
use super::store::order_list::{self, Filter};
use super::store::orders;
use crate::domain::order_list::{Buyer, OrderList, OrderRow};
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
    let nobody = query.customer.is_some() && customer.is_none();
    let total = match filter {
        _ if nobody => 0,
        Filter {
            customer: None,
            status: None,
            source: None,
        } => all,
        filter => order_list::count(state.db(), filter).await?,
    };
    let (page, size) = (query.size.clamp(query.page, total), query.size);
    let rows = if nobody {
        Vec::new()
    } else {
        rows(state, filter, size.get(), (page - 1) * size.get()).await?
    };
    Ok(OrderList {
        page: Page {
            rows,
            total,
            page,
            size,
        },
        customer: customer.as_ref().map(Buyer::from),
        orders: all,
    })
}

/// Returns the orders that a filter keeps, newest first: at most `limit` after the first `offset`.
pub async fn rows(state: &AppState, filter: Filter, limit: i64, offset: i64) -> Result<Vec<OrderRow>, ServerError> {
    let (db, now, zone) = (state.db(), state.clock().now(), state.shop().zone);
    let numbers = order_list::numbers(db, filter, limit, offset).await?;
    let mut orders = orders::by_numbers(db, &numbers).await?;
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
