//! How a user wants the customers table to look.

use serde::{Deserialize, Serialize};

use super::query_string;

/// How high the rows of a table are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// With air between them.
    #[default]
    Comfortable,
    /// As many as fit.
    Compact,
}

impl Density {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Comfortable, Self::Compact];

    /// Returns the name that it is kept by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Comfortable => "Comfortable",
            Self::Compact => "Compact",
        }
    }

    /// Reads the name that it is kept by.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|density| density.as_str() == code)
    }
}

/// A column that may be hidden; name, phone and actions may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The WhatsApp number, where it differs from the phone.
    Whatsapp,
    /// Counted and lost orders.
    Orders,
    /// The first order.
    First,
    /// The last order.
    Last,
    /// What was spent.
    Spent,
    /// With a period, the lifetime value beside what was spent in it.
    Lifetime,
    /// The average order value.
    Aov,
    /// Active or inactive.
    Status,
    /// The preferred source.
    Source,
}

impl Column {
    /// Every column that may be hidden, as they stand in the table.
    pub const ALL: [Self; 9] = [
        Self::Whatsapp,
        Self::Orders,
        Self::First,
        Self::Last,
        Self::Spent,
        Self::Lifetime,
        Self::Aov,
        Self::Status,
        Self::Source,
    ];

    /// Returns the name that it is kept by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whatsapp => "whatsapp",
            Self::Orders => "orders",
            Self::First => "first",
            Self::Last => "last",
            Self::Spent => "spent",
            Self::Lifetime => "lifetime",
            Self::Aov => "aov",
            Self::Status => "status",
            Self::Source => "source",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Whatsapp => "WhatsApp",
            Self::Orders => "Orders",
            Self::First => "First order",
            Self::Last => "Last order",
            Self::Spent => "Total spent",
            Self::Lifetime => "Lifetime value",
            Self::Aov => "AOV",
            Self::Status => "Status",
            Self::Source => "Source",
        }
    }

    /// Reads the name that it is kept by.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.as_str() == code)
    }
}

/// How a user wants the customers table to look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// How high its rows are.
    pub density: Density,
    /// The columns that are not shown, in the order of the table.
    pub hidden: Vec<Column>,
}

impl View {
    /// Returns the view that shows these columns, by the names they are kept by.
    pub fn showing(density: &str, shown: &[String]) -> Self {
        let hidden = Column::ALL
            .into_iter()
            .filter(|column| !shown.iter().any(|name| name == column.as_str()));
        Self {
            density: Density::parse(density).unwrap_or_default(),
            hidden: hidden.collect(),
        }
    }

    /// Reads what [`View::to_query_string`] writes; what it does not understand is as it is by default.
    pub fn parse(kept: &str) -> Self {
        let mut out = Self::default();
        for (key, value) in query_string::pairs(kept) {
            match key.as_str() {
                "density" => out.density = Density::parse(&value).unwrap_or_default(),
                "hide" => out.hidden.extend(Column::parse(&value)),
                _ => {}
            }
        }
        out.hidden.sort_unstable();
        out.hidden.dedup();
        out
    }

    /// Returns the text that [`View::parse`] reads.
    pub fn to_query_string(&self) -> String {
        let mut out = String::new();
        if self.density != Density::default() {
            query_string::push(&mut out, "density", self.density.as_str());
        }
        for column in &self.hidden {
            query_string::push(&mut out, "hide", column.as_str());
        }
        out
    }

    /// Tells whether a column is shown.
    pub fn shows(&self, column: Column) -> bool {
        !self.hidden.contains(&column)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_kept_is_short_and_read_back() {
        assert_eq!(View::default().to_query_string(), "");
        let view = View {
            density: Density::Compact,
            hidden: vec![Column::First, Column::Aov],
        };
        assert_eq!(view.to_query_string(), "density=compact&hide=first&hide=aov");
        assert_eq!(View::parse(&view.to_query_string()), view);
        assert!(!view.shows(Column::Aov) && view.shows(Column::Spent));
    }

    #[test]
    fn what_is_not_understood_is_as_by_default() {
        let view = View::parse("density=huge&hide=name&hide=aov&hide=aov&hide=orders&x");
        assert_eq!(
            (view.density, view.hidden),
            (Density::Comfortable, vec![Column::Orders, Column::Aov])
        );
    }

    #[test]
    fn a_form_names_what_is_shown() {
        let shown: Vec<String> = Column::ALL[1..]
            .iter()
            .map(|column| column.as_str().to_owned())
            .collect();
        assert_eq!(View::showing("compact", &shown).hidden, [Column::Whatsapp]);
        assert_eq!(View::showing("", &[]).hidden, Column::ALL);
    }

    proptest! {
        #[test]
        fn any_text_is_a_view(kept in ".*|((density|hide)=[a-z]{0,9}&?){0,6}") {
            let view = View::parse(&kept);
            prop_assert_eq!(View::parse(&view.to_query_string()), view);
        }
    }
}
