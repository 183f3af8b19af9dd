//! What the boutique sells, and what it costs.

use std::fmt::Write as _;

use super::dice::Dice;
use crate::domain::money::Money;

/// The most that one order comes to, in naira.
const CEILING: u64 = 250_000;
/// How many days a price list is good for.
const PRICE_LIST: u64 = 91;

/// What a thing is to be had in.
#[derive(Clone, Copy)]
enum Kinds {
    One,
    Sizes,
    Shoes,
    Colours,
}

use Kinds::{Colours, One, Shoes, Sizes};

/// The goods with their present prices in naira, from the cheapest.
const GOODS: [(&str, u64, Kinds); 64] = [
    ("Satin bonnet", 3_500, Colours),
    ("Hair clips (set of 12)", 3_500, One),
    ("Lip gloss", 3_600, Colours),
    ("Ankle socks (3 pairs)", 3_800, One),
    ("Fashion earrings", 4_000, One),
    ("Chiffon scarf", 4_500, Colours),
    ("Perfume oil 15ml", 4_999, One),
    ("Shea butter 500g", 5_000, One),
    ("Black soap", 5_000, One),
    ("Sunglasses", 6_500, One),
    ("Leather belt", 7_000, Colours),
    ("Face cap", 7_500, Colours),
    ("Body mist 250ml", 7_990, One),
    ("Waist beads", 8_000, Colours),
    ("Round-neck T-shirt", 8_500, Sizes),
    ("Beaded necklace set", 9_000, One),
    ("Ankara headwrap", 9_500, One),
    ("Leggings (2 pairs)", 9_500, Sizes),
    ("Perfume oil 50ml", 10_000, One),
    ("Crop top", 10_500, Sizes),
    ("Palm slippers", 12_000, Shoes),
    ("Children's gown", 12_500, One),
    ("Bucket bag", 13_500, Colours),
    ("Polo shirt", 14_000, Sizes),
    ("Flat sandals", 14_500, Shoes),
    ("Pleated skirt", 15_000, Sizes),
    ("Wristwatch", 15_500, One),
    ("Vintage shirt", 16_000, Sizes),
    ("Adire kimono", 17_500, One),
    ("Two-piece lounge set", 18_000, Sizes),
    ("Jean trousers", 18_500, Sizes),
    ("Ankara gown", 19_500, Sizes),
    ("Corporate gown", 21_000, Sizes),
    ("Block heels", 22_000, Shoes),
    ("Hijab and jilbab set", 22_500, Colours),
    ("Sneakers", 24_000, Shoes),
    ("Adire two-piece", 24_500, Sizes),
    ("Leather handbag", 26_000, Colours),
    ("Ankara fabric (6 yards)", 27_000, One),
    ("Dinner gown", 28_500, Sizes),
    ("Abaya", 30_000, Colours),
    ("Perfume 100ml", 32_000, One),
    ("Loafers", 33_500, Shoes),
    ("Boubou gown", 35_000, Colours),
    ("Kaftan (2 pieces)", 38_000, Sizes),
    ("Travelling bag", 42_000, Colours),
    ("Blazer", 45_000, Sizes),
    ("Jewellery set", 48_000, One),
    ("Chronograph watch", 52_000, One),
    ("Lace gown", 55_000, Sizes),
    ("Leather shoes", 58_000, Shoes),
    ("Wig, bob 12 inches", 65_000, One),
    ("Senator suit", 68_000, Sizes),
    ("Atiku fabric (5 yards)", 72_000, Colours),
    ("Swiss lace (5 yards)", 85_000, Colours),
    ("Men's suit (3 pieces)", 95_000, Sizes),
    ("George wrapper (2 pieces)", 105_000, Colours),
    ("Aso-oke set", 115_000, Colours),
    ("Wig, frontal 18 inches", 125_000, One),
    ("Agbada (3 pieces)", 135_000, Sizes),
    ("Bridal heels and bag", 145_000, Shoes),
    ("French lace (5 yards)", 165_000, Colours),
    ("Wig, bone straight 22 inches", 195_000, One),
    ("Bridal aso-oke (complete)", 230_000, Colours),
];

const SIZES: [&str; 6] = ["M", "L", "S", "XL", "XXL", "XS"];
const SHOES: [&str; 9] = ["39", "40", "41", "38", "42", "43", "37", "44", "45"];
const COLOURS: [&str; 11] = [
    "black",
    "wine",
    "brown",
    "nude",
    "white",
    "red",
    "royal blue",
    "emerald",
    "gold",
    "pink",
    "lilac",
];

