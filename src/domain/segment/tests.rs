use proptest::prelude::*;

use super::*;

fn segments(orders: i64, ltv: Money, age_days: i64) -> Vec<Segment> {
    let thresholds = Thresholds::default();
    Segment::ALL
        .into_iter()
        .filter(|segment| holds(*segment, orders, ltv, age_days, &thresholds))
        .collect()
}

#[test]
fn thirty_days_are_active_and_thirty_one_are_not() {
    let activity = |age| Thresholds::default().activity(age);
    assert_eq!([activity(0), activity(30)], [Activity::Active; 2]);
    assert_eq!(activity(31), Activity::Inactive);
}

#[test]
fn sixty_days_are_at_risk_and_fifty_nine_are_not() {
    assert_eq!(segments(0, Money(0), 59), []);
    assert_eq!(segments(0, Money(0), 60), [Segment::AtRisk]);
}

#[test]
fn the_number_of_orders_makes_one_time_repeat_and_vip() {
    assert_eq!(segments(0, Money(0), 0), []);
    assert_eq!(segments(1, Money(1), 0), [Segment::OneTime]);
    assert_eq!(segments(2, Money(1), 0), [Segment::Repeat]);
    assert_eq!(segments(4, Money(1), 0), [Segment::Repeat]);
    assert_eq!(segments(5, Money(1), 0), [Segment::Vip]);
}

#[test]
fn a_hundred_thousand_naira_make_a_vip_of_any_number_of_orders() {
    assert_eq!(segments(1, Money(10_000_000), 0), [Segment::Vip, Segment::OneTime]);
    assert_eq!(
        segments(3, Money(10_000_000), 60),
        [Segment::Vip, Segment::Repeat, Segment::AtRisk]
    );
    assert_eq!(segments(1, Money(9_999_999), 0), [Segment::OneTime]);
}

#[test]
fn repeat_ends_below_the_shops_own_vip_count() {
    let own = Thresholds {
        vip_orders: 3,
        ..Thresholds::default()
    };
    assert!(holds(Segment::Repeat, 2, Money(0), 0, &own));
    assert!(!holds(Segment::Repeat, 3, Money(0), 0, &own) && holds(Segment::Vip, 3, Money(0), 0, &own));
}

#[test]
fn exactly_ten_thousand_naira_are_in_the_second_band() {
    let band = |kobo| {
        LtvBand::ALL
            .into_iter()
            .find(|band| band.contains(Money(kobo)))
            .unwrap()
    };
    assert_eq!(band(0), LtvBand::Under10k);
    assert_eq!((band(999_999), band(1_000_000)), (LtvBand::Under10k, LtvBand::To50k));
    assert_eq!((band(4_999_999), band(5_000_000)), (LtvBand::To50k, LtvBand::To100k));
    assert_eq!(
        (band(9_999_999), band(10_000_000)),
        (LtvBand::To100k, LtvBand::From100k)
    );
    assert_eq!(band(i64::MAX), LtvBand::From100k);
}

#[test]
fn names_in_urls_are_the_ones_on_the_wire_and_are_read_back() {
    fn check<T: Copy + PartialEq + std::fmt::Debug + Serialize>(
        all: &[T],
        code: fn(T) -> &'static str,
        parse: fn(&str) -> Option<T>,
    ) {
        for one in all {
            assert_eq!(parse(code(*one)), Some(*one));
            assert_eq!(serde_json::to_string(one).unwrap(), format!("\"{}\"", code(*one)));
        }
        assert_eq!(parse("nonsense"), None);
    }
    check(&Activity::ALL, Activity::as_str, Activity::parse);
    check(&Segment::ALL, Segment::as_str, Segment::parse);
    check(&LtvBand::ALL, LtvBand::as_str, LtvBand::parse);
}

proptest! {
    #[test]
    fn every_lifetime_value_is_in_exactly_one_band(kobo in prop_oneof![0_i64..20_000_000, 0_i64..i64::MAX]) {
        let bands = LtvBand::ALL.into_iter().filter(|band| band.contains(Money(kobo)));
        prop_assert_eq!(bands.count(), 1);
    }

    #[test]
    fn no_one_is_both_one_time_and_repeat(orders in 0_i64..20, kobo in 0_i64..20_000_000, age in 0_i64..120) {
        let found = segments(orders, Money(kobo), age);
        prop_assert!(!(found.contains(&Segment::OneTime) && found.contains(&Segment::Repeat)));
        prop_assert_eq!(found.is_empty(), orders == 0 && kobo < 10_000_000 && age < 60);
    }
}
