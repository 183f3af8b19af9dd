//! Whose order comes next: a few customers who buy all the time, many who buy once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use super::dice::{Dice, Topic};

/// How many of a hundred customers buy more than once, where there are orders enough.
const RETURNING: u32 = 45;
/// The most orders of one customer, in thousandths of all.
const MOST_OF_ALL: u64 = 15;
/// The most orders of one customer of a large shop.
const MOST: u64 = 4_000;
/// How many places there are for orders in the shop's life.
const LIFE: u64 = 1 << 32;

/// The customers in the order in which their orders come: one entry an order.
///
/// Everybody's orders have places in the shop's life, and the n-th of all places takes the n-th instant of the
/// calendar. So only the next place of each customer is in memory.
pub struct Crowd {
    seed: u64,
    stays: Vec<Stay>,
    /// The next place of a customer in the upper half of the bits, the customer in the lower.
    next: BinaryHeap<Reverse<u64>>,
}

/// What is still to come from a customer.
struct Stay {
    orders: u32,
    /// The place that none of the orders passes.
    end: u32,
}

impl Crowd {
    /// Gathers customers who place a number of orders together, each at least one.
    pub fn new(seed: u64, customers: u32, orders: u64) -> Self {
        let counts = counts(customers, orders);
        let mut next = Vec::with_capacity(counts.len());
        let mut stays = Vec::with_capacity(counts.len());
        for (customer, orders) in (0..customers).zip(counts) {
            let (start, end) = stay(seed, customer, orders);
            next.push(Reverse(key(start, customer)));
            stays.push(Stay { orders, end });
        }
        Self {
            seed,
            stays,
            next: next.into(),
        }
    }
}

impl Iterator for Crowd {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let mut top = self.next.peek_mut()?;
        let (place, customer) = (upper(top.0), lower(top.0));
        let stay = &mut self.stays[customer as usize];
        stay.orders -= 1;
        if stay.orders == 0 {
            PeekMut::pop(top);
        } else {
            let mut dice = Dice::new(self.seed, Topic::Gap, key(stay.orders, customer));
            top.0 = key(following(&mut dice, place, stay), customer);
        }
        Some(customer)
    }
}

fn key(upper: u32, lower: u32) -> u64 {
    u64::from(upper) << 32 | u64::from(lower)
}

fn upper(key: u64) -> u32 {
    (key >> 32) as u32
}

#[expect(clippy::cast_possible_truncation, reason = "the upper 32 bits are another value")]
fn lower(key: u64) -> u32 {
    key as u32
}

/// Throws a customer's first place and the last possible one.
///
/// Those with many orders come early; those with few do not stay long.
fn stay(seed: u64, customer: u32, orders: u32) -> (u32, u32) {
    let mut dice = Dice::new(seed, Topic::Stay, customer.into());
    let orders = u64::from(orders);
    let latest = if orders == 1 {
        LIFE
    } else {
        LIFE / 100 * (97 - orders.min(40))
    };
    let start = dice.below(latest);
    let whole = LIFE - 1 - start;
    let length = if dice.chance(400) {
        whole
    } else {
        whole / 1_000 * (200 + dice.below(800))
    };
    let end = start + length.min(LIFE / 12 * orders);
    (lower(start), lower(end))
}

/// Throws the place of the following order: what is left of the stay, shared about evenly by what is left of the orders.
fn following(dice: &mut Dice, place: u32, stay: &Stay) -> u32 {
    let even = u64::from(stay.end - place) / (u64::from(stay.orders) + 1);
    place + lower(even * (4 + dice.below(24)) / 16)
}

