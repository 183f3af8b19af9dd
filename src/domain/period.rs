//! Spans of time in the shop's own days, weeks, months and years.

use std::fmt;

mod label;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use serde::{Deserialize, Serialize};

/// What stands between the two dates of a period in URLs.
const BETWEEN: &str = "..";

/// The span of time that a page is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// All time.
    #[default]
    All,
    /// Today.
    Today,
    /// This week, from Monday.
    Week,
    /// This month.
    Month,
    /// This year.
    Year,
    /// Two dates and the days between them; build it with [`Period::between`].
    Between(NaiveDate, NaiveDate),
}

/// A span of instants: `start` is in it, `end` is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// The first instant.
    #[serde(with = "chrono::serde::ts_seconds")]
    pub start: DateTime<Utc>,
    /// The first instant after it.
    #[serde(with = "chrono::serde::ts_seconds")]
    pub end: DateTime<Utc>,
}

impl Window {
    /// Tells whether an instant is in the span.
    pub fn contains(&self, at: DateTime<Utc>) -> bool {
        self.start <= at && at < self.end
    }
}

impl Period {
    /// Returns the period of two dates, whichever is the earlier.
    pub fn between(one: NaiveDate, other: NaiveDate) -> Self {
        Self::Between(one.min(other), one.max(other))
    }

    /// Returns the name in URLs: `all`, `today`, `week`, `month`, `year`, or `2026-10-01..2026-10-31`.
    pub fn code(&self) -> String {
        self.to_string()
    }

    /// Reads the name in URLs; dates in the wrong order are turned round.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "all" => Some(Self::All),
            "today" => Some(Self::Today),
            "week" => Some(Self::Week),
            "month" => Some(Self::Month),
            "year" => Some(Self::Year),
            _ => {
                let (one, other) = code.split_once(BETWEEN)?;
                Some(Self::between(iso_date(one)?, iso_date(other)?))
            }
        }
    }

    /// Reads two dates that a plain form sends each by itself.
    pub fn of_form(first: Option<String>, last: Option<String>) -> Option<Self> {
        Self::parse(&format!("{}..{}", first?, last?))
    }

    /// Returns the whole period that `now` is in, to its very end; none for all time.
    pub fn window<Z: TimeZone>(&self, now: DateTime<Utc>, zone: &Z) -> Option<Window> {
        let (first, last) = self.dates(local_date(now, zone))?;
        Some(Window {
            start: start_of(first, zone),
            end: start_of(after(last, 1), zone),
        })
    }

    /// Returns the same elapsed part of the period before; none for all time.
    ///
    /// From its start to the same weekday, day of the month or date, at the same local time; where the earlier month
    /// has no such day, to that month's end. For two dates, as many days just before the first.
    pub fn previous<Z: TimeZone>(&self, now: DateTime<Utc>, zone: &Z) -> Option<Window> {
        let today = local(now, zone);
        let (first, last) = self.dates(today.date())?;
        let earlier = self.earlier(first, last, today)?;
        let start = start_of(earlier.first, zone);
        let end = instant(earlier.until, zone);
        Some(Window { start, end })
    }

    /// Returns the first day of the period before, and the local time up to which it is compared with `today`.
    fn earlier(&self, first: NaiveDate, last: NaiveDate, today: NaiveDateTime) -> Option<Earlier> {
        let at_same_time = |day: NaiveDate| day.and_time(today.time());
        let earlier = match self {
            Self::All => return None,
            Self::Today => Earlier {
                first: before(first, 1),
                until: at_same_time(before(first, 1)),
            },
            Self::Week => Earlier {
                first: before(first, 7),
                until: at_same_time(before(today.date(), 7)),
            },
            Self::Month => {
                let first_before = before(first, 1).with_day(1)?;
                // 31 March has no counterpart in February: all of February is compared.
                let until = first_before.with_day(today.day()).map_or(midnight(first), at_same_time);
                Earlier {
                    first: first_before,
                    until,
                }
            }
            Self::Year => {
                let year = first.year() - 1;
                // Nor has 29 February in most years: all days up to 28 February are compared.
                let march = NaiveDate::from_ymd_opt(year, 3, 1)?;
                let until = today.date().with_year(year).map_or(midnight(march), at_same_time);
                Earlier {
                    first: first.with_year(year)?,
                    until,
                }
            }
            Self::Between(..) => {
                let days = (last - first).num_days().unsigned_abs() + 1;
                Earlier {
                    first: before(first, days),
                    until: midnight(first),
                }
            }
        };
        Some(earlier)
    }

    /// Returns the first and the last day of the period that `today` is in.
    fn dates(&self, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let span = match self {
            Self::All => return None,
            Self::Today => (today, today),
            Self::Week => {
                let monday = before(today, today.weekday().num_days_from_monday().into());
                (monday, after(monday, 6))
            }
            Self::Month => {
                let first = today.with_day(1)?;
                (first, before(after(first, 31).with_day(1)?, 1))
            }
            Self::Year => (today.with_ordinal(1)?, NaiveDate::from_ymd_opt(today.year(), 12, 31)?),
            Self::Between(one, other) => {
                let (one, other) = (written(*one), written(*other));
                (one.min(other), one.max(other))
            }
        };
        Some(span)
    }
}

