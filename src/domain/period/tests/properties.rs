use proptest::prelude::*;

use super::*;

/// Zones whose clocks skip midnight, strike it twice, or turn at other times.
const ZONES: [Tz; 9] = [
    Tz::Africa__Lagos,
    Tz::Africa__Cairo,
    Tz::Africa__Casablanca,
    Tz::America__Asuncion,
    Tz::America__Havana,
    Tz::America__Sao_Paulo,
    Tz::Asia__Beirut,
    Tz::Atlantic__Azores,
    Tz::Europe__London,
];

#[test]
fn no_date_is_too_far() {
    let now = utc("2026-10-01T00:00:00Z");
    for period in [
        Period::Between(NaiveDate::MIN, NaiveDate::MAX),
        Period::Between(NaiveDate::MAX, NaiveDate::MAX),
    ] {
        let (window, previous) = (
            period.window(now, &lagos()).unwrap(),
            period.previous(now, &lagos()).unwrap(),
        );
        assert!(previous.start < previous.end && previous.end == window.start && window.start < window.end);
    }
}

fn periods() -> impl Strategy<Value = Period> {
    let dates = (0_i64..20_000, 0_i64..400).prop_map(|(first, days)| {
        let first = NaiveDate::default() + TimeDelta::days(first);
        Period::between(first, first + TimeDelta::days(days))
    });
    let named = prop::sample::select(vec![Period::Today, Period::Week, Period::Month, Period::Year]);
    prop_oneof![named, dates]
}

/// Instants of 1980 to 2060, often close to a midnight of summer time's.
fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (315_532_800_i64..2_840_140_800).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
}

fn zones() -> impl Strategy<Value = Tz> {
    prop::sample::select(ZONES.to_vec())
}

proptest! {
    #[test]
    fn a_day_is_all_instants_of_its_date(now in instants(), zone in zones(), off in -100_000_i64..100_000) {
        let window = Period::Today.window(now, &zone).unwrap();
        let other = now + TimeDelta::seconds(off);
        prop_assert_eq!(window.contains(other), local_date(other, &zone) == local_date(now, &zone));
    }

    #[test]
    fn a_day_begins_at_its_first_instant(days in 3_653_i64..32_000, zone in zones()) {
        let date = NaiveDate::default() + TimeDelta::days(days);
        let start = start_of(date, &zone);
        prop_assert_eq!(local_date(start, &zone), date);
        prop_assert!(local_date(start - TimeDelta::seconds(1), &zone) < date);
    }

    #[test]
    fn a_period_holds_now_and_follows_the_one_before(now in instants(), zone in zones(), period in periods()) {
        let window = period.window(now, &zone).unwrap();
        let previous = period.previous(now, &zone).unwrap();
        prop_assert!(matches!(period, Period::Between(..)) || window.contains(now));
        prop_assert!(previous.start <= previous.end && previous.end <= window.start && window.start < window.end);
        // The period before ends where this one begins, at the latest.
        let last = period.window(window.start - TimeDelta::seconds(1), &zone).unwrap();
        prop_assert!(matches!(period, Period::Between(..)) || (previous.start, window.start) == (last.start, last.end));
    }

    #[test]
    fn weeks_months_and_years_begin_and_end_with_a_day(now in instants(), zone in zones()) {
        let first = |period: Period| local_date(period.window(now, &zone).unwrap().start, &zone);
        prop_assert_eq!(first(Period::Week).weekday(), chrono::Weekday::Mon);
        prop_assert_eq!(first(Period::Month).day(), 1);
        prop_assert_eq!(first(Period::Year).ordinal(), 1);
        prop_assert!((local_date(now, &zone) - first(Period::Week)).num_days() < 7);
    }

    #[test]
    fn the_elapsed_part_grows_with_time(now in instants(), wait in 0_i64..3_000_000, period in periods()) {
        let later = now + TimeDelta::seconds(wait);
        if period.window(now, &lagos()) == period.window(later, &lagos()) {
            let (a, b) = (period.previous(now, &lagos()).unwrap(), period.previous(later, &lagos()).unwrap());
            prop_assert!(a.start == b.start && a.end <= b.end);
        }
    }

    #[test]
    fn codes_survive(period in periods(), text in ".*|[0-9]{4}-[0-9]{2}-[0-9]{2}\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2}") {
        prop_assert_eq!(Period::parse(&period.code()), Some(period));
        if let Some(read) = Period::parse(&text) {
            prop_assert_eq!(Period::parse(&read.code()), Some(read));
        }
    }
}
