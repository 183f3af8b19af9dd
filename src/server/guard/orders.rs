//! What the signed-in may know of orders.

use super::Actor;
use crate::domain::order_form::{OrderForm, OrderPage};
use crate::domain::order_list::OrderList;
use crate::domain::role::Role;
use crate::domain::status::Status;
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::store::audit::{self, Action, Subject};
use crate::server::store::orders;
use crate::server::{order_form, order_listing};

/// The most orders whose status is changed at once.
const MOST: usize = 1_000;

impl Actor {
    /// Returns the page of orders that a query asks for, or the orders that are shown already.
    pub async fn orders(&self, query: &str, shown: &str) -> Result<OrderList, ServerError> {
        order_listing::orders(&self.state, query, shown).await
    }

    /// Returns the form of an order, or of a new one.
    pub async fn order(&self, number: &str) -> Result<OrderPage, ServerError> {
        Ok(OrderPage {
            form: order_form::open(&self.state, number).await?,
            may_edit: self.user.role.includes(Role::Admin),
        })
    }

    /// Adds or changes an order.
    pub async fn save_order(&self, form: OrderForm) -> Result<(), ServerError> {
        let number = order_form::save(&self.state, form).await?;
        self.audit_of(Action::OrderSaved, Subject::Order(number.clone()), String::new())
            .await?;
        leptos_axum::redirect(&paths::order_saved(&number));
        Ok(())
    }

    /// Deletes an order.
    pub async fn delete_order(&self, number: String) -> Result<(), ServerError> {
        if orders::delete(self.state.db(), number.clone()).await? {
            self.audit_of(Action::OrderDeleted, Subject::Order(number), String::new())
                .await?;
        }
        leptos_axum::redirect(paths::ORDERS);
        Ok(())
    }

    /// Gives orders a status.
    pub async fn change_status(&self, numbers: Vec<String>, status: &str, back: &str) -> Result<(), ServerError> {
        let invalid = |field, message: &str| ServerError::from(AppError::invalid(field, message));
        let known = Status::ALL.into_iter().find(|known| known.as_str() == status);
        let status = known.ok_or_else(|| invalid("status", "Choose a status."))?;
        if numbers.is_empty() {
            return Err(invalid("numbers", "Choose an order, or several."));
        }
        if numbers.len() > MOST {
            return Err(invalid("numbers", "These are more orders than a page has."));
        }
        let mut changed = orders::change_status(self.state.db(), numbers, status).await?;
        changed.sort_unstable();
        let line = |number| {
            self.entry(
                Action::StatusChanged,
                Subject::Order(number),
                status.as_str().to_owned(),
            )
        };
        audit::append_all(self.state.db(), changed.into_iter().map(line).collect()).await?;
        leptos_axum::redirect(&paths::orders_again(back));
        Ok(())
    }
}
