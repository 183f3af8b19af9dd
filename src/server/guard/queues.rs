//! What the signed-in may do with queues.

use super::Actor;
use crate::domain::page::{Page, PageSize};
use crate::domain::queue::{Queue, QueuePage, TurnForm};
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::outreach;
use crate::server::store::audit::{Action, Subject};
use crate::server::store::queues;

impl Actor {
    /// Returns a page of the shop's queues.
    pub async fn queues(&self, page: &str) -> Result<Page<Queue>, ServerError> {
        outreach::list(&self.state, page.parse().unwrap_or(1), &self.user).await
    }

    /// Returns a queue, with the customer whom the user has in hand.
    pub async fn queue(&self, id: &str, page: &str, size: &str) -> Result<QueuePage, ServerError> {
        // A number that is none is that of no queue.
        let (id, page) = (id.parse().unwrap_or(0), page.parse().unwrap_or(1));
        outreach::page(
            &self.state,
            id,
            page,
            PageSize::parse(size).unwrap_or_default(),
            &self.user,
        )
        .await
    }

    /// Gives the user the next customer of a queue.
    pub async fn take_turn(&self, queue: i64) -> Result<(), ServerError> {
        outreach::take(&self.state, queue, self.by()).await?;
        leptos_axum::redirect(&paths::queue(queue));
        Ok(())
    }

    /// Does with the customer in hand what a form says, and leads to the next.
    pub async fn end_turn(&self, form: TurnForm) -> Result<(), ServerError> {
        let customer = self.customer_id(&form.customer).await?;
        let queue = form.queue;
        outreach::step(&self.state, customer, form, self.by()).await?;
        self.audit_of(Action::Contacted, Subject::Customer(customer), format!("queue {queue}"))
            .await?;
        leptos_axum::redirect(&paths::queue(queue));
        Ok(())
    }

    /// Chooses the message that a queue offers.
    pub async fn choose_message(&self, queue: i64, template: i64) -> Result<(), ServerError> {
        queues::choose_message(self.state.db(), queue, template).await?;
        self.audit(Action::QueueChanged, format!("queue {queue}, template {template}"))
            .await?;
        leptos_axum::redirect(&paths::queue(queue));
        Ok(())
    }

    /// Takes a queue away: one's own or, for admins, anybody's.
    pub async fn delete_queue(&self, queue: i64) -> Result<(), ServerError> {
        if !queues::delete(self.state.db(), queue, self.may_all(), self.user.id).await? {
            let message = "This queue is gone, or it is somebody else’s.";
            return Err(AppError::NotFound(message.to_owned()).into());
        }
        self.audit(Action::QueueDeleted, format!("queue {queue}")).await?;
        leptos_axum::redirect(paths::QUEUES);
        Ok(())
    }
}
