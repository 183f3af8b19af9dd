use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::domain::query_string::MAX_TEXT;

#[test]
fn the_plain_page_has_an_empty_query_string() {
    assert_eq!(CustomerQuery::default().to_query_string(), "");
    assert_eq!(CustomerQuery::parse(""), CustomerQuery::default());
}

#[test]
fn everything_that_may_be_set_stands_in_the_address_in_one_order() {
    let everything = "period=2026-10-01..2026-10-31&q=Ad%C3%A9&activity=inactive&orders=repeat&ltv=10k_50k\
        &source=facebook&source=website&city=Ikeja&state=Akwa%20Ibom&state=Lagos&tag=wholesale&segment=at_risk\
        &quality=only_lost&sort=-spent&page=3&size=50";
    let query = CustomerQuery::parse(everything);
    assert_eq!(query.period, Period::parse("2026-10-01..2026-10-31").unwrap());
    assert_eq!(query.search, "Adé");
    assert_eq!(
        (query.activity, query.orders),
        (Some(Activity::Inactive), OrdersFilter::Repeat)
    );
    assert_eq!(
        (query.band, query.segment),
        (Some(LtvBand::To50k), Some(Segment::AtRisk))
    );
    assert_eq!(query.sources, [Source::Facebook, Source::Website]);
    assert_eq!(
        (query.city.as_deref(), query.tag.as_deref()),
        (Some("Ikeja"), Some("wholesale"))
    );
    assert_eq!(query.states, ["Akwa Ibom", "Lagos"]);
    assert_eq!(query.quality, Some(Quality::OnlyLost));
    assert_eq!(
        query.sort,
        Some(Sort {
            key: SortKey::Spent,
            descending: true
        })
    );
    assert_eq!((query.page, query.size), (3, Some(PageSize::Fifty)));
    assert_eq!(query.to_query_string(), everything);
    let shuffled = everything.split('&').rev().collect::<Vec<_>>().join("&");
    assert_eq!(CustomerQuery::parse(&shuffled), query);
}

#[test]
fn the_two_dates_of_a_form_are_a_period() {
    let october = Period::parse("2026-10-01..2026-10-31").unwrap();
    for form in [
        "from=2026-10-01&to=2026-10-31",
        "to=2026-10-01&from=2026-10-31&period=week",
        "period=week&from=2026-10-01&to=2026-10-31",
    ] {
        let query = CustomerQuery::parse(form);
        assert_eq!(query.period, october, "{form}");
        assert_eq!(query.to_query_string(), "period=2026-10-01..2026-10-31");
    }
    for unfinished in [
        "from=2026-10-01",
        "from=2026-10-01&to=",
        "from=2026-02-30&to=2026-10-31",
        "from=..&to=x",
    ] {
        assert_eq!(
            CustomerQuery::parse(&format!("period=week&{unfinished}")).period,
            Period::Week,
            "{unfinished}"
        );
    }
}

#[test]
fn a_search_goes_by_match_until_an_order_is_chosen() {
    assert_eq!(CustomerQuery::default().order(), Some(Sort::default()));
    assert_eq!(CustomerQuery::parse("q=ade").order(), None);
    assert_eq!(CustomerQuery::parse("q=ade&sort=-last").order(), Some(Sort::default()));
}

#[test]
fn without_filters_the_rest_stays() {
    let query =
        CustomerQuery::parse("period=week&q=ade&activity=active&state=Lagos&segment=vip&sort=name&page=3&size=50");
    assert_eq!(
        query.without_filters().to_query_string(),
        "period=week&q=ade&sort=name&size=50"
    );
    assert_eq!(query.without_filters().pairs().len(), 4);
}

#[test]
fn an_unknown_value_falls_back_alone() {
    let query =
        CustomerQuery::parse("page=zzz&q=ok&size=7&sort=shoe&period=soon&source=jumia&source=tiktok&x=1&orders=9");
    let expected = CustomerQuery {
        search: "ok".to_owned(),
        sources: vec![Source::Tiktok],
        ..CustomerQuery::default()
    };
    assert_eq!(query, expected);
    for page in ["0", "-3", "1.5", "99999999999999999999", ""] {
        assert_eq!(CustomerQuery::parse(&format!("page={page}")).page, 1, "{page}");
    }
}

#[test]
fn of_two_values_the_later_counts() {
    assert_eq!(
        CustomerQuery::parse("q=a&q=b&page=2&page=3"),
        CustomerQuery::parse("q=b&page=3")
    );
}

#[test]
fn a_plus_is_a_space_and_a_phone_is_written_with_its_code() {
    assert_eq!(CustomerQuery::parse("q=ade+okafor").search, "ade okafor");
    let phone = CustomerQuery {
        search: "+234 803".to_owned(),
        ..CustomerQuery::default()
    };
    assert_eq!(phone.to_query_string(), "q=%2B234%20803");
    assert_eq!(CustomerQuery::parse("q=%2541").search, "%41");
}

