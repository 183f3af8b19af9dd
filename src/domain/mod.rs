//! What the words of the shop mean: pure, without input, output or clock, the same on server and browser.

pub mod customer;
pub mod customer_query;
pub mod facets;
pub mod finder;
pub mod habits;
pub mod listing;
pub mod loaded;
pub mod message;
pub mod money;
pub mod order;
pub mod order_form;
pub mod order_list;
pub mod order_query;
pub mod page;
pub mod period;
pub mod phone;
pub mod place;
pub mod profile;
pub mod query_string;
pub mod role;
pub mod segment;
pub mod source;
pub mod stats;
pub mod status;
pub mod text;
pub mod view;
