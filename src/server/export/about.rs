//! What an exported file is: the view it shows, in words.

use chrono::{DateTime, Utc};

use crate::domain::audit::{AuditQuery, Group};
use crate::domain::customer_query::{CustomerQuery, OrdersFilter, Quality, Sort};
use crate::domain::order_query::OrderQuery;
use crate::domain::period::Period;
use crate::domain::phone::Phone;
use crate::domain::segment::{Activity, LtvBand, Segment};
use crate::domain::text;
use crate::server::config::Shop;

/// The most characters of a file's name before its ending.
const NAME: usize = 100;

/// What a file is.
pub struct About {
    lines: Vec<(String, String)>,
    filters: Vec<(&'static str, String)>,
    what: &'static str,
}

impl About {
    /// Describes a file of customers; `chosen` is how many were picked by hand.
    pub fn customers(query: &CustomerQuery, chosen: Option<usize>) -> Self {
        let mut filters = vec![("Period", query.period.label())];
        let list = |texts: Vec<&str>| texts.join(", ");
        filters.extend([
            ("Search", query.search.clone()),
            (
                "Activity",
                query.activity.map(Activity::label).unwrap_or_default().to_owned(),
            ),
            (
                "Orders",
                Some(query.orders)
                    .filter(|orders| *orders != OrdersFilter::All)
                    .map(OrdersFilter::label)
                    .unwrap_or_default()
                    .to_owned(),
            ),
            ("Lifetime value", query.band.map(LtvBand::label).unwrap_or_default()),
            (
                "Source",
                list(query.sources.iter().map(|source| source.label()).collect()),
            ),
            ("City", query.city.clone().unwrap_or_default()),
            ("State", query.states.join(", ")),
            ("Tag", query.tag.clone().unwrap_or_default()),
            (
                "Segment",
                query.segment.map(Segment::label).unwrap_or_default().to_owned(),
            ),
            (
                "Data quality",
                query.quality.map(Quality::label).unwrap_or_default().to_owned(),
            ),
            (
                "Chosen by hand",
                chosen.map(|count| format!("{count} customers")).unwrap_or_default(),
            ),
        ]);
        Self::of("customers", filters, sorted(query))
    }

    /// Describes a file of orders.
    pub fn orders(query: &OrderQuery) -> Self {
        let filters = vec![
            ("Period", query.period.label()),
            ("Search", query.search.clone()),
            (
                "Customer",
                query.customer.as_ref().map(Phone::display).unwrap_or_default(),
            ),
            (
                "Status",
                query.status.map(|status| status.label().to_owned()).unwrap_or_default(),
            ),
            (
                "Source",
                query.source.map(|source| source.label().to_owned()).unwrap_or_default(),
            ),
            ("Sales rep", query.sales_rep.clone().unwrap_or_default()),
        ];
        Self::of("orders", filters, query.sort.label().to_owned())
    }

    /// Describes a file of the audit log.
    pub fn audit(query: &AuditQuery) -> Self {
        let filters = vec![
            ("Period", query.period.label()),
            ("About", query.group.map(Group::label).unwrap_or_default().to_owned()),
            ("Who", query.who.clone()),
            ("Address", query.address.clone()),
        ];
        Self::of("audit-log", filters, "Newest first".to_owned())
    }

    /// Describes a file of all that is held about a person.
    pub fn person() -> Self {
        let what = "everything held about one person";
        Self::of(what, Vec::new(), "What it is".to_owned())
    }

    fn of(what: &'static str, mut filters: Vec<(&'static str, String)>, sorted: String) -> Self {
        filters.retain(|(_, value)| !value.is_empty());
        let mut lines: Vec<(String, String)> = vec![("What".to_owned(), what.to_owned())];
        lines.extend(
            filters
                .iter()
                .map(|(label, value)| ((*label).to_owned(), value.clone())),
        );
        lines.push(("Sorted by".to_owned(), sorted));
        Self { lines, filters, what }
    }

    /// Adds whose file it is, when it was made, by whom, and how many rows it has.
    #[must_use]
    pub fn made(mut self, shop: &Shop, now: DateTime<Utc>, by: &str, rows: usize) -> Self {
        let at = now.with_timezone(&shop.zone).format("%-d %b %Y, %H:%M:%S");
        self.lines.insert(0, ("Shop".to_owned(), shop.name.clone()));
        self.lines.extend([
            ("Rows".to_owned(), rows.to_string()),
            ("Exported".to_owned(), format!("{at} ({})", shop.zone.name())),
            ("By".to_owned(), by.to_owned()),
        ]);
        self
    }

