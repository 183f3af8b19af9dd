//! What the signed-in may know of customers.

use std::collections::HashMap;

use super::Actor;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::facets::Facets;
use crate::domain::finder::{Calendar, Finder, Today};
use crate::domain::listing::{CustomerList, Overview};
use crate::server::error::ServerError;
use crate::server::present;
use crate::server::store::customers;

impl Actor {
    /// Returns the page of customers that a query asks for.
    pub async fn customers(&self, query: &str) -> Result<CustomerList, ServerError> {
        let (query, now, shop) = (CustomerQuery::parse(query), self.now(), self.shop());
        let today = Today::new(now, &shop.zone, &shop.thresholds);
        let window = query.period.window(now, &shop.zone);
        let asked = question("list", &query, &today);
        let (found, all, orders) = self
            .answer(asked, {
                let query = query.clone();
                move |finder| (finder.find(&query, window, &today), finder.customers(), finder.orders())
            })
            .await?;
        let ids: Vec<i64> = found.rows.iter().map(|row| row.id).collect();
        let mut customers = customers::by_ids(self.state.db(), &ids).await?;
        let spelled = if query.search.is_empty() {
            HashMap::new()
        } else {
            customers::spelled(self.state.db(), &ids).await?
        };
        let rows = found
            .rows
            .iter()
            .filter_map(|row| Some((customers.remove(&row.id)?, row.span)));
        let view = present::View {
            shop,
            now,
            search: &query.search,
            spelled: &spelled,
        };
        let rows = rows.map(|(customer, span)| view.row(customer, span)).collect();
        Ok(present::customer_list(
            rows,
            &found,
            query.size,
            (all, orders),
            shop,
            now,
        ))
    }

    /// Returns how many customers each choice of the filters would leave.
    pub async fn facets(&self, query: &str) -> Result<Facets, ServerError> {
        let (query, now, shop) = (CustomerQuery::parse(query), self.now(), self.shop());
        let today = Today::new(now, &shop.zone, &shop.thresholds);
        let window = query.period.window(now, &shop.zone);
        // How the list is sorted and cut does not matter.
        let query = CustomerQuery {
            sort: None,
            page: 1,
            size: Default::default(),
            ..query
        };
        let asked = question("facets", &query, &today);
        self.answer(asked, move |finder| finder.facets(&query, window, &today))
            .await
    }

    /// Returns the cards above the list for a query's period.
    pub async fn overview(&self, query: &str) -> Result<Overview, ServerError> {
        let (period, now, shop) = (CustomerQuery::parse(query).period, self.now(), self.shop());
        let zone = shop.zone;
        let calendar = Calendar::new(period, now, &zone, &shop.thresholds);
        // Parts of periods are compared to the second.
        let asked = format!("overview {period} {}", now.timestamp());
        let (stats, segments) = self
            .answer(asked, move |finder| {
                (
                    finder.stats(&calendar),
                    finder.segments(calendar.window, &calendar.today, &zone),
                )
            })
            .await?;
        Ok(present::overview(stats, segments, period, now, zone))
    }

    async fn answer<T: Clone + Send + 'static>(
        &self,
        asked: String,
        answer: impl FnOnce(&mut Finder) -> T,
    ) -> Result<T, ServerError> {
        self.state.finder().answer(self.now(), asked, answer).await
    }
}

/// Names a question by all that its answer depends on besides the orders: the query and the day.
fn question(kind: &str, query: &CustomerQuery, today: &Today) -> String {
    format!("{kind} {} {}", today.active_since.timestamp(), query.to_query_string())
}
