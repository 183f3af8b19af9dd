//! The filters as data: what may be chosen, how many customers it would leave, and where it leads.

use crate::domain::customer_query::{CustomerQuery, OrdersFilter, Quality};
use crate::domain::facets::Facets;
use crate::domain::segment::{Activity, LtvBand, Segment};
use crate::domain::source::Source;
use crate::paths;

/// More cities than these make a list that nobody reads; the search finds the others' customers.
const CITIES: usize = 12;

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it is called.
    pub label: String,
    /// How many customers it would leave, where that is known.
    pub customers: Option<i64>,
    /// Whether it is chosen.
    pub set: bool,
    /// The page with it, or where it is chosen, without it.
    pub href: String,
}

/// A filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub label: &'static str,
    /// Whether several of its choices may be set together.
    pub several: bool,
    /// Its choices, under headings where it has more than one kind.
    pub parts: Vec<(Option<&'static str>, Vec<Choice>)>,
}

impl Group {
    /// Returns the choices that are set.
    pub fn set(&self) -> impl Iterator<Item = &Choice> {
        self.parts
            .iter()
            .flat_map(|(_, choices)| choices)
            .filter(|choice| choice.set)
    }

    fn single(label: &'static str, choices: Vec<Choice>) -> Self {
        Self {
            label,
            several: false,
            parts: vec![(None, choices)],
        }
    }
}

/// Returns every filter with its choices; tags only where the shop has some.
pub fn groups(query: &CustomerQuery, facets: &Facets) -> Vec<Group> {
    let one = |label, choices| Group::single(label, choices);
    let mut out = vec![
        one(
            "Activity",
            named(query, &Activity::ALL, &facets.activity, Activity::label, |query| {
                &mut query.activity
            }),
        ),
        one("Orders", orders(query, facets)),
        one(
            "Lifetime value",
            named(query, &LtvBand::ALL, &facets.bands, LtvBand::label, |query| {
                &mut query.band
            }),
        ),
        Group {
            label: "Source",
            several: true,
            parts: vec![(None, sources(query, facets))],
        },
        Group {
            label: "Place",
            several: true,
            parts: places(query, facets),
        },
        one(
            "Segment",
            named(query, &Segment::ALL, &facets.segments, Segment::label, |query| {
                &mut query.segment
            }),
        ),
        one(
            "Data quality",
            named(query, &Quality::ALL, &facets.quality, Quality::label, |query| {
                &mut query.quality
            }),
        ),
    ];
    let tags = texts(query, &facets.tags, usize::MAX, |query| &mut query.tag);
    if !tags.is_empty() {
        out.insert(5, one("Tag", tags));
    }
    out
}

/// Returns what is set, each with its filter's name.
pub fn set_choices(groups: &[Group]) -> Vec<Choice> {
    let named = |group: &Group, choice: &Choice| Choice {
        label: format!("{}: {}", group.label, choice.label),
        ..choice.clone()
    };
    groups
        .iter()
        .flat_map(|group| group.set().map(|choice| named(group, choice)))
        .collect()
}

/// The choices of a filter that holds one of a few known values.
fn named<T: Copy + PartialEq, L: Into<String>>(
    query: &CustomerQuery,
    all: &[T],
    counts: &[(T, i64)],
    label: fn(T) -> L,
    field: fn(&mut CustomerQuery) -> &mut Option<T>,
) -> Vec<Choice> {
    let current = *field(&mut query.clone());
    let choice = |value: &T| {
        let set = current == Some(*value);
        Choice {
            label: label(*value).into(),
            customers: count(counts, value),
            set,
            href: paths::customers(&query.with(|query| *field(query) = (!set).then_some(*value))),
        }
    };
    all.iter().map(choice).collect()
}

/// The choices of a filter that holds one of many texts: the most frequent ones, and the one that is set.
fn texts(
    query: &CustomerQuery,
    counts: &[(String, i64)],
    most: usize,
    field: fn(&mut CustomerQuery) -> &mut Option<String>,
) -> Vec<Choice> {
    let current = field(&mut query.clone()).clone();
    let missing = current
        .iter()
        .filter(|text| counts.iter().take(most).all(|(other, _)| other != *text));
    let choice = |text: &String| {
        let set = current.as_ref() == Some(text);
        Choice {
            label: text.clone(),
            customers: count(counts, text),
            set,
            href: paths::customers(&query.with(|query| *field(query) = (!set).then(|| text.clone()))),
        }
    };
    let frequent = counts.iter().take(most).map(|(text, _)| text);
    missing.chain(frequent).map(choice).collect()
}

