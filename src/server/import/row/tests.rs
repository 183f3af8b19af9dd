use proptest::prelude::*;

use super::*;
use crate::domain::money::Money;
use crate::server::config::Shop;

const HEADERS: [&str; 14] = [
    "Order No",
    "Date",
    "Customer",
    "Phone",
    "WhatsApp",
    "Amount",
    "Currency",
    "Status",
    "Financial Status",
    "Cancelled at",
    "Source",
    "Address",
    "Item",
    "Qty",
];
const GOOD: [&str; 14] = [
    "M-1",
    "2026-10-05",
    "Ada",
    "08031234567",
    "",
    "500",
    "",
    "delivered",
    "",
    "",
    "website",
    "",
    "",
    "",
];

fn options() -> Options {
    Options::of(&Shop::default(), "2026-10-10T12:00:00Z".parse().unwrap())
}

/// Reads a good row with some of its cells changed.
fn row(changes: &[(&str, &str)]) -> Result<Order, RowError> {
    let headers = HEADERS.map(str::to_owned);
    let mut cells = GOOD.map(str::to_owned);
    for (header, value) in changes {
        let place = HEADERS.iter().position(|known| known == header).unwrap();
        (*value).clone_into(&mut cells[place]);
    }
    let columns = Columns::find(&headers, &options()).unwrap();
    read(2, &cells, &columns, &options())
}

fn refused(changes: &[(&str, &str)]) -> (&'static str, String) {
    let error = row(changes).expect_err("the row has a problem");
    (error.field, error.reason)
}

#[test]
fn a_good_row_is_an_order() {
    let order = row(&[("Address", "12 Allen \r\n Ikeja"), ("WhatsApp", "0706 555 0001")]).unwrap();
    assert_eq!(order.number, "M-1");
    assert_eq!(order.placed_at.to_rfc3339(), "2026-10-04T23:00:00+00:00");
    assert_eq!(order.phone.as_str(), "+2348031234567");
    assert_eq!(order.phone_raw, "08031234567");
    assert_eq!(order.whatsapp.unwrap().as_str(), "+2347065550001");
    assert_eq!(
        (order.amount, order.status, order.source),
        (Money(50_000), Status::Delivered, Source::Website)
    );
    assert_eq!(order.address, "12 Allen\nIkeja");
}

#[test]
fn each_problem_names_its_field() {
    let long = "x".repeat(MAX_KEY + 1);
    for (header, value, field, word) in [
        ("Order No", " ", "order number", "empty"),
        ("Order No", long.as_str(), "order number", "longer than 100"),
        ("Date", "", "date", "empty"),
        ("Date", "2026-13-45", "date", "not a date"),
        ("Date", "12/10/2026", "date", "24 hours ahead"),
        ("Date", "1969-12-31 12:00", "date", "before 1970"),
        ("Phone", "\u{200b}", "phone", "empty"),
        ("Phone", long.as_str(), "phone", "longer than 100"),
        ("Phone", "2.34803E+12", "phone", "rounded"),
        ("WhatsApp", long.as_str(), "WhatsApp", "longer than 100"),
        ("Amount", "", "amount", "empty"),
        ("Amount", "USD 5", "amount", "USD"),
        ("Currency", "USD", "currency", "NGN"),
        ("Status", "teleported", "status", "not known"),
    ] {
        let (found, reason) = refused(&[(header, value)]);
        assert_eq!(found, field, "{header}: {value}");
        assert!(reason.contains(word), "{reason}");
    }
}

#[test]
fn all_problems_of_a_row_are_told() {
    let (field, reason) = refused(&[("Date", "soon"), ("Amount", ""), ("Status", "lost?")]);
    assert_eq!(field, "date");
    assert!(
        reason.contains(" Also the amount: ") && reason.contains(" Also the status: "),
        "{reason}"
    );
}

#[test]
fn orders_may_be_a_day_ahead() {
    assert!(row(&[("Date", "2026-10-11T12:00:00Z")]).is_ok());
    assert!(row(&[("Date", "2026-10-11T12:00:01Z")]).is_err());
}

#[test]
fn a_status_is_new_where_nothing_is_said() {
    assert_eq!(row(&[("Status", " ")]).unwrap().status, Status::New);
}

#[test]
fn fulfilment_counts_unless_money_or_order_were_taken_back() {
    let status = |stated, financial, cancelled| {
        let changes = [
            ("Status", stated),
            ("Financial Status", financial),
            ("Cancelled at", cancelled),
        ];
        row(&changes).unwrap().status
    };
    assert_eq!(status("fulfilled", "paid", ""), Status::Dispatched);
    assert_eq!(status("unfulfilled", "paid", ""), Status::New);
    assert_eq!(status("fulfilled", "refunded", ""), Status::Returned);
    assert_eq!(status("unfulfilled", "voided", ""), Status::Cancelled);
    assert_eq!(
        status("unfulfilled", "pending", "2026-10-06 10:00:00 +0100"),
        Status::Cancelled
    );
    assert_eq!(status("", "paid", ""), Status::Confirmed);
}

#[test]
fn numbers_that_programs_made_of_phones_are_read() {
    assert_eq!(
        row(&[("Phone", "2348031234567.0")]).unwrap().phone.as_str(),
        "+2348031234567"
    );
    assert_eq!(row(&[("Phone", "call me")]).unwrap().phone.as_str(), "~call me");
}

#[test]
fn words_in_the_whatsapp_column_are_no_number() {
    for word in ["same", "-", "N/A", "yes", "2.34803E+12"] {
        assert_eq!(row(&[("WhatsApp", word)]).unwrap().whatsapp, None, "{word}");
    }
}

#[test]
fn items_have_their_quantity() {
    let items = |item, quantity| row(&[("Item", item), ("Qty", quantity)]).unwrap().items;
    assert_eq!(items("Shea butter", "2"), "2 × Shea butter");
    assert_eq!(items("Shea butter", "1"), "Shea butter");
    assert_eq!(items("", "3"), "3");
    assert_eq!(items("", ""), "");
}

#[test]
fn a_list_of_items_has_a_bound() {
    let mut order = row(&[]).unwrap();
    for _ in 0..1_000 {
        append_items(&mut order, "Ọṣẹ dudu");
    }
    assert_eq!(order.items.chars().count(), MAX_ITEMS + 1);
    assert!(order.items.starts_with("Ọṣẹ dudu; Ọṣẹ dudu; ") && order.items.ends_with('…'));
}

proptest! {
    #[test]
    fn no_cell_panics(place in 0_usize..14, value in ".{0,30}") {
        let result = row(&[(HEADERS[place], &value)]);
        if let Ok(order) = result {
            prop_assert!(!order.number.is_empty() && !order.phone.as_str().is_empty());
            prop_assert!(order.amount >= Money(0));
        }
    }
}
