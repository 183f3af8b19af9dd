//! What the customers page must show, worked out the slow and plain way from a list of orders.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, TimeDelta, Utc};
use chrono_tz::Tz;
use onibara::domain::customer::Customer;
use onibara::domain::customer_query::{CustomerQuery, Quality, Sort, SortKey};
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::period::{Period, Window, age_days, local_date, start_of};
use onibara::domain::phone::{self, Phone};
use onibara::domain::segment::{Segment, Thresholds};
use onibara::domain::stats::{AtRisk, Figure, Measure, SegmentTotal, SegmentTotals, Stats};
use onibara::domain::text;

use super::oracle;

/// A shop at a moment.
pub struct Naive<'a> {
    pub orders: &'a [Order],
    pub merged: &'a BTreeMap<Phone, Phone>,
    pub now: DateTime<Utc>,
    pub zone: Tz,
}

/// A customer with the orders that are theirs.
pub struct Known<'a> {
    pub customer: Customer,
    pub orders: Vec<&'a Order>,
}

/// What a customer did in a period: counted orders, lost ones, money, first and last.
pub type Did = (i64, i64, Money, DateTime<Utc>, DateTime<Utc>);

impl<'a> Naive<'a> {
    fn thresholds() -> Thresholds {
        Thresholds::default()
    }

