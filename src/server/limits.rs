//! How often something may be tried.

mod addresses;
mod programs;

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use chrono::{DateTime, Utc};
use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota};
use parking_lot::Mutex;

use self::addresses::{Addresses, network};
use super::token;
use crate::error::AppError;

pub use programs::ProgramLimiter;

/// So many attempts are free; from then on each wait is twice as long as the one before.
const FREE: u32 = 5;
/// No wait is longer: seventy-two attempts a day, and those before.
const LONGEST: Duration = Duration::from_mins(20);
/// After this long nothing is known of attempts any more.
const FORGOTTEN: chrono::Duration = chrono::Duration::days(1);
/// How long an address is known from which somebody has signed in.
const KNOWN: chrono::Duration = chrono::Duration::days(60);
/// More accounts and addresses than this are not remembered.
const MOST: usize = 50_000;
/// What is not worth keeping is looked for once in so many seconds.
const MINUTE: u64 = 60;
/// After this many minutes a refusal like the one before is worth a line of the audit log again.
const NEWS: u32 = 10;

/// What is tried. What a stranger types as an e-mail address is never taken for anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried<'a> {
    /// The password of an account, by the e-mail address that was typed.
    Account(&'a str),
    /// A code of a user's second step.
    Code(i64),
    /// The password of a user who is signed in.
    Password(i64),
    /// The code of the first run.
    FirstRun,
}

/// The same as it is remembered: as short for the longest address as for any other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Account(String),
    Code(i64),
    Password(i64),
    FirstRun,
}

impl From<Tried<'_>> for Key {
    fn from(tried: Tried<'_>) -> Self {
        match tried {
            Tried::Account(email) => Self::Account(token::hash(&email.trim().to_lowercase())),
            Tried::Code(user) => Self::Code(user),
            Tried::Password(user) => Self::Password(user),
            Tried::FirstRun => Self::FirstRun,
        }
    }
}

/// An attempt that is one too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// How many seconds to wait.
    pub seconds: u64,
    /// Whether it is worth a line of the audit log: one is, every ten minutes.
    pub is_news: bool,
}

impl From<TooMany> for AppError {
    fn from(refused: TooMany) -> Self {
        Self::SlowDown {
            seconds: refused.seconds,
        }
    }
}

/// Limits sign-in attempts per address and per account; it slows down and never locks out for good.
///
/// Attempts on an account count twice: from this address, and from all. Whoever has signed in from an address before is
/// held up there by attempts from there alone, so that nobody elsewhere can keep them out.
pub struct SignInLimiter {
    by_address: Addresses,
    told: Addresses,
    accounts: Mutex<Accounts>,
}

/// What was tried on accounts, from one address or from any.
#[derive(Default)]
struct Accounts {
    all: HashMap<(Key, Option<IpAddr>), Attempts>,
    swept: DateTime<Utc>,
}

/// What was tried.
#[derive(Clone, Copy, Debug)]
struct Attempts {
    failed: u32,
    last: DateTime<Utc>,
    until: DateTime<Utc>,
    /// When a refusal was worth a line of the audit log.
    told: Option<DateTime<Utc>>,
    /// Whether one of them was right.
    known: bool,
}

impl Attempts {
    fn none(now: DateTime<Utc>) -> Self {
        Self {
            failed: 0,
            last: now,
            until: now,
            told: None,
            known: false,
        }
    }

    fn count(&mut self, now: DateTime<Utc>) {
        if now - self.last > FORGOTTEN {
            self.failed = 0;
        }
        self.failed += 1;
        self.last = now;
        if self.failed >= FREE {
            let wait = Duration::from_secs(1 << (self.failed - FREE).min(16)).min(LONGEST);
            self.until = now + wait;
        }
    }

    fn is_worth_keeping(self, now: DateTime<Utc>) -> bool {
        now - self.last < if self.known { KNOWN } else { FORGOTTEN }
    }

    fn is_news(&mut self, now: DateTime<Utc>) -> bool {
        let is_news = self
            .told
            .is_none_or(|told| (now - told).num_minutes() >= i64::from(NEWS));
        if is_news {
            self.told = Some(now);
        }
        is_news
    }
}