/// Shares orders out among customers, the most to the first: one each, and to those who return more by a power law.
fn counts(customers: u32, orders: u64) -> Vec<u32> {
    let mut counts = vec![1; customers as usize];
    let extra = orders.saturating_sub(customers.into());
    let wanted = (u64::from(customers) * u64::from(RETURNING)).div_ceil(100);
    let returning = wanted.min(extra);
    if returning == 0 {
        return counts;
    }
    let law = Law::fitting(returning, extra - returning, (orders * MOST_OF_ALL / 1_000).min(MOST));
    let (mut sum, mut given) = (0, 0);
    for (rank, count) in (0..returning).zip(&mut counts) {
        sum += u128::from(law.weight(rank));
        let due = u128::from(extra - returning) * sum / law.total;
        *count += 1 + u32::try_from(due - given).unwrap_or(u32::MAX - 2);
        given = due;
    }
    counts
}

/// Zipf's law with a shift that flattens its peak: the weight of a rank is 1 / (rank + shift), less that of the end.
struct Law {
    shift: u64,
    end: u64,
    total: u128,
}

impl Law {
    const SCALE: u64 = 1 << 40;

    /// Finds the least shift by which no rank gets more than `most`, or one that makes all about equal.
    fn fitting(ranks: u64, shared: u64, most: u64) -> Self {
        let mut shift = 8;
        loop {
            let mut law = Self {
                shift,
                end: ranks + shift,
                total: 1,
            };
            law.total = (0..ranks).map(|rank| u128::from(law.weight(rank))).sum();
            let first = u128::from(shared) * u128::from(law.weight(0)) / law.total;
            if first + 2 <= most.into() || shift > 4 * ranks {
                return law;
            }
            shift += shift.div_ceil(4);
        }
    }

    fn weight(&self, rank: u64) -> u64 {
        Self::SCALE / (rank + self.shift) - Self::SCALE / self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often each customer came.
    fn visits(seed: u64, customers: u32, orders: u64) -> Vec<u64> {
        let mut visits = vec![0; customers as usize];
        for customer in Crowd::new(seed, customers, orders) {
            visits[customer as usize] += 1;
        }
        visits
    }

    #[test]
    fn everybody_comes_and_the_sum_is_exact() {
        for (customers, orders) in [
            (1, 1),
            (1, 900),
            (2, 3),
            (10, 10),
            (10, 11),
            (7, 4_000),
            (1_300, 4_000),
            (999, 1_500),
        ] {
            let visits = visits(5, customers, orders);
            assert_eq!(visits.iter().sum::<u64>(), orders, "{customers} {orders}");
            assert!(visits.iter().all(|count| *count > 0), "{customers} {orders}");
        }
    }

    #[test]
    fn most_buy_once_and_a_few_very_often() {
        let visits = visits(1, 1_300, 4_000);
        let with = |range: std::ops::RangeInclusive<u64>| visits.iter().filter(|count| range.contains(count)).count();
        assert_eq!(with(1..=1), 715);
        assert!((300..450).contains(&with(2..=4)), "{}", with(2..=4));
        assert!((120..260).contains(&with(5..=60)), "{}", with(5..=60));
        assert!(
            (45..=60).contains(visits.iter().max().unwrap()),
            "{:?}",
            visits.iter().max()
        );
    }

    #[test]
    fn a_large_shop_has_no_customer_with_a_share_of_it() {
        let counts = counts(100_000, 1_000_000);
        let most = counts.iter().max().unwrap();
        assert!((2_500..=4_000).contains(most), "{most}");
        assert_eq!(counts.iter().map(|count| u64::from(*count)).sum::<u64>(), 1_000_000);
        assert!(counts.is_sorted_by(|a, b| a + 1 >= *b));
    }

    #[test]
    fn customers_come_and_go_all_the_time() {
        let visits: Vec<u32> = Crowd::new(2, 1_300, 4_000).collect();
        let mut seen = std::collections::BTreeSet::new();
        let new: Vec<bool> = visits.iter().map(|customer| seen.insert(*customer)).collect();
        for part in new.chunks(500) {
            let share = part.iter().filter(|new| **new).count() * 100 / part.len();
            assert!((12..70).contains(&share), "{share}");
        }
    }
}