    /// Every customer, from the orders placed up to an instant.
    fn known(&self, until: Option<DateTime<Utc>>) -> Vec<Known<'a>> {
        let placed: Vec<&Order> = self
            .orders
            .iter()
            .filter(|order| until.is_none_or(|until| order.placed_at <= until))
            .collect();
        let owned: Vec<Order> = placed.iter().map(|order| (*order).clone()).collect();
        let primary = |order: &Order| self.merged.get(&order.phone).unwrap_or(&order.phone).clone();
        oracle::customers(&owned, self.merged)
            .into_iter()
            .map(|(phone, customer)| Known {
                customer,
                orders: placed.iter().filter(|order| primary(order) == phone).copied().collect(),
            })
            .collect()
    }

    /// The phones of all customers that a query asks for, in order, with what they did in the period.
    pub fn find(&self, query: &CustomerQuery) -> Vec<(Phone, Option<Did>)> {
        let window = query.period.window(self.now, &self.zone);
        let mut found: Vec<(Known, Option<Did>, usize)> = Vec::new();
        for known in self.known(None) {
            let did = window.map(|window| did(&known.orders, window));
            if did == Some(None) || !self.passes(&known, query) {
                continue;
            }
            if let Some(score) = score(&known, &query.search) {
                found.push((known, did.flatten(), score));
            }
        }
        let sort = query.sort_or_default();
        let by_match = query.sort.is_none() && !query.search.trim().is_empty();
        found.sort_by(|a, b| {
            let score = if by_match {
                a.2.cmp(&b.2)
            } else {
                std::cmp::Ordering::Equal
            };
            score
                .then_with(|| in_order(sort, (&a.0.customer, a.1), (&b.0.customer, b.1)))
                .then_with(|| a.0.customer.phone.as_str().cmp(b.0.customer.phone.as_str()))
        });
        found
            .into_iter()
            .map(|(known, did, _)| (known.customer.phone, did))
            .collect()
    }

    fn passes(&self, known: &Known, query: &CustomerQuery) -> bool {
        let customer = &known.customer;
        let (thresholds, zone) = (Self::thresholds(), &self.zone);
        query
            .activity
            .is_none_or(|wanted| customer.activity(self.now, zone, &thresholds) == wanted)
            && query.orders.passes(customer.orders(), &thresholds)
            && query.band.is_none_or(|band| band.contains(customer.spent()))
            && (query.sources.is_empty() || query.sources.contains(&customer.source))
            && query.city.as_ref().is_none_or(|city| *city == customer.city)
            && (query.states.is_empty() || query.states.contains(&customer.state))
            && query.tag.is_none()
            && query
                .segment
                .is_none_or(|wanted| customer.segments(self.now, zone, &thresholds).contains(&wanted))
            && query.quality.is_none_or(|quality| match quality {
                Quality::InvalidNumber => {
                    let erased = customer.phone.label().is_some_and(|label| label.starts_with("erased "));
                    !customer.phone.is_valid() && !erased
                }
                Quality::OnlyLost => customer.orders() == 0,
            })
    }

    /// The four cards.
    pub fn stats(&self, period: Period) -> Stats {
        let month_ago = self.back(30);
        let all = self.known(None);
        let window = period.window(self.now, &self.zone);
        let today = local_date(self.now, &self.zone);
        let (now, before, line): ([Measure; 3], [Measure; 3], Vec<[Measure; 3]>) = match window {
            None => {
                let ends = (0..30)
                    .rev()
                    .map(|back| start_of(today - Days::new(back) + Days::new(1), &self.zone) - TimeDelta::seconds(1));
                let mut line: Vec<_> = ends.map(|end| lifetime(&self.known(Some(end)))).collect();
                line[29] = lifetime(&all);
                (lifetime(&all), lifetime(&self.known(Some(month_ago))), line)
            }
            Some(window) => {
                let last = local_date(window.end - TimeDelta::seconds(1), &self.zone).min(today);
                let spans: Vec<Window> = if period == Period::Today {
                    let midnight = start_of(today, &self.zone);
                    let hours = (0..25)
                        .map(|hour| midnight + TimeDelta::hours(hour))
                        .take_while(|start| *start <= self.now);
                    hours
                        .map(|start| Window {
                            start,
                            end: start + TimeDelta::hours(1),
                        })
                        .collect()
                } else {
                    (0..30)
                        .rev()
                        .map(|back| last - Days::new(back))
                        .map(|day| Window {
                            start: start_of(day, &self.zone),
                            end: start_of(day + Days::new(1), &self.zone),
                        })
                        .collect()
                };
                let mut line: Vec<_> = spans.iter().map(|span| self.part(*span)).collect();
                if let (Some(end), Some(span)) = (line.last_mut(), spans.last()) {
                    // What is dated ahead of now belongs to what is last.
                    *end = self.part(Window {
                        end: window.end,
                        ..*span
                    });
                }
                let previous = period.previous(self.now, &self.zone).unwrap();
                let whole = all.iter().filter(|known| did(&known.orders, window).is_some());
                let repeat = whole.clone().filter(|known| known.customer.orders() >= 2).count();
                let mut now = self.part(window);
                now[2] = Measure::Share {
                    part: count(repeat),
                    whole: count(whole.count()),
                };
                (now, self.part(previous), line)
            }
        };
        let figure = |at: usize| Figure {
            now: now[at],
            before: before[at],
            line: line.iter().map(|measures| measures[at]).collect(),
        };
        let new = |from: DateTime<Utc>, to: DateTime<Utc>| {
            count(
                all.iter()
                    .filter(|known| known.customer.first_order > from && known.customer.first_order <= to)
                    .count(),
            )
        };
        let in_window = |known: &&Known| window.is_some_and(|window| did(&known.orders, window).is_some());
        Stats {
            customers: figure(0),
            new_customers: window
                .is_none()
                .then(|| (new(month_ago, DateTime::<Utc>::MAX_UTC), new(self.back(60), month_ago))),
            active: self.active(period, &all, month_ago),
            average: figure(1),
            lifetime_average: window.and_then(|_| {
                let ltv: i64 = all.iter().filter(in_window).map(|known| known.customer.spent().0).sum();
                Money(ltv).divided_by(count(all.iter().filter(in_window).count()))
            }),
            repeat: figure(2),
        }
    }

    fn active(&self, period: Period, all: &[Known], month_ago: DateTime<Utc>) -> Figure {
        let active = |known: &[Known], at: DateTime<Utc>| {
            count(
                known
                    .iter()
                    .filter(|known| age_days(known.customer.last_order, at, &self.zone) <= 30)
                    .count(),
            )
        };
        let today = local_date(self.now, &self.zone);
        let ends: Vec<DateTime<Utc>> = if period == Period::Today {
            let midnight = start_of(today, &self.zone);
            (0..25)
                .map(|hour| midnight + TimeDelta::hours(hour))
                .take_while(|start| *start <= self.now)
                .map(|start| start + TimeDelta::hours(1) - TimeDelta::seconds(1))
                .collect()
        } else {
            (0..30)
                .rev()
                .map(|back| start_of(today - Days::new(back) + Days::new(1), &self.zone) - TimeDelta::seconds(1))
                .collect()
        };
        let mut line: Vec<Measure> = ends
            .iter()
            .map(|end| Measure::Count(active(&self.known(Some(*end)), *end)))
            .collect();
        *line.last_mut().unwrap() = Measure::Count(active(all, self.now));
        Figure {
            now: Measure::Count(active(all, self.now)),
            before: Measure::Count(active(&self.known(Some(month_ago)), month_ago)),
            line,
        }
    }

    /// Those who ordered in a span, as they stood at its end.
    fn part(&self, window: Window) -> [Measure; 3] {
        let known = self.known(Some(window.end - TimeDelta::seconds(1)));
        let did: Vec<(&Known, Did)> = known
            .iter()
            .filter_map(|known| Some((known, did(&known.orders, window)?)))
            .collect();
        let spent: i64 = did.iter().map(|(_, did)| did.2.0).sum();
        let repeat = did.iter().filter(|(known, _)| known.customer.orders() >= 2).count();
        [
            Measure::Count(count(did.len())),
            Measure::Money(Money(spent).divided_by(count(did.len()))),
            Measure::Share {
                part: count(repeat),
                whole: count(did.len()),
            },
        ]
    }

    /// The four segments.
    pub fn segments(&self, period: Period) -> SegmentTotals {
        let window = period.window(self.now, &self.zone);
        let all = self.known(None);
        let of = |segment: Segment| {
            let customers = all
                .iter()
                .filter(|known| window.is_none_or(|window| did(&known.orders, window).is_some()))
                .filter(|known| {
                    known
                        .customer
                        .segments(self.now, &self.zone, &Self::thresholds())
                        .contains(&segment)
                });
            let ltv = customers.clone().map(|known| known.customer.spent().0).sum();
            SegmentTotal {
                customers: count(customers.count()),
                ltv: Money(ltv),
            }
        };
        let mut ages: Vec<i64> = all
            .iter()
            .map(|known| known.customer.age_days(self.now, &self.zone))
            .filter(|age| *age >= 60)
            .collect();
        ages.sort_unstable();
        let at_risk = match ages.len() {
            0 => AtRisk::default(),
            number => AtRisk {
                customers: count(number),
                median_days: (ages[(number - 1) / 2] + ages[number / 2] + 1) / 2,
                newest_days: ages[0],
                oldest_days: ages[number - 1],
            },
        };
        SegmentTotals {
            vip: of(Segment::Vip),
            repeat: of(Segment::Repeat),
            one_time: of(Segment::OneTime),
            at_risk,
        }
    }

    /// The same local time so many days ago.
    fn back(&self, days: u64) -> DateTime<Utc> {
        use chrono::TimeZone as _;
        let local = self.now.with_timezone(&self.zone).naive_local() - Days::new(days);
        self.zone
            .from_local_datetime(&local)
            .earliest()
            .unwrap()
            .with_timezone(&Utc)
    }
}

