//! What of the customers is shown and in which order: the state of the customers page, as its address holds it.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::page::PageSize;
use super::period::Period;
use super::query_string::{self, text};
use super::segment::{Activity, LtvBand, Segment};
use super::source::Source;

mod choices;

pub use choices::{OrdersFilter, Quality, Sort, SortKey};

/// What of the customers is shown, and in which order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CustomerQuery {
    /// Those who ordered in this period.
    pub period: Period,
    /// Those whose name or phone is like this; empty for all.
    pub search: String,
    /// Those who have ordered lately, or have not.
    pub activity: Option<Activity>,
    /// Those with so many orders.
    pub orders: OrdersFilter,
    /// Those with so much lifetime value.
    pub band: Option<LtvBand>,
    /// Those whose preferred source is one of these; none for all.
    pub sources: Vec<Source>,
    /// Those of this city.
    pub city: Option<String>,
    /// Those of one of these states; none for all.
    pub states: Vec<String>,
    /// Those with this tag.
    pub tag: Option<String>,
    /// Those in this segment.
    pub segment: Option<Segment>,
    /// Those whose data want care.
    pub quality: Option<Quality>,
    /// The order of the list, where one was chosen.
    pub sort: Option<Sort>,
    /// Which page, from 1.
    pub page: i64,
    /// How many rows it has, where that was chosen; else as many as the shop has set.
    pub size: Option<PageSize>,
}

impl Default for CustomerQuery {
    fn default() -> Self {
        Self {
            period: Period::default(),
            search: String::new(),
            activity: None,
            orders: OrdersFilter::default(),
            band: None,
            sources: Vec::new(),
            city: None,
            states: Vec::new(),
            tag: None,
            segment: None,
            quality: None,
            sort: None,
            page: 1,
            size: None,
        }
    }
}

impl CustomerQuery {
    /// Reads a query string. What it does not understand falls back to its default, field by field.
    pub fn parse(query: &str) -> Self {
        let mut out = Self::default();
        let (mut from, mut to) = (None, None);
        for (key, value) in query_string::pairs(query) {
            match key.as_str() {
                "from" => from = Some(value),
                "to" => to = Some(value),
                _ => out.set(&key, value),
            }
        }
        out.period = Period::of_form(from, to).unwrap_or(out.period);
        out.normalized()
    }

    /// Takes one pair of a query string; of two that name one field, the later counts.
    fn set(&mut self, key: &str, value: String) {
        match key {
            "period" => self.period = Period::parse(&value).unwrap_or_default(),
            "q" => self.search = value,
            "activity" => self.activity = Activity::parse(&value),
            "orders" => self.orders = OrdersFilter::parse(&value).unwrap_or_default(),
            "ltv" => self.band = LtvBand::parse(&value),
            "source" => self.sources.extend(value.parse::<Source>().ok()),
            "city" => self.city = Some(value),
            "state" => self.states.push(value),
            "tag" => self.tag = Some(value),
            "segment" => self.segment = Segment::parse(&value),
            "quality" => self.quality = Quality::parse(&value),
            "sort" => self.sort = Sort::parse(&value),
            "page" => self.page = value.parse().unwrap_or(1),
            "size" => self.size = PageSize::parse(&value),
            _ => {}
        }
    }

    /// Returns the query string that [`CustomerQuery::parse`] reads, without what is as it is by default.
    pub fn to_query_string(&self) -> String {
        let query = self.clone().normalized();
        let default = Self::default();
        let mut out = String::new();
        put(
            &mut out,
            "period",
            (query.period != default.period).then_some(query.period),
        );
        put(&mut out, "q", (!query.search.is_empty()).then_some(&query.search));
        put(&mut out, "activity", query.activity.map(Activity::as_str));
        put(
            &mut out,
            "orders",
            (query.orders != default.orders).then_some(query.orders.as_str()),
        );
        put(&mut out, "ltv", query.band.map(LtvBand::as_str));
        put(&mut out, "source", query.sources.iter().map(|source| source.as_str()));
        put(&mut out, "city", query.city);
        put(&mut out, "state", query.states);
        put(&mut out, "tag", query.tag);
        put(&mut out, "segment", query.segment.map(Segment::as_str));
        put(&mut out, "quality", query.quality.map(Quality::as_str));
        put(&mut out, "sort", query.sort.map(Sort::code));
        put(&mut out, "page", (query.page != default.page).then_some(query.page));
        put(&mut out, "size", query.size.map(PageSize::get));
        out
    }

