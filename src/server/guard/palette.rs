//! What the palette may find for the signed-in.

use super::Actor;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::found::{Found, Hit};
use crate::domain::listing::CustomerRow;
use crate::domain::order_list::{OrderRow, shown_name};
use crate::domain::order_query::OrderQuery;
use crate::domain::query_string;
use crate::domain::stats::orders_in_words;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::{listing, order_listing};

/// The most of a kind that are shown.
const MOST: usize = 6;

impl Actor {
    /// Returns the customers and the orders that are most like what was typed; none where nothing was.
    pub async fn search(&self, typed: &str) -> Result<Found, ServerError> {
        let search = query_string::text(typed);
        if search.is_empty() {
            return Ok(Found::default());
        }
        let customers = CustomerQuery {
            search: search.clone(),
            ..CustomerQuery::default()
        };
        let orders = OrderQuery {
            search,
            ..OrderQuery::default()
        };
        let customers = listing::customers(&self.state, &customers.to_query_string(), "").await?;
        let orders = order_listing::orders(&self.state, &orders.to_query_string(), "").await?;
        Ok(Found {
            customers: customers.page.rows.into_iter().take(MOST).map(customer).collect(),
            orders: orders.page.rows.into_iter().take(MOST).map(order).collect(),
        })
    }
}

fn customer(row: CustomerRow) -> Hit {
    let customer = row.customer;
    // The number or the name that was found, where it is not the one that shows.
    let other = row.other_number.or(row.spelled);
    let found = other.map(|other| format!(" · {other}")).unwrap_or_default();
    Hit {
        name: shown_name(&customer.name).to_owned(),
        note: format!(
            "{} · {}{found}",
            customer.phone.display(),
            orders_in_words(customer.orders())
        ),
        href: paths::customer(&customer.phone),
    }
}

fn order(row: OrderRow) -> Hit {
    Hit {
        name: row.order.number.clone(),
        note: format!(
            "{} · {} · {}",
            shown_name(&row.buyer.name),
            row.order.amount,
            row.placed.short
        ),
        href: paths::order(&row.order.number),
    }
}
