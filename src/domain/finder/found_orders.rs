//! What is found among the orders.

use crate::domain::page::PageSize;
use crate::domain::source::Source;
use crate::domain::status::Status;

/// A page of orders, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundOrders {
    /// The orders of the page, each after the number of its tie: those of one tie are parted by the shop's own numbers,
    /// which are not known here. All that tie with the page's first or last one are among them.
    pub ids: Vec<(usize, i64)>,
    /// How many of them stand before the page, once ties are in order.
    pub skip: usize,
    /// How many of them are the page's.
    pub take: usize,
    /// How many orders match.
    pub total: i64,
    /// Which page it is: the one asked for, or the nearest there is.
    pub page: i64,
    /// How many orders a full page has.
    pub size: PageSize,
    /// What the filters' choices would leave.
    pub facets: OrderFacets,
}

/// How many orders each choice of a filter would leave, beside all others that are set.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OrderFacets {
    /// By status, in the order of an order's life.
    pub statuses: Vec<(Status, i64)>,
    /// By source.
    pub sources: Vec<(Source, i64)>,
    /// By sales representative, the one with the most first; nobody's orders are left out.
    pub reps: Vec<(String, i64)>,
}
