//! What the signed-in may know of one customer.

use super::Actor;
use crate::domain::order_list::{CustomerPage, OrderList};
use crate::domain::period::Period;
use crate::paths;
use crate::server::customer_details;
use crate::server::error::ServerError;

impl Actor {
    /// Returns the customer whom a phone in any spelling means, and leads to the one address of their page.
    pub async fn customer(&self, asked: &str, period: &str) -> Result<CustomerPage, ServerError> {
        let period = Period::parse(period).unwrap_or(Period::All);
        let page = customer_details::customer(&self.state, asked, period, &self.user).await?;
        let phone = &page.row.customer.phone;
        if phone.to_slug() != asked {
            leptos_axum::redirect(&paths::customer(phone));
        }
        Ok(page)
    }

    /// Returns the page that a query asks for of a customer's orders.
    pub async fn customer_orders(&self, asked: &str, query: &str, shown: &str) -> Result<OrderList, ServerError> {
        customer_details::orders(&self.state, asked, query, shown).await
    }
}
