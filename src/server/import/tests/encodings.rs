use proptest::prelude::*;

use super::*;

const FILE: &str = "Order No;Date;Customer;Phone;Amount\r\n\
                    1;2026-10-01;Adébáyò Ökafor;08031234567;12,500\r\n\
                    2;2026-10-02;Zoë;08031234568;7500\r\n";

fn names(bytes: Vec<u8>) -> Vec<String> {
    decode(bytes).unwrap().map(|row| row.outcome.unwrap().name).collect()
}

#[test]
fn every_encoding_and_delimiter_gives_the_same_orders() {
    let expected = ["Adébáyò Ökafor", "Zoë"];
    for delimiter in [",", ";", "\t"] {
        let file = FILE.replace("12,500", "12500").replace(';', delimiter);
        let marked = format!("\u{feff}{file}");
        let utf_16 = |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let windows = encoding_rs::WINDOWS_1252.encode(&file).0.into_owned();
        for bytes in [
            file.clone().into_bytes(),
            marked.clone().into_bytes(),
            windows,
            utf_16(&marked, u16::to_le_bytes),
            utf_16(&marked, u16::to_be_bytes),
            utf_16(&file, u16::to_le_bytes),
            utf_16(&file, u16::to_be_bytes),
        ] {
            assert_eq!(names(bytes), expected, "divided by {delimiter:?}");
        }
    }
}

#[test]
fn other_kinds_of_file_are_named() {
    let refused = |bytes: &[u8]| decode(bytes.to_vec()).err().map(|error| error.to_string());
    let workbook = refused(b"PK\x03\x04\x14\x00xl/workbook.xml").unwrap();
    assert!(
        workbook.starts_with("This is an Excel workbook, not a CSV file."),
        "{workbook}"
    );
    assert_eq!(refused(b"").as_deref(), Some("The file is empty."));
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(orders) = decode(bytes) {
            let _ = orders.count();
        }
    }

    #[test]
    fn random_rows_never_panic(rows in proptest::collection::vec(letter(), 0..2000)) {
        let mut bytes = b"Order No,Date,Phone,Amount,Customer,Items\n1,2026-10-01,0803,5,Ada,x\n".to_vec();
        bytes.extend(rows);
        // What may be in the rows is no reason to refuse the file.
        let lines: Vec<u64> = decode(bytes).unwrap().map(|row| row.line).collect();
        prop_assert!(lines.first() == Some(&2) && lines.is_sorted_by(|one, next| one < next));
    }
}

/// What CSV is made of, and letters that are UTF-8 together or alone.
fn letter() -> impl Strategy<Value = u8> {
    prop_oneof![
        proptest::sample::select(b",,;\"\"\n\r'=".to_vec()),
        32..127_u8,
        128..=255_u8
    ]
}
