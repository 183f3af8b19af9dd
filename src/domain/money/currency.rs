//! The sign that the shop's amounts begin with.
//!
//! A process serves one shop, and a page shows one: all amounts of either are in one currency. It is told once, where
//! the shop's settings are read, rather than handed to each of the hundred places that show an amount (decision 24).

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// Signs that people know better than the codes they stand for. A sign that is letters keeps off the number.
const SIGNS: [(&str, &str); 14] = [
    ("NGN", "₦"),
    ("GHS", "GH₵"),
    ("KES", "KSh\u{a0}"),
    ("UGX", "USh\u{a0}"),
    ("TZS", "TSh\u{a0}"),
    ("ZAR", "R\u{a0}"),
    ("XOF", "CFA\u{a0}"),
    ("XAF", "FCFA\u{a0}"),
    ("EGP", "E£"),
    ("USD", "$"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("INR", "₹"),
    ("JPY", "¥"),
];

/// A currency by the three letters of its ISO 4217 code; shows as the sign that its amounts begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency([u8; 3]);

static CURRENT: AtomicU32 = AtomicU32::new(Currency(*b"NGN").packed());

impl Currency {
    /// Reads a code; none where it is not three capital letters.
    pub fn of(code: &str) -> Option<Self> {
        let letters = <[u8; 3]>::try_from(code.as_bytes()).ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// Returns the currency that amounts are shown in.
    pub fn current() -> Self {
        let [_, letters @ ..] = CURRENT.load(Relaxed).to_be_bytes();
        Self(letters)
    }

    /// Returns its code.
    pub fn code(self) -> String {
        self.0.map(char::from).into_iter().collect()
    }

    const fn packed(self) -> u32 {
        let [one, two, three] = self.0;
        u32::from_be_bytes([0, one, two, three])
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code();
        match SIGNS.iter().find(|(known, _)| *known == code) {
            Some((_, sign)) => out.write_str(sign),
            None => write!(out, "{code}\u{a0}"),
        }
    }
}

/// Has all amounts shown in a currency from now on, by its code; what is no code changes nothing.
pub fn show_in(code: &str) {
    if let Some(currency) = Currency::of(code) {
        CURRENT.store(currency.packed(), Relaxed);
    }
}
