//! A customer's habits in the shop's words, with bars that need no working out in the browser.

use chrono::NaiveDate;

use crate::domain::habits::{Habits, Sum};
use crate::domain::order_list::{Bar, Buying, Chart};
use crate::domain::stats::orders_in_words;

/// Puts habits into the shop's words; `today` is the shop's day.
pub fn buying(habits: Habits, today: NaiveDate) -> Buying {
    let month = |(first, sum): &(NaiveDate, Sum)| {
        let value = format!("{} · {}", sum.spent, orders_in_words(sum.orders));
        (first.format("%b %Y").to_string(), sum.spent.0, value)
    };
    let charts = vec![
        chart("Spent by month", habits.months.iter().map(month).collect()),
        chart(
            "By status",
            habits
                .statuses
                .iter()
                .map(|(status, count)| counted(status.label(), *count))
                .collect(),
        ),
        chart(
            "By source",
            habits
                .sources
                .iter()
                .map(|(source, count)| counted(source.label(), *count))
                .collect(),
        ),
    ];
    Buying {
        period: habits.period,
        pace: habits.gap_days.map(|gap| pace(gap, habits.due, today)),
        charts,
    }
}

/// Says how often somebody orders, and when the next order would come.
fn pace(gap: i64, due: Option<NaiveDate>, today: NaiveDate) -> String {
    let every = if gap == 1 {
        "Orders about every day".to_owned()
    } else {
        format!("Orders about every {gap} days")
    };
    let Some(due) = due else { return every };
    let day = due.format("%-d %b %Y");
    if due < today {
        format!("{every}; the next was due on {day}")
    } else {
        format!("{every}; the next is due on {day}")
    }
}

fn counted(label: &str, count: i64) -> (String, i64, String) {
    (label.to_owned(), count, orders_in_words(count))
}

/// Bars as long as their share of the greatest, in hundredths.
fn chart(title: &str, bars: Vec<(String, i64, String)>) -> Chart {
    let greatest = bars.iter().map(|(_, size, _)| *size).max().unwrap_or_default().max(1);
    let bar = |(label, size, value): (String, i64, String)| Bar {
        label,
        share: size.saturating_mul(100) / greatest,
        value,
    };
    Chart {
        title: title.to_owned(),
        bars: bars.into_iter().map(bar).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_whole_and_none_is_longer() {
        let chart = chart(
            "x",
            vec![
                ("a".to_owned(), 3, String::new()),
                ("b".to_owned(), 0, String::new()),
                ("c".to_owned(), 4, String::new()),
            ],
        );
        assert_eq!(chart.bars.iter().map(|bar| bar.share).collect::<Vec<_>>(), [75, 0, 100]);
    }

    #[test]
    fn a_pace_says_what_is_due_and_what_was() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        assert_eq!(
            pace(9, Some(day(20)), day(24)),
            "Orders about every 9 days; the next was due on 20 Nov 2026"
        );
        assert_eq!(
            pace(1, Some(day(24)), day(24)),
            "Orders about every day; the next is due on 24 Nov 2026"
        );
    }
}
