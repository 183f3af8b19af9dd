//! Chance that falls the same way on every machine: splitmix64 and whole numbers only.

/// What a throw is about, so that the throws of one thing never shift those of another.
#[derive(Clone, Copy)]
pub enum Topic {
    /// The busyness of a day, by days since year 0.
    Day = 1,
    /// The times of the orders of a day, by days since year 0.
    Times,
    /// When a customer comes and how long they stay, by customer.
    Stay,
    /// The gaps between a customer's orders, by customer and orders left.
    Gap,
    /// Who a customer is, by customer.
    Customer,
    /// A person's name, by customer and person.
    Person,
    /// What one order holds, by order.
    Order,
    /// Which numbers are given out first.
    Numbers,
}

/// A source of chance with a place of its own in the seed's sequence of sequences.
pub struct Dice(u64);

impl Dice {
    /// Takes the sequence of a seed, a topic and an index within it.
    pub fn new(seed: u64, topic: Topic, index: u64) -> Self {
        let of_topic = mixed(seed ^ mixed(topic as u64));
        Self(mixed(of_topic ^ index))
    }

    /// Returns 64 bits of chance.
    ///
    /// Source: splitmix64, Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// Returns a whole number from 0 to below `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        scaled(self.bits(), end)
    }

    /// Tells whether something happens that happens `per_mille` times in a thousand.
    pub fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1_000) < per_mille
    }

    /// Returns one entry of a table that is not empty, each as likely as the others.
    pub fn pick<T: Copy>(&mut self, table: &[T]) -> T {
        table[place(self.bits(), table.len())]
    }

    /// Returns one entry of a table that is not empty, the earlier ones more often: of 100, the first is 10 % of all.
    pub fn pick_early<T: Copy>(&mut self, table: &[T]) -> T {
        let uniform = self.bits();
        table[place(scaled(uniform, uniform), table.len())]
    }

    /// Returns one entry of a table by its weights, which are not all 0.
    pub fn weighted<T: Copy>(&mut self, table: &[(T, u64)]) -> T {
        let total = table.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(total);
        for (entry, weight) in table {
            if left < *weight {
                return *entry;
            }
            left -= weight;
        }
        table[0].0
    }
}

/// The finaliser of splitmix64: every bit of the input moves every bit of the output.
fn mixed(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The product of two fractions of 2^64, or of a fraction and a whole number: always below `of`, or 0.
fn scaled(fraction: u64, of: u64) -> u64 {
    ((u128::from(fraction) * u128::from(of)) >> 64) as u64
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the place is below a length, which is a usize"
)]
fn place(fraction: u64, length: usize) -> usize {
    scaled(fraction, length as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_splitmix64() {
        // The reference implementation's first numbers from state 1234567.
        let mut dice = Dice(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| dice.bits()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn weights_and_shares_are_kept() {
        let mut dice = Dice::new(1, Topic::Order, 0);
        let mut found = [0_u64; 3];
        for _ in 0..10_000 {
            found[dice.weighted(&[(0, 700), (1, 0), (2, 300)])] += 1;
        }
        assert!((6_800..7_200).contains(&found[0]) && found[1] == 0, "{found:?}");
        let early = (0..10_000).filter(|_| dice.pick_early(&[0, 1, 2, 3]) == 0).count();
        assert!((4_800..5_200).contains(&early), "{early}");
        let even = (0..10_000).filter(|_| dice.pick(&[0, 1, 2, 3]) == 0).count();
        assert!((2_300..2_700).contains(&even), "{even}");
    }

    #[test]
    fn topics_and_indexes_have_sequences_of_their_own() {
        let first = |seed, topic, index| Dice::new(seed, topic, index).bits();
        let all = [
            first(1, Topic::Day, 0),
            first(1, Topic::Day, 1),
            first(1, Topic::Times, 0),
            first(2, Topic::Day, 0),
        ];
        let distinct: std::collections::BTreeSet<u64> = all.into_iter().collect();
        assert_eq!(distinct.len(), all.len());
        assert_eq!(Dice::new(1, Topic::Day, 0).below(0), 0);
    }
}
