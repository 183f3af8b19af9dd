//! The four cards: what they say, what it is compared with, and the lines that led there.

mod active;
mod part;
mod stood;
mod tally;

use self::active::Active;
use self::part::{Part, Parts};
use self::stood::{Daily, Stood};
use self::tally::{Count as _, Tally, walk, walk_both};
use super::Finder;
use super::count::as_count;
use super::spans::Spans;
use super::today::{Calendar, Second, second};
use crate::domain::money::Money;
use crate::domain::stats::{Figure, Measure, Stats};

impl Finder {
    /// Works the four cards out: as PRODUCT.md defines them for all time or a period, at a moment in a zone.
    ///
    /// The lines have 30 daily values. For all time each is the card's figure as it stood when that day ended; with a
    /// period, that of the customers who ordered on that day; for today, hour by hour instead of day by day.
    pub fn stats(&mut self, calendar: &Calendar) -> Stats {
        self.settle();
        let spans = self.spans(calendar.window);
        let spans = spans.map(|at| &self.spans[at]);
        let starts = calendar.hours.as_deref().filter(|_| spans.is_some());
        let starts: Vec<Second> = starts.unwrap_or(&calendar.line).iter().copied().map(second).collect();
        let active_span = active::Span::of(calendar);
        let mut active = Active::new(&active_span, self.rows.len());
        let (now, before, line) = if let (Some(spans), Some(previous)) = (spans, calendar.previous) {
            let end = calendar.window.map_or(Second::MAX, |window| second(window.end));
            let (mut part, mut parts) = (Part::new(&self.rows, previous), Parts::new(&self.rows, &starts, end));
            if parts.from() < active.from() {
                // Two dates of the past.
                walk_both(&self.orders, (&mut part, &mut parts), &mut active);
            } else {
                walk_both(&self.orders, &mut part, (&mut parts, &mut active));
            }
            (self.within(spans), part.tally, parts.line)
        } else {
            let now = self.as_it_stands();
            let mut stood = Stood::new(&self.rows, second(calendar.month_ago));
            let mut daily = Daily::new(&self.rows, &starts, now);
            walk(&self.orders, ((&mut stood, &mut daily), &mut active));
            (now, stood.tally, daily.line())
        };
        let figure = |measure: usize| Figure {
            now: now.measures()[measure],
            before: before.measures()[measure],
            line: line.iter().map(|tally| tally.measures()[measure]).collect(),
        };
        Stats {
            customers: figure(0),
            new_customers: calendar.window.is_none().then(|| self.new_customers(calendar)),
            active: Figure {
                now: Measure::Count(self.active_now(calendar)),
                before: Measure::Count(active.then()),
                line: active.line().into_iter().map(Measure::Count).collect(),
            },
            average: figure(1),
            lifetime_average: spans.and_then(|spans| {
                let ltv = spans.owners().iter().map(|owner| self.rows.ltv[*owner as usize]).sum();
                Money(ltv).divided_by(now.customers)
            }),
            repeat: figure(2),
        }
    }

    fn as_it_stands(&self) -> Tally {
        let mut tally = Tally::default();
        for ((&alive, &ltv), &orders) in self.rows.alive.iter().zip(&self.rows.ltv).zip(&self.rows.orders) {
            tally.customers += i64::from(alive);
            tally.spent += i64::from(alive) * ltv;
            tally.repeat += i64::from(alive && orders >= 2);
        }
        tally
    }

    fn within(&self, spans: &Spans) -> Tally {
        let repeat = spans
            .owners()
            .iter()
            .filter(|owner| self.rows.orders[**owner as usize] >= 2);
        Tally {
            customers: as_count(spans.owners().len()),
            spent: spans.spent(),
            repeat: as_count(repeat.count()),
        }
    }

    fn new_customers(&self, calendar: &Calendar) -> (i64, i64) {
        let (month, two) = (second(calendar.month_ago), second(calendar.two_months_ago));
        let firsts = self.rows.alive.iter().zip(&self.rows.first);
        firsts.fold((0, 0), |(new, earlier), (&alive, &first)| {
            (
                new + i64::from(alive && first > month),
                earlier + i64::from(alive && first > two && first <= month),
            )
        })
    }

    fn active_now(&self, calendar: &Calendar) -> i64 {
        let since = second(calendar.today.active_since);
        let lasts = self.rows.alive.iter().zip(&self.rows.last);
        lasts.map(|(&alive, &last)| i64::from(alive && last >= since)).sum()
    }
}
