//! Search, filters, and what of them is set.

mod chips;
mod groups;
mod menus;

pub use chips::{Chip, Chips};
pub use groups::{Choice, Group, groups, set_choices};
pub use menus::{FilterMenus, FilterSheet};
