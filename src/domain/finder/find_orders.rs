//! The page of orders that a query asks for, and what each choice of its filters would leave.

use super::Finder;
use super::count::{as_count, largest};
use super::digits::Tail;
use super::found_orders::{FoundOrders, OrderFacets};
use super::orders::{Block, NONE, Orders, SOURCE_SHIFT, short};
use super::search::NO_FIT;
use super::today::{Second, second};
use crate::domain::order_query::{OrderQuery, OrderSort, OrderSortKey};
use crate::domain::period::Window;
use crate::domain::source::Source;
use crate::domain::status::Status;

/// What keeps an order out of a list, as bits.
type Reasons = u8;
const OUT: Reasons = 1;
const STATUS: Reasons = 1 << 1;
const SOURCE: Reasons = 1 << 2;
const REP: Reasons = 1 << 3;

/// What an order is sorted by, ascending, and its row.
type Entry = ((u64, Second), u32);

impl Finder {
    /// Finds the page of orders that a query asks for: of one customer where `customer` is given, placed within `window`
    /// where there is one. `numbered` are the orders whose numbers begin with what is searched.
    pub fn find_orders(
        &mut self,
        query: &OrderQuery,
        window: Option<Window>,
        customer: Option<i64>,
        numbered: &[i64],
    ) -> FoundOrders {
        let most =
            usize::try_from(query.page.saturating_mul(query.size.unwrap_or_default().get())).unwrap_or(usize::MAX);
        let asked = self.asked(query, window, numbered, most);
        self.looked(&asked, customer).found(query, &self.orders)
    }

    /// Finds all orders that a query asks for, in order, each after the number of its tie.
    pub fn find_all_orders(
        &mut self,
        query: &OrderQuery,
        window: Option<Window>,
        customer: Option<i64>,
        numbered: &[i64],
    ) -> Vec<(usize, i64)> {
        let asked = self.asked(query, window, numbered, usize::MAX);
        let mut first = self.looked(&asked, customer).first;
        first.sort_unstable();
        with_ties(&first, &self.orders)
    }

    fn asked(&mut self, query: &OrderQuery, window: Option<Window>, numbered: &[i64], most: usize) -> Asked {
        self.settle();
        let fits = self.scores(&query.search).map(|scores| Fits {
            customers: scores.into_iter().map(|score| score != NO_FIT).collect(),
            tail: query.number_sought().map(Tail::of),
            rows: self.rows_of_orders(numbered),
        });
        Asked::new(query, window, fits, &self.orders, most)
    }

    fn looked<'a>(&self, asked: &'a Asked, customer: Option<i64>) -> Tally<'a> {
        let mut tally = Tally::new(self.orders.reps.names.len(), asked);
        match customer.map(|id| self.rows.of(id)) {
            Some(owner) => {
                let rows = owner.into_iter().flat_map(|owner| self.orders.rows_of(owner));
                rows.for_each(|row| {
                    let (block, at) = self.orders.place(row);
                    tally.take(block, at, row);
                });
            }
            None => self.orders.blocks().rev().for_each(|(first, block)| {
                if block.latest >= asked.start && block.earliest < asked.end {
                    let rows = (0..).zip(first..).take(block.owners.len());
                    rows.for_each(|(at, row)| tally.take(block, at, row));
                }
            }),
        }
        tally
    }

    fn rows_of_orders(&self, ids: &[i64]) -> Vec<u32> {
        let row = |id: &i64| self.orders.row_of(u32::try_from(*id).ok()?);
        let mut rows: Vec<u32> = ids.iter().filter_map(row).collect();
        rows.sort_unstable();
        rows
    }
}

/// Whom and what a search fits.
struct Fits {
    /// By row, whether a customer does.
    customers: Vec<bool>,
    /// Digits of a number.
    tail: Option<Tail>,
    /// Rows of orders that fit by their number, sorted.
    rows: Vec<u32>,
}

/// A query, as its orders are told from others.
struct Asked {
    start: Second,
    end: Second,
    status: Option<u8>,
    source: Option<u8>,
    rep: Option<u32>,
    fits: Option<Fits>,
    sort: OrderSort,
    /// How many are wanted, from the first one on.
    most: usize,
}

impl Asked {
    fn new(query: &OrderQuery, window: Option<Window>, fits: Option<Fits>, orders: &Orders, most: usize) -> Self {
        // A name that nobody has is none of those that are kept.
        let rep = |rep: &String| orders.reps.find(rep).map_or(u32::MAX, |rep| short(rep).into());
        Self {
            start: window.map_or(0, |window| second(window.start)),
            end: window.map_or(Second::MAX, |window| second(window.end)),
            status: query.status.map(|status| status as u8),
            source: query.source.map(|source| source as u8),
            rep: query.sales_rep.as_ref().map(rep),
            fits,
            sort: query.sort,
            most,
        }
    }

