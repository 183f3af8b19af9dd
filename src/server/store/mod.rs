//! SQL, one file a subject. Rows are private; what leaves is a domain type.

pub mod audit;
pub mod customer_page;
pub mod customers;
pub mod log;
pub mod order_list;
pub mod orders;
pub mod preferences;
pub mod rollup;
pub mod sessions;
pub mod users;
