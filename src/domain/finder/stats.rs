//! The four cards: what they say, what it is compared with, and the lines that led there.

use super::Finder;
use super::count::{as_count, living};
use super::rows::NEVER;
use super::slots::Slots;
use super::spans::Spans;
use super::today::{Calendar, Second, second};
use crate::domain::money::Money;
use crate::domain::period::Window;
use crate::domain::stats::{Figure, Measure, Stats};

/// What customers came to up to an instant or within a span.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    customers: i64,
    spent: i64,
    repeat: i64,
}

impl Tally {
    fn measures(self) -> [Measure; 3] {
        [
            Measure::Count(self.customers),
            Measure::Money(Money(self.spent).divided_by(self.customers)),
            Measure::Share {
                part: self.repeat,
                whole: self.customers,
            },
        ]
    }
}

impl Finder {
    /// Works the four cards out: as PRODUCT.md defines them for all time or a period, at a moment in a zone.
    ///
    /// The lines have 30 daily values. For all time each is the card's figure as it stood when that day ended; with a
    /// period, that of the customers who ordered on that day; for today, hour by hour instead of day by day.
    pub fn stats(&mut self, calendar: &Calendar) -> Stats {
        self.settle();
        let spans = self.spans(calendar.window);
        let spans = spans.map(|at| &self.spans[at]);
        let (now, before, line) = match (spans, calendar.previous) {
            (Some(spans), Some(previous)) => {
                let starts = calendar.hours.as_deref().unwrap_or(&calendar.line);
                let starts: Vec<Second> = starts.iter().copied().map(second).collect();
                let end = calendar.window.map_or(Second::MAX, |window| second(window.end));
                (self.within(spans), self.part(previous), self.parts(&starts, end))
            }
            _ => (
                self.as_it_stands(),
                self.as_it_stood(second(calendar.month_ago)),
                self.as_it_stood_daily(calendar),
            ),
        };
        let figure = |measure: usize| Figure {
            now: now.measures()[measure],
            before: before.measures()[measure],
            line: line.iter().map(|tally| tally.measures()[measure]).collect(),
        };
        Stats {
            customers: figure(0),
            new_customers: calendar.window.is_none().then(|| self.new_customers(calendar)),
            active: self.active(calendar),
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
        for at in living(&self.rows) {
            tally.customers += 1;
            tally.spent += self.rows.ltv[at];
            tally.repeat += i64::from(self.rows.orders[at] >= 2);
        }
        tally
    }

    /// From the orders placed up to an instant, with their status, amount and customer of today.
    fn as_it_stood(&self, at: Second) -> Tally {
        let mut tally = Tally::default();
        for row in living(&self.rows).filter(|row| self.rows.first[*row] <= at) {
            tally.customers += 1;
            tally.spent += self.rows.ltv[row];
            tally.repeat += i64::from(self.rows.second[row] <= at);
        }
        self.orders.between(at.saturating_add(1), Second::MAX, |owner, sale| {
            // Whoever came later is not among those whose money was summed up.
            if sale.counted && self.rows.first[owner as usize] <= at {
                tally.spent -= sale.amount;
            }
        });
        tally
    }

    fn as_it_stood_daily(&self, calendar: &Calendar) -> Vec<Tally> {
        let starts: Vec<Second> = calendar.line.iter().copied().map(second).collect();
        let slots = Slots::new(&starts, Second::MAX);
        let mut line = vec![Tally::default(); starts.len()];
        let mut base = Tally::default();
        for at in living(&self.rows) {
            line_or(&mut line, &mut base, slots.of(self.rows.first[at])).customers += 1;
            if self.rows.second[at] != NEVER {
                line_or(&mut line, &mut base, slots.of(self.rows.second[at])).repeat += 1;
            }
            base.spent += self.rows.ltv[at];
        }
        self.orders.between(starts[0], Second::MAX, |_, sale| {
            if let (true, Some(day)) = (sale.counted, slots.of(sale.second)) {
                line[day].spent += sale.amount;
                base.spent -= sale.amount;
            }
        });
        for day in &mut line {
            base = Tally {
                customers: base.customers + day.customers,
                spent: base.spent + day.spent,
                repeat: base.repeat + day.repeat,
            };
            *day = base;
        }
        line
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

    /// The customers who ordered in a span of the past, as they stood at its end.
    fn part(&self, window: Window) -> Tally {
        let end = second(window.end);
        let mut seen = vec![false; self.rows.len()];
        let mut tally = Tally::default();
        self.orders.between(second(window.start), end, |owner, sale| {
            if sale.counted {
                tally.spent += sale.amount;
            }
            if !std::mem::replace(&mut seen[owner as usize], true) {
                tally.customers += 1;
                tally.repeat += i64::from(self.rows.second[owner as usize] < end);
            }
        });
        tally
    }

    /// The same for spans that follow one another; at most 32 of them.
    fn parts(&self, starts: &[Second], end: Second) -> Vec<Tally> {
        let slots = Slots::new(starts, end);
        let mut line = vec![Tally::default(); starts.len()];
        let mut seen = vec![0_u32; self.rows.len()];
        self.orders.between(starts[0], end, |owner, sale| {
            let Some(part) = slots.of(sale.second) else { return };
            let tally = &mut line[part];
            if sale.counted {
                tally.spent += sale.amount;
            }
            let seen = &mut seen[owner as usize];
            if *seen >> part & 1 == 0 {
                *seen |= 1 << part;
                tally.customers += 1;
                tally.repeat += i64::from(self.rows.second[owner as usize] < slots.end_of(part));
            }
        });
        line
    }

    fn new_customers(&self, calendar: &Calendar) -> (i64, i64) {
        let (month, two) = (second(calendar.month_ago), second(calendar.two_months_ago));
        living(&self.rows).fold((0, 0), |(new, earlier), at| {
            let first = self.rows.first[at];
            (
                new + i64::from(first > month),
                earlier + i64::from(first > two && first <= month),
            )
        })
    }

    fn active(&self, calendar: &Calendar) -> Figure {
        let since = second(calendar.today.active_since);
        let now = living(&self.rows).filter(|at| self.rows.last[*at] >= since).count();
        let then = self.part(Window {
            start: calendar.active_since_then,
            end: calendar.month_ago + chrono::TimeDelta::seconds(1),
        });
        Figure {
            now: Measure::Count(as_count(now)),
            before: Measure::Count(then.customers),
            line: self.active_daily(calendar).into_iter().map(Measure::Count).collect(),
        }
    }
}

/// The figure of a slot, or of all before the first one.
fn line_or<'a>(line: &'a mut [Tally], base: &'a mut Tally, slot: Option<usize>) -> &'a mut Tally {
    match slot {
        Some(slot) => &mut line[slot],
        None => base,
    }
}
