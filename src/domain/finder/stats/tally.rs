//! What is counted while all orders are walked through once: a walk for each figure would take several times as long.

use crate::domain::finder::orders::{Orders, Sale};
use crate::domain::finder::today::Second;
use crate::domain::money::Money;
use crate::domain::stats::Measure;

/// What customers came to up to an instant or within a span.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) customers: i64,
    pub(super) spent: i64,
    pub(super) repeat: i64,
}

impl Tally {
    pub(super) fn measures(self) -> [Measure; 3] {
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

/// Something that is counted from orders.
pub(super) trait Count {
    /// Returns the first second whose orders it has to see; it sees earlier ones too.
    fn from(&self) -> Second;
    /// Returns the second from which on it has to see none; it sees later ones too.
    fn until(&self) -> Second {
        Second::MAX
    }
    /// Sees an order.
    fn see(&mut self, owner: u32, sale: Sale);
}

impl<A: Count, B: Count> Count for (A, B) {
    fn from(&self) -> Second {
        self.0.from().min(self.1.from())
    }

    fn until(&self) -> Second {
        self.0.until().max(self.1.until())
    }

    fn see(&mut self, owner: u32, sale: Sale) {
        self.0.see(owner, sale);
        self.1.see(owner, sale);
    }
}

impl<T: Count> Count for &mut T {
    fn from(&self) -> Second {
        T::from(self)
    }

    fn until(&self) -> Second {
        T::until(self)
    }

    fn see(&mut self, owner: u32, sale: Sale) {
        T::see(self, owner, sale);
    }
}

/// Shows orders to whatever counts them.
pub(super) fn walk(orders: &Orders, mut count: impl Count) {
    orders.between(count.from(), count.until(), |owner, sale| count.see(owner, sale));
}

/// Shows orders to two that count them, in one walk; where the first begins before the second, it is shown them apart, as
/// the second has no use for most of them.
pub(super) fn walk_both(orders: &Orders, mut first: impl Count, mut second: impl Count) {
    if first.from() < second.from() {
        walk(orders, &mut first);
        walk(orders, &mut second);
    } else {
        walk(orders, (first, second));
    }
}
