//! Periods as people name them.

use chrono::{Datelike as _, NaiveDate};

use super::Period;

impl Period {
    /// Returns the name that people read.
    pub fn label(self) -> String {
        match self {
            Self::All => "All time".to_owned(),
            Self::Today => "Today".to_owned(),
            Self::Week => "This week".to_owned(),
            Self::Month => "This month".to_owned(),
            Self::Year => "This year".to_owned(),
            Self::Between(first, last) if first == last => day(first),
            Self::Between(first, last) => format!("{} – {}", day(first), day(last)),
        }
    }
}

/// Returns a day as people read it; chrono's own formats would make the browser's download larger for one line.
fn day(date: NaiveDate) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = usize::try_from(date.month0()).map_or("", |month| MONTHS[month]);
    format!("{} {month} {}", date.day(), date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_on_a_calendar() {
        let words = |code: &str| Period::parse(code).unwrap().label();
        assert_eq!(words("2026-10-01..2026-10-31"), "1 Oct 2026 – 31 Oct 2026");
        assert_eq!(words("2026-10-01..2026-10-01"), "1 Oct 2026");
        assert_eq!(words("month"), "This month");
    }
}
