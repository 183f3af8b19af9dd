//! Finds customers: any filter, any order, a search that forgives, exact counts and the cards' figures, all in memory.
//!
//! The same code answers on the server, over all customers and orders, and in a browser, over what it was given.

mod alike;
mod classes;
mod count;
mod derived;
mod digits;
mod facets;
mod filter;
mod find;
mod find_orders;
mod found_orders;
mod highlight;
mod orders;
mod packed;
mod ranking;
mod rows;
mod search;
mod slots;
mod spans;
mod stats;
mod today;
mod typo;
mod vocabulary;

use std::collections::HashMap;

pub use alike::{Alike, Why};
pub use find::{Found, FoundRow};
pub use found_orders::{FoundOrders, OrderFacets};
pub use highlight::{Part, finds, highlight, highlight_number, shows, shows_number};
pub use orders::OrderFacts;
pub use rows::CustomerFacts;
pub use search::Search;
pub use spans::Span;
pub use today::{Calendar, Today};

use self::derived::second_counted;
use self::digits::Digits;
use self::orders::Orders;
use self::ranking::Ranking;
use self::rows::Rows;
use self::spans::Spans;
use self::vocabulary::Vocabulary;
use super::customer_query::SortKey;
use super::period::Window;
use super::phone::Phone;

/// All customers and orders of a shop, or the customers that a browser was given.
#[derive(Default)]
pub struct Finder {
    rows: Rows,
    words: Vocabulary,
    /// Numbers besides the phone that customers have been reached by, as searches are matched by them; sorted once the
    /// shop is loaded.
    others: Vec<(u32, Digits)>,
    orders: Orders,
    /// Periods that have been asked for, the latest last.
    spans: Vec<Spans>,
    rankings: HashMap<(SortKey, Option<Window>), Ranking>,
    /// The rows that have changed since the shop was loaded, one after the other.
    changed: Vec<u32>,
    /// Rows whose figures by period are to be worked out again.
    stale: Vec<u32>,
    alive: usize,
    loading: bool,
}

impl Finder {
    /// Begins to load a whole shop: customers first, then orders, then spellings and numbers, in any number.
    pub fn load() -> Self {
        let mut finder = Self::default();
        finder.words.gather();
        finder.loading = true;
        finder
    }

    /// Ends loading.
    pub fn loaded(&mut self) {
        self.words.finish();
        self.others.sort_unstable();
        self.others.dedup();
        self.loading = false;
        for row in (0..).take(self.rows.len()) {
            self.rows.second[row as usize] = second_counted(&self.orders, row);
        }
        self.stale = Vec::new();
        self.changed = Vec::new();
    }

    /// Sorts what every list is sorted by, so that no question waits for it.
    pub fn rank_all(&mut self) {
        for key in SortKey::ALL {
            self.rank(key, None);
        }
    }

    /// Returns how many customers there are.
    pub fn customers(&self) -> i64 {
        count::as_count(self.alive)
    }

    /// Returns how many orders there are.
    pub fn orders(&self) -> i64 {
        count::as_count(self.orders.len())
    }

    /// Writes a customer's lifetime figures.
    pub fn put(&mut self, facts: &CustomerFacts) {
        let known = self.rows.of(facts.id);
        let was_alive = known.is_some_and(|row| self.rows.alive[row as usize]);
        let renamed = known.is_none_or(|row| !was_alive || self.rows.names.get(row as usize) != facts.name_key);
        let row = self.rows.put(facts);
        if renamed {
            let label = facts.phone.label().unwrap_or_default();
            self.words.rename(row, &format!("{} {label}", facts.name_key));
        }
        self.alive += usize::from(!was_alive);
        self.stale.push(row);
    }

    /// Forgets a customer who has no orders any more.
    pub fn remove(&mut self, id: i64) {
        let Some(row) = self.rows.of(id).filter(|row| self.rows.alive[*row as usize]) else {
            return;
        };
        self.rows.remove(row);
        self.words.set(row, "", std::iter::empty());
        self.others.retain(|(owner, _)| *owner != row);
        self.orders.remove_all(row);
        self.alive -= 1;
        self.stale.push(row);
    }

    /// Returns a customer's folded name.
    pub fn name_key(&self, customer: i64) -> &str {
        self.rows
            .of(customer)
            .map_or("", |row| self.rows.names.get(row as usize))
    }

    /// Tells whether a customer is there.
    pub fn has_customer(&self, id: i64) -> bool {
        self.rows.of(id).is_some_and(|row| self.rows.alive[row as usize])
    }

    /// Tells whether an order is there.
    pub fn knows_order(&self, id: u32) -> bool {
        self.orders.knows(id)
    }

    /// Writes an order of a customer who is there.
    pub fn put_order(&mut self, order: OrderFacts, customer: i64) {
        let Some(row) = self.rows.of(customer) else { return };
        self.stale.extend(self.orders.put(order, row));
        self.stale.push(row);
    }

    /// Forgets an order.
    pub fn remove_order(&mut self, id: u32) {
        let before = self.orders.remove(id);
        self.stale.extend(before);
    }

    /// Adds a spelling of a customer's name, folded, and stored phones that stand on the same order.
    pub fn spell(&mut self, customer: i64, name_key: &str, numbers: &[&str]) {
        let Some(row) = self.rows.of(customer) else { return };
        if self.rows.names.get(row as usize) != name_key {
            self.words.spell(row, name_key);
        }
        for number in numbers {
            self.add_number(row, number);
        }
    }

    /// Writes all spellings of a customer's name, folded, and all numbers; what was known of either is forgotten.
    pub fn spell_all(&mut self, customer: i64, name_keys: &[String], numbers: &[Phone]) {
        let Some(row) = self.rows.of(customer) else { return };
        let label = self.rows.labels.get(&row).cloned().unwrap_or_default();
        let current = format!("{} {label}", self.rows.names.get(row as usize));
        self.words.set(row, &current, name_keys.iter().map(String::as_str));
        self.others.retain(|(owner, _)| *owner != row);
        for number in numbers {
            self.add_number(row, number.as_str());
        }
    }

    /// Begins a period whose figures are put by hand, where there are no orders to work them out from. Only after
    /// [`Finder::loaded`]: whatever changes later is worked out from orders again.
    pub fn begin_period(&mut self, window: Window) {
        self.spans.push(Spans::empty(window, self.rows.len()));
    }

    /// Puts what a customer did in a period that was begun.
    pub fn put_span(&mut self, window: Window, customer: i64, span: Span) {
        let Some(row) = self.rows.of(customer) else { return };
        if let Some(spans) = self.spans.iter_mut().find(|spans| spans.window == window) {
            spans.set(row, Some(span));
        }
    }

    fn add_number(&mut self, row: u32, number: &str) {
        let digits = Digits::of(number);
        if digits.is_empty() || digits == self.rows.digits[row as usize] {
            return;
        }
        let entry = (row, digits.national());
        if self.loading {
            self.others.push(entry);
        } else if let Err(at) = self.others.binary_search(&entry) {
            self.others.insert(at, entry);
        }
    }

    fn scores(&self, typed: &str) -> Option<Vec<u8>> {
        Some(Search::parse(typed)?.scores(&self.rows, &self.words, &self.others))
    }
}
