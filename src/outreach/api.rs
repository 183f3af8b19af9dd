//! Server functions of the queues.

#![expect(
    missing_docs,
    reason = "the fields of the structs that `#[server]` makes are its function's arguments"
)]

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::domain::page::Page;
use crate::domain::queue::{Queue, QueuePage, TurnForm};
use crate::error::AppError;

/// Returns a page of the shop's queues, the newest first.
#[server(prefix = "/api", endpoint = "queues", input = GetUrl, output = Postcard)]
pub async fn get_queues(#[server(default)] page: String) -> Result<Page<Queue>, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.queues(&page).await?)
}

/// Returns a queue: the customer whom the reader has in hand, and a page of everybody in it.
#[server(prefix = "/api", endpoint = "queue", input = GetUrl, output = Postcard)]
pub async fn get_queue(
    #[server(default)] id: String,
    #[server(default)] page: String,
    #[server(default)] size: String,
) -> Result<QueuePage, AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.queue(&id, &page, &size).await?)
}

/// Gives the next customer of a queue.
#[server(prefix = "/api", endpoint = "take_turn")]
pub async fn take_turn(queue: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.take_turn(queue).await?)
}

/// Does with the customer in hand what a form says, and gives the next one.
#[server(prefix = "/api", endpoint = "end_turn")]
pub async fn end_turn(#[server(default)] turn: TurnForm) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.end_turn(turn).await?)
}

/// Chooses the message that a queue offers.
#[server(prefix = "/api", endpoint = "choose_message")]
pub async fn choose_message(queue: i64, template: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.choose_message(queue, template).await?)
}

/// Takes a queue away.
#[server(prefix = "/api", endpoint = "delete_queue")]
pub async fn delete_queue(queue: i64) -> Result<(), AppError> {
    let actor = crate::server::guard::staff()?;
    Ok(actor.delete_queue(queue).await?)
}
