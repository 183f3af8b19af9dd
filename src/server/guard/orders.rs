//! What the signed-in may know of orders.

use super::Actor;
use crate::domain::order_list::OrderList;
use crate::server::error::ServerError;
use crate::server::order_listing;

impl Actor {
    /// Returns the page of orders that a query asks for.
    pub async fn orders(&self, query: &str) -> Result<OrderList, ServerError> {
        order_listing::orders(&self.state, query).await
    }
}
