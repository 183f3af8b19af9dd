//! What each customer did in one period, kept for as long as the period is asked for.

use serde::{Deserialize, Serialize};

use super::orders::{Orders, Sale};
use super::today::{Second, second};
use crate::domain::period::Window;

/// No member.
const NONE: u32 = u32::MAX;

/// What a customer did in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The amounts of counted orders, in kobo.
    pub spent: i64,
    /// Counted orders.
    pub orders: u32,
    /// Lost orders.
    pub lost: u32,
    /// The second of the first order, lost or not.
    pub first: Second,
    /// The second of the last one.
    pub last: Second,
}

impl Span {
    fn add(&mut self, sale: Sale) {
        if self.orders + self.lost == 0 {
            (self.first, self.last) = (sale.second, sale.second);
        }
        self.first = self.first.min(sale.second);
        self.last = self.last.max(sale.second);
        if sale.counted {
            self.orders += 1;
            self.spent += sale.amount;
        } else {
            self.lost += 1;
        }
    }
}

/// The customers who ordered in a period.
pub(super) struct Spans {
    pub(super) window: Window,
    /// The place of each customer among the members.
    places: Vec<u32>,
    members: Vec<Span>,
    owners: Vec<u32>,
}

impl Spans {
    /// Finds what every customer did in a period.
    pub(super) fn of(window: Window, orders: &Orders, customers: usize) -> Self {
        let mut spans = Self::empty(window, customers);
        orders.between(second(window.start), second(window.end), |owner, sale| {
            spans.entry(owner).add(sale);
        });
        spans
    }

    /// Holds nobody yet.
    pub(super) fn empty(window: Window, customers: usize) -> Self {
        Self {
            window,
            places: vec![NONE; customers],
            members: Vec::new(),
            owners: Vec::new(),
        }
    }

    /// Works a customer out again.
    pub(super) fn refresh(&mut self, owner: u32, orders: &Orders) {
        let (start, end) = (second(self.window.start), second(self.window.end));
        let mut span = Span::default();
        for sale in orders
            .of(owner)
            .filter(|sale| sale.second >= start && sale.second < end)
        {
            span.add(sale);
        }
        self.set(owner, (span.orders + span.lost > 0).then_some(span));
    }

    /// Puts what a customer did, or that they did nothing.
    pub(super) fn set(&mut self, owner: u32, span: Option<Span>) {
        match span {
            Some(span) => *self.entry(owner) = span,
            None => self.remove(owner),
        }
    }

    pub(super) fn get(&self, owner: u32) -> Option<Span> {
        let place = self
            .places
            .get(owner as usize)
            .copied()
            .filter(|place| *place != NONE)?;
        self.members.get(place as usize).copied()
    }

    /// Returns the members.
    pub(super) fn owners(&self) -> &[u32] {
        &self.owners
    }

    /// Tells of every customer whether they are a member, in the order of the rows.
    pub(super) fn membership(&self) -> impl Iterator<Item = bool> + '_ {
        self.places.iter().map(|place| *place != NONE)
    }

    /// Returns what all members together spent.
    pub(super) fn spent(&self) -> i64 {
        self.members.iter().map(|span| span.spent).sum()
    }

    fn entry(&mut self, owner: u32) -> &mut Span {
        if self.places.len() <= owner as usize {
            self.places.resize(owner as usize + 1, NONE);
        }
        let place = &mut self.places[owner as usize];
        if *place == NONE {
            *place = u32::try_from(self.members.len()).unwrap_or(NONE);
            self.members.push(Span::default());
            self.owners.push(owner);
        }
        &mut self.members[*place as usize]
    }

    fn remove(&mut self, owner: u32) {
        let Some(place) = self.places.get_mut(owner as usize).filter(|place| **place != NONE) else {
            return;
        };
        let at = std::mem::replace(place, NONE);
        self.members.swap_remove(at as usize);
        self.owners.swap_remove(at as usize);
        if let Some(moved) = self.owners.get(at as usize) {
            self.places[*moved as usize] = at;
        }
    }
}