fn lifetime(known: &[Known]) -> [Measure; 3] {
    let spent: i64 = known.iter().map(|known| known.customer.spent().0).sum();
    [
        Measure::Count(count(known.len())),
        Measure::Money(Money(spent).divided_by(count(known.len()))),
        Measure::Share {
            part: count(known.iter().filter(|known| known.customer.orders() >= 2).count()),
            whole: count(known.len()),
        },
    ]
}

fn did(orders: &[&Order], window: Window) -> Option<Did> {
    let within: Vec<_> = orders.iter().filter(|order| window.contains(order.placed_at)).collect();
    let counted = within.iter().filter(|order| order.status.counted());
    let orders = count(counted.clone().count());
    Some((
        orders,
        count(within.len()) - orders,
        Money(counted.map(|order| order.amount.0).sum()),
        within.iter().map(|order| order.placed_at).min()?,
        within.iter().map(|order| order.placed_at).max()?,
    ))
}

fn in_order(sort: Sort, one: (&Customer, Option<Did>), other: (&Customer, Option<Did>)) -> std::cmp::Ordering {
    let value = |(customer, did): (&Customer, Option<Did>)| match sort.key {
        SortKey::Name => 0,
        SortKey::Orders => did.map_or(customer.orders(), |did| did.0),
        SortKey::Spent => did.map_or(customer.spent(), |did| did.2).0,
        SortKey::Last => did.map_or(customer.last_order, |did| did.4).timestamp(),
        SortKey::First => did.map_or(customer.first_order, |did| did.3).timestamp(),
    };
    let name = |customer: &Customer| {
        if sort.key == SortKey::Name {
            text::fold(&customer.name)
        } else {
            String::new()
        }
    };
    let ascending = value(one)
        .cmp(&value(other))
        .then_with(|| name(one.0).cmp(&name(other.0)));
    if sort.descending {
        ascending.reverse()
    } else {
        ascending
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap()
}

/// How well a customer fits a search, the best with the least; none where some part of it does not fit at all.
///
/// The words of a name: the same 0, a beginning 2, a part of it from two letters 4, one slip 6 from four letters, two
/// slips 8 from eight; one more where only an older spelling fits. Numbers: whole 0, an end 2, within 4 from two digits;
/// one more for another number than the phone.
fn score(known: &Known, search: &str) -> Option<usize> {
    let mut total = 0;
    let mut number: Vec<&str> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut numbers: Vec<Vec<&str>> = Vec::new();
    let mut asked = false;
    for piece in search.split_whitespace() {
        let digit = piece.chars().any(|letter| phone::ascii_digit(letter).is_some());
        if digit && !piece.chars().any(char::is_alphabetic) {
            number.push(piece);
        } else if piece.chars().any(char::is_alphanumeric) {
            numbers.push(std::mem::take(&mut number));
            words.extend(words_in(piece));
        } else {
            continue;
        }
        asked = true;
    }
    if !asked {
        return search.trim().is_empty().then_some(0);
    }
    numbers.push(number);
    let current: BTreeSet<String> = words_in(&known.customer.name)
        .into_iter()
        .chain(words_in(known.customer.phone.label().unwrap_or_default()))
        .collect();
    let spelled: BTreeSet<String> = known.orders.iter().flat_map(|order| words_in(&order.name)).collect();
    let by_word = |wanted: &str, forgiving: bool| {
        let now = current
            .iter()
            .filter_map(|word| likeness(wanted, word, forgiving))
            .min();
        let before = spelled
            .iter()
            .filter_map(|word| likeness(wanted, word, forgiving))
            .min()
            .map(|score| score + 1);
        now.into_iter().chain(before).min()
    };
    for word in words {
        total += by_word(&word, true)?;
    }
    let own = packed(&known.customer.phone);
    let mut others: BTreeSet<String> = BTreeSet::new();
    for order in &known.orders {
        for phone in [Some(&order.phone), order.whatsapp.as_ref(), order.other_phone.as_ref()]
            .into_iter()
            .flatten()
        {
            others.insert(packed(phone));
        }
    }
    for pieces in numbers.into_iter().filter(|pieces| !pieces.is_empty()) {
        let wanted = phone::digits(&pieces.join(" "));
        if wanted.is_empty() {
            continue;
        }
        let as_word = match pieces.as_slice() {
            [piece] => words_in(piece).first().and_then(|word| by_word(word, false)),
            _ => None,
        };
        let by_other = others
            .iter()
            .filter_map(|number| fit(&wanted, number))
            .min()
            .map(|score| score + 1);
        total += fit(&wanted, &own).into_iter().chain(by_other).chain(as_word).min()?;
    }
    Some(total)
}

/// The national digits of a phone; of a text, the digits in it.
fn packed(phone: &Phone) -> String {
    let digits: String = phone.as_str().chars().filter(char::is_ascii_digit).take(15).collect();
    let local = digits.strip_prefix("234").unwrap_or(&digits);
    local.strip_prefix('0').unwrap_or(local).to_owned()
}

fn fit(wanted: &str, number: &str) -> Option<usize> {
    let wanted: String = wanted.chars().take(15).collect();
    match () {
        () if wanted == number => Some(0),
        () if number.starts_with(&wanted) || number.ends_with(&wanted) => Some(2),
        () if wanted.len() > 1 && number.contains(&wanted) => Some(4),
        () => None,
    }
}

fn words_in(name: &str) -> Vec<String> {
    text::fold(name)
        .replace('\'', "")
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn likeness(wanted: &str, word: &str, forgiving: bool) -> Option<usize> {
    let letters = wanted.chars().count();
    let limit = match letters {
        _ if !forgiving => 0,
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    match () {
        () if wanted == word => Some(0),
        () if word.starts_with(wanted) => Some(2),
        () if letters > 1 && word.contains(wanted) => Some(4),
        () => slips(wanted, word, limit).map(|count| 4 + 2 * count),
    }
}

/// The slips between two words by the table that textbooks draw (optimal string alignment).
fn slips(wanted: &str, word: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (wanted.chars().collect(), word.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = match (i, j) {
                (0, _) | (_, 0) => i + j,
                _ => {
                    let mut least = (table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1)
                        .min(table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                }
            };
        }
    }
    Some(table[a.len()][b.len()]).filter(|count| *count <= limit)
}
