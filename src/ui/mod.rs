//! Widgets that know no feature.

pub mod badge;
pub mod copy;
pub mod empty;
pub mod failure;
pub mod field;
pub mod icon;
pub mod not_found;
pub mod pagination;
pub mod phone_link;
pub mod skeleton;
pub mod theme;
