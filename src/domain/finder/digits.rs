//! Digits of a phone in one word, so that a million of them are searched in a few milliseconds.

/// How many digits fit; no number in E.164 has more.
const MOST: u32 = 15;

/// Up to 15 digits, four bits each from the top: 1 to 10 for 0 to 9, and 0 after the last.
///
/// Compared as a number, they sort as their texts do bytewise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Digits(u64);

/// How well searched digits fit a number's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// They are all of it.
    Whole,
    /// They begin or end it.
    Edge,
    /// They are within it.
    Within,
}

impl Digits {
    /// Packs the ASCII digits of a text; what follows the fifteenth is left out.
    pub(super) fn of(text: &str) -> Self {
        let digits = text.bytes().filter(u8::is_ascii_digit).take(MOST as usize);
        Self(digits.zip(0..).fold(0, |packed, (digit, place)| {
            packed | u64::from(digit - b'0' + 1) << (60 - 4 * place)
        }))
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) fn len(self) -> u32 {
        MOST + 1 - (self.0.trailing_zeros() / 4).min(MOST + 1)
    }

    /// Returns the digits without Nigeria's country code and the trunk 0, as `domain::phone::digits` returns them.
    pub(super) fn national(self) -> Self {
        let local = if self.0 >> 52 == 0x345 { self.0 << 12 } else { self.0 };
        Self(if local >> 60 == 1 { local << 4 } else { local })
    }

    /// Tells whether two numbers differ by one digit, or by two neighbours that are swapped.
    pub(super) fn slipped(self, other: Self) -> bool {
        let differ = self.0 ^ other.0;
        if differ == 0 || self.len() != other.len() {
            return false;
        }
        let first = differ.leading_zeros() / 4;
        let (own, theirs) = (self.0 << (4 * first), other.0 << (4 * first));
        if own << 4 == theirs << 4 {
            return true;
        }
        let pair = |digits: u64| (digits >> 60, digits << 4 >> 60);
        let (here, there) = (pair(own), pair(theirs));
        here == (there.1, there.0) && own << 8 == theirs << 8
    }

    /// Tells whether and how well the wanted digits are in these.
    pub(super) fn fit(self, wanted: Self) -> Option<Fit> {
        let (length, own) = (wanted.len(), self.len());
        if length > own || length == 0 {
            return None;
        }
        let mask = u64::MAX << (64 - 4 * length);
        let at = |place: u32| (self.0 << (4 * place)) & mask == wanted.0;
        if at(0) {
            return Some(if length == own { Fit::Whole } else { Fit::Edge });
        }
        if at(own - length) {
            return Some(Fit::Edge);
        }
        // One digit is in nearly every number; it says something only at an end.
        (length > 1 && (1..own - length).any(at)).then_some(Fit::Within)
    }
}

/// The first digits of wanted ones, to pass over at once the many numbers that do not have them in a row.
pub(super) struct Glance {
    digits: [u64; 3],
    shifts: [u32; 3],
}

impl Glance {
    pub(super) fn of(wanted: Digits) -> Self {
        let last = wanted.len().clamp(1, 3) - 1;
        // Of one or two digits the last one is looked for again.
        let shifts = [0, 1, 2].map(|place: u32| 4 * place.min(last));
        let digits = shifts.map(|shift| EACH * ((wanted.0 << shift) >> 60));
        Self { digits, shifts }
    }

    /// Tells whether these digits may hold the wanted ones: some place has the first of them in a row.
    ///
    /// All sixteen places are compared at once: the top bit of a group of four is set where the digits are equal.
    pub(super) fn may_be_in(&self, digits: Digits) -> bool {
        let equal = |wanted: u64| {
            let differ = digits.0 ^ wanted;
            !(((differ & LOW) + LOW) | differ | LOW)
        };
        let [one, two, three] = self.digits.map(equal);
        one & (two << self.shifts[1]) & (three << self.shifts[2]) != 0
    }
}

/// The last eight digits of an order's number, or fewer; four bits each from the top as in [`Digits`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tail(u32);

impl Tail {
    /// How many digits fit.
    const MOST: u32 = 8;