/// What somebody tends to spend.
#[derive(Clone, Copy)]
pub enum Purse {
    /// Small things.
    Small,
    /// A bit of everything.
    Middle,
    /// The best.
    Large,
}

/// What is in an order, and what it costs.
pub struct Basket {
    /// The things, separated by semicolons: `Ankara gown (M) x2; Wristwatch`.
    pub items: String,
    /// What they cost together at the prices of their day.
    pub amount: Money,
}

/// Fills a basket at the prices of a number of days ago.
pub fn basket(purse: Purse, days_ago: u64, dice: &mut Dice) -> Basket {
    let lines = dice.weighted(&[(1, 660), (2, 240), (3, 80), (4, 20)]);
    let mut items = String::with_capacity(64);
    let mut naira = 0;
    for line in 0..lines {
        let (name, price, kinds) = GOODS[shelf(purse, dice)];
        let pieces = if price < 30_000 {
            dice.weighted(&[(1, 800), (2, 150), (3, 40), (5, 10)])
        } else {
            1
        };
        let cost = price_then(price, days_ago) * pieces;
        // The first line is always affordable; another one is left out where it would be too much.
        if naira + cost > CEILING {
            continue;
        }
        naira += cost;
        if line > 0 {
            items.push_str("; ");
        }
        items.push_str(name);
        describe(&mut items, kinds, pieces, dice);
    }
    Basket {
        items,
        amount: Money((naira * 100).cast_signed()),
    }
}

/// Throws a place on the shelf, which is ordered by price.
fn shelf(purse: Purse, dice: &mut Dice) -> usize {
    let (from, to) = match purse {
        Purse::Small => (0, 36),
        Purse::Middle => (4, 56),
        Purse::Large => (22, 64),
    };
    // Of two throws the lower: cheaper things sell more.
    let place = from + dice.below(to - from).min(dice.below(to - from));
    usize::try_from(place).unwrap_or_default()
}

/// The price of a thing some days ago: prices rose by 3.5 % of today's a quarter, and were rounded to 50.
fn price_then(price: u64, days_ago: u64) -> u64 {
    let lists_ago = (days_ago / PRICE_LIST).min(8);
    if lists_ago == 0 {
        return price;
    }
    (price * (1_000 - 35 * lists_ago) + 25_000) / 50_000 * 50
}

fn describe(items: &mut String, kinds: Kinds, pieces: u64, dice: &mut Dice) {
    let kind = match kinds {
        One => "",
        Sizes => dice.pick_early(&SIZES),
        Shoes => dice.pick_early(&SHOES),
        Colours => dice.pick_early(&COLOURS),
    };
    if !kind.is_empty() {
        items.push_str(" (");
        items.push_str(kind);
        items.push(')');
    }
    if pieces > 1 {
        // Writing to a String does not fail.
        let _ = write!(items, " x{pieces}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::demo::dice::Topic;

    #[test]
    fn goods_stand_by_price() {
        assert!(GOODS.is_sorted_by_key(|(_, price, _)| *price));
        assert!(GOODS.iter().all(|(_, price, _)| *price <= CEILING));
    }

    #[test]
    fn prices_were_lower_and_round() {
        assert_eq!(price_then(4_999, 90), 4_999);
        assert_eq!(price_then(4_999, 91), 4_800);
        assert_eq!(price_then(230_000, 10_000), 165_600);
    }

    #[test]
    fn the_items_make_up_the_amount() {
        let mut dice = Dice::new(1, Topic::Order, 1);
        for _ in 0..2_000 {
            let basket = basket(Purse::Middle, 0, &mut dice);
            let cost = |line: &str| {
                let (thing, pieces) = match line.rsplit_once(" x") {
                    Some((thing, pieces)) => (thing, pieces.parse().unwrap()),
                    None => (line, 1),
                };
                let found = GOODS
                    .iter()
                    .filter(|(name, ..)| thing.starts_with(name))
                    .max_by_key(|(name, ..)| name.len());
                found.unwrap().1 * pieces
            };
            let sum: u64 = basket.items.split("; ").map(cost).sum();
            assert_eq!(Money((sum * 100).cast_signed()), basket.amount, "{}", basket.items);
            assert!((3_500..=CEILING).contains(&sum));
        }
    }
}
