//! Random queries and moments, and a shop with enough in it for them to find.

use chrono::{DateTime, Days, TimeDelta, Utc};
use onibara::domain::customer_query::{CustomerQuery, OrdersFilter, Quality, Sort, SortKey};
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::page::PageSize;
use onibara::domain::period::Period;
use onibara::domain::phone::Phone;
use onibara::domain::segment::{Activity, LtvBand, Segment};
use onibara::domain::source::Source;
use onibara::domain::status::Status;
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;

const NAMES: [&str; 14] = [
    "",
    "Adébáyò Okafor",
    "ADEBAYO OKAFOR",
    "Ọláyínká Bello",
    "Chinedu Okafor",
    "okafor  chinedu",
    "Ngọzi Eze",
    "N’Golo Kanté",
    "Chukwuemeka Nnamdi-Azikiwe",
    "Ade",
    "Zainab Ɗanjuma",
    "Adebayoo",
    "Shop 24",
    "';--%_",
];
const SEARCHES: [&str; 34] = [
    "adebayo",
    "Adbayo",
    "adebayoo",
    "olayinka",
    "okafor chinedu",
    "Chinedu OKAFOR",
    "chukwuemkea",
    "chukwuemeka",
    "azikwe",
    "a",
    "ad",
    "o",
    "zainab",
    "danjuma",
    "xyz",
    "ngolo",
    "24",
    "shop 24",
    "4567",
    "0803 123",
    "+234 803",
    "+234",
    "234",
    "call me",
    "12345",
    "okafor 0803",
    "%",
    "_",
    "'",
    "\u{202e}",
    "🌸",
    "7",
    "0",
    "+233 24",
];
const PLACES: [(&str, &str); 5] = [
    ("", ""),
    ("Ikeja", "Lagos"),
    ("", "FCT"),
    ("Yaba", "Lagos"),
    ("Kano", "Kano"),
];

/// Draws what a test needs, the same for the same seed.
pub struct Dice(pub ChaCha8Rng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of.choose(&mut self.0).unwrap().clone()
    }

    pub fn often(&mut self, chance: f64) -> bool {
        self.0.random_bool(chance)
    }

    /// A moment, often at an edge of the shop's calendar.
    pub fn moment(&mut self) -> DateTime<Utc> {
        let at: DateTime<Utc> = self
            .one(&[
                "2026-11-24T12:00:00Z",
                "2026-11-23T22:59:59Z",
                "2026-11-23T23:00:00Z",
                "2026-03-31T10:30:00Z",
                "2028-02-29T08:00:00Z",
                "2026-12-31T23:30:00Z",
                "2026-01-01T00:15:00Z",
                "2026-06-01T22:59:59Z",
            ])
            .parse()
            .unwrap();
        at + TimeDelta::seconds(if self.often(0.3) {
            self.0.random_range(-90_000..90_000)
        } else {
            0
        })
    }

    /// An instant that matters at a moment: long ago, at an edge of days and periods, or a little ahead.
    fn instant(&mut self, now: DateTime<Utc>) -> DateTime<Utc> {
        let midnight = (now + TimeDelta::hours(1))
            .date_naive()
            .and_hms_opt(0, 0, 0)
            .unwrap()
            .and_utc()
            - TimeDelta::hours(1);
        match self.0.random_range(0..6) {
            0 => {
                midnight - Days::new(self.one(&[0, 1, 7, 29, 30, 31, 59, 60, 61, 365]))
                    + TimeDelta::seconds(self.one(&[-1, 0, 1]))
            }
            1 => now - Days::new(self.one(&[0, 1, 7, 30, 60])) + TimeDelta::seconds(self.one(&[-1, 0, 1])),
            2 => now + TimeDelta::hours(self.0.random_range(0..24)),
            3 => now - TimeDelta::seconds(self.0.random_range(0..86_400)),
            4 => now - TimeDelta::hours(self.0.random_range(0..24 * 90)),
            _ => now - TimeDelta::hours(self.0.random_range(0..24 * 800)),
        }
    }

    fn phone(&mut self) -> Phone {
        match self.0.random_range(0..12) {
            0 => Phone::text(self.one(&["call me", "12345", "0803 12"])).unwrap(),
            1 => Phone::e164(self.one(&["+233241234567", "+447911123456", "+12025550123"])).unwrap(),
            _ => Phone::e164(&format!("+23480312345{:02}", self.0.random_range(55..85))).unwrap(),
        }
    }

    /// An order of one of so many numbers.
    pub fn order(&mut self, numbers: u32, now: DateTime<Utc>) -> Order {
        let (city, state) = self.one(&PLACES);
        let whatsapp = self.often(0.2).then(|| self.phone());
        let other_phone = self.often(0.1).then(|| self.phone());
        Order {
            number: format!("N{}", self.0.random_range(0..numbers)),
            placed_at: self.instant(now),
            name: self.one(&NAMES).to_owned(),
            phone: self.phone(),
            phone_raw: String::new(),
            other_phone,
            whatsapp,
            amount: Money(self.one(&[
                0, 1, 999_999, 1_000_000, 1_000_001, 4_999_999, 5_000_000, 9_999_999, 10_000_000, 250_000,
            ])),
            status: self.one(&Status::ALL),
            source: self.one(&Source::ALL),
            city: city.to_owned(),
            state: state.to_owned(),
            address: String::new(),
            sales_rep: String::new(),
            items: String::new(),
        }
    }

    pub fn period(&mut self, now: DateTime<Utc>) -> Period {
        let day = now.date_naive();
        let between = Period::between(
            day - Days::new(self.0.random_range(0..400)),
            day - Days::new(self.0.random_range(0..40)),
        );
        self.one(&[
            Period::All,
            Period::Today,
            Period::Week,
            Period::Month,
            Period::Year,
            between,
        ])
    }

    /// A query with some of everything.
    pub fn query(&mut self, now: DateTime<Utc>) -> CustomerQuery {
        let mut query = CustomerQuery {
            period: self.period(now),
            ..CustomerQuery::default()
        };
        if self.often(0.4) {
            self.one(&SEARCHES).clone_into(&mut query.search);
        }
        if self.often(0.2) {
            query.activity = Some(self.one(&Activity::ALL));
        }
        if self.often(0.2) {
            query.orders = self.one(&OrdersFilter::ALL);
        }
        if self.often(0.2) {
            query.band = Some(self.one(&LtvBand::ALL));
        }
        if self.often(0.2) {
            query.sources = vec![self.one(&Source::ALL), self.one(&Source::ALL)];
        }
        if self.often(0.1) {
            query.city = Some(self.one(&["Ikeja", "Yaba", "Atlantis"]).to_owned());
        }
        if self.often(0.15) {
            query.states = vec![self.one(&["Lagos", "FCT", "Nowhere"]).to_owned()];
        }
        if self.often(0.2) {
            query.segment = Some(self.one(&Segment::ALL));
        }
        if self.often(0.1) {
            query.quality = Some(self.one(&Quality::ALL));
        }
        if self.often(0.6) {
            query.sort = Some(Sort {
                key: self.one(&SortKey::ALL),
                descending: self.often(0.5),
            });
        }
        query.size = self.often(0.7).then(|| self.one(&PageSize::ALL));
        query.page = self.0.random_range(1..4);
        query.normalized()
    }
}