    /// Packs the last ASCII digits of a text.
    pub(super) fn of(text: &str) -> Self {
        let digits = text.bytes().rev().filter(u8::is_ascii_digit).take(Self::MOST as usize);
        // From the last on, each pushes those behind it down.
        Self(digits.fold(0, |packed, digit| packed >> 4 | u32::from(digit - b'0' + 1) << 28))
    }

    /// Tells whether digits that are sought, two to eight, follow one another somewhere in these.
    pub(super) fn holds(self, sought: Self) -> bool {
        let length = Self::MOST - sought.0.trailing_zeros() / 4;
        let mask = u32::MAX.checked_shl(32 - 4 * length).unwrap_or(0);
        (0..=Self::MOST - length).any(|place| (self.0 << (4 * place)) & mask == sought.0)
    }
}

/// One in each group of four bits.
const EACH: u64 = 0x1111_1111_1111_1111;
/// All but the top one of each group of four bits.
const LOW: u64 = 0x7777_7777_7777_7777;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same slip, letter by letter.
    fn slips(one: &str, other: &str) -> bool {
        let (one, other) = (one.as_bytes(), other.as_bytes());
        let differ: Vec<usize> = (0..one.len().min(other.len()))
            .filter(|at| one[*at] != other[*at])
            .collect();
        one.len() == other.len()
            && match differ[..] {
                [_] => true,
                [first, second] => second == first + 1 && one[first] == other[second] && one[second] == other[first],
                _ => false,
            }
    }

    proptest! {
        #[test]
        fn a_slip_is_one_digit_or_two_neighbours(one in "[0-9]{1,15}", at in 0_usize..15, digit in "[0-9]", other in "[0-9]{1,3}") {
            let mut changed: Vec<char> = one.chars().collect();
            let at = at % changed.len();
            let mut swapped = changed.clone();
            swapped.swap(at, (at + 1) % changed.len());
            changed[at] = digit.chars().next().unwrap_or('0');
            let texts: [String; 3] = [changed.into_iter().collect(), swapped.into_iter().collect(), other];
            for text in texts {
                prop_assert_eq!(Digits::of(&one).slipped(Digits::of(&text)), slips(&one, &text), "{} {}", one, text);
            }
        }

        #[test]
        fn they_are_found_and_sorted_as_their_texts(one in "[0-9]{0,15}", other in "[0-9]{0,15}", from in 0_usize..15, length in 1_usize..5) {
            let packed = Digits::of(&one);
            prop_assert_eq!(packed.len() as usize, one.len());
            prop_assert_eq!(packed.cmp(&Digits::of(&other)), one.cmp(&other));
            let part: String = one.chars().skip(from).take(length).collect();
            let wanted = if from % 2 == 0 { part } else { other.chars().take(length).collect() };
            let expected = if wanted.is_empty() || !one.contains(&wanted) {
                None
            } else if one == wanted {
                Some(Fit::Whole)
            } else if one.starts_with(&wanted) || one.ends_with(&wanted) {
                Some(Fit::Edge)
            } else {
                (wanted.len() > 1).then_some(Fit::Within)
            };
            let wanted = Digits::of(&wanted);
            prop_assert_eq!(packed.fit(wanted), expected);
            prop_assert!(expected.is_none() || Glance::of(wanted).may_be_in(packed), "what fits is never passed over");
        }

        #[test]
        fn a_tail_holds_what_the_last_digits_hold(number in "[A-Z0-9-]{0,14}", from in 0_usize..8, length in 2_usize..8, other in "[0-9]{2,8}") {
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            let last = &digits[digits.len().saturating_sub(8)..];
            let part: String = last.chars().skip(from).take(length).collect();
            for sought in [part, other] {
                if sought.len() >= 2 {
                    prop_assert_eq!(Tail::of(&number).holds(Tail::of(&sought)), last.contains(&sought), "{} {}", number, sought);
                }
            }
        }

        #[test]
        fn the_national_part_is_what_a_search_is_matched_by(number in "\\+(234|2340|1|44|233)[0-9]{7,10}") {
            let full = Digits::of(&number);
            let expected = Digits::of(&crate::domain::phone::digits(&number));
            prop_assert_eq!(full.national(), expected);
        }
    }
}
