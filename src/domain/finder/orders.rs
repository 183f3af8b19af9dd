//! All orders in columns: some 31 bytes each, in blocks that know their earliest and latest second.

use std::collections::HashMap;

use super::digits::Tail;
use super::rows::Names;
use super::slots::{CHUNK, each_within};
use super::today::Second;
use crate::domain::source::Source;
use crate::domain::status::Status;

/// How many orders a block has.
const BLOCK: usize = CHUNK;
/// No row, or no customer.
pub(super) const NONE: u32 = u32::MAX;
/// Where the bits of the source begin in an order's kind.
pub(super) const SOURCE_SHIFT: u8 = 3;

/// An order as the finder knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderFacts<'a> {
    /// The database's number.
    pub id: u32,
    /// When it was placed, in seconds since 1970.
    pub second: Second,
    /// What it costs, in kobo.
    pub amount: i64,
    /// Where it stands.
    pub status: Status,
    /// Where it came from.
    pub source: Source,
    /// Who sold it.
    pub sales_rep: &'a str,
    /// The shop's own number.
    pub number: &'a str,
}

/// What an order says about its customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sale {
    pub(super) second: Second,
    pub(super) amount: i64,
    pub(super) counted: bool,
}

/// Columns of orders, in the order in which they became known.
#[derive(Default)]
pub(super) struct Orders {
    blocks: Vec<Block>,
    /// The latest known order of each customer.
    heads: Vec<u32>,
    /// Orders that became known after ones with greater numbers, both ways.
    stragglers: HashMap<u32, u32>,
    straggling: HashMap<u32, u32>,
    /// The sales representatives.
    pub(super) reps: Names,
    alive: usize,
}

pub(super) struct Block {
    ids: Vec<u32>,
    pub(super) seconds: Vec<Second>,
    pub(super) owners: Vec<u32>,
    /// The amount, and in the lowest bit whether it counts.
    amounts: Vec<u64>,
    /// The status in the lower bits, the source in the upper ones.
    pub(super) kinds: Vec<u8>,
    /// The sales representative's number; 65,535 stands for all beyond so many.
    pub(super) reps: Vec<u16>,
    /// The last digits of the order's number.
    pub(super) tails: Vec<Tail>,
    /// The customer's order before this one.
    nexts: Vec<u32>,
    pub(super) earliest: Second,
    pub(super) latest: Second,
}

impl Orders {
    /// Returns how many orders there are.
    pub(super) fn len(&self) -> usize {
        self.alive
    }

    /// Tells whether an order is there.
    pub(super) fn knows(&self, id: u32) -> bool {
        self.row_of(id).is_some_and(|row| {
            let (block, at) = self.place(row);
            block.owners[at] != NONE
        })
    }

    /// Adds an order, or puts it in the place of the one with its number. Returns whose that was.
    pub(super) fn put(&mut self, order: OrderFacts, owner: u32) -> Option<u32> {
        let known = self.row_of(order.id);
        let before = known.and_then(|row| self.unlink(row));
        let row = known.unwrap_or_else(|| self.append(order.id));
        if self.heads.len() <= owner as usize {
            self.heads.resize(owner as usize + 1, NONE);
        }
        let next = std::mem::replace(&mut self.heads[owner as usize], row);
        let rep = short(self.reps.number(order.sales_rep));
        let (block, at) = self.place_mut(row);
        block.seconds[at] = order.second;
        block.owners[at] = owner;
        block.amounts[at] = order.amount.unsigned_abs() << 1 | u64::from(order.status.counted());
        block.kinds[at] = order.status as u8 | (order.source as u8) << SOURCE_SHIFT;
        block.reps[at] = rep;
        block.tails[at] = Tail::of(order.number);
        block.nexts[at] = next;
        block.earliest = block.earliest.min(order.second);
        block.latest = block.latest.max(order.second);
        self.alive += 1;
        before
    }

    /// Forgets an order. Returns whose it was.
    pub(super) fn remove(&mut self, id: u32) -> Option<u32> {
        self.row_of(id).and_then(|row| self.unlink(row))
    }

    /// Forgets all orders of a customer.
    pub(super) fn remove_all(&mut self, owner: u32) {
        while let Some(row) = self.heads.get(owner as usize).copied().filter(|row| *row != NONE) {
            self.unlink(row);
        }
    }