    fn reasons(&self, block: &Block, at: usize, row: u32) -> Reasons {
        let (kind, placed, owner) = (block.kinds[at], block.seconds[at], block.owners[at]);
        let mut reasons = 0;
        let mut keep = |reason, kept| reasons |= if kept { 0 } else { reason };
        keep(OUT, owner != NONE && placed >= self.start && placed < self.end);
        keep(STATUS, self.status.is_none_or(|status| kind & 0b111 == status));
        keep(SOURCE, self.source.is_none_or(|source| kind >> SOURCE_SHIFT == source));
        keep(REP, self.rep.is_none_or(|rep| rep == u32::from(block.reps[at])));
        if let (Some(fits), 0) = (&self.fits, reasons & OUT) {
            let fits = fits.customers.get(owner as usize).is_some_and(|fits| *fits)
                || fits.tail.is_some_and(|tail| block.tails[at].holds(tail))
                || fits.rows.binary_search(&row).is_ok();
            reasons |= if fits { 0 } else { OUT };
        }
        reasons
    }

    /// What an order is sorted by, so that the first of the list has the least: of one amount the newest comes first.
    fn key(&self, block: &Block, at: usize) -> (u64, Second) {
        let placed = block.seconds[at];
        match (self.sort.key, self.sort.descending) {
            (OrderSortKey::Placed, true) => (0, !placed),
            (OrderSortKey::Placed, false) => (0, placed),
            (OrderSortKey::Amount, descending) => {
                let amount = block.sale(at).amount.unsigned_abs();
                (if descending { !amount } else { amount }, !placed)
            }
        }
    }
}

/// The orders that have been looked at: how many pass, and the first of them.
struct Tally<'a> {
    asked: &'a Asked,
    statuses: [i64; Status::ALL.len()],
    sources: [i64; Source::ALL.len()],
    reps: Vec<i64>,
    total: usize,
    first: Vec<Entry>,
    /// Whoever comes after this is on no page that is wanted.
    last: Option<(u64, Second)>,
    /// How many are gathered before those behind the page are dropped again.
    room: usize,
}

impl<'a> Tally<'a> {
    fn new(reps: usize, asked: &'a Asked) -> Self {
        Self {
            asked,
            statuses: [0; Status::ALL.len()],
            sources: [0; Source::ALL.len()],
            reps: vec![0; reps],
            total: 0,
            first: Vec::new(),
            last: None,
            room: asked.most.saturating_mul(2).saturating_add(4_096),
        }
    }

    fn take(&mut self, block: &Block, at: usize, row: u32) {
        let reasons = self.asked.reasons(block, at, row);
        if reasons & !STATUS == 0 {
            self.statuses[usize::from(block.kinds[at] & 0b111)] += 1;
        }
        if reasons & !SOURCE == 0 {
            self.sources[usize::from(block.kinds[at] >> SOURCE_SHIFT)] += 1;
        }
        if reasons & !REP == 0
            && let Some(count) = self.reps.get_mut(usize::from(block.reps[at]))
        {
            *count += 1;
        }
        if reasons != 0 {
            return;
        }
        self.total += 1;
        let key = self.asked.key(block, at);
        if self.last.is_none_or(|last| key <= last) {
            self.first.push((key, row));
            if self.first.len() >= self.room {
                self.drop_behind();
            }
        }
    }

    /// Drops what comes after the page; what ties with its last order stays.
    fn drop_behind(&mut self) {
        let (_, last, _) = self.first.select_nth_unstable(self.asked.most - 1);
        let last = last.0;
        self.first.retain(|entry| entry.0 <= last);
        self.last = Some(last);
        self.room = self.room.max(2 * self.first.len());
    }

    fn found(mut self, query: &OrderQuery, orders: &Orders) -> FoundOrders {
        let total = as_count(self.total);
        let size = query.size.unwrap_or_default();
        let page = size.clamp(query.page, total);
        let rows = usize::try_from(size.get()).unwrap_or_default();
        let skip = usize::try_from(page - 1).unwrap_or_default() * rows;
        let take = rows.min(self.total - skip);
        let mut found = FoundOrders {
            take,
            total,
            page,
            size,
            facets: self.facets(orders),
            ..FoundOrders::default()
        };
        if take == 0 {
            return found;
        }
        let (_, first, rest) = self.first.select_nth_unstable(skip);
        let first = first.0;
        let last = match take {
            1 => first,
            _ => rest.select_nth_unstable(take - 2).1.0,
        };
        found.skip = skip - self.first.iter().filter(|entry| entry.0 < first).count();
        self.first.retain(|entry| entry.0 >= first && entry.0 <= last);
        self.first.sort_unstable();
        found.ids = with_ties(&self.first, orders);
        found
    }

    fn facets(&self, orders: &Orders) -> OrderFacets {
        let counts = |counts: &[i64]| counts.to_vec();
        OrderFacets {
            statuses: Status::ALL.into_iter().zip(counts(&self.statuses)).collect(),
            sources: Source::ALL.into_iter().zip(counts(&self.sources)).collect(),
            reps: largest(&orders.reps, counts(&self.reps)),
        }
    }
}

/// Numbers the ties of sorted orders.
fn with_ties(sorted: &[Entry], orders: &Orders) -> Vec<(usize, i64)> {
    let ties = sorted.chunk_by(|one, other| one.0 == other.0).enumerate();
    let rows = ties.flat_map(|(tie, entries)| entries.iter().map(move |(_, row)| (tie, *row)));
    rows.map(|(tie, row)| (tie, orders.id_of(row))).collect()
}
