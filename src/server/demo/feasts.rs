//! The feasts that Nigerian shops sell for: Easter, and Ramadan with the two Eids.

use chrono::{Datelike, NaiveDate};

/// Returns how much more a shop sells on a day because of a feast near it, in per cent; 100 is a plain day.
pub fn demand(day: NaiveDate) -> u64 {
    let easter = match days_to_easter(day) {
        1..=9 => 125,
        0 => 75,
        _ => 100,
    };
    let eid = match islamic(day) {
        (9, 15..=30) => 140,
        (10, 1..=2) | (12, 10..=11) => 70,
        (12, 1..=9) => 125,
        _ => 100,
    };
    let civil = match (day.month(), day.day()) {
        (1, 1..=24) => 78,
        (2, 7..=13) | (12, 24) => 130,
        (11, 22..=30) => 145,
        (12, 1..=10) => 140,
        (12, 11..=23) => 185,
        (12, 25) => 60,
        (12, 26..=31) => 115,
        _ => 100,
    };
    // A quiet feast day wins over everything; else the strongest reason to buy does.
    let all = [easter, eid, civil];
    let quietest = all.into_iter().min().unwrap_or(100);
    if quietest < 100 {
        quietest
    } else {
        all.into_iter().max().unwrap_or(100)
    }
}

/// Returns the days from a day to the Easter of its year; negative after it.
///
/// Source: the anonymous Gregorian computus (Meeus, "Astronomical Algorithms", chapter 8).
#[expect(clippy::many_single_char_names, reason = "the letters of the published algorithm")]
fn days_to_easter(day: NaiveDate) -> i64 {
    let year = day.year();
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let days_from_march_first = h + l - 7 * m + 21;
    let march_first = day.with_day(1).and_then(|first| first.with_month(3)).unwrap_or(day);
    i64::from(days_from_march_first) - (day - march_first).num_days()
}

/// Returns month and day of the tabular Islamic calendar, which is within a day of the moon that is seen.
///
/// Source: the civil calendar of 30-year cycles with 11 leap years, epoch 16 July 622 (Julian).
fn islamic(day: NaiveDate) -> (i32, i32) {
    const EPOCH: i32 = 227_015;
    const CYCLE: i32 = 10_631;
    let since = day.num_days_from_ce() - EPOCH;
    let in_cycle = since.rem_euclid(CYCLE);
    let year = (30 * in_cycle + 15) / CYCLE;
    let in_year = in_cycle - (CYCLE * year + 14) / 30;
    let month = (2 * in_year / 59).min(11);
    (month + 1, in_year - (59 * month + 1) / 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn easter_is_found() {
        for (year, month, day) in [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)] {
            assert_eq!(days_to_easter(date(year, month, day)), 0, "{year}");
        }
        assert_eq!(days_to_easter(date(2026, 4, 1)), 4);
        assert_eq!(days_to_easter(date(2026, 12, 31)), -270);
    }

    #[test]
    fn eid_is_found_to_the_day() {
        // Eid al-Fitr as it was kept in Nigeria; the table may be a day off.
        for (year, month, day) in [(2023, 4, 21), (2024, 4, 10), (2025, 3, 30), (2026, 3, 20)] {
            let eid = date(year, month, day);
            let near = (-1..=1).any(|off| islamic(eid + chrono::Duration::days(off)) == (10, 1));
            assert!(near, "{year}: {:?}", islamic(eid));
        }
    }

    #[test]
    fn every_month_has_29_or_30_days_in_a_row() {
        let mut before = islamic(date(2000, 1, 1));
        for day in date(2000, 1, 2).iter_days().take(40_000) {
            let now = islamic(day);
            let next_day = now == (before.0, before.1 + 1) && now.1 <= 30;
            let next_month = now == (before.0 % 12 + 1, 1) && before.1 >= 29;
            assert!(next_day || next_month, "{day}: {before:?} {now:?}");
            before = now;
        }
    }

    #[test]
    fn december_sells_and_feast_days_rest() {
        assert_eq!(demand(date(2025, 12, 18)), 185);
        assert_eq!(demand(date(2025, 12, 25)), 60);
        assert_eq!(demand(date(2025, 6, 25)), 100);
        assert_eq!(demand(date(2026, 4, 5)), 75);
    }
}
