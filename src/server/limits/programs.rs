//! How often other programs may ask.

use std::net::IpAddr;
use std::time::Duration;

use governor::DefaultKeyedRateLimiter;

use super::addresses::Addresses;
use super::{check, news, quota};

/// Limits what other programs may ask: those with a key by the key, those without by their address.
pub struct ProgramLimiter {
    by_key: DefaultKeyedRateLimiter<i64>,
    by_hook: DefaultKeyedRateLimiter<i64>,
    refused: Addresses,
    told: Addresses,
}

impl Default for ProgramLimiter {
    fn default() -> Self {
        Self {
            // In batches of a thousand this is ten times what a database takes.
            by_key: DefaultKeyedRateLimiter::keyed(quota(500, Duration::from_millis(20))),
            by_hook: DefaultKeyedRateLimiter::keyed(quota(500, Duration::from_millis(20))),
            refused: Addresses::of(quota(60, Duration::from_secs(1))),
            told: Addresses::of(news()),
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
        self.refused.check(address)
    }

    /// Tells whether a refusal of an address is worth a line of the audit log: one is, every ten minutes.
    pub fn is_news(&self, address: IpAddr) -> bool {
        self.told.check(address).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

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
}
