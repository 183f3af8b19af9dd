use std::io::Cursor;

use super::super::text;
use super::*;
use crate::server::config::Shop;

fn open(file: &str) -> Result<Orders, OpenError> {
    let options = Options::of(&Shop::default(), "2026-11-24T12:00:00Z".parse().unwrap());
    Orders::new(Head::of(text::decode(Cursor::new(file.to_owned()))?)?, options)
}

fn rows(file: &str) -> Vec<Row> {
    open(file).unwrap().collect()
}

fn reason(row: &Row) -> &str {
    &row.outcome.as_ref().expect_err("the row is refused").reason
}

const SHOPIFY: &str = "\
Name,Email,Financial Status,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Billing Name,\
Billing Zip,Billing Phone,Id,Source,Phone
#1003,a@b.c,paid,fulfilled,NGN,9500.00,2026-10-07 09:50:26 +0100,2,Shea butter,Ada Obi,'100001,+2348031234567,77,web,
#1003,a@b.c,,,,,2026-10-07 09:50:26 +0100,1,Black soap,,,,,,
#1003,a@b.c,,,,,2026-10-07 09:50:26 +0100,3,\"Oil, 1 l\",,,,,,+2348031234567
#1002,d@e.f,paid,unfulfilled,USD,20.00,2026-10-06 09:50:26 +0100,1,Lamp,Bayo,,08031234568,76,web,
#1002,d@e.f,,,,,2026-10-06 09:50:26 +0100,1,Wick,,,,,,
#1001,g@h.i,refunded,fulfilled,NGN,100.00,2026-10-05 09:50:26 +0100,1,Cup,Chidi,,08031234569,75,web,
";

#[test]
fn further_items_join_their_order() {
    let rows = rows(SHOPIFY);
    let first = rows[0].outcome.as_ref().unwrap();
    assert_eq!(first.number, "#1003");
    assert_eq!(first.items, "2 × Shea butter; Black soap; 3 × Oil, 1 l");
    assert_eq!(
        (first.name.as_str(), first.phone.as_str()),
        ("Ada Obi", "+2348031234567")
    );
    let last = rows[3].outcome.as_ref().unwrap();
    assert_eq!((last.number.as_str(), last.status.as_str()), ("#1001", "returned"));
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 5, 6, 7]);
}

#[test]
fn further_items_of_a_refused_order_are_refused_with_it() {
    let rows = rows(SHOPIFY);
    assert_eq!(rows[1].outcome.as_ref().unwrap_err().field, "currency");
    assert!(reason(&rows[2]).contains("further item"));
    assert_eq!(rows[2].cells[8], "Wick");
}

#[test]
fn whole_rows_with_one_number_are_all_given() {
    let rows = rows("Order No,Date,Phone,Amount\n1,2026-10-01,08031234567,5\n1,2026-10-01,08031234567,6\n");
    let amounts: Vec<i64> = rows.iter().map(|row| row.outcome.as_ref().unwrap().amount.0).collect();
    assert_eq!(amounts, [500, 600]);
}

#[test]
fn a_row_without_amount_is_refused_where_it_is_no_further_item() {
    let file = "Order No,Date,Phone,Amount\n1,2026-10-01,08031234567,5\n1,2026-10-01,08039999999,\n2,,,\n,,,\n";
    let rows = rows(file);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[1].outcome.as_ref().unwrap_err().field, "amount");
    assert_eq!(rows[2].outcome.as_ref().unwrap_err().field, "date");
}

#[test]
fn short_rows_are_filled_and_long_ones_refused() {
    let file = "Order No,Date,Phone,Amount,City\n1,2026-10-01,08031234567,5\n2,2026-10-01,08031234567,5,Ikeja,,\n\
                3,2026-10-01,08031234567,12,500,Ikeja\n";
    let rows = rows(file);
    assert!(rows[0].outcome.is_ok() && rows[1].outcome.is_ok());
    assert!(reason(&rows[2]).contains("6 cells under 5 headers"));
}

#[test]
fn a_broken_row_never_stops_the_others() {
    let file = "Order No;Date;Phone;Amount;Address\n1;2026-10-01;08031234567;5;\"Coal Camp\n\
                2;2026-10-01;08031234567;5;x\n3;2026-10-01;08031234567;5;\"y\"\n";
    let rows = rows(file);
    assert!(reason(&rows[0]).contains("quotation mark"));
    assert_eq!(rows[0].outcome.as_ref().unwrap_err().number, "1");
    assert!(rows[1].outcome.is_ok() && rows[2].outcome.is_ok());
}

#[test]
fn what_is_no_table_of_orders_is_refused() {
    assert!(matches!(open("").err(), Some(OpenError::Empty)));
    assert!(matches!(open("\u{feff}\r\n").err(), Some(OpenError::Empty)));
    assert!(matches!(
        open("Dear diary\n").err(),
        Some(OpenError::MissingColumns { .. })
    ));
    assert!(matches!(
        open(&",".repeat(10_000)).err(),
        Some(OpenError::BrokenHeader(_))
    ));
    assert!(matches!(
        open("{\"orders\": []}").err(),
        Some(OpenError::WrongType("a JSON file"))
    ));
}

#[test]
fn progress_is_in_bytes() {
    let mut orders = open(SHOPIFY).unwrap();
    assert_eq!(orders.total_bytes(), SHOPIFY.len() as u64);
    assert_eq!(orders.by_ref().count(), 4);
    assert_eq!(orders.bytes_read(), orders.total_bytes());
}
