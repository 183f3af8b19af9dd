//! How often something may be tried.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock as _;
use governor::{DefaultKeyedRateLimiter, Quota};

use crate::error::AppError;

/// Limits sign-in attempts per address and per account; it slows down and never locks out for good.
pub struct SignInLimiter {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_account: DefaultKeyedRateLimiter<String>,
}

impl Default for SignInLimiter {
    fn default() -> Self {
        Self {
            by_address: DefaultKeyedRateLimiter::keyed(quota(10, Duration::from_secs(10))),
            by_account: DefaultKeyedRateLimiter::keyed(quota(5, Duration::from_secs(20))),
        }
    }
}

impl SignInLimiter {
    /// Counts an attempt, and refuses it with the seconds to wait where there were too many.
    ///
    /// Unknown e-mail addresses count like known ones, so that the limit tells nothing about who has an account.
    pub fn attempt(&self, address: IpAddr, email: &str) -> Result<(), AppError> {
        let slow = |seconds| AppError::SlowDown { seconds };
        check(&self.by_address, &address).map_err(slow)?;
        check(&self.by_account, &email.to_lowercase()).map_err(slow)?;
        if self.by_account.len() > 10_000 {
            self.by_account.retain_recent();
            self.by_address.retain_recent();
        }
        Ok(())
    }
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

    #[test]
    fn an_account_is_slowed_down_whatever_the_address() {
        let limiter = SignInLimiter::default();
        for last in 1..=5 {
            let address = IpAddr::from([10, 0, 0, last]);
            assert_eq!(limiter.attempt(address, "ada@shop.ng"), Ok(()));
        }
        let refused = limiter.attempt(IpAddr::from([10, 0, 0, 9]), "ADA@shop.ng");
        assert!(
            matches!(refused, Err(AppError::SlowDown { seconds: 1..=21 })),
            "{refused:?}"
        );
        assert_eq!(limiter.attempt(HERE, "obi@shop.ng"), Ok(()));
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
            assert_eq!(limiter.attempt(HERE, &format!("{number}@shop.ng")), Ok(()));
        }
        assert!(limiter.attempt(HERE, "another@shop.ng").is_err());
    }
}
