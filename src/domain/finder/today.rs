//! What of the calendar the finder's answers depend on, worked out once.

use chrono::{DateTime, Days, TimeZone, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::period::{Period, Window, local_date, start_of};
use crate::domain::segment::Thresholds;

/// Seconds since 1970: what the columns keep of an instant. Later than the year 2106 is as late as can be.
pub(super) type Second = u32;

/// The second of an instant.
pub(super) fn second(at: DateTime<Utc>) -> Second {
    u32::try_from(at.timestamp().max(0)).unwrap_or(Second::MAX)
}

/// The instant of a second.
pub(super) fn instant(second: Second) -> DateTime<Utc> {
    DateTime::from_timestamp(i64::from(second), 0).unwrap_or_default()
}

/// A moment in a shop: its clock, its days and its thresholds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// The moment itself.
    #[serde(with = "chrono::serde::ts_seconds")]
    pub now: DateTime<Utc>,
    /// A customer is active with a last order at or after this.
    #[serde(with = "chrono::serde::ts_seconds")]
    pub active_since: DateTime<Utc>,
    /// A customer is at risk with a last order before this.
    #[serde(with = "chrono::serde::ts_seconds")]
    pub at_risk_before: DateTime<Utc>,
    /// Where the kinds of customers begin and end.
    pub thresholds: Thresholds,
}

impl Today {
    /// Works out a moment in a zone.
    pub fn new<Z: TimeZone>(now: DateTime<Utc>, zone: &Z, thresholds: &Thresholds) -> Self {
        Self {
            now,
            active_since: days_ago(now, zone, thresholds.active_days),
            at_risk_before: days_ago(now, zone, thresholds.at_risk_days - 1),
            thresholds: thresholds.clone(),
        }
    }
}

/// The first instant of the day so many days before today; ages below zero do not exist, so nothing is that young.
fn days_ago<Z: TimeZone>(now: DateTime<Utc>, zone: &Z, days: i64) -> DateTime<Utc> {
    match u64::try_from(days) {
        Ok(days) => local_date(now, zone)
            .checked_sub_days(Days::new(days))
            .map_or(DateTime::UNIX_EPOCH, |day| start_of(day, zone)),
        Err(_) => DateTime::<Utc>::MAX_UTC,
    }
}

/// The instants that the cards' figures are taken at.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The moment, and where activity begins.
    pub today: Today,
    /// The period; none for all time.
    pub window: Option<Window>,
    /// The same elapsed part of the period before.
    pub previous: Option<Window>,
    /// The same local time 30 days ago.
    pub month_ago: DateTime<Utc>,
    /// Where activity began then.
    pub active_since_then: DateTime<Utc>,
    /// The same local time 60 days ago.
    pub two_months_ago: DateTime<Utc>,
    /// The first instants of today and of the days before it: of the line, and of all that made its first day active.
    pub days: Vec<DateTime<Utc>>,
    /// The first instants of the days that the period's line has: the last 30 up to the period's last day or today.
    pub line: Vec<DateTime<Utc>>,
    /// For today, the first instants of its hours so far.
    pub hours: Option<Vec<DateTime<Utc>>>,
}

/// How many days a line has.
pub(super) const LINE: usize = 30;

impl Calendar {
    /// Works out the instants for a period at a moment in a zone.
    pub fn new<Z: TimeZone>(period: Period, now: DateTime<Utc>, zone: &Z, thresholds: &Thresholds) -> Self {
        let today = Today::new(now, zone, thresholds);
        let window = period.window(now, zone);
        let month_ago = at_same_time(now, zone, 30);
        let date = local_date(now, zone);
        let last = window.map_or(date, |window| {
            local_date(window.end - chrono::TimeDelta::seconds(1), zone).min(date)
        });
        Self {
            window,
            previous: period.previous(now, zone),
            month_ago,
            active_since_then: days_ago(month_ago, zone, thresholds.active_days),
            two_months_ago: at_same_time(now, zone, 60),
            days: days_up_to(
                date,
                LINE + usize::try_from(thresholds.active_days).unwrap_or_default(),
                zone,
            ),
            line: days_up_to(last, LINE, zone),
            hours: (period == Period::Today).then(|| hours(now, zone)),
            today,
        }
    }
}

fn at_same_time<Z: TimeZone>(now: DateTime<Utc>, zone: &Z, days: u64) -> DateTime<Utc> {
    let local = now.with_timezone(zone).naive_local();
    let earlier = local.checked_sub_days(Days::new(days)).unwrap_or(local);
    zone.from_local_datetime(&earlier)
        .earliest()
        .map_or_else(|| start_of(earlier.date(), zone), |found| found.with_timezone(&Utc))
}

fn days_up_to<Z: TimeZone>(last: chrono::NaiveDate, count: usize, zone: &Z) -> Vec<DateTime<Utc>> {
    (0..count as u64)
        .rev()
        .map(|back| start_of(last.checked_sub_days(Days::new(back)).unwrap_or(last), zone))
        .collect()
}

fn hours<Z: TimeZone>(now: DateTime<Utc>, zone: &Z) -> Vec<DateTime<Utc>> {
    let midnight = start_of(local_date(now, zone), zone);
    let mut starts = vec![midnight];
    while starts.len() < 25 {
        let next = midnight + chrono::TimeDelta::hours(i64::try_from(starts.len()).unwrap_or(25));
        if next > now {
            break;
        }
        starts.push(next);
    }
    starts
}
