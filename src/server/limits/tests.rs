use super::Tried::{Account, Code, FirstRun, Password};
use super::*;

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
const ADA: Tried<'static> = Account("ada@shop.ng");

fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn numbered(number: u32) -> IpAddr {
    IpAddr::V4((0x0a00_0000 + number).into())
}

#[test]
fn an_account_is_slowed_down_whatever_the_address() {
    let limiter = SignInLimiter::default();
    for number in 1..=5 {
        assert_eq!(limiter.attempt(numbered(number), ADA, noon()), Ok(()));
    }
    let refused = |number| limiter.attempt(numbered(number), Account(" ADA@shop.ng"), noon());
    let slow = |is_news| Err(TooMany { seconds: 2, is_news });
    assert_eq!(refused(9), slow(true));
    assert_eq!(refused(1), slow(false), "one line of the audit log");
    assert_eq!(limiter.attempt(HERE, Account("obi@shop.ng"), noon()), Ok(()));
}

#[test]
fn what_a_stranger_types_is_an_account_and_nothing_else() {
    let limiter = SignInLimiter::default();
    for (typed, meant) in [
        ("code 1", Code(1)),
        ("password 1", Password(1)),
        ("first run", FirstRun),
    ] {
        for number in 0..9 {
            // Some of them are refused; what counts is that they were tried.
            let _ = limiter.attempt(numbered(number), Account(typed), noon());
        }
        assert!(limiter.attempt(numbered(10), Account(typed), noon()).is_err());
        assert_eq!(limiter.attempt(numbered(10), meant, noon()), Ok(()), "{typed}");
    }
}

#[test]
fn whoever_has_a_network_of_addresses_has_one_address() {
    let limiter = SignInLimiter::default();
    let address = |number: u64| format!("2001:db8::{number:x}").parse().unwrap();
    for number in 0..10 {
        let email = format!("{number}@shop.ng");
        assert_eq!(limiter.attempt(address(number), Account(&email), noon()), Ok(()));
    }
    assert!(limiter.attempt(address(99), ADA, noon()).is_err());
    let elsewhere = "2001:db8:0:1::1".parse().unwrap();
    assert_eq!(limiter.attempt(elsewhere, ADA, noon()), Ok(()));
}

#[test]
fn attempts_without_end_are_not_kept_but_whoever_has_signed_in_is() {
    let limiter = SignInLimiter::default();
    limiter.succeeded(HERE, ADA, noon());
    for number in 0..100_000 {
        let now = noon() + chrono::Duration::milliseconds(number.into());
        let email = format!("{number}@shop.ng");
        assert_eq!(limiter.attempt(numbered(number), Account(&email), now), Ok(()));
        assert!(number % 1_000 > 0 || limiter.accounts.lock().all.len() <= MOST + 2);
    }
    let accounts = limiter.accounts.lock();
    assert!(accounts.all[&(Key::from(ADA), Some(HERE))].known);
    let last = Key::from(Account("99999@shop.ng"));
    assert!(accounts.all.contains_key(&(last, None)), "the newest stay");
}

#[test]
fn a_day_of_guessing_has_less_than_a_hundred_guesses() {
    let limiter = SignInLimiter::default();
    let guesses = (0..86_400_u32).filter(|second| {
        let now = noon() + chrono::Duration::seconds((*second).into());
        limiter.attempt(numbered(*second), ADA, now).is_ok()
    });
    let guesses = guesses.count();
    assert!((72..100).contains(&guesses), "{guesses}");
}

#[test]
fn nobody_elsewhere_keeps_out_whoever_has_been_here() {
    let limiter = SignInLimiter::default();
    assert_eq!(limiter.attempt(HERE, ADA, noon()), Ok(()));
    limiter.succeeded(HERE, ADA, noon());
    for number in 1..=9 {
        // Some of them are refused; what counts is that they were tried.
        let _ = limiter.attempt(numbered(number), ADA, noon());
    }
    assert!(limiter.attempt(numbered(99), ADA, noon()).is_err());
    assert_eq!(limiter.attempt(HERE, ADA, noon()), Ok(()));
}

#[test]
fn an_address_is_slowed_down_whatever_the_account() {
    let limiter = SignInLimiter::default();
    for number in 0..10 {
        let email = format!("{number}@shop.ng");
        assert_eq!(limiter.attempt(HERE, Account(&email), noon()), Ok(()));
    }
    let refused = |email| limiter.attempt(HERE, Account(email), noon());
    assert!(refused("another@shop.ng").is_err_and(|refused| refused.is_news));
    assert!(refused("a-third@shop.ng").is_err_and(|refused| !refused.is_news));
}
