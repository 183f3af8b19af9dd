//! How often something may be tried.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use chrono::{DateTime, Utc};
use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota};
use parking_lot::Mutex;

use super::token;
use crate::error::AppError;

/// So many attempts are free; from then on each wait is twice as long as the one before.
const FREE: u32 = 5;
/// No wait is longer: seventy-two attempts a day, and those before.
const LONGEST: Duration = Duration::from_mins(20);
/// After this long nothing is known of attempts any more.
const FORGOTTEN: chrono::Duration = chrono::Duration::days(1);
/// How long an address is known from which somebody has signed in.
const KNOWN: chrono::Duration = chrono::Duration::days(60);
/// More accounts and addresses than this are not remembered without need.
const MANY: usize = 20_000;

/// Limits sign-in attempts per address and per account; it slows down and never locks out for good.
///
/// Attempts on an account count twice: from this address, and from all. Whoever has signed in from an address before is
/// held up there by attempts from there alone, so that nobody elsewhere can keep them out.
pub struct SignInLimiter {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_account: Mutex<HashMap<(String, Option<IpAddr>), Attempts>>,
}

/// What was tried.
#[derive(Clone, Copy, Debug)]
struct Attempts {
    failed: u32,
    last: DateTime<Utc>,
    until: DateTime<Utc>,
    /// Whether one of them was right.
    known: bool,
}

impl Attempts {
    fn none(now: DateTime<Utc>) -> Self {
        Self {
            failed: 0,
            last: now,
            until: now,
            known: false,
        }
    }

    fn wait(self, now: DateTime<Utc>) -> Result<(), AppError> {
        let left = self.until - now;
        if left <= chrono::Duration::zero() {
            return Ok(());
        }
        Err(AppError::SlowDown {
            seconds: u64::try_from(left.num_seconds()).unwrap_or(0) + 1,
        })
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
}

impl Default for SignInLimiter {
    fn default() -> Self {
        Self {
            by_address: DefaultKeyedRateLimiter::keyed(quota(10, Duration::from_secs(10))),
            by_account: Mutex::default(),
        }
    }
}

impl SignInLimiter {
    /// Counts an attempt as failed until it is said to have succeeded, and refuses it with the seconds to wait where
    /// there were too many.
    ///
    /// Unknown e-mail addresses count like known ones, so that the limit tells nothing about who has an account.
    pub fn attempt(&self, address: IpAddr, account: &str, now: DateTime<Utc>) -> Result<(), AppError> {
        check(&self.by_address, &address).map_err(|seconds| AppError::SlowDown { seconds })?;
        if self.by_address.len() > MANY {
            self.by_address.retain_recent();
        }
        let account = name(account);
        let mut all = self.by_account.lock();
        if all.len() > MANY {
            all.retain(|_, attempts| attempts.is_worth_keeping(now));
        }
        let here = (account.clone(), Some(address));
        let anywhere = (account, None);
        let mut from_here = all.get(&here).copied().unwrap_or(Attempts::none(now));
        from_here.wait(now)?;
        if !from_here.known {
            let mut from_anywhere = all.get(&anywhere).copied().unwrap_or(Attempts::none(now));
            from_anywhere.wait(now)?;
            from_anywhere.count(now);
            all.insert(anywhere, from_anywhere);
        }
        from_here.count(now);
        all.insert(here, from_here);
        Ok(())
    }

    /// Forgets the attempts of somebody who has shown who they are.
    pub fn succeeded(&self, address: IpAddr, account: &str, now: DateTime<Utc>) {
        let account = name(account);
        let mut all = self.by_account.lock();
        all.remove(&(account.clone(), None));
        let known = Attempts {
            known: true,
            ..Attempts::none(now)
        };
        all.insert((account, Some(address)), known);
    }
}

/// As short for the longest as for any other.
fn name(account: &str) -> String {
    token::hash(&account.trim().to_lowercase())
}

/// Limits what other programs may ask: those with a key by the key, those without by their address.
pub struct ProgramLimiter {
    by_key: DefaultKeyedRateLimiter<i64>,
    by_hook: DefaultKeyedRateLimiter<i64>,
    refused: DefaultKeyedRateLimiter<IpAddr>,
    told: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for ProgramLimiter {
    fn default() -> Self {
        Self {
            // In batches of a thousand this is ten times what a database takes.
            by_key: DefaultKeyedRateLimiter::keyed(quota(500, Duration::from_millis(20))),
            by_hook: DefaultKeyedRateLimiter::keyed(quota(500, Duration::from_millis(20))),
            refused: DefaultKeyedRateLimiter::keyed(quota(60, Duration::from_secs(1))),
            told: DefaultKeyedRateLimiter::keyed(quota(1, Duration::from_mins(10))),
        }
    }
}

impl ProgramLimiter {
    /// Counts a request of a key, and refuses it with the seconds to wait where there were too many.
    pub fn request(&self, key: i64) -> Result<(), u64> {
        check(&self.by_key, &key)
    }

