//! Dates as shops and shop systems write them: day-first, unless the year comes first.

use chrono::{DateTime, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

use crate::domain::text;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Reads a date with or without a time, in whole seconds; without an offset it is the local time of the zone.
pub fn parse<Z: TimeZone>(raw: &str, zone: &Z) -> Option<DateTime<Utc>> {
    let words = words(raw);
    let clock = words.iter().position(|word| word.contains(':')).unwrap_or(words.len());
    let date = date(&words[..clock])?;
    let (time, offset) = if clock == words.len() {
        (NaiveTime::MIN, None)
    } else {
        time(&words[clock..].concat())?
    };
    let local = date.and_time(time);
    match offset {
        Some(offset) => Some(offset.from_local_datetime(&local).single()?.to_utc()),
        None => resolve(local, zone),
    }
}

/// Divides a date into lower-case words, without weekday, and parts an ISO date from its time.
fn words(raw: &str) -> Vec<String> {
    let mut plain = text::clean(raw).to_lowercase().replace([',', '@'], " ");
    let is_digit = |at: usize| plain.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    if plain.as_bytes().get(10) == Some(&b't') && is_digit(9) && is_digit(11) {
        plain.replace_range(10..11, " ");
    }
    let words = plain
        .split(' ')
        .filter(|word| !word.is_empty() && *word != "at" && named(&WEEKDAYS, word).is_none());
    words.map(str::to_owned).collect()
}

fn date(words: &[String]) -> Option<NaiveDate> {
    let parts: Vec<&str> = match words {
        [one] => one.split(['-', '/', '.']).collect(),
        _ => words.iter().map(String::as_str).collect(),
    };
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let (day, month, year) = if first.len() == 4 && number(first).is_some() {
        (third, second, first)
    } else if named(&MONTHS, first).is_some() {
        (second, first, third)
    } else {
        (first, second, third)
    };
    let month = named(&MONTHS, month).or_else(|| short(month))?;
    NaiveDate::from_ymd_opt(self::year(year)?.cast_signed(), month, self::day(day)?)
}

/// Returns the place, from 1, of a name that is written out or shortened to three letters or more.
fn named(names: &[&str], word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let place = names
        .iter()
        .position(|name| word.len() >= 3 && (name.starts_with(word) || is_sept(name, word)))?;
    u32::try_from(place + 1).ok()
}

fn is_sept(name: &str, word: &str) -> bool {
    name == "september" && word == "sept"
}

/// Reads four digits as a year, two as one from 1970 to 2069.
fn year(digits: &str) -> Option<u32> {
    match (digits.len(), number(digits)?) {
        (4, year) => Some(year),
        (2, year @ 70..) => Some(1900 + year),
        (2, year) => Some(2000 + year),
        _ => None,
    }
}

/// Reads `2`, `02` or `2nd`.
fn day(word: &str) -> Option<u32> {
    let ordinal = ["st", "nd", "rd", "th"]
        .into_iter()
        .find_map(|ending| word.strip_suffix(ending));
    short(ordinal.unwrap_or(word))
}

/// Reads one or two digits.
fn short(digits: &str) -> Option<u32> {
    (digits.len() <= 2).then(|| number(digits)).flatten()
}

/// Reads up to four digits and nothing else.
fn number(digits: &str) -> Option<u32> {
    let plain = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// Reads `14:30`, `14:30:05.123`, `2:30pm`, each with an offset behind it or none.
fn time(text: &str) -> Option<(NaiveTime, Option<FixedOffset>)> {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit() && !":.".contains(letter))
        .unwrap_or(text.len());
    let (clock, rest) = text.split_at(end);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.split(':').map(short);
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    if parts.next().is_some() || fraction.contains([':', '.']) {
        return None;
    }
    let (hour, rest) = match (rest.strip_prefix("am"), rest.strip_prefix("pm")) {
        (None, None) => (hour, rest),
        _ if !(1..=12).contains(&hour) => return None,
        (Some(rest), _) => (hour % 12, rest),
        (_, Some(rest)) => (hour % 12 + 12, rest),
    };
    let offset = if rest.is_empty() { None } else { Some(offset(rest)?) };
    Some((NaiveTime::from_hms_opt(hour, minute, second)?, offset))
}

/// Reads `z`, `utc`, `+01:00`, `+0100`, `+01` or `gmt+0100`.
fn offset(text: &str) -> Option<FixedOffset> {
    let named = text
        .strip_prefix("utc")
        .or_else(|| text.strip_prefix("gmt"))
        .or_else(|| text.strip_prefix('z'));
    let (sign, digits) = match named.unwrap_or(text).as_bytes() {
        [] => return FixedOffset::east_opt(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let digits: String = digits
        .iter()
        .filter(|byte| **byte != b':')
        .map(|byte| char::from(*byte))
        .collect();
    let (hours, minutes) = match digits.len() {
        2 => (number(&digits)?, 0),
        4 => (number(&digits)? / 100, number(&digits)? % 100),
        _ => return None,
    };
    let seconds = (hours * 3600 + minutes * 60).cast_signed();
    (hours <= 14 && minutes < 60)
        .then(|| FixedOffset::east_opt(sign * seconds))
        .flatten()
}

/// Finds the instant of a local time: of two the earlier; where the clock was put forward past it, the gap's end.
fn resolve<Z: TimeZone>(local: NaiveDateTime, zone: &Z) -> Option<DateTime<Utc>> {
    let at = |seconds: i64| local.checked_add_signed(TimeDelta::seconds(seconds));
    let instant = |local: NaiveDateTime| match zone.from_local_datetime(&local) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => Some(instant.to_utc()),
        LocalResult::None => None,
    };
    if let Some(found) = instant(local) {
        return Some(found);
    }
    // No gap is longer than the day that Samoa left out; halve until its end is known to the second.
    let (mut inside, mut outside) = (0, 25 * 3600_i64);
    while outside - inside > 1 {
        let middle = inside.midpoint(outside);
        if instant(at(middle)?).is_some() {
            outside = middle;
        } else {
            inside = middle;
        }
    }
    instant(at(outside)?)
}

#[cfg(test)]
mod tests;
