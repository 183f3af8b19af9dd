//! How many customers each choice of the filters would leave.

use serde::{Deserialize, Serialize};

use super::customer_query::{OrdersFilter, Quality};
use super::segment::{Activity, LtvBand, Segment};
use super::source::Source;

/// The choices of every filter with the customers that each would leave beside all other filters that are set.
///
/// Choices without customers are left out where there may be many of them: states, cities, tags.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// Active and inactive.
    pub activity: Vec<(Activity, i64)>,
    /// By number of orders.
    pub orders: Vec<(OrdersFilter, i64)>,
    /// By lifetime value.
    pub bands: Vec<(LtvBand, i64)>,
    /// By preferred source.
    pub sources: Vec<(Source, i64)>,
    /// By city, the largest first.
    pub cities: Vec<(String, i64)>,
    /// By state, the largest first.
    pub states: Vec<(String, i64)>,
    /// By tag, in the order of the alphabet.
    pub tags: Vec<(String, i64)>,
    /// By segment.
    pub segments: Vec<(Segment, i64)>,
    /// By what may be wrong with the data.
    pub quality: Vec<(Quality, i64)>,
}