    /// Adds whose file it is, when it was made and by whom, where nobody has counted its rows.
    #[must_use]
    pub fn made_of_unknown(self, shop: &Shop, now: DateTime<Utc>, by: &str) -> Self {
        let mut about = self.made(shop, now, by, 0);
        about.lines.retain(|(label, _)| label != "Rows");
        about
    }

    /// The lines of the sheet, each with its label.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines.iter().map(|(label, value)| (label.as_str(), value.as_str()))
    }

    /// The view for the audit log; what was searched may be a name or a number, so it is only said that something was.
    pub fn for_the_log(&self) -> String {
        let said = |(label, value): &(&str, String)| match *label {
            "Search" | "Customer" => format!("{label}: given"),
            label => format!("{label}: {value}"),
        };
        let filters: Vec<String> = self.filters.iter().map(said).collect();
        format!("{} ({})", self.what, filters.join("; "))
    }

    /// Names the view by what is filtered: `VIP, Lagos`; a name or a number that was searched is left out.
    pub fn view(&self) -> String {
        let words: Vec<&str> = self.words().collect();
        if words.is_empty() {
            return Period::All.label();
        }
        words.join(", ")
    }

    /// The values of the filters; a name or a number that was searched is no word for a view.
    fn words(&self) -> impl Iterator<Item = &str> {
        let all_time = Period::All.label();
        let said = self.filters.iter().filter(move |(label, value)| {
            !(matches!(*label, "Search" | "Customer") || *label == "Period" && *value == all_time)
        });
        said.map(|(_, value)| value.as_str())
    }

    /// Names the file: `ade-sons-customers-2026-11-28-vip`.
    pub fn file_name(&self, shop: &Shop, now: DateTime<Utc>) -> String {
        let date = now.with_timezone(&shop.zone).format("%Y-%m-%d").to_string();
        let parts = [shop.name.as_str(), self.what, &date].into_iter().chain(self.words());
        let name = parts
            .map(slug)
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-");
        name.chars()
            .take(NAME)
            .collect::<String>()
            .trim_end_matches('-')
            .to_owned()
    }
}

fn slug(text: &str) -> String {
    let folded = text::fold(text);
    let words = folded
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn sorted(query: &CustomerQuery) -> String {
    query.order().map_or("Best match", Sort::label).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_shop_day_and_view_and_by_nobodys_name() {
        let shop = Shop {
            name: "Adé & Sons".to_owned(),
            ..Shop::default()
        };
        let now = "2026-11-27T23:30:00Z".parse().unwrap();
        let name = |query: &str| About::customers(&CustomerQuery::parse(query), None).file_name(&shop, now);
        assert_eq!(name(""), "ade-sons-customers-2026-11-28");
        assert_eq!(
            name("q=Ada&segment=vip&state=Lagos&state=Oyo"),
            "ade-sons-customers-2026-11-28-lagos-oyo-vip"
        );
        let orders = About::orders(&OrderQuery::parse(
            "q=0803&customer=2348031234567&status=new&period=year",
        ));
        assert_eq!(orders.file_name(&shop, now), "ade-sons-orders-2026-11-28-this-year-new");
        assert!(!orders.for_the_log().contains("803"), "{}", orders.for_the_log());
        assert!(name(&format!("city={}", "x".repeat(190))).len() <= NAME);
    }

    #[test]
    fn a_file_says_what_it_is() {
        let about = About::customers(&CustomerQuery::parse("q=ada&activity=active&sort=-spent"), Some(3));
        let about = about.made(
            &Shop::default(),
            "2026-11-27T10:00:00Z".parse().unwrap(),
            "ada@shop.ng",
            3,
        );
        let lines: Vec<String> = about
            .lines()
            .map(|(label, value)| format!("{label}: {value}"))
            .collect();
        assert_eq!(
            lines[..5],
            [
                "Shop: My shop",
                "What: customers",
                "Period: All time",
                "Search: ada",
                "Activity: Active"
            ]
        );
        assert_eq!(
            lines[5..8],
            [
                "Chosen by hand: 3 customers",
                "Sorted by: Total spent, most first",
                "Rows: 3"
            ]
        );
    }
}
