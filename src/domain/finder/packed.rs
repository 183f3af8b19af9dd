//! A text or a list a row, all in one buffer: a million short ones of their own would take four times the room.

use std::ops::Range;

/// What texts or lists are put into, one after the other.
pub(super) trait Buffer: Default {
    /// A text, or a list.
    type Part: ?Sized + PartialEq;

    fn with_room(length: usize) -> Self;
    fn length(&self) -> usize;
    fn part(&self, place: Range<usize>) -> &Self::Part;
    fn append(&mut self, part: &Self::Part);
}

/// Texts by row.
pub(super) type Texts = Packed<String>;
/// Lists of numbers by row.
pub(super) type Lists = Packed<Vec<u32>>;

/// Parts of a buffer by row.
#[derive(Default)]
pub(super) struct Packed<B> {
    buffer: B,
    places: Vec<(u32, u32)>,
    /// What of the buffer no row points at any more.
    unused: usize,
}

impl<B: Buffer> Packed<B> {
    /// Returns what a row has; of a row that was never written that is nothing.
    pub(super) fn get(&self, row: usize) -> &B::Part {
        self.buffer
            .part(range(self.places.get(row).copied().unwrap_or_default()))
    }

    /// Returns how many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.places.len()
    }

    /// Writes what a row has; rows up to it are added.
    pub(super) fn set(&mut self, row: usize, part: &B::Part) {
        if row >= self.places.len() {
            self.places.resize(row + 1, (0, 0));
        }
        if self.get(row) == part {
            return;
        }
        self.unused += range(self.places[row]).len();
        self.places[row] = append(&mut self.buffer, part);
        if self.unused > 1 << 16 && self.unused > self.buffer.length() / 2 {
            self.compact();
        }
    }

    fn compact(&mut self) {
        let mut buffer = B::with_room(self.buffer.length() - self.unused);
        for place in &mut self.places {
            *place = append(&mut buffer, self.buffer.part(range(*place)));
        }
        self.buffer = buffer;
        self.unused = 0;
    }
}

impl Lists {
    /// Takes pairs of a row and one of its numbers: lists have them in the order in which they come. `pairs` is walked
    /// twice, so that nothing is held but the lists themselves.
    pub(super) fn of<I: Iterator<Item = (u32, u32)>>(rows: usize, pairs: impl Fn() -> I) -> Self {
        let mut places = vec![(0, 0); rows];
        pairs().for_each(|(row, _)| places[row as usize].1 += 1);
        let mut length = 0;
        for place in &mut places {
            let own = place.1;
            *place = (length, length);
            length += own;
        }
        let mut buffer = vec![0; length as usize];
        for (row, number) in pairs() {
            let end = &mut places[row as usize].1;
            buffer[*end as usize] = number;
            *end += 1;
        }
        Self {
            buffer,
            places,
            unused: 0,
        }
    }
}

impl Buffer for String {
    type Part = str;

    fn with_room(length: usize) -> Self {
        Self::with_capacity(length)
    }

    fn length(&self) -> usize {
        self.len()
    }

    fn part(&self, place: Range<usize>) -> &str {
        &self[place]
    }

    fn append(&mut self, part: &str) {
        self.push_str(part);
    }
}

impl Buffer for Vec<u32> {
    type Part = [u32];

    fn with_room(length: usize) -> Self {
        Self::with_capacity(length)
    }

    fn length(&self) -> usize {
        self.len()
    }

    fn part(&self, place: Range<usize>) -> &[u32] {
        &self[place]
    }

    fn append(&mut self, part: &[u32]) {
        self.extend_from_slice(part);
    }
}

fn range((start, end): (u32, u32)) -> Range<usize> {
    start as usize..end as usize
}

/// Adds a part and returns its place. Four gigabytes of names would be more customers than rows can number.
fn append<B: Buffer>(buffer: &mut B, part: &B::Part) -> (u32, u32) {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let start = place(buffer.length());
    buffer.append(part);
    (start, place(buffer.length()))
}

#[cfg(test)]
mod tests {
    use super::{Lists, Texts};

    #[test]
    fn rows_keep_their_texts_through_changes_and_compaction() {
        let mut texts = Texts::default();
        for row in 0..100 {
            texts.set(row, &format!("name {row}"));
        }
        for round in 0..2_000 {
            texts.set(
                round % 100,
                &format!("a much longer name {round} of row {}", round % 100),
            );
        }
        for row in 0..100 {
            assert_eq!(
                texts.get(row),
                format!("a much longer name {} of row {row}", 1_900 + row)
            );
        }
        assert!(texts.buffer.len() < 1 << 17, "{} bytes", texts.buffer.len());
    }

    #[test]
    fn lists_of_pairs_are_those_that_are_set_one_by_one() {
        let pairs = [(3, 7), (0, 1), (3, 2), (5, 9), (0, 4), (3, 3)];
        let mut lists = Lists::of(7, || pairs.into_iter());
        assert_eq!(lists.rows(), 7);
        let found: Vec<&[u32]> = (0..7).map(|row| lists.get(row)).collect();
        assert_eq!(found, [&[1, 4][..], &[], &[], &[7, 2, 3], &[], &[9], &[]]);

        lists.set(3, &[8]);
        lists.set(9, &[5, 6]);
        assert_eq!(
            (lists.get(3), lists.get(8), lists.get(9)),
            (&[8][..], &[][..], &[5, 6][..])
        );
        assert_eq!(lists.get(0), [1, 4], "the others stay");
    }
}
