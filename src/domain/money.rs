//! Money in whole kobo, as it is shown, written to files, and read from them.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use serde::{Deserialize, Serialize};

pub mod currency;
mod parse;

use currency::Currency;
pub use parse::MoneyError;

/// Kobo in a naira.
const KOBO: u64 = 100;

/// An amount in kobo, the hundredth part of a naira; in a shop with another currency, the hundredth part of its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    /// The most that one order may cost: 10^13 kobo, a hundred billion naira.
    pub const MAX: Self = Self(10_000_000_000_000);

    /// Returns the amount in few letters: `₦21.4m`, `₦9.8m`, `₦48k`, rounded half away from zero.
    pub fn compact(self) -> String {
        let (kobo, currency) = (self.0.unsigned_abs(), Currency::current());
        let sign = if self.0 < 0 { "-" } else { "" };
        let naira = rounded(kobo, KOBO);
        if naira < 1_000 {
            let sign = if naira == 0 { "" } else { sign };
            return format!("{sign}{currency}{naira}");
        }
        // Each unit ends where the next one would say "1"; below `tenths_to`, one decimal is shown.
        for (unit, letter, tenths_to) in [(1_000, 'k', 100), (1_000_000, 'm', 1_000)] {
            if rounded(kobo, unit * KOBO) < 1_000 {
                return format!("{sign}{currency}{}{letter}", in_units(kobo, unit * KOBO, tenths_to));
            }
        }
        format!("{sign}{currency}{}b", in_units(kobo, 1_000_000_000 * KOBO, 1_000))
    }

    /// Returns the amount for files, in naira with two decimals and nothing else: `12500.50`.
    pub fn to_plain(self) -> String {
        let kobo = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", kobo / KOBO, kobo % KOBO)
    }

    /// Returns how much it is, whether due or owed, as people type it: `12,500.50`.
    pub fn unsigned(self) -> String {
        let kobo = self.0.unsigned_abs();
        let naira = grouped(kobo / KOBO);
        match kobo % KOBO {
            0 => naira,
            rest => format!("{naira}.{rest:02}"),
        }
    }

    /// Returns the share of each of `n`, rounded half away from zero to the kobo; none where `n` is not positive.
    pub fn divided_by(self, n: i64) -> Option<Self> {
        if n <= 0 {
            return None;
        }
        let (kobo, n) = (i128::from(self.0), i128::from(n));
        let share = (2 * kobo + n * kobo.signum()) / (2 * n);
        i64::try_from(share).ok().map(Self)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(out, "{sign}{}{}", Currency::current(), self.unsigned())
    }
}

impl Add for Money {
    type Output = Self;

    // Sums that leave 64 bits are no money; staying at the end is plainly wrong, where wrapping would look right.
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Self::add)
    }
}

/// Divides, rounded half up.
fn rounded(kobo: u64, unit: u64) -> u64 {
    kobo / unit + u64::from(kobo % unit >= unit / 2)
}

/// Writes an amount in a unit: with one decimal while its tenths are below `tenths_to`, and without `.0`.
fn in_units(kobo: u64, unit: u64, tenths_to: u64) -> String {
    let tenths = rounded(kobo, unit / 10);
    if tenths >= tenths_to {
        grouped(rounded(kobo, unit))
    } else if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// Groups thousands: `12,500`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests;