    /// Hands over the orders of a customer.
    pub(super) fn of(&self, owner: u32) -> impl Iterator<Item = Sale> + '_ {
        self.rows_of(owner).map(|row| {
            let (block, at) = self.place(row);
            block.sale(at)
        })
    }

    /// Hands over the rows of the orders of a customer.
    pub(super) fn rows_of(&self, owner: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.heads.get(owner as usize).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let row = Some(next).filter(|row| *row != NONE)?;
            let (block, at) = self.place(row);
            next = block.nexts[at];
            Some(row)
        })
    }

    /// The blocks, each with the row of its first order.
    pub(super) fn blocks(&self) -> impl DoubleEndedIterator<Item = (u32, &Block)> {
        let first = |number: usize| u32::try_from(number * BLOCK).unwrap_or(NONE);
        self.blocks
            .iter()
            .enumerate()
            .map(move |(number, block)| (first(number), block))
    }

    /// Returns the database's number of the order in a row.
    pub(super) fn id_of(&self, row: u32) -> i64 {
        let (block, at) = self.place(row);
        self.straggling.get(&row).copied().unwrap_or(block.ids[at]).into()
    }

    /// Hands over every order from `start` on and before `end`, with its customer.
    pub(super) fn between(&self, start: Second, end: Second, mut each: impl FnMut(u32, Sale)) {
        for block in &self.blocks {
            if block.latest < start || block.earliest >= end {
                continue;
            }
            each_within(&block.seconds, start, end, |at| {
                if block.owners[at] != NONE {
                    each(block.owners[at], block.sale(at));
                }
            });
        }
    }

    fn append(&mut self, id: u32) -> u32 {
        let last = self.blocks.last().and_then(|block| block.ids.last().copied());
        if self.blocks.last().is_none_or(|block| block.ids.len() == BLOCK) {
            self.blocks.push(Block::new());
        }
        let block_number = self.blocks.len() - 1;
        let block = &mut self.blocks[block_number];
        let row = u32::try_from(block_number * BLOCK + block.ids.len()).unwrap_or(NONE);
        // Searching by halves must stay possible: a late number is filed apart, under the number before it.
        let sorted = last.is_none_or(|last| last < id);
        block.push(if sorted { id } else { last.unwrap_or_default() });
        if !sorted {
            self.stragglers.insert(id, row);
            self.straggling.insert(row, id);
        }
        row
    }

    pub(super) fn row_of(&self, id: u32) -> Option<u32> {
        if let Some(row) = self.stragglers.get(&id) {
            return Some(*row);
        }
        let after = self
            .blocks
            .partition_point(|block| block.ids.first().is_some_and(|first| *first <= id));
        let number = after.checked_sub(1)?;
        // Of equal numbers the first is the order itself; the ones behind it are late ones filed under it.
        let mut number = number;
        while number > 0
            && self.blocks[number].ids.first() == Some(&id)
            && self.blocks[number - 1].ids.last() == Some(&id)
        {
            number -= 1;
        }
        let ids = &self.blocks[number].ids;
        let at = ids.partition_point(|other| *other < id);
        (ids.get(at) == Some(&id)).then(|| u32::try_from(number * BLOCK + at).unwrap_or(NONE))
    }

    /// Takes an order out of its customer's chain.
    fn unlink(&mut self, row: u32) -> Option<u32> {
        let (block, at) = self.place_mut(row);
        let (owner, next) = (block.owners[at], block.nexts[at]);
        if owner == NONE {
            return None;
        }
        (block.owners[at], block.nexts[at]) = (NONE, NONE);
        self.alive -= 1;
        let head = self.heads[owner as usize];
        if head == row {
            self.heads[owner as usize] = next;
            return Some(owner);
        }
        let mut current = head;
        while current != NONE {
            let (block, at) = self.place_mut(current);
            if block.nexts[at] == row {
                block.nexts[at] = next;
                break;
            }
            current = block.nexts[at];
        }
        Some(owner)
    }

    pub(super) fn place(&self, row: u32) -> (&Block, usize) {
        (&self.blocks[row as usize / BLOCK], row as usize % BLOCK)
    }

    fn place_mut(&mut self, row: u32) -> (&mut Block, usize) {
        (&mut self.blocks[row as usize / BLOCK], row as usize % BLOCK)
    }
}

impl Block {
    fn new() -> Self {
        Self {
            ids: Vec::with_capacity(BLOCK),
            seconds: Vec::with_capacity(BLOCK),
            owners: Vec::with_capacity(BLOCK),
            amounts: Vec::with_capacity(BLOCK),
            kinds: Vec::with_capacity(BLOCK),
            reps: Vec::with_capacity(BLOCK),
            tails: Vec::with_capacity(BLOCK),
            nexts: Vec::with_capacity(BLOCK),
            earliest: Second::MAX,
            latest: 0,
        }
    }

    fn push(&mut self, id: u32) {
        self.ids.push(id);
        self.seconds.push(0);
        self.owners.push(NONE);
        self.amounts.push(0);
        self.kinds.push(0);
        self.reps.push(0);
        self.tails.push(Tail::default());
        self.nexts.push(NONE);
    }

    /// What the order at a place says of its customer.
    pub(super) fn sale(&self, at: usize) -> Sale {
        Sale {
            second: self.seconds[at],
            amount: i64::try_from(self.amounts[at] >> 1).unwrap_or(i64::MAX),
            counted: self.amounts[at] & 1 == 1,
        }
    }
}

/// A sales representative's number as it is kept.
pub(super) fn short(rep: u32) -> u16 {
    u16::try_from(rep).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests;
