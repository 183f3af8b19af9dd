//! What is derived from customers and orders, brought up to date when it is asked for, or before.

use super::Finder;
use super::orders::Orders;
use super::rows::NEVER;
use super::spans::Spans;
use super::today::Second;
use crate::domain::period::Window;

/// How many periods are kept up to date at a time: the four current ones, and two that somebody chose.
const PERIODS: usize = 6;
/// How many changes are kept for rankings that have not been asked for lately.
const CHANGES: usize = 1 << 18;
/// How many changes ago a ranking was asked for that may well be asked for again.
const LATELY: usize = 1 << 15;
/// How many changes such a ranking may be behind before somebody asks.
const BEHIND: usize = 1 << 11;

impl Finder {
    /// Brings what is derived from customers and orders up to date.
    pub(super) fn settle(&mut self) {
        self.stale.sort_unstable();
        self.stale.dedup();
        for row in std::mem::take(&mut self.stale) {
            self.rows.second[row as usize] = second_counted(&self.orders, row);
            for spans in &mut self.spans {
                spans.refresh(row, &self.orders);
            }
            self.changed.push(row);
        }
        if self.changed.len() > CHANGES {
            self.forget_changes();
        }
    }

    /// Works out what is derived from changes so far, as far as it was asked for lately, so that whoever asks next has
    /// little of it to wait for.
    pub fn freshen(&mut self) {
        self.settle();
        self.catch_up(BEHIND);
    }

    /// Lets rankings that were asked for lately take in the changes so far, where there are more than so many.
    fn catch_up(&mut self, behind: usize) {
        let last = self.changed.len();
        let rankings = self.rankings.iter();
        let wanted = rankings.filter(|(_, ranking)| last - ranking.asked <= LATELY && last - ranking.seen > behind);
        let wanted: Vec<_> = wanted.map(|(wanted, _)| *wanted).collect();
        for (key, window) in wanted {
            self.rank(key, window);
        }
    }

    /// Lets the rankings that are asked for take in the changes so far, so that they need not be kept. The others go, and
    /// are sorted when they are asked for again: bringing all of them up to date would take half a second at a time while
    /// a million orders come in.
    fn forget_changes(&mut self) {
        let last = self.changed.len();
        self.rankings.retain(|_, ranking| last - ranking.asked <= LATELY);
        self.catch_up(0);
        self.changed.clear();
        for ranking in self.rankings.values_mut() {
            (ranking.seen, ranking.asked) = (0, 0);
        }
    }

    /// Returns the place of a period's figures, worked out where they are not there yet.
    pub(super) fn spans(&mut self, window: Option<Window>) -> Option<usize> {
        let window = window?;
        self.settle();
        if let Some(at) = self.spans.iter().position(|spans| spans.window == window) {
            let spans = self.spans.remove(at);
            self.spans.push(spans);
        } else {
            if self.spans.len() == PERIODS {
                let dropped = self.spans.remove(0).window;
                self.rankings.retain(|(_, window), _| *window != Some(dropped));
            }
            self.spans.push(Spans::of(window, &self.orders, self.rows.len()));
        }
        Some(self.spans.len() - 1)
    }
}

/// Returns when a customer's second counted order was placed.
pub(super) fn second_counted(orders: &Orders, row: u32) -> Second {
    let (mut first, mut second) = (NEVER, NEVER);
    for sale in orders.of(row).filter(|sale| sale.counted) {
        if sale.second < first {
            (first, second) = (sale.second, first);
        } else {
            second = second.min(sale.second);
        }
    }
    second
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::domain::customer_query::CustomerQuery;
    use crate::domain::finder::{CustomerFacts, Today};
    use crate::domain::money::Money;
    use crate::domain::phone::Phone;
    use crate::domain::segment::Thresholds;
    use crate::domain::source::Source;

    /// So many that a list takes changes in one by one, instead of being sorted again.
    const CUSTOMERS: usize = 5 * BEHIND;

    struct Book {
        finder: Finder,
        customers: Vec<CustomerFacts>,
        changed: usize,
    }

    impl Book {
        fn new() -> Self {
            let customer = |at: usize| CustomerFacts {
                id: i64::try_from(at).unwrap() + 1,
                phone: Phone::from_db(format!("+234803{at:07}")),
                name_key: String::new(),
                orders: 1,
                ltv: Money(100),
                first: 0,
                last: 0,
                source: Source::Other,
                city: String::new(),
                state: String::new(),
                tags: Vec::new(),
            };
            let customers: Vec<CustomerFacts> = (0..CUSTOMERS).map(customer).collect();
            let mut finder = Finder::load();
            for customer in &customers {
                finder.put(customer);
            }
            finder.loaded();
            Self {
                finder,
                customers,
                changed: 0,
            }
        }

        /// Changes customers so often, one after the other.
        fn change(&mut self, times: usize) {
            for _ in 0..times {
                self.changed += 1;
                let customer = &mut self.customers[self.changed * 7_919 % CUSTOMERS];
                customer.orders = i64::try_from(self.changed * 31 % 1_009).unwrap();
                customer.ltv = Money(i64::try_from(self.changed * 104_729 % 65_537).unwrap());
                self.finder.put(customer);
                self.finder.freshen();
            }
        }

        fn check(&mut self, sort: &str, key: impl Fn(&CustomerFacts) -> i64) {
            let today = Today::new(DateTime::<Utc>::UNIX_EPOCH, &Utc, &Thresholds::default());
            let query = CustomerQuery::parse(&format!("sort={sort}"));
            let found: Vec<i64> = self
                .finder
                .find_all(&query, None, &today)
                .iter()
                .map(|row| row.id)
                .collect();
            let mut expected: Vec<&CustomerFacts> = self.customers.iter().collect();
            expected.sort_by_key(|customer| (key(customer), customer.id));
            let expected: Vec<i64> = expected.iter().map(|customer| customer.id).collect();
            assert!(found == expected, "by {sort} after {} changes", self.changed);
        }

        fn check_both(&mut self) {
            self.check("spent", |customer| customer.ltv.0);
            self.check("orders", |customer| customer.orders);
        }
    }

    #[test]
    fn a_list_is_right_however_much_came_in_since_it_was_asked_for() {
        let mut book = Book::new();
        book.check_both();
        for times in [1, BEHIND, BEHIND + 1, BEHIND + 2, LATELY + 1] {
            book.change(times);
            book.check_both();
        }
    }

    #[test]
    fn lists_are_right_when_changes_are_forgotten() {
        let mut book = Book::new();
        book.check_both();
        book.change(CHANGES - 10);
        // The one has been asked for lately then, the other long ago.
        book.check("spent", |customer| customer.ltv.0);
        book.change(20);
        book.check_both();
    }
}
