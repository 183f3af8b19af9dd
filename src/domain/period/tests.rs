use chrono::FixedOffset;
use chrono_tz::Tz;

use super::*;

mod properties;

fn lagos() -> FixedOffset {
    FixedOffset::east_opt(3_600).unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Writes a window as local times of Lagos.
fn shown(window: Option<Window>) -> String {
    let window = window.unwrap();
    let local = |at: DateTime<Utc>| at.with_timezone(&lagos()).format("%Y-%m-%d %H:%M:%S").to_string();
    format!("{} .. {}", local(window.start), local(window.end))
}

/// The window at a local time of Lagos, and the part of the one before.
fn at(period: Period, now: &str) -> (String, String) {
    let now = utc(&format!("{}+01:00", now.replace(' ', "T")));
    (
        shown(period.window(now, &lagos())),
        shown(period.previous(now, &lagos())),
    )
}

fn check(period: Period, now: &str, window: &str, previous: &str) {
    assert_eq!(
        at(period, now),
        (window.to_owned(), previous.to_owned()),
        "{period} at {now}"
    );
}

#[test]
fn a_day_turns_at_the_shops_midnight() {
    let today = "2026-10-01 00:00:00 .. 2026-10-02 00:00:00";
    check(
        Period::Today,
        "2026-10-01 23:59:59",
        today,
        "2026-09-30 00:00:00 .. 2026-09-30 23:59:59",
    );
    check(
        Period::Today,
        "2026-10-01 00:00:00",
        today,
        "2026-09-30 00:00:00 .. 2026-09-30 00:00:00",
    );
    let window = Period::Today.window(utc("2026-10-01T22:59:59Z"), &lagos()).unwrap();
    assert!(window.contains(utc("2026-10-01T22:59:59Z")) && !window.contains(utc("2026-10-01T23:00:00Z")));
    assert!(window.contains(utc("2026-09-30T23:00:00Z")) && !window.contains(utc("2026-09-30T22:59:59Z")));
}

#[test]
fn a_week_begins_on_monday() {
    // 5 October 2026 is a Monday.
    let week = "2026-10-05 00:00:00 .. 2026-10-12 00:00:00";
    check(
        Period::Week,
        "2026-10-05 00:00:00",
        week,
        "2026-09-28 00:00:00 .. 2026-09-28 00:00:00",
    );
    check(
        Period::Week,
        "2026-10-07 14:30:00",
        week,
        "2026-09-28 00:00:00 .. 2026-09-30 14:30:00",
    );
    check(
        Period::Week,
        "2026-10-11 23:59:59",
        week,
        "2026-09-28 00:00:00 .. 2026-10-04 23:59:59",
    );
}

#[test]
fn a_month_is_compared_up_to_the_same_day_of_the_one_before() {
    let march = "2026-03-01 00:00:00 .. 2026-04-01 00:00:00";
    check(
        Period::Month,
        "2026-03-28 10:00:00",
        march,
        "2026-02-01 00:00:00 .. 2026-02-28 10:00:00",
    );
    check(
        Period::Month,
        "2026-03-29 10:00:00",
        march,
        "2026-02-01 00:00:00 .. 2026-03-01 00:00:00",
    );
    check(
        Period::Month,
        "2026-03-31 23:59:59",
        march,
        "2026-02-01 00:00:00 .. 2026-03-01 00:00:00",
    );
    let january = "2026-01-01 00:00:00 .. 2026-02-01 00:00:00";
    check(
        Period::Month,
        "2026-01-31 12:00:00",
        january,
        "2025-12-01 00:00:00 .. 2025-12-31 12:00:00",
    );
}

#[test]
fn the_29th_of_february_has_a_counterpart_only_in_march_of_its_year() {
    let february = "2028-02-01 00:00:00 .. 2028-03-01 00:00:00";
    check(
        Period::Month,
        "2028-02-29 10:00:00",
        february,
        "2028-01-01 00:00:00 .. 2028-01-29 10:00:00",
    );
    let march = "2028-03-01 00:00:00 .. 2028-04-01 00:00:00";
    check(
        Period::Month,
        "2028-03-29 10:00:00",
        march,
        "2028-02-01 00:00:00 .. 2028-02-29 10:00:00",
    );
    check(
        Period::Month,
        "2028-03-30 10:00:00",
        march,
        "2028-02-01 00:00:00 .. 2028-03-01 00:00:00",
    );
    let year = "2028-01-01 00:00:00 .. 2029-01-01 00:00:00";
    check(
        Period::Year,
        "2028-02-28 10:00:00",
        year,
        "2027-01-01 00:00:00 .. 2027-02-28 10:00:00",
    );
    check(
        Period::Year,
        "2028-02-29 10:00:00",
        year,
        "2027-01-01 00:00:00 .. 2027-03-01 00:00:00",
    );
    check(
        Period::Year,
        "2028-03-01 10:00:00",
        year,
        "2027-01-01 00:00:00 .. 2027-03-01 10:00:00",
    );
    check(
        Period::Year,
        "2028-12-31 23:59:59",
        year,
        "2027-01-01 00:00:00 .. 2027-12-31 23:59:59",
    );
}

#[test]
fn two_dates_are_compared_with_as_many_days_before() {
    let october = Period::between(day("2026-10-31"), day("2026-10-01"));
    let window = "2026-10-01 00:00:00 .. 2026-11-01 00:00:00";
    check(
        october,
        "2026-10-09 12:00:00",
        window,
        "2026-08-31 00:00:00 .. 2026-10-01 00:00:00",
    );
    let leap = Period::between(day("2028-02-29"), day("2028-02-29"));
    check(
        leap,
        "2026-10-09 12:00:00",
        "2028-02-29 00:00:00 .. 2028-03-01 00:00:00",
        "2028-02-28 00:00:00 .. 2028-02-29 00:00:00",
    );
}

#[test]
fn all_time_has_no_window() {
    let now = utc("2026-10-01T00:00:00Z");
    assert_eq!(
        (Period::All.window(now, &lagos()), Period::All.previous(now, &lagos())),
        (None, None)
    );
}

#[test]
fn ages_are_whole_days_of_the_calendar() {
    let age = |at: &str, now: &str| age_days(utc(at), utc(now), &lagos());
    assert_eq!(age("2026-10-01T22:59:59Z", "2026-10-01T23:00:00Z"), 1);
    assert_eq!(age("2026-10-01T23:00:00Z", "2026-10-02T22:59:59Z"), 0);
    assert_eq!(age("2026-10-01T23:00:00Z", "2026-11-01T22:59:59Z"), 30);
    assert_eq!(age("2026-10-01T23:00:00Z", "2026-12-01T22:59:59Z"), 60);
    assert_eq!(age("2026-10-03T12:00:00Z", "2026-10-01T12:00:00Z"), 0);
}

#[test]
fn a_day_whose_midnight_is_skipped_begins_when_the_clocks_go_on() {
    // Cairo's clocks went from 23:59:59 to 01:00 as 24 April 2026 began.
    let start = start_of(day("2026-04-24"), &Tz::Africa__Cairo);
    assert_eq!(start, utc("2026-04-23T22:00:00Z"));
    assert_eq!(
        start.with_timezone(&Tz::Africa__Cairo).to_string(),
        "2026-04-24 01:00:00 EEST"
    );
    let today = Period::Today
        .window(utc("2026-04-24T10:00:00Z"), &Tz::Africa__Cairo)
        .unwrap();
    assert_eq!(today.end - today.start, TimeDelta::hours(23));
    // Havana strikes midnight twice on 1 November 2026, and Samoa left out 30 December 2011.
    assert_eq!(
        start_of(day("2026-11-01"), &Tz::America__Havana),
        utc("2026-11-01T04:00:00Z")
    );
    assert_eq!(
        start_of(day("2011-12-30"), &Tz::Pacific__Apia),
        utc("2011-12-30T10:00:00Z")
    );
}

#[test]
fn a_skipped_time_of_the_day_before_is_the_next_one_there_is() {
    // London's clocks went from 01:00 to 02:00 on 29 March 2026.
    let previous = Period::Today
        .previous(utc("2026-03-30T00:30:00Z"), &Tz::Europe__London)
        .unwrap();
    assert_eq!(
        (previous.start, previous.end),
        (utc("2026-03-29T00:00:00Z"), utc("2026-03-29T01:00:00Z"))
    );
}

#[test]
fn codes_are_read_back_and_nothing_else_is() {
    for code in [
        "all",
        "today",
        "week",
        "month",
        "year",
        "2026-10-01..2026-10-31",
        "0001-01-01..9999-12-31",
    ] {
        assert_eq!(Period::parse(code).unwrap().code(), code);
    }
    assert_eq!(
        Period::parse("2026-10-31..2026-10-01"),
        Period::parse("2026-10-01..2026-10-31")
    );
    for wrong in [
        "",
        "Today",
        "century",
        "2026-10-01",
        "2026-10-01..",
        "..",
        "2026-10-01..2026-13-01",
        "2026-02-29..2026-03-01",
        "2026-1-1..2026-1-2",
        " 2026-10-01..2026-10-31",
        "+2026-10-01..2026-10-31",
        "10000-01-01..10000-01-02",
    ] {
        assert_eq!(Period::parse(wrong), None, "{wrong}");
    }
}