    /// Returns the one form of all queries that ask for the same: texts trimmed and cut, lists sorted without repeats.
    #[must_use]
    pub fn normalized(mut self) -> Self {
        self.period = match self.period {
            Period::Between(one, other) => Period::between(one, other),
            named => named,
        };
        self.search = text(&self.search);
        self.city = self.city.map(|city| text(&city)).filter(|city| !city.is_empty());
        self.tag = self.tag.map(|tag| text(&tag)).filter(|tag| !tag.is_empty());
        self.states = self
            .states
            .iter()
            .map(|state| text(state))
            .filter(|state| !state.is_empty())
            .collect();
        self.states.sort_unstable();
        self.states.dedup();
        self.sources.sort_unstable();
        self.sources.dedup();
        self.page = self.page.max(1);
        self
    }

    /// Returns the query with a change, on its first page.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = self.clone();
        change(&mut query);
        query.page = 1;
        query.normalized()
    }

    /// Returns the query on another page.
    #[must_use]
    pub fn with_page(&self, page: i64) -> Self {
        Self {
            page: page.max(1),
            ..self.clone()
        }
    }

    /// Returns the query in another order, on its first page.
    #[must_use]
    pub fn with_sort(&self, sort: Sort) -> Self {
        self.with(|query| query.sort = Some(sort))
    }

    /// Returns the query on another page, of another size where one is named.
    #[must_use]
    pub fn turned(&self, page: i64, size: Option<PageSize>) -> Self {
        Self {
            size: size.or(self.size),
            ..self.with_page(page)
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

    /// Tells whether every customer that this query finds is found by another one too, in the same period.
    pub fn narrows(&self, other: &Self) -> bool {
        fn keeps<T: PartialEq>(mine: Option<&T>, theirs: Option<&T>) -> bool {
            theirs.is_none() || mine == theirs
        }
        fn among<T: PartialEq>(mine: &[T], theirs: &[T]) -> bool {
            theirs.is_empty() || (!mine.is_empty() && mine.iter().all(|one| theirs.contains(one)))
        }
        self.period == other.period
            && (other.search.is_empty() || self.search == other.search)
            && keeps(self.activity.as_ref(), other.activity.as_ref())
            && (other.orders == OrdersFilter::All || self.orders == other.orders)
            && keeps(self.band.as_ref(), other.band.as_ref())
            && among(&self.sources, &other.sources)
            && keeps(self.city.as_ref(), other.city.as_ref())
            && among(&self.states, &other.states)
            && keeps(self.tag.as_ref(), other.tag.as_ref())
            && keeps(self.segment.as_ref(), other.segment.as_ref())
            && keeps(self.quality.as_ref(), other.quality.as_ref())
    }

    /// Returns the query without its order and page: all that it finds.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self {
            sort: None,
            page: 1,
            size: None,
            ..self.clone()
        }
    }

    /// Returns the pairs of the query string, for the hidden fields of a form that changes the rest of it.
    pub fn pairs(&self) -> Vec<(String, String)> {
        query_string::pairs(&self.to_query_string()).collect()
    }

    /// Returns the query without its filters: period, search, order and page size stay.
    #[must_use]
    pub fn without_filters(&self) -> Self {
        Self {
            period: self.period,
            search: self.search.clone(),
            sort: self.sort,
            size: self.size,
            ..Self::default()
        }
    }

    /// Returns the chosen order; none where the best match comes first, because of a search without a chosen order.
    pub fn order(&self) -> Option<Sort> {
        let by_match = !self.search.is_empty();
        self.sort.or((!by_match).then(Sort::default))
    }

    /// Returns the chosen order, or the last order, recent first.
    pub fn sort_or_default(&self) -> Sort {
        self.sort.unwrap_or_default()
    }
}

/// Adds a pair for every value.
fn put(query: &mut String, key: &str, values: impl IntoIterator<Item = impl Display>) {
    for value in values {
        query_string::push(query, key, &value.to_string());
    }
}

#[cfg(test)]
mod tests;
