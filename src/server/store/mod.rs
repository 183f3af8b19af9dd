//! SQL, one file a subject. Rows are private; what leaves is a domain type.

pub mod api_keys;
pub mod audit;
pub mod copied_customers;
pub mod customer_page;
pub mod customers;
pub mod edits;
pub mod history;
pub mod hooks;
pub mod idempotency;
pub mod imports;
pub mod log;
pub mod merges;
pub mod notes;
pub mod order_list;
pub mod orders;
pub mod packed_customers;
pub mod preferences;
pub mod queues;
pub mod rollup;
pub mod saved_views;
pub mod sessions;
pub mod tags;
pub mod templates;
pub mod turns;
pub mod users;