#[test]
fn texts_are_trimmed_and_cut() {
    let query = CustomerQuery::parse("q=+%20ade%09+&city=++&state=&tag=%20vip");
    assert_eq!(
        query,
        CustomerQuery {
            search: "ade".to_owned(),
            tag: Some("vip".to_owned()),
            ..CustomerQuery::default()
        }
    );
    let long = CustomerQuery::parse(&format!("q={}", "%E1%BB%8D".repeat(500)));
    assert_eq!(long.search.chars().count(), MAX_TEXT);
    // The cut may leave a space at the end, which goes too.
    let spaced = format!("{} b", "a".repeat(MAX_TEXT - 1));
    assert_eq!(text(&spaced), "a".repeat(MAX_TEXT - 1));
}

#[test]
fn lists_are_sorted_without_repeats() {
    let query =
        CustomerQuery::parse("state=Lagos&source=website&state=Abia&source=facebook&state=Lagos&source=website");
    assert_eq!(query.states, ["Abia", "Lagos"]);
    assert_eq!(query.sources, [Source::Facebook, Source::Website]);
}

#[test]
fn every_change_but_the_page_leads_to_the_first_page() {
    let third = CustomerQuery::parse("q=ade&page=3");
    let sort = Sort {
        key: SortKey::Name,
        descending: false,
    };
    assert_eq!(third.with_page(4).to_query_string(), "q=ade&page=4");
    assert_eq!(third.with_page(0).to_query_string(), "q=ade");
    assert_eq!(third.with_sort(sort).to_query_string(), "q=ade&sort=name");
    assert_eq!(
        third.turned(1, Some(PageSize::Fifty)).to_query_string(),
        "q=ade&size=50"
    );
    assert_eq!(
        third.with(|query| query.period = Period::Week).to_query_string(),
        "period=week&q=ade"
    );
}

#[test]
fn the_list_shows_the_last_order_first_until_another_order_is_chosen() {
    assert_eq!(
        CustomerQuery::default().sort_or_default(),
        Sort {
            key: SortKey::Last,
            descending: true
        }
    );
    let chosen = Sort {
        key: SortKey::Orders,
        descending: false,
    };
    assert_eq!(CustomerQuery::default().with_sort(chosen).sort_or_default(), chosen);
}

fn dates() -> impl Strategy<Value = Period> {
    (0_u64..40_000, 0_u64..40_000).prop_map(|(one, other)| {
        let day = |days| NaiveDate::default() + chrono::Days::new(days);
        Period::Between(day(one), day(other))
    })
}

fn periods() -> impl Strategy<Value = Period> {
    let named = vec![Period::All, Period::Today, Period::Week, Period::Month, Period::Year];
    prop_oneof![prop::sample::select(named), dates()]
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &[T]) -> impl Strategy<Value = Option<T>> + use<T> {
    prop::option::of(prop::sample::select(all.to_vec()))
}

prop_compose! {
    fn queries()(
        (period, search, activity, orders, band) in (
            periods(), ".{0,300}", one_of(&Activity::ALL), prop::sample::select(OrdersFilter::ALL.to_vec()),
            one_of(&LtvBand::ALL),
        ),
        (sources, city, states, tag) in (
            prop::collection::vec(prop::sample::select(Source::ALL.to_vec()), 0..4), prop::option::of(".*"),
            prop::collection::vec("[ a-c]{0,2}|.*", 0..4), prop::option::of("[ &=%+,a-c]*"),
        ),
        (segment, quality, key, descending) in (
            one_of(&Segment::ALL), one_of(&Quality::ALL), one_of(&SortKey::ALL), any::<bool>(),
        ),
        page in any::<i64>(),
        size in one_of(&PageSize::ALL),
    ) -> CustomerQuery {
        let sort = key.map(|key| Sort { key, descending });
        CustomerQuery {
            period, search, activity, orders, band, sources, city, states, tag, segment, quality, sort, page, size,
        }
    }
}

proptest! {
    #[test]
    fn a_query_is_read_back_from_its_address(query in queries()) {
        let expected = query.clone().normalized();
        prop_assert_eq!(CustomerQuery::parse(&query.to_query_string()), expected.clone());
        prop_assert_eq!(expected.clone().normalized(), expected);
    }

    #[test]
    fn queries_that_ask_for_the_same_have_one_address(query in queries()) {
        let same = CustomerQuery { states: query.states.iter().rev().cloned().collect(), ..query.clone() };
        prop_assert_eq!(same.to_query_string(), query.to_query_string());
        prop_assert!(query.to_query_string().is_ascii());
    }

    #[test]
    fn a_query_crosses_the_wire_unchanged(query in queries()) {
        let wire = serde_json::to_string(&query).unwrap();
        prop_assert_eq!(serde_json::from_str::<CustomerQuery>(&wire).unwrap(), query);
    }

    #[test]
    fn any_text_is_a_query(text in ".*|((period|q|state|source|page|size|sort|city)=[a-z0-9%+.-]{0,9}&?){0,6}") {
        let query = CustomerQuery::parse(&text);
        prop_assert!(query.page >= 1 && query.search.chars().count() <= MAX_TEXT);
        prop_assert_eq!(CustomerQuery::parse(&query.to_query_string()), query);
    }
}
