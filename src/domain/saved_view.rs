//! Views of the customers page that people have given a name.

use serde::{Deserialize, Serialize};

use super::customer_query::CustomerQuery;
use super::view::View;

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
    /// How the table looks in it; none where it looks as the reader likes it.
    pub look: Option<View>,
}

impl SavedView {
    /// Tells whether it is what a query shows, on whichever page.
    pub fn is(&self, query: &CustomerQuery) -> bool {
        self.query == of(query)
    }
}

/// Returns how the table looks with a query: as in the view that it is, else as the reader likes it.
pub fn look(views: &[SavedView], query: &CustomerQuery, liked: View) -> View {
    let shown = views.iter().find(|view| view.is(query));
    shown.and_then(|view| view.look.clone()).unwrap_or(liked)
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
            look: Some(View::showing("compact", &[])),
        };
        assert_eq!(view.query, "state=Lagos");
        assert!(view.is(&CustomerQuery::parse("page=9&state=Lagos")));
        assert!(!view.is(&CustomerQuery::parse("state=Lagos&sort=name")));
        let looks = |query: &str| {
            look(
                std::slice::from_ref(&view),
                &CustomerQuery::parse(query),
                View::default(),
            )
        };
        assert_eq!(looks("state=Lagos&page=2"), View::showing("compact", &[]));
        assert_eq!(looks("state=Oyo"), View::default());
    }
}
