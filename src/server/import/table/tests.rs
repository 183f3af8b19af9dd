use std::io::Cursor;

use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Vec<Record> {
    Table::new(Cursor::new(text.to_owned()))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

fn cells(text: &str) -> Vec<Vec<String>> {
    let whole = |record: Record| {
        assert_eq!(record.broken, None, "{:?}", record.cells);
        record.cells
    };
    read(text).into_iter().map(whole).collect()
}

/// A source that gives a few bytes at a time.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.0.len().min(into.len()).min(3);
        let (now, later) = self.0.split_at(length);
        into[..length].copy_from_slice(now);
        self.0 = later;
        Ok(length)
    }
}

#[test]
fn records_are_read_whatever_divides_and_ends_them() {
    let expected = [["a", "b c"], ["1", "x \"y\"\nz"]];
    for delimiter in [",", ";", "\t"] {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a|b c", "1|\"x \"\"y\"\"\nz\"", ""].join(end).replace('|', delimiter);
            assert_eq!(cells(&text), expected, "{text:?}");
            assert_eq!(cells(&format!("{end}{text}{end}")), expected, "{text:?}");
        }
    }
    assert_eq!(cells("sep=;\r\na;b,c,d\r\n"), [["a", "b,c,d"]]);
    assert_eq!(cells("\ta\tb\n\t1\t2\n"), [["", "a", "b"], ["", "1", "2"]]);
}

#[test]
fn records_are_counted_without_empty_lines_and_quoted_breaks() {
    let lines: Vec<u64> = read("a;b\n\n1;\"x\ny\"\n2;z\n")
        .iter()
        .map(|record| record.line)
        .collect();
    assert_eq!(lines, [1, 2, 3]);
}

#[test]
fn nothing_is_in_an_empty_file() {
    for text in ["", "\n", "\r\n\r\n"] {
        assert_eq!(read(text), []);
    }
}

#[test]
fn a_quotation_mark_that_is_never_closed_costs_one_row() {
    let rows = read("n;a\n1;\"Coal Camp\n2;x\n3;y\n");
    let broken: Vec<u64> = rows
        .iter()
        .filter(|row| row.broken.is_some())
        .map(|row| row.line)
        .collect();
    assert_eq!(broken, [2]);
    assert_eq!(rows[1].cells, ["1", "Coal Camp"]);
    assert_eq!(rows[2].cells, ["2", "x"]);
    assert_eq!(rows[3].cells, ["3", "y"]);
}

#[test]
fn a_quotation_mark_that_another_row_closes_costs_one_row() {
    let rows = read("n;a\n1;\"Coal Camp\n2;x\n3;\"y\"\n4;z\n");
    let broken: Vec<u64> = rows
        .iter()
        .filter(|row| row.broken.is_some())
        .map(|row| row.line)
        .collect();
    assert_eq!(broken, [2]);
    assert_eq!(rows.last().unwrap().cells, ["4", "z"]);
    assert_eq!(rows.len(), 5);
}

#[test]
fn rows_up_to_the_bounds_are_read_and_no_larger_ones() {
    let long = |length: usize| format!("a\n{}\nb\n", "x".repeat(length));
    assert_eq!(
        read(&long(MAX_RECORD - 1))
            .iter()
            .filter(|row| row.broken.is_some())
            .count(),
        0
    );
    let rows = read(&long(3 * MAX_RECORD));
    assert_eq!(rows.len(), 3);
    assert!(rows[1].broken.as_ref().unwrap().contains("64 KiB"));
    assert_eq!(
        (rows[2].line, rows[2].cells.as_slice()),
        (3, ["b".to_owned()].as_slice())
    );

    let wide = |cells: usize| format!("a,b\n{}\nc,d\n", ",".repeat(cells - 1));
    assert_eq!(
        read(&wide(MAX_CELLS)).iter().filter(|row| row.broken.is_some()).count(),
        0
    );
    for cells in [MAX_CELLS + 1, MAX_CELLS + 2, 10 * MAX_CELLS, 2 * MAX_RECORD] {
        let rows = read(&wide(cells));
        assert!(rows[1].broken.as_ref().unwrap().contains("256 cells"), "{cells}");
        assert_eq!(
            (rows.len(), rows[2].cells.as_slice()),
            (3, ["c".to_owned(), "d".to_owned()].as_slice())
        );
    }
}

#[test]
fn an_endless_quoted_cell_loses_none_of_the_rows_in_it() {
    let rows = 20_000;
    let text = format!("n;a\n0;\"open\n{}", "1;xxxxxxxxxx\n".repeat(rows));
    let read = read(&text);
    assert_eq!(read.len(), rows + 2);
    assert_eq!(read.iter().filter(|row| row.broken.is_some()).count(), 1);
}

#[test]
fn lines_made_to_be_read_again_and_again_have_a_bound() {
    // From outside and from inside a quoted cell, this line ends inside one.
    let text = "a\",\",\"\"\n".repeat(400_000);
    let mut table = Table::new(Cursor::new(text)).unwrap();
    let broken: Vec<String> = table.by_ref().filter_map(|row| row.unwrap().broken).collect();
    let gave_up = broken.iter().position(|reason| reason.contains("left out"));
    assert!(gave_up.is_some_and(|place| place > 10), "{gave_up:?}");
    assert!(table.reread < 2 * MAX_RECORD, "{}", table.reread);
}

#[test]
fn a_source_that_fails_is_told() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    let mut table = Table::new(Cursor::new("a,b\n1,2\n").chain(Failing));
    assert!(table.is_err() || table.as_mut().is_ok_and(|table| table.any(|row| row.is_err())));
}

proptest! {
    #[test]
    fn any_cells_are_read_back(rows in proptest::collection::vec(proptest::collection::vec("[a;,\t\"\n ]{0,6}", 3..4), 1..6)) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        writer.write_record(["one", "two", "three"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = writer.into_inner().unwrap();
        let read: Vec<Record> = Table::new(Slow(&text)).unwrap().map(Result::unwrap).collect();
        prop_assert_eq!(read.len(), rows.len() + 1);
        for (row, record) in rows.iter().zip(&read[1..]) {
            prop_assert_eq!(&record.broken, &None);
            prop_assert_eq!(&record.cells, row);
        }
    }

    #[test]
    fn any_text_ends_and_counts_on(text in "[a;,\"\r\n]{0,200}") {
        let rows = read(&text);
        prop_assert!(rows.iter().enumerate().all(|(place, row)| row.line == place as u64 + 1));
        prop_assert!(rows.len() <= text.len());
    }
}
