//! When orders are placed: a growing shop with weekends, paydays, seasons and evenings, in Lagos time.

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc, Weekday};

use super::dice::{Dice, Topic};
use super::feasts;

/// How long the shop has been there.
const MONTHS: Months = Months::new(26);
/// Lagos is an hour ahead of UTC all year round.
const LAGOS: TimeDelta = TimeDelta::hours(1);
/// What a day multiplies the next one's orders by, in millionths: 8 % a month.
const GROWTH: u64 = 1_002_570;
/// How many orders come in an hour of the day, relative to the others.
const HOURS: [u64; 24] = [
    0, 0, 0, 0, 0, 0, 0, 20, 38, 55, 66, 70, 78, 80, 66, 60, 62, 70, 86, 108, 120, 104, 62, 0,
];
const HOUR: u64 = 3_600;

/// The instants of all orders, from the first to the last, at most one day of them in memory.
pub struct Times {
    seed: u64,
    days: std::vec::IntoIter<Day>,
    midnight: DateTime<Utc>,
    seconds: std::vec::IntoIter<u64>,
}

/// A day and how many orders it has.
struct Day {
    date: NaiveDate,
    orders: u64,
    /// The weight of the day's hours up to its end, or to now.
    elapsed: u64,
}

impl Times {
    /// Spreads a number of orders over the months that end at `until`.
    pub fn new(seed: u64, orders: u64, until: DateTime<Utc>) -> Self {
        let days = days(seed, orders, until).into_iter();
        Self {
            seed,
            days,
            midnight: until,
            seconds: Vec::new().into_iter(),
        }
    }

    /// Throws the times of the next day's orders; none after the last day.
    fn turn(&mut self) -> Option<()> {
        let day = self.days.next()?;
        let mut dice = Dice::new(self.seed, Topic::Times, ordinal(day.date));
        let mut seconds: Vec<u64> = (0..day.orders).map(|_| second_at(dice.below(day.elapsed))).collect();
        seconds.sort_unstable();
        self.midnight = day.date.and_time(NaiveTime::MIN).and_utc() - LAGOS;
        self.seconds = seconds.into_iter();
        Some(())
    }
}

impl Iterator for Times {
    type Item = DateTime<Utc>;

    fn next(&mut self) -> Option<DateTime<Utc>> {
        loop {
            if let Some(second) = self.seconds.next() {
                return Some(self.midnight + TimeDelta::seconds(second.cast_signed()));
            }
            self.turn()?;
        }
    }
}

/// Shares the orders out among the days by their weights; the sum is exact.
fn days(seed: u64, orders: u64, until: DateTime<Utc>) -> Vec<Day> {
    let last = until.naive_utc() + LAGOS;
    let first = last.date().checked_sub_months(MONTHS).unwrap_or(last.date());
    let whole = weight_until(24 * HOUR);
    let now = weight_until(u64::from(last.num_seconds_from_midnight()) + 1);
    let mut growth = 1_000_000_u64;
    let mut total = 0_u128;
    let mut shares = Vec::new();
    for date in first.iter_days().take_while(|date| *date <= last.date()) {
        let elapsed = if date == last.date() { now } else { whole };
        total += u128::from(growth / 1_000 * busyness(seed, date)) * u128::from(elapsed);
        shares.push((date, elapsed, total));
        growth = growth * GROWTH / 1_000_000;
    }
    let mut given = 0;
    let share = |(date, elapsed, sum)| {
        let due = u64::try_from(u128::from(orders) * sum / total.max(1)).unwrap_or(orders);
        let day = Day {
            date,
            orders: due - given,
            elapsed,
        };
        given = due;
        day
    };
    shares.into_iter().map(share).collect()
}

/// How busy a day is beside the growth of the shop: 1,000,000 times its factors.
fn busyness(seed: u64, date: NaiveDate) -> u64 {
    let weekday = match date.weekday() {
        Weekday::Mon => 92,
        Weekday::Tue => 90,
        Weekday::Wed => 94,
        Weekday::Thu => 100,
        Weekday::Fri => 112,
        Weekday::Sat => 128,
        Weekday::Sun => 108,
    };
    let payday = match date.day() {
        25.. | 1..=2 => 130,
        12..=22 => 90,
        _ => 100,
    };
    let luck = 80 + Dice::new(seed, Topic::Day, ordinal(date)).below(41);
    weekday * payday * luck / 100 * feasts::demand(date)
}

/// The weight of all seconds of a day before one.
fn weight_until(second: u64) -> u64 {
    let hours = (0..).step_by(3_600).zip(HOURS);
    hours
        .map(|(start, weight)| weight * second.saturating_sub(start).min(HOUR))
        .sum()
}

/// The second of the day that a weight falls on: the inverse of [`weight_until`].
fn second_at(mut weight: u64) -> u64 {
    let mut start = 0;
    for hour in HOURS {
        if weight < hour * HOUR {
            return start + weight / hour;
        }
        weight -= hour * HOUR;
        start += HOUR;
    }
    start - 1
}

fn ordinal(date: NaiveDate) -> u64 {
    u64::from(date.num_days_from_ce().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn until(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn every_order_has_a_time_and_none_is_later() {
        for text in [
            "2026-11-24T10:30:17.9Z",
            "2026-03-31T22:59:59Z",
            "2026-01-01T23:00:00Z",
            "2024-02-29T04:00:00Z",
        ] {
            let until = until(text);
            for orders in [0, 1, 7, 5_000] {
                let times: Vec<_> = Times::new(3, orders, until).collect();
                assert_eq!(times.len() as u64, orders, "{text}");
                assert!(times.is_sorted());
                assert!(
                    times.iter().all(|time| *time <= until && time.nanosecond() == 0),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn a_second_is_found_by_its_weight() {
        for second in [7 * HOUR, 7 * HOUR + 1, 12 * HOUR - 1, 12 * HOUR, 23 * HOUR - 1] {
            assert_eq!(second_at(weight_until(second)), second);
        }
        assert_eq!(second_at(weight_until(24 * HOUR) - 1), 23 * HOUR - 1);
    }

    #[test]
    fn the_shop_grows_and_sleeps() {
        let until = until("2026-11-24T22:00:00Z");
        let times: Vec<_> = Times::new(1, 20_000, until).collect();
        let before = |days| {
            times
                .iter()
                .filter(|time| **time > until - TimeDelta::days(days))
                .count()
        };
        assert!((1_200..2_600).contains(&before(30)), "{}", before(30));
        assert!(before(395) * 100 > times.len() * 65, "{}", before(395));
        let hours = times.iter().map(|time| (*time + LAGOS).hour());
        assert!(hours.clone().all(|hour| (7..23).contains(&hour)));
        let evening = hours.filter(|hour| (18..22).contains(hour)).count();
        assert!(evening * 100 > times.len() * 33, "{evening}");
    }

    #[test]
    fn december_and_paydays_are_busy() {
        let times: Vec<_> = Times::new(1, 50_000, until("2026-11-24T22:00:00Z")).collect();
        let on = |year, month, days: std::ops::RangeInclusive<u32>| {
            let found = times
                .iter()
                .filter(|time| (time.year(), time.month()) == (year, month) && days.contains(&time.day()));
            found.count() * 10 / days.count()
        };
        assert!(on(2025, 12, 11..=23) * 10 > on(2025, 11, 3..=20) * 15);
        assert!(on(2026, 8, 25..=31) > on(2026, 8, 12..=22));
    }
}
