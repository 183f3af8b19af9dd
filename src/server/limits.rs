//! How often a sign-in may be tried.

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
        let wait = |until: &governor::NotUntil<_>| {
            let wait = until.wait_time_from(governor::clock::DefaultClock::default().now());
            AppError::SlowDown {
                seconds: wait.as_secs() + 1,
            }
        };
        self.by_address.check_key(&address).map_err(|until| wait(&until))?;
        self.by_account
            .check_key(&email.to_lowercase())
            .map_err(|until| wait(&until))?;
        if self.by_account.len() > 10_000 {
            self.by_account.retain_recent();
            self.by_address.retain_recent();
        }
        Ok(())
    }
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
    fn an_address_is_slowed_down_whatever_the_account() {
        let limiter = SignInLimiter::default();
        for number in 0..10 {
            assert_eq!(limiter.attempt(HERE, &format!("{number}@shop.ng")), Ok(()));
        }
        assert!(limiter.attempt(HERE, "another@shop.ng").is_err());
    }
}
