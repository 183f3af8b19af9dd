//! What of the orders is shown: the state of the orders page, as its address holds it.

use serde::{Deserialize, Serialize};

use super::page::PageSize;
use super::phone::Phone;
use super::query_string;
use super::source::Source;
use super::status::Status;

/// What of the orders is shown, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OrderQuery {
    /// Those of this customer.
    pub customer: Option<Phone>,
    /// Those that stand there.
    pub status: Option<Status>,
    /// Those that came from there.
    pub source: Option<Source>,
    /// Which page, from 1.
    pub page: i64,
    /// How many rows it has.
    pub size: PageSize,
}

impl Default for OrderQuery {
    fn default() -> Self {
        Self {
            customer: None,
            status: None,
            source: None,
            page: 1,
            size: PageSize::default(),
        }
    }
}

impl OrderQuery {
    /// Reads a query string. What it does not understand falls back to its default, field by field.
    pub fn parse(query: &str) -> Self {
        let mut out = Self::default();
        for (key, value) in query_string::pairs(query) {
            match key.as_str() {
                "customer" => out.customer = Phone::from_slug(&value),
                "status" => out.status = Status::ALL.into_iter().find(|status| status.as_str() == value),
                "source" => out.source = value.parse().ok(),
                "page" => out.page = value.parse().unwrap_or(1).max(1),
                "size" => out.size = PageSize::parse(&value).unwrap_or_default(),
                _ => {}
            }
        }
        out
    }

    /// Returns the query string that [`OrderQuery::parse`] reads, without what is as it is by default.
    pub fn to_query_string(&self) -> String {
        let default = Self::default();
        let pairs = [
            ("customer", self.customer.as_ref().map(Phone::to_slug)),
            ("status", self.status.map(|status| status.as_str().to_owned())),
            ("source", self.source.map(|source| source.as_str().to_owned())),
            ("page", (self.page > default.page).then(|| self.page.to_string())),
            ("size", (self.size != default.size).then(|| self.size.get().to_string())),
        ];
        let mut out = String::new();
        for (key, value) in pairs {
            if let Some(value) = value {
                query_string::push(&mut out, key, &value);
            }
        }
        out
    }

    /// Returns the query with a change, on its first page.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = self.clone();
        change(&mut query);
        query.page = 1;
        query
    }

    /// Returns the query on another page of a size.
    #[must_use]
    pub fn with_page(&self, page: i64, size: PageSize) -> Self {
        Self {
            page: page.max(1),
            size,
            ..self.clone()
        }
    }

    /// Returns the query without its filters.
    #[must_use]
    pub fn without_filters(&self) -> Self {
        Self {
            size: self.size,
            ..Self::default()
        }
    }

    /// Tells whether it asks for some of the orders only.
    pub fn narrows(&self) -> bool {
        self.customer.is_some() || self.status.is_some() || self.source.is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_understood_falls_back_field_by_field() {
        let query = OrderQuery::parse("customer=0803&status=paid&source=Facebook&page=-4&size=7&sort=x");
        assert_eq!(query, OrderQuery::default());
        let query = OrderQuery::parse("customer=2348031234567&status=paid&source=tiktok&page=3&size=50");
        assert_eq!(query.customer, Phone::e164("+2348031234567"));
        assert_eq!((query.status, query.source), (None, Some(Source::Tiktok)));
        assert_eq!((query.page, query.size), (3, PageSize::Fifty));
    }

    #[test]
    fn defaults_are_left_out() {
        assert_eq!(OrderQuery::default().to_query_string(), "");
        let query = OrderQuery::parse("size=25&page=1&status=returned");
        assert_eq!(query.to_query_string(), "status=returned");
    }

    #[test]
    fn a_change_leads_to_the_first_page() {
        let query = OrderQuery::parse("page=9&size=50&status=new");
        let other = query.with(|query| query.source = Some(Source::Website));
        assert_eq!(other.to_query_string(), "status=new&source=website&size=50");
        assert_eq!(query.without_filters().to_query_string(), "size=50");
        assert!(query.narrows() && !query.without_filters().narrows());
    }

    fn any_query() -> impl Strategy<Value = OrderQuery> {
        let phone = prop_oneof![
            "[1-9][0-9]{6,14}".prop_map(|digits| Phone::e164(&format!("+{digits}"))),
            ".{1,20}".prop_map(|raw| Phone::text(&raw)),
        ];
        (
            phone,
            proptest::option::of(prop::sample::select(Status::ALL.to_vec())),
            proptest::option::of(prop::sample::select(Source::ALL.to_vec())),
            1..i64::MAX,
            prop::sample::select(PageSize::ALL.to_vec()),
        )
            .prop_map(|(customer, status, source, page, size)| OrderQuery {
                customer,
                status,
                source,
                page,
                size,
            })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(query in any_query()) {
            prop_assert_eq!(OrderQuery::parse(&query.to_query_string()), query);
        }

        #[test]
        fn no_text_panics(raw in ".*|[a-z]{1,8}=[%+0-9a-zA-Z~-]*") {
            let query = OrderQuery::parse(&raw);
            prop_assert_eq!(OrderQuery::parse(&query.to_query_string()), query);
        }
    }
}
