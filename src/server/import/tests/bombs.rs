//! Files made to exhaust memory or time; what bounds both is tested, since a test may not look at a clock.

use std::io::{self, Read, Seek, SeekFrom};

use super::*;

const HEADER: &str = "Order No,Date,Phone,Amount,Address\n";
const GOOD: &str = "1,2026-10-01,08031234567,500,Ikeja\n";
const SIZE: usize = 10 * 1024 * 1024;

fn rows(middle: &str) -> Vec<Row> {
    let file = [HEADER, middle, "\n", GOOD].concat();
    decode(file.into_bytes()).unwrap().collect()
}

/// Tells what the rows hold in all, in bytes.
fn held(rows: &[Row]) -> usize {
    let cells = rows.iter().flat_map(|row| &row.cells);
    cells.map(|cell| cell.len() + size_of::<String>()).sum()
}

#[test]
fn ten_mebibytes_of_commas_are_one_refused_row() {
    let rows = rows(&",".repeat(SIZE));
    assert_eq!(rows.len(), 2);
    assert!(
        rows[0]
            .outcome
            .as_ref()
            .is_err_and(|error| error.reason == "The row has more than 256 cells.")
    );
    assert!(rows[1].outcome.is_ok());
    assert!(held(&rows) < 64 * 1024);
}

#[test]
fn ten_mebibytes_in_one_line_are_one_refused_row() {
    for bomb in [
        "x".repeat(SIZE),
        format!("\"{}", "x".repeat(SIZE)),
        format!("2,\"{}", ",".repeat(SIZE)),
    ] {
        let rows = rows(&bomb);
        assert_eq!(rows.len(), 2);
        assert!(
            rows[0]
                .outcome
                .as_ref()
                .is_err_and(|error| error.reason.contains("64 KiB"))
        );
        assert!(rows[1].outcome.is_ok());
        assert!(held(&rows) < 64 * 1024);
    }
}

#[test]
fn a_quotation_mark_left_open_costs_its_row_only() {
    let rows = rows(&format!(
        "2,2026-10-01,08031234567,500,\"Ikeja\n{}",
        GOOD.repeat(30_000)
    ));
    let refused: Vec<&Row> = rows.iter().filter(|row| row.outcome.is_err()).collect();
    assert_eq!((refused.len(), refused[0].line), (1, 2));
    assert_eq!(rows.len(), 30_002);
}

#[test]
fn a_header_of_ten_mebibytes_is_refused() {
    for bomb in [
        ",".repeat(SIZE),
        "x".repeat(SIZE),
        format!("\"{}", "x\n".repeat(SIZE / 2)),
    ] {
        assert!(matches!(decode(bomb.into_bytes()), Err(OpenError::BrokenHeader(_))));
    }
}

/// A file of any length that exists nowhere.
struct Endless {
    at: u64,
    length: u64,
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let text = [HEADER.as_bytes(), b"2,\""].concat();
        let left = usize::try_from(self.length - self.at)
            .unwrap_or(usize::MAX)
            .min(into.len());
        for (byte, place) in into[..left].iter_mut().zip(self.at..) {
            *byte = usize::try_from(place)
                .ok()
                .and_then(|place| text.get(place).copied())
                .unwrap_or(b'x');
        }
        self.at += left as u64;
        Ok(left)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(_) => self.length,
            SeekFrom::Current(_) => self.at,
        };
        Ok(self.at)
    }
}

#[test]
fn a_line_longer_than_memory_should_be_is_skipped() {
    let source = Endless {
        at: 0,
        length: 16 * 1024 * 1024,
    };
    let orders = Orders::new(Head::of(text::decode(source).unwrap()).unwrap(), options()).unwrap();
    let rows: Vec<Row> = orders.collect();
    assert_eq!(rows.len(), 1);
    assert!(held(&rows) < 64 * 1024);
}