impl Accounts {
    /// Returns what was tried, where one more is not too many.
    fn within(&mut self, key: &Key, address: Option<IpAddr>, now: DateTime<Utc>) -> Result<Attempts, TooMany> {
        let attempts = self.all.get(&(key.clone(), address)).copied();
        let attempts = attempts.unwrap_or(Attempts::none(now));
        let left = attempts.until - now;
        if left <= chrono::Duration::zero() {
            return Ok(attempts);
        }
        let all = self.all.entry((key.clone(), None)).or_insert(Attempts::none(now));
        Err(TooMany {
            seconds: u64::try_from(left.num_seconds()).unwrap_or(0) + 1,
            is_news: all.is_news(now),
        })
    }

    /// Forgets what is not worth keeping, and where that is not enough, what was tried longest ago.
    fn sweep(&mut self, now: DateTime<Utc>) {
        if self.all.len() >= MOST || (now - self.swept).num_seconds().unsigned_abs() >= MINUTE {
            self.swept = now;
            self.all.retain(|_, attempts| attempts.is_worth_keeping(now));
        }
        if self.all.len() < MOST {
            return;
        }
        // Many at once, so that it is seldom looked for them; those who have signed in come last.
        let mut ages: Vec<(bool, DateTime<Utc>)> = self.all.values().map(|one| (one.known, one.last)).collect();
        let (_, oldest, _) = ages.select_nth_unstable(MOST / 4);
        let oldest = *oldest;
        let mut to_go = MOST / 4;
        self.all.retain(|_, one| {
            let goes = to_go > 0 && (one.known, one.last) <= oldest;
            to_go -= usize::from(goes);
            !goes
        });
    }
}

impl Default for SignInLimiter {
    fn default() -> Self {
        Self {
            by_address: Addresses::of(quota(10, Duration::from_secs(10))),
            told: Addresses::of(news()),
            accounts: Mutex::default(),
        }
    }
}

impl SignInLimiter {
    /// Counts an attempt as failed until it is said to have succeeded, and refuses it with the seconds to wait where
    /// there were too many.
    ///
    /// Unknown e-mail addresses count like known ones, so that the limit tells nothing about who has an account.
    pub fn attempt(&self, address: IpAddr, tried: Tried<'_>, now: DateTime<Utc>) -> Result<(), TooMany> {
        self.by_address.check(address).map_err(|seconds| TooMany {
            seconds,
            is_news: self.told.check(address).is_ok(),
        })?;
        let (here, key) = (Some(network(address)), Key::from(tried));
        let mut accounts = self.accounts.lock();
        accounts.sweep(now);
        let mut from_here = accounts.within(&key, here, now)?;
        if !from_here.known {
            let mut from_anywhere = accounts.within(&key, None, now)?;
            from_anywhere.count(now);
            accounts.all.insert((key.clone(), None), from_anywhere);
        }
        from_here.count(now);
        accounts.all.insert((key, here), from_here);
        Ok(())
    }

    /// Forgets the attempts of somebody who has shown who they are.
    pub fn succeeded(&self, address: IpAddr, tried: Tried<'_>, now: DateTime<Utc>) {
        let key = Key::from(tried);
        let mut accounts = self.accounts.lock();
        accounts.all.remove(&(key.clone(), None));
        let known = Attempts {
            known: true,
            ..Attempts::none(now)
        };
        accounts.all.insert((key, Some(network(address))), known);
    }
}

/// Counts one more of a kind; where it is too many, says how many seconds to wait.
fn check<K: Clone + std::hash::Hash + Eq>(limiter: &DefaultKeyedRateLimiter<K>, kind: &K) -> Result<(), u64> {
    limiter.check_key(kind).map_err(|until| {
        let wait = until.wait_time_from(governor::clock::DefaultClock::default().now());
        wait.as_secs() + 1
    })
}

/// Allows `burst` attempts at once and another one every `period`.
fn quota(burst: u32, period: Duration) -> Quota {
    Quota::with_period(period)
        .unwrap_or(Quota::per_minute(NonZeroU32::MIN))
        .allow_burst(NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN))
}

/// How often the same refusal is told.
fn news() -> Quota {
    quota(1, Duration::from_secs(MINUTE) * NEWS)
}

#[cfg(test)]
mod tests;
