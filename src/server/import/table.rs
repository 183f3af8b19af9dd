//! A CSV file as records, within fixed bounds of memory whatever is in it.

use std::io::{self, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::quotes;

/// The most bytes of one record.
pub const MAX_RECORD: usize = 64 * 1024;
/// The most cells of one record. A Shopify export has 79.
pub const MAX_CELLS: usize = 256;
/// How many bytes may be read twice, to go on behind a forgotten quotation mark, before the rest is skipped.
const REREAD: usize = 16 * 1024 * 1024;

/// A record of the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number; the first is 1, and line breaks within a quoted cell do not count.
    pub line: u64,
    /// Its cells as they stand in the file, without quotation marks.
    pub cells: Vec<String>,
    /// Why it cannot be read, as a sentence; the cells are then what its first line holds.
    pub broken: Option<String>,
}

/// A reader of records that refuses what is too large before memory grows.
pub struct Table<R> {
    source: R,
    parser: Reader,
    delimiter: u8,
    /// The bytes read and not yet taken are `buffer[start..end]`.
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    ended: bool,
    /// The cells of the record at hand, one behind the other, and where each ends.
    text: Box<[u8]>,
    ends: Box<[usize]>,
    line: u64,
    reread: usize,
}

/// What stands at the beginning of the buffer.
enum Found {
    /// A record up to this place, with this many cells.
    Record(usize, usize),
    /// A record that is too large, read up to this place.
    TooLarge(usize, String),
    /// The end of the file.
    End,
}

impl<R: Read> Table<R> {
    /// Begins to read a text, and finds out by its first line what divides its cells.
    pub fn new(source: R) -> io::Result<Self> {
        let mut table = Self {
            source,
            parser: Reader::new(),
            delimiter: b',',
            buffer: vec![0; 2 * MAX_RECORD].into(),
            start: 0,
            end: 0,
            ended: false,
            text: vec![0; MAX_RECORD].into(),
            ends: vec![0; MAX_CELLS + 1].into(),
            line: 0,
            reread: REREAD,
        };
        while !table.ended && table.end <= MAX_RECORD {
            table.fill()?;
        }
        let text = &table.buffer[..table.end];
        let first = quotes::leading_breaks(text);
        let length = quotes::first_line(&text[first..]);
        let line = &text[first..first + length];
        (table.delimiter, table.start) = match quotes::named_delimiter(line) {
            Some(named) => (named, first + length),
            None => (quotes::delimiter(line), first),
        };
        table.parser = ReaderBuilder::new().delimiter(table.delimiter).build();
        Ok(table)
    }

