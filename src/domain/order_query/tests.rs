use proptest::prelude::*;

use super::*;

#[test]
fn what_is_not_understood_falls_back_field_by_field() {
    let query = OrderQuery::parse("customer=0803&status=paid&source=Facebook&page=-4&size=7&sort=x");
    assert_eq!(query, OrderQuery::default());
    let query = OrderQuery::parse("customer=2348031234567&status=paid&source=tiktok&page=3&size=50");
    assert_eq!(query.customer, Phone::e164("+2348031234567"));
    assert_eq!((query.status, query.source), (None, Some(Source::Tiktok)));
    assert_eq!((query.page, query.size), (3, Some(PageSize::Fifty)));
}

#[test]
fn defaults_are_left_out() {
    assert_eq!(OrderQuery::default().to_query_string(), "");
    let query = OrderQuery::parse("page=1&status=returned");
    assert_eq!(query.to_query_string(), "status=returned");
    // The shop may have set another size.
    assert_eq!(OrderQuery::parse("size=25").to_query_string(), "size=25");
}

#[test]
fn a_change_leads_to_the_first_page() {
    let query = OrderQuery::parse("page=9&size=50&status=new");
    let other = query.with(|query| query.source = Some(Source::Website));
    assert_eq!(other.to_query_string(), "status=new&source=website&size=50");
    assert_eq!(query.unnarrowed().to_query_string(), "size=50");
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
        (
            1..i64::MAX,
            proptest::option::of(prop::sample::select(PageSize::ALL.to_vec())),
        ),
        proptest::option::of("[^ \\s](.{0,20}[^ \\s])?"),
        "([^ \\s].{0,20}[^ \\s])?",
        prop::sample::select(OrderSort::ALL.to_vec()),
        prop::sample::select(vec!["all", "today", "2026-02-01..2026-02-28"]),
    )
        .prop_map(
            |(customer, status, source, (page, size), sales_rep, search, sort, period)| OrderQuery {
                period: Period::parse(period).unwrap(),
                search,
                customer,
                status,
                source,
                sales_rep,
                sort,
                page,
                size,
            },
        )
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