/// A period's forerunner: its first day, and the local time up to which the two are compared.
struct Earlier {
    first: NaiveDate,
    until: NaiveDateTime,
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => out.write_str("all"),
            Self::Today => out.write_str("today"),
            Self::Week => out.write_str("week"),
            Self::Month => out.write_str("month"),
            Self::Year => out.write_str("year"),
            Self::Between(first, last) => write!(out, "{first}{BETWEEN}{last}"),
        }
    }
}

/// Returns the day that an instant is on in a zone.
pub fn local_date<Z: TimeZone>(at: DateTime<Utc>, zone: &Z) -> NaiveDate {
    local(at, zone).date()
}

/// Returns the age of an instant in whole calendar days of a zone; the future is 0.
pub fn age_days<Z: TimeZone>(at: DateTime<Utc>, now: DateTime<Utc>, zone: &Z) -> i64 {
    (local_date(now, zone) - local_date(at, zone)).num_days().max(0)
}

/// Returns the first instant of a day in a zone, even where the clocks skip midnight or strike it twice.
pub fn start_of<Z: TimeZone>(day: NaiveDate, zone: &Z) -> DateTime<Utc> {
    instant(midnight(day), zone)
}

/// Returns the first instant at which the clocks of a zone show a local time, or a later one where they skip it.
fn instant<Z: TimeZone>(wanted: NaiveDateTime, zone: &Z) -> DateTime<Utc> {
    if let Some(found) = zone.from_local_datetime(&wanted).earliest() {
        return found.with_timezone(&Utc);
    }
    // No zone is further than a day from UTC, and none has ever skipped more than a day.
    let (mut early, mut late) = (
        wanted.and_utc() - TimeDelta::days(2),
        wanted.and_utc() + TimeDelta::days(2),
    );
    while late - early > TimeDelta::seconds(1) {
        let middle = early + TimeDelta::seconds((late - early).num_seconds() / 2);
        if local(middle, zone) < wanted {
            early = middle;
        } else {
            late = middle;
        }
    }
    late
}

fn local<Z: TimeZone>(at: DateTime<Utc>, zone: &Z) -> NaiveDateTime {
    at.with_timezone(zone).naive_local()
}

fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// Brings a day into the years that can be written with four digits, away from the ends of the calendar.
fn written(day: NaiveDate) -> NaiveDate {
    let year = day.year().clamp(1, 9_999);
    if year == day.year() {
        day
    } else {
        NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
    }
}

/// Reads `2026-10-01`, and nothing that is only like it.
fn iso_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    (written(date).to_string() == text).then_some(date)
}

#[cfg(test)]
mod tests;