    /// Returns the number of the last record read.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Finds the next record.
    fn scan(&mut self) -> io::Result<Found> {
        let (mut at, mut written, mut cells) = (self.start, 0, 0);
        loop {
            if at == self.end && !self.ended {
                if at - self.start > MAX_RECORD {
                    return Ok(Found::TooLarge(at, too_long()));
                }
                at -= self.fill()?;
            }
            let input = &self.buffer[at..self.end];
            let (result, read, wrote, found) =
                self.parser
                    .read_record(input, &mut self.text[written..], &mut self.ends[cells..]);
            (at, written, cells) = (at + read, written + wrote, cells + found);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => return Ok(Found::TooLarge(at, too_long())),
                ReadRecordResult::OutputEndsFull => return Ok(Found::TooLarge(at, too_many())),
                ReadRecordResult::Record if cells > MAX_CELLS => {
                    return Ok(Found::TooLarge(at, too_many()));
                }
                ReadRecordResult::Record => return Ok(Found::Record(at, cells)),
                ReadRecordResult::End => return Ok(Found::End),
            }
        }
    }

    /// Moves what is left to the front, which is told, and reads on behind it.
    fn fill(&mut self) -> io::Result<usize> {
        let moved = self.start;
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - moved);
        loop {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(read) => {
                    self.ended = read == 0;
                    self.end += read;
                    return Ok(moved);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes a record off, or its first line where its quotation marks are broken.
    fn take(&mut self, end: usize, cells: usize) -> (Vec<String>, Option<String>) {
        let raw = &self.buffer[self.start..end];
        let raw = &raw[quotes::leading_breaks(raw)..];
        let last = self.ended && end == self.end;
        if quotes::are_broken(raw, self.delimiter, last) {
            let cells = self.recover(end, true);
            return (cells, Some(not_closed(self.start == end)));
        }
        self.start = end;
        (cut(&self.text, &self.ends[..cells]), None)
    }

    /// Goes on behind the first line of a record that cannot be read, and returns the cells of that line.
    ///
    /// `end` is how far it has been read, `whole` that it ends there. Reading lines again has a bound, or a file
    /// made for it would keep the reader busy for hours; past that, everything up to `end` is given up.
    fn recover(&mut self, end: usize, whole: bool) -> Vec<String> {
        self.parser.reset();
        let raw = &self.buffer[self.start..end];
        let first = quotes::leading_breaks(raw);
        let length = raw[first..].iter().position(|byte| quotes::is_break(*byte));
        if let Some(next) = length.map(|length| first + length)
            && let Some(left) = self.reread.checked_sub(raw.len() - next)
        {
            let cells = self.split(&raw[first..next]);
            self.reread = left;
            self.start += next;
            return cells;
        }
        let cells = if whole { self.split(&raw[first..]) } else { Vec::new() };
        self.start = end;
        cells
    }

    /// Takes off what of a record that is too large stands in one line.
    fn drop_large(&mut self, end: usize, large: String) -> io::Result<(Vec<String>, String)> {
        let raw = &self.buffer[self.start..end];
        let within = raw[quotes::leading_breaks(raw)..].trim_ascii_end();
        let spans_lines = within.iter().any(|byte| quotes::is_break(*byte));
        let inside_line = !raw.last().is_some_and(|byte| quotes::is_break(*byte));
        let cells = self.recover(end, false);
        let reason = if spans_lines {
            not_closed(self.start == end)
        } else {
            large
        };
        if self.start == end && inside_line {
            self.skip_line()?;
        }
        Ok((cells, reason))
    }

    /// Drops the rest of a line.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let rest = &self.buffer[self.start..self.end];
            if let Some(length) = rest.iter().position(|byte| quotes::is_break(*byte)) {
                self.start += length;
                return Ok(());
            }
            self.start = self.end;
            if self.ended {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// Divides one line as well as it can be.
    fn split(&self, line: &[u8]) -> Vec<String> {
        let (mut text, mut ends) = (vec![0; line.len() + 1], vec![0; MAX_CELLS + 1]);
        let mut parser = ReaderBuilder::new().delimiter(self.delimiter).build();
        let (_, _, written, cells) = parser.read_record(line, &mut text, &mut ends);
        let (_, _, _, last) = parser.read_record(&[], &mut text[written..], &mut ends[cells..]);
        cut(&text, &ends[..cells + last])
    }
}

impl<R: Read> Iterator for Table<R> {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        let (cells, broken) = match self.scan() {
            Err(error) => return Some(Err(error)),
            Ok(Found::End) => return None,
            Ok(Found::Record(end, cells)) => self.take(end, cells),
            Ok(Found::TooLarge(end, large)) => match self.drop_large(end, large) {
                Ok((cells, reason)) => (cells, Some(reason)),
                Err(error) => return Some(Err(error)),
            },
        };
        self.line += 1;
        Some(Ok(Record {
            line: self.line,
            cells,
            broken,
        }))
    }
}

/// Cuts text at the ends of its cells.
fn cut(text: &[u8], ends: &[usize]) -> Vec<String> {
    let mut start = 0;
    let cell = |end: &usize| {
        let cell = &text[start..*end];
        start = *end;
        String::from_utf8_lossy(cell).into_owned()
    };
    ends.iter().map(cell).collect()
}

fn too_long() -> String {
    format!(
        "The row is longer than {} KiB; perhaps a quotation mark is missing.",
        MAX_RECORD / 1024
    )
}

fn too_many() -> String {
    format!("The row has more than {MAX_CELLS} cells.")
}

fn not_closed(gave_up: bool) -> String {
    let lost = if gave_up {
        " The rows right behind it are left out."
    } else {
        ""
    };
    format!("A quotation mark opens a cell here and is not closed.{lost}")
}

#[cfg(test)]
mod tests;
