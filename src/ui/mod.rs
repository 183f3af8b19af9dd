//! Widgets that know no feature.

pub mod answer;
pub mod badge;
pub mod copy;
pub mod empty;
pub mod failure;
pub mod field;
pub mod form;
pub mod hidden_fields;
pub mod icon;
pub mod menu;
pub mod moment;
pub mod not_found;
pub mod order_filters;
pub mod order_table;
pub mod pagination;
pub mod period_filter;
pub mod phone_link;
pub mod search_box;
pub mod skeleton;
pub mod sort_link;
pub mod sparkline;
pub mod stat_card;
pub mod theme;
pub mod title;