    /// Counts a delivery of another shop system.
    pub fn delivery(&self, hook: i64) -> Result<(), u64> {
        check(&self.by_hook, &hook)
    }

    /// Counts a request that showed no valid key, and says for how many seconds more there are too many of them.
    pub fn refused(&self, address: IpAddr) -> Result<(), u64> {
        if self.refused.len() > 10_000 {
            self.refused.retain_recent();
            self.told.retain_recent();
        }
        check(&self.refused, &address)
    }

    /// Tells whether a refusal of an address is worth a line of the audit log: one is, every ten minutes.
    pub fn is_news(&self, address: IpAddr) -> bool {
        self.told.check_key(&address).is_ok()
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

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap()
    }

    #[test]
    fn an_account_is_slowed_down_whatever_the_address() {
        let limiter = SignInLimiter::default();
        for last in 1..=5 {
            let address = IpAddr::from([10, 0, 0, last]);
            assert_eq!(limiter.attempt(address, "ada@shop.ng", noon()), Ok(()));
        }
        let refused = limiter.attempt(IpAddr::from([10, 0, 0, 9]), " ADA@shop.ng", noon());
        assert_eq!(refused, Err(AppError::SlowDown { seconds: 2 }));
        assert_eq!(limiter.attempt(HERE, "obi@shop.ng", noon()), Ok(()));
    }

    #[test]
    fn a_day_of_guessing_has_less_than_a_hundred_guesses() {
        let limiter = SignInLimiter::default();
        let guesses = (0..86_400_u32).filter(|second| {
            let [_, a, b, c] = second.to_be_bytes();
            let now = noon() + chrono::Duration::seconds((*second).into());
            limiter.attempt(IpAddr::from([10, a, b, c]), "ada@shop.ng", now).is_ok()
        });
        let guesses = guesses.count();
        assert!((72..100).contains(&guesses), "{guesses}");
    }

    #[test]
    fn nobody_elsewhere_keeps_out_whoever_has_been_here() {
        let limiter = SignInLimiter::default();
        assert_eq!(limiter.attempt(HERE, "ada@shop.ng", noon()), Ok(()));
        limiter.succeeded(HERE, "ada@shop.ng", noon());
        for last in 1..=9 {
            // Some of them are refused; what counts is that they were tried.
            let _ = limiter.attempt(IpAddr::from([10, 0, 0, last]), "ada@shop.ng", noon());
        }
        let elsewhere = limiter.attempt(IpAddr::from([10, 0, 0, 99]), "ada@shop.ng", noon());
        assert!(elsewhere.is_err());
        assert_eq!(limiter.attempt(HERE, "ada@shop.ng", noon()), Ok(()));
    }

    #[test]
    fn a_key_is_slowed_down_by_itself_and_whoever_has_none_by_address() {
        let limiter = ProgramLimiter::default();
        let taken = (0..2_000).take_while(|_| limiter.request(1).is_ok()).count();
        assert!((500..1_000).contains(&taken), "{taken}");
        assert!(limiter.request(1).is_err_and(|seconds| seconds == 1));
        assert_eq!(limiter.request(2), Ok(()));
        let taken = (0..100).take_while(|_| limiter.refused(HERE).is_ok()).count();
        assert!((60..70).contains(&taken), "{taken}");
        assert_eq!(limiter.refused(IpAddr::from([10, 0, 0, 9])), Ok(()));
        assert_eq!([limiter.is_news(HERE), limiter.is_news(HERE)], [true, false]);
    }

    #[test]
    fn an_address_is_slowed_down_whatever_the_account() {
        let limiter = SignInLimiter::default();
        for number in 0..10 {
            assert_eq!(limiter.attempt(HERE, &format!("{number}@shop.ng"), noon()), Ok(()));
        }
        assert!(limiter.attempt(HERE, "another@shop.ng", noon()).is_err());
    }
}
