//! Queues of customers to be called or messaged, one after the other.

pub mod api;
mod list_page;
mod people;
mod progress;
mod queue_page;
mod turn;

pub use list_page::QueuesPage;
pub use queue_page::QueuePage;
