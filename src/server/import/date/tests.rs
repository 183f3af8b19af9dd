use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;

fn lagos(raw: &str) -> Option<String> {
    parse(raw, &Tz::Africa__Lagos).map(|instant| instant.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

#[test]
fn a_date_is_the_shops_midnight() {
    for raw in [
        "2026-10-05",
        "2026/10/05",
        "2026.10.05",
        "05/10/2026",
        "5-10-2026",
        "05.10.26",
        "5/10/26",
        "5 Oct 2026",
        "05 October 2026",
        "Oct 5, 2026",
        "October 5 2026",
        "5-Oct-2026",
        "5-oct-26",
        "2026-Oct-05",
        "5th Oct, 2026",
        "Mon, 5 Oct 2026",
        "Monday 5 October 2026",
        " 05/10/2026 ",
        "5 Oct. 2026",
        "\u{200b}05/10/2026",
    ] {
        assert_eq!(lagos(raw).as_deref(), Some("2026-10-04T23:00:00Z"), "{raw}");
    }
    assert_eq!(lagos("1 Sept 2026").as_deref(), Some("2026-08-31T23:00:00Z"));
    assert_eq!(lagos("29/02/2024").as_deref(), Some("2024-02-28T23:00:00Z"));
    assert_eq!(lagos("31.12.97").as_deref(), Some("1997-12-30T23:00:00Z"));
}

#[test]
fn a_time_without_an_offset_is_the_shops() {
    for raw in [
        "2026-10-05 14:30",
        "2026-10-05T14:30",
        "2026-10-05 14:30:00",
        "2026-10-05T14:30:00.999",
        "05/10/2026 14:30",
        "5/10/26, 2:30 PM",
        "5 Oct 2026 14:30",
        "Oct 5, 2026 2:30 pm",
        "October 5, 2026 at 2:30pm",
        "Oct 5, 2026 @ 14:30",
        "Mon Oct 5 2026 14:30:00",
    ] {
        assert_eq!(lagos(raw).as_deref(), Some("2026-10-05T13:30:00Z"), "{raw}");
    }
    assert_eq!(lagos("5/10/2026 12:05 AM").as_deref(), Some("2026-10-04T23:05:00Z"));
    assert_eq!(lagos("5/10/2026 12:05 PM").as_deref(), Some("2026-10-05T11:05:00Z"));
}

#[test]
fn an_offset_counts_instead_of_the_zone() {
    for raw in [
        "2026-10-05T14:30:00Z",
        "2026-10-05T14:30:00.25Z",
        "2026-10-05 14:30:00 UTC",
        "2026-10-05T16:30+02:00",
        "2026-10-05 16:30:00 +0200",
        "2026-10-05T09:00:00-05:30",
        "2026-10-05T16:30:00+02",
        "5 Oct 2026 16:30 GMT+0200",
    ] {
        assert_eq!(lagos(raw).as_deref(), Some("2026-10-05T14:30:00Z"), "{raw}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    for raw in [
        "",
        " ",
        "2026-13-45",
        "2026-02-29",
        "31/04/2026",
        "10/25/2026",
        "05/10",
        "2026",
        "20261005",
        "yesterday",
        "5 Octember 2026",
        "05/10/2026 25:00",
        "05/10/2026 14:60",
        "05/10/2026 0:30 pm",
        "05/10/2026 13:30 pm",
        "05/10/2026 14:30 EST",
        "05/10/2026 14:30:00:00",
        "05/10/20266",
        "5/10/026",
        "05/10/2026 14",
        "+5/10/2026",
        "2026-10-05T14:30+25:00",
        "46300",
        "05//2026",
        "ọ5/10/2026",
    ] {
        assert_eq!(lagos(raw), None, "{raw}");
    }
}

#[test]
fn a_time_that_the_clock_skips_is_the_end_of_the_gap() {
    let at = |raw: &str, zone: Tz| parse(raw, &zone).unwrap().to_rfc3339();
    // 29 March 2026, 02:00 to 03:00 in Berlin; midnight to 01:00 of 26 April 2024 in Cairo.
    assert_eq!(at("2026-03-29 02:30", Tz::Europe__Berlin), "2026-03-29T01:00:00+00:00");
    assert_eq!(at("2026-03-29 02:00", Tz::Europe__Berlin), "2026-03-29T01:00:00+00:00");
    assert_eq!(at("2024-04-26", Tz::Africa__Cairo), "2024-04-25T22:00:00+00:00");
    // The whole of 30 December 2011 in Samoa, and 44 minutes and 30 seconds of 7 January 1972 in Monrovia.
    assert_eq!(at("2011-12-30", Tz::Pacific__Apia), "2011-12-30T10:00:00+00:00");
    assert_eq!(at("1972-01-07", Tz::Africa__Monrovia), "1972-01-07T00:44:30+00:00");
}

#[test]
fn a_time_that_comes_twice_is_the_earlier() {
    let instant = parse("2026-10-25 02:30", &Tz::Europe__Berlin).unwrap();
    assert_eq!(instant.to_rfc3339(), "2026-10-25T00:30:00+00:00");
}

proptest! {
    #[test]
    fn no_text_panics(raw in ".{0,40}", like in "[0-9a-z:/. +-]{0,24}") {
        let _ = (parse(&raw, &Tz::Africa__Lagos), parse(&like, &Tz::Africa__Lagos));
    }

    #[test]
    fn what_an_export_writes_is_read_back(seconds in 0_i64..4_000_000_000, zone in 0_usize..400) {
        let zone = chrono_tz::TZ_VARIANTS[zone];
        let instant = DateTime::from_timestamp(seconds, 0).unwrap();
        // Offsets of whole minutes are all that RFC 3339 can write.
        let written = instant.with_timezone(&zone).to_rfc3339();
        prop_assume!(DateTime::parse_from_rfc3339(&written).unwrap() == instant);
        prop_assert_eq!(parse(&written, &Tz::Africa__Lagos), Some(instant));
    }
}
