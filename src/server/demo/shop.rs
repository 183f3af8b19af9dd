//! How the shop works: where its orders come from, who takes them, and what becomes of them.

use chrono::TimeDelta;

use super::dice::Dice;
use crate::domain::source::Source;
use crate::domain::status::Status;
use Status::{Cancelled, Confirmed, Delivered, Dispatched, New, Postponed, Returned};

/// The sales reps, the busiest first.
pub const REPS: [&str; 5] = [
    "Blessing Eze",
    "Tóyìn Ajàyí",
    "Sadiƙ Musa",
    "Chidinma Okoro",
    "Ejiro Umukoro",
];

/// Where customers come from.
pub const SOURCES: [(Source, u64); 4] = [
    (Source::Facebook, 37),
    (Source::Whatsapp, 27),
    (Source::Tiktok, 22),
    (Source::Website, 14),
];

/// What becomes of orders, in thousandths, by their age: those younger than so many hours.
const FATES: [(i64, [(Status, u64); 7]); 6] = [
    (10, fates([620, 290, 30, 0, 10, 50, 0])),
    (30, fates([240, 420, 190, 30, 40, 80, 0])),
    (96, fates([50, 170, 380, 230, 70, 95, 5])),
    (240, fates([15, 60, 170, 560, 65, 110, 20])),
    (504, fates([8, 20, 60, 690, 52, 115, 55])),
    (i64::MAX, fates([6, 9, 15, 722, 38, 120, 90])),
];

const fn fates(shares: [u64; 7]) -> [(Status, u64); 7] {
    let [new, confirmed, dispatched, delivered, postponed, cancelled, returned] = shares;
    [
        (Delivered, delivered),
        (Cancelled, cancelled),
        (Returned, returned),
        (Postponed, postponed),
        (Dispatched, dispatched),
        (Confirmed, confirmed),
        (New, new),
    ]
}

/// Throws what has become of an order by now; of those who never pay, little is delivered.
pub fn fate(age: TimeDelta, pays: bool, dice: &mut Dice) -> Status {
    let fates = FATES.iter().find(|(hours, _)| age.num_hours() < *hours);
    let status = dice.weighted(fates.map_or(&FATES[5].1, |(_, fates)| fates));
    match status {
        Delivered | Postponed if !pays && dice.chance(850) => {
            if dice.chance(550) {
                Cancelled
            } else {
                Returned
            }
        }
        _ => status,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::dice::Topic;

    #[test]
    fn shares_are_thousandths_and_ages_rise() {
        assert!(
            FATES
                .iter()
                .all(|(_, fates)| fates.iter().map(|(_, share)| share).sum::<u64>() == 1_000)
        );
        assert!(FATES.is_sorted_by_key(|(hours, _)| *hours));
    }

    #[test]
    fn an_order_of_this_morning_has_not_come_back() {
        let mut dice = Dice::new(1, Topic::Order, 1);
        for _ in 0..1_000 {
            let status = fate(TimeDelta::hours(2), true, &mut dice);
            assert!(!matches!(status, Delivered | Returned));
        }
        let lost = (0..1_000)
            .filter(|_| !fate(TimeDelta::days(90), false, &mut dice).counted())
            .count();
        assert!((780..920).contains(&lost), "{lost}");
    }
}
