//! Views of the customers page that people have given a name.

use serde::{Deserialize, Serialize};

use super::customer_query::CustomerQuery;

/// The most characters of a view's name.
pub const MAX_NAME: usize = 40;
/// The most views of one user; more would be no tabs.
pub const MOST: usize = 20;

/// A view with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// The database's number.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// The query as it stands in the address.
    pub query: String,
    /// Whether everybody sees it.
    pub shared: bool,
    /// Whether it is the reader's own.
    pub mine: bool,
    /// Whether the page opens with it for the reader.
    pub is_default: bool,
}

impl SavedView {
    /// Tells whether it is what a query shows, on whichever page.
    pub fn is(&self, query: &CustomerQuery) -> bool {
        self.query == of(query)
    }
}

/// Returns what of a query a view keeps: all but the page.
pub fn of(query: &CustomerQuery) -> String {
    query.with_page(1).to_query_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_itself_on_every_page() {
        let view = SavedView {
            id: 1,
            name: "Lagos".to_owned(),
            query: of(&CustomerQuery::parse("state=Lagos&page=3")),
            shared: false,
            mine: true,
            is_default: false,
        };
        assert_eq!(view.query, "state=Lagos");
        assert!(view.is(&CustomerQuery::parse("page=9&state=Lagos")));
        assert!(!view.is(&CustomerQuery::parse("state=Lagos&sort=name")));
    }
}
