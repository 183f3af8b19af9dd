//! What may be chosen of the customers' list, by the names in URLs.

use serde::{Deserialize, Serialize};

use crate::domain::segment::Thresholds;

/// How many counted orders a customer has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrdersFilter {
    /// Any number.
    #[default]
    All,
    /// Exactly one.
    FirstTime,
    /// Two or more.
    Repeat,
    /// As many as a VIP.
    Vip,
}

impl OrdersFilter {
    /// Every choice.
    pub const ALL: [Self; 4] = [Self::All, Self::FirstTime, Self::Repeat, Self::Vip];

    /// Returns the name in URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::FirstTime => "first_time",
            Self::Repeat => "repeat",
            Self::Vip => "vip",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::All => "Any number",
            Self::FirstTime => "First-time",
            Self::Repeat => "Repeat, 2 or more",
            Self::Vip => "As many as a VIP",
        }
    }

    /// Reads the name in URLs.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.as_str() == code)
    }

    /// Tells whether a number of counted orders passes.
    pub fn passes(self, orders: i64, thresholds: &Thresholds) -> bool {
        match self {
            Self::All => true,
            Self::FirstTime => orders == 1,
            Self::Repeat => orders >= 2,
            Self::Vip => orders >= thresholds.vip_orders,
        }
    }
}

/// What may be wrong with a customer's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// The phone is no valid number.
    InvalidNumber,
    /// All orders are lost.
    OnlyLost,
}

impl Quality {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::InvalidNumber, Self::OnlyLost];

    /// Returns the name in URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidNumber => "invalid_number",
            Self::OnlyLost => "only_lost",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::InvalidNumber => "Not a valid number",
            Self::OnlyLost => "Only lost orders",
        }
    }

    /// Reads the name in URLs.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quality| quality.as_str() == code)
    }
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// The folded name.
    Name,
    /// Counted orders.
    Orders,
    /// Lifetime value, or what was spent in the period.
    Spent,
    /// The last order.
    Last,
    /// The first order.
    First,
}

impl SortKey {
    /// Every key.
    pub const ALL: [Self; 5] = [Self::Name, Self::Orders, Self::Spent, Self::Last, Self::First];

    /// Returns the name in URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Orders => "orders",
            Self::Spent => "spent",
            Self::Last => "last",
            Self::First => "first",
        }
    }

    /// Reads the name in URLs.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.as_str() == code)
    }
}

/// An order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    /// What it goes by.
    pub key: SortKey,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl Default for Sort {
    /// The last order, recent first.
    fn default() -> Self {
        Self {
            key: SortKey::Last,
            descending: true,
        }
    }
}

impl Sort {
    /// Every order, as menus offer them.
    pub const ALL: [Self; 10] = [
        Self::new(SortKey::Last, true),
        Self::new(SortKey::Last, false),
        Self::new(SortKey::First, true),
        Self::new(SortKey::First, false),
        Self::new(SortKey::Spent, true),
        Self::new(SortKey::Spent, false),
        Self::new(SortKey::Orders, true),
        Self::new(SortKey::Orders, false),
        Self::new(SortKey::Name, false),
        Self::new(SortKey::Name, true),
    ];

    const fn new(key: SortKey, descending: bool) -> Self {
        Self { key, descending }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match (self.key, self.descending) {
            (SortKey::Last, true) => "Last order, recent first",
            (SortKey::Last, false) => "Last order, oldest first",
            (SortKey::First, true) => "First order, recent first",
            (SortKey::First, false) => "First order, oldest first",
            (SortKey::Spent, true) => "Total spent, most first",
            (SortKey::Spent, false) => "Total spent, least first",
            (SortKey::Orders, true) => "Orders, most first",
            (SortKey::Orders, false) => "Orders, fewest first",
            (SortKey::Name, false) => "Name, A to Z",
            (SortKey::Name, true) => "Name, Z to A",
        }
    }

    /// Returns the name in URLs: `name`, or `-name` for the other way round.
    pub fn code(self) -> String {
        let sign = if self.descending { "-" } else { "" };
        format!("{sign}{}", self.key.as_str())
    }

    /// Reads the name in URLs.
    pub fn parse(code: &str) -> Option<Self> {
        let key = code.strip_prefix('-');
        Some(Self {
            key: SortKey::parse(key.unwrap_or(code))?,
            descending: key.is_some(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_urls_are_read_back() {
        for filter in OrdersFilter::ALL {
            assert_eq!(OrdersFilter::parse(filter.as_str()), Some(filter));
            assert_eq!(
                serde_json::to_string(&filter).unwrap(),
                format!("\"{}\"", filter.as_str())
            );
        }
        for quality in Quality::ALL {
            assert_eq!(Quality::parse(quality.as_str()), Some(quality));
        }
        for key in SortKey::ALL {
            for descending in [false, true] {
                let sort = Sort { key, descending };
                assert_eq!(Sort::parse(&sort.code()), Some(sort));
            }
        }
        assert_eq!(Sort::default().code(), "-last");
        for wrong in ["", "-", "--name", "Name", "name-"] {
            assert_eq!(Sort::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_number_of_orders_passes_where_it_should() {
        let passing = |filter: OrdersFilter| {
            (0..=6)
                .filter(|orders| filter.passes(*orders, &Thresholds::default()))
                .collect::<Vec<_>>()
        };
        assert_eq!(passing(OrdersFilter::All), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(passing(OrdersFilter::FirstTime), [1]);
        assert_eq!(passing(OrdersFilter::Repeat), [2, 3, 4, 5, 6]);
        assert_eq!(passing(OrdersFilter::Vip), [5, 6]);
    }
}