fn orders(query: &CustomerQuery, facets: &Facets) -> Vec<Choice> {
    let choice = |filter: OrdersFilter| {
        let set = query.orders == filter;
        let to = if set { OrdersFilter::All } else { filter };
        Choice {
            label: filter.label().to_owned(),
            customers: count(&facets.orders, &filter),
            set,
            href: paths::customers(&query.with(|query| query.orders = to)),
        }
    };
    OrdersFilter::ALL
        .into_iter()
        .filter(|filter| *filter != OrdersFilter::All)
        .map(choice)
        .collect()
}

fn sources(query: &CustomerQuery, facets: &Facets) -> Vec<Choice> {
    let choice = |source: Source| Choice {
        label: source.label().to_owned(),
        customers: count(&facets.sources, &source),
        set: query.sources.contains(&source),
        href: paths::customers(&query.with(|query| toggle(&mut query.sources, &source))),
    };
    Source::ALL.into_iter().map(choice).collect()
}

fn places(query: &CustomerQuery, facets: &Facets) -> Vec<(Option<&'static str>, Vec<Choice>)> {
    let counted = |state: &&String| facets.states.iter().any(|(other, _)| other == *state);
    let missing = query.states.iter().filter(|state| !counted(state));
    let state = |state: &String| Choice {
        label: state.clone(),
        customers: count(&facets.states, state),
        set: query.states.contains(state),
        href: paths::customers(&query.with(|query| toggle(&mut query.states, state))),
    };
    let states = missing
        .chain(facets.states.iter().map(|(name, _)| name))
        .map(state)
        .collect();
    let cities = texts(query, &facets.cities, CITIES, |query| &mut query.city);
    vec![(Some("State"), states), (Some("City"), cities)]
}

fn toggle<T: Clone + PartialEq>(values: &mut Vec<T>, value: &T) {
    if values.contains(value) {
        values.retain(|other| other != value);
    } else {
        values.push(value.clone());
    }
}

fn count<T: PartialEq>(counts: &[(T, i64)], value: &T) -> Option<i64> {
    counts
        .iter()
        .find(|(other, _)| other == value)
        .map(|(_, customers)| *customers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facets() -> Facets {
        Facets {
            activity: vec![(Activity::Active, 7)],
            states: vec![("Lagos".to_owned(), 5), ("Kano".to_owned(), 2)],
            ..Facets::default()
        }
    }

    #[test]
    fn every_set_value_is_a_chip_that_leads_to_the_page_without_it() {
        let query = CustomerQuery::parse(
            "q=ade&activity=active&orders=vip&ltv=from_100k&source=tiktok&city=Yaba&state=Oyo&state=Lagos&tag=gold\
             &segment=vip&quality=only_lost&sort=name",
        );
        let chips = set_choices(&groups(&query, &facets()));
        assert_eq!(chips.len(), 10);
        for chip in &chips {
            let (_, rest) = chip.href.split_once('?').unwrap();
            let without = CustomerQuery::parse(rest);
            assert_eq!(set_choices(&groups(&without, &facets())).len(), 9, "{}", chip.label);
            assert_eq!((without.search.as_str(), without.sort), ("ade", query.sort));
        }
    }

    #[test]
    fn a_choice_says_how_many_it_would_leave_and_where_it_leads() {
        let all = groups(&CustomerQuery::default(), &facets());
        let active = &all[0].parts[0].1[0];
        assert_eq!(
            (active.label.as_str(), active.customers, active.set),
            ("Active", Some(7), false)
        );
        assert!(active.href.ends_with("?activity=active"));
        assert!(
            all.iter().all(|group| group.label != "Tag"),
            "a shop without tags has no such filter"
        );
    }

    #[test]
    fn several_sources_and_states_may_be_set() {
        let query = CustomerQuery::parse("source=tiktok&state=Lagos");
        let all = groups(&query, &facets());
        let facebook = &all[3].parts[0].1[0];
        assert!(facebook.href.contains("source=tiktok") && facebook.href.contains("source=facebook"));
        let kano = &all[4].parts[0].1[1];
        assert!(kano.href.contains("state=Kano") && kano.href.contains("state=Lagos"));
    }
}
