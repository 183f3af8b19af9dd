//! Limits by network address, in bounded memory.

use std::net::{IpAddr, Ipv6Addr};
use std::time::{Duration, Instant};

use governor::{DefaultKeyedRateLimiter, Quota};
use parking_lot::{Mutex, RwLock};

use super::{MINUTE, check};

/// More addresses than this are not remembered.
const MOST: usize = 50_000;

/// Counts by address.
pub(super) struct Addresses {
    quota: Quota,
    limiter: RwLock<DefaultKeyedRateLimiter<IpAddr>>,
    swept: Mutex<Instant>,
}

impl Addresses {
    pub(super) fn of(quota: Quota) -> Self {
        Self {
            quota,
            limiter: RwLock::new(DefaultKeyedRateLimiter::keyed(quota)),
            swept: Mutex::new(Instant::now()),
        }
    }

    /// Counts one more of an address; where it is too many, says how many seconds to wait.
    pub(super) fn check(&self, address: IpAddr) -> Result<(), u64> {
        self.sweep();
        check(&self.limiter.read(), &network(address))
    }

    /// Forgets whoever may try as often again as anybody, once a minute. Where there are too many all the same, all are
    /// forgotten: whoever has so many addresses is held up by no limit of any.
    fn sweep(&self) {
        {
            let limiter = self.limiter.read();
            let mut swept = self.swept.lock();
            if swept.elapsed() < Duration::from_secs(MINUTE) && limiter.len() < MOST {
                return;
            }
            *swept = Instant::now();
            limiter.retain_recent();
            if limiter.len() < MOST / 2 {
                return;
            }
        }
        *self.limiter.write() = DefaultKeyedRateLimiter::keyed(self.quota);
    }
}

/// What stands for an address: of IPv6 its first half, because whoever has one has all of the second.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let first = u128::from(address) >> 64 << 64;
            Ipv6Addr::from(first).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_half_of_an_address_says_nothing() {
        let network = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(network("::ffff:198.51.100.1"), "198.51.100.1");
        assert_eq!(network("198.51.100.1"), "198.51.100.1");
    }

    #[test]
    fn addresses_without_end_are_not_kept() {
        let addresses = Addresses::of(super::super::quota(1, Duration::from_hours(1)));
        for number in 0..200_000_u32 {
            assert_eq!(addresses.check(IpAddr::V4(number.into())), Ok(()));
            assert!(number % 1_000 > 0 || addresses.limiter.read().len() <= MOST);
        }
    }
}
