//! What of the orders is shown: the state of the orders page, as its address holds it.

use serde::{Deserialize, Serialize};

use super::page::PageSize;
use super::period::Period;
use super::phone::Phone;
use super::query_string::{self, text};
use super::source::Source;
use super::status::Status;

/// What of the orders is shown, and in which order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OrderQuery {
    /// Those placed in this period.
    pub period: Period,
    /// Those whose number, customer's name or phone is like this; empty for all.
    pub search: String,
    /// Those of this customer.
    pub customer: Option<Phone>,
    /// Those that stand there.
    pub status: Option<Status>,
    /// Those that came from there.
    pub source: Option<Source>,
    /// Those that this representative sold.
    pub sales_rep: Option<String>,
    /// Their order.
    pub sort: OrderSort,
    /// Which page, from 1.
    pub page: i64,
    /// How many rows it has, where that was chosen; else as many as the shop has set.
    pub size: Option<PageSize>,
}

/// What orders are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OrderSortKey {
    /// When they were placed.
    Placed,
    /// What they cost; of one amount the newest comes first.
    Amount,
}

/// The order of a list of orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OrderSort {
    /// What they are sorted by.
    pub key: OrderSortKey,
    /// Whether the newest, or the dearest, comes first.
    pub descending: bool,
}

impl OrderSort {
    /// Every order, newest first among them.
    pub const ALL: [Self; 4] = [
        Self::new(OrderSortKey::Placed, true),
        Self::new(OrderSortKey::Placed, false),
        Self::new(OrderSortKey::Amount, true),
        Self::new(OrderSortKey::Amount, false),
    ];

    /// An order by a key.
    pub const fn new(key: OrderSortKey, descending: bool) -> Self {
        Self { key, descending }
    }

    /// Whether of two orders that were placed in one second the one with the lesser number comes first.
    pub fn oldest_first(self) -> bool {
        self == Self::new(OrderSortKey::Placed, false)
    }

    /// Reads the name that stands in addresses.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }

    /// Returns the name that stands in addresses; a minus stands for descending.
    pub fn code(self) -> &'static str {
        match (self.key, self.descending) {
            (OrderSortKey::Placed, true) => "-placed",
            (OrderSortKey::Placed, false) => "placed",
            (OrderSortKey::Amount, true) => "-amount",
            (OrderSortKey::Amount, false) => "amount",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match (self.key, self.descending) {
            (OrderSortKey::Placed, true) => "Newest first",
            (OrderSortKey::Placed, false) => "Oldest first",
            (OrderSortKey::Amount, true) => "Highest amount first",
            (OrderSortKey::Amount, false) => "Lowest amount first",
        }
    }
}

impl Default for OrderSort {
    fn default() -> Self {
        Self::ALL[0]
    }
}

impl Default for OrderQuery {
    fn default() -> Self {
        Self {
            period: Period::All,
            search: String::new(),
            customer: None,
            status: None,
            source: None,
            sales_rep: None,
            sort: OrderSort::default(),
            page: 1,
            size: None,
        }
    }
}

impl OrderQuery {
    /// Reads a query string. What it does not understand falls back to its default, field by field.
    pub fn parse(query: &str) -> Self {
        let mut out = Self::default();
        let (mut from, mut to) = (None, None);
        for (key, value) in query_string::pairs(query) {
            match key.as_str() {
                "period" => out.period = Period::parse(&value).unwrap_or_default(),
                "from" => from = Some(value),
                "to" => to = Some(value),
                "q" => out.search = text(&value),
                "customer" => out.customer = Phone::from_slug(&value),
                "status" => out.status = Status::ALL.into_iter().find(|status| status.as_str() == value),
                "source" => out.source = value.parse().ok(),
                "rep" => out.sales_rep = Some(text(&value)).filter(|rep| !rep.is_empty()),
                "sort" => out.sort = OrderSort::parse(&value).unwrap_or_default(),
                "page" => out.page = value.parse().unwrap_or(1).max(1),
                "size" => out.size = PageSize::parse(&value),
                _ => {}
            }
        }
        out.period = Period::of_form(from, to).unwrap_or(out.period);
        out
    }

    /// Returns the query string that [`OrderQuery::parse`] reads, without what is as it is by default.
    pub fn to_query_string(&self) -> String {
        let mut out = String::new();
        for (key, value) in self.pairs() {
            query_string::push(&mut out, key, &value);
        }
        out
    }

    /// Returns the same as pairs.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let default = Self::default();
        let pairs = [
            ("period", (self.period != default.period).then(|| self.period.code())),
            ("q", Some(self.search.clone()).filter(|search| !search.is_empty())),
            ("customer", self.customer.as_ref().map(Phone::to_slug)),
            ("status", self.status.map(|status| status.as_str().to_owned())),
            ("source", self.source.map(|source| source.as_str().to_owned())),
            ("rep", self.sales_rep.clone()),
            ("sort", (self.sort != default.sort).then(|| self.sort.code().to_owned())),
            ("page", (self.page > default.page).then(|| self.page.to_string())),
            ("size", self.size.map(|size| size.get().to_string())),
        ];
        pairs
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)))
            .collect()
    }

    /// Returns the digits that a search would find among the last ones of an order's number.
    pub fn number_sought(&self) -> Option<&str> {
        let sought = self.search.strip_prefix('#').unwrap_or(&self.search);
        let digits = sought.bytes().all(|byte| byte.is_ascii_digit());
        (digits && (2..=8).contains(&sought.len())).then_some(sought)
    }

    /// Returns the query with a change, on its first page.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = self.clone();
        change(&mut query);
        query.page = 1;
        query
    }

    /// Returns the query on another page, of another size where one is named.
    #[must_use]
    pub fn turned(&self, page: i64, size: Option<PageSize>) -> Self {
        Self {
            page: page.max(1),
            size: size.or(self.size),
            ..self.clone()
        }
    }

    /// Returns the query with pages of this size where none was chosen.
    #[must_use]
    pub fn sized(self, size: PageSize) -> Self {
        Self {
            size: self.size.or(Some(size)),
            ..self
        }
    }

    /// Returns the query without anything that leaves orders out: its order and page size stay.
    #[must_use]
    pub fn unnarrowed(&self) -> Self {
        Self {
            sort: self.sort,
            size: self.size,
            ..Self::default()
        }
    }

    /// Returns the query as it stands on a customer's own page, which says whose orders they are.
    #[must_use]
    pub fn of_one_customer(&self) -> Self {
        Self {
            customer: None,
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests;
