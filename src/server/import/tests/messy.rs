use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::*;
use crate::domain::order::Order;
use crate::domain::phone::Phone;

fn expected() -> Value {
    serde_json::from_str(&std::fs::read_to_string(fixture("messy_expected.json")).unwrap()).unwrap()
}

fn rows() -> Vec<Row> {
    open(&fixture("messy_orders.csv"), &options()).unwrap().collect()
}

#[test]
fn the_messy_file_gives_the_orders_worked_out_by_hand() {
    let (rows, expected) = (rows(), expected());
    let orders = &expected["orders"];
    assert_eq!(rows.len() as u64, orders["read"].as_u64().unwrap());
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for order in rows.iter().filter_map(|row| row.outcome.as_ref().ok()) {
        *times.entry(&order.number).or_default() += 1;
    }
    assert_eq!(times.len() as u64, orders["imported"].as_u64().unwrap());
    let repeated: Vec<&str> = times
        .iter()
        .filter(|(_, times)| **times > 1)
        .map(|(number, _)| *number)
        .collect();
    assert_eq!(serde_json::json!(repeated), orders["repeated_number_in_file"]);
}

#[test]
fn the_messy_file_is_refused_where_and_why_it_should() {
    let refused = rows().into_iter().filter_map(|row| row.outcome.err()).map(|error| {
        assert!(error.reason.ends_with('.'), "{error}");
        serde_json::json!({ "line_number_of_record": error.line, "number": error.number, "field": error.field })
    });
    let refused: Vec<Value> = refused.collect();
    assert_eq!(serde_json::json!(refused), expected()["orders"]["refused"]);
}

#[test]
fn the_messy_files_customers_have_the_figures_worked_out_by_hand() {
    let orders: HashMap<String, Order> = rows()
        .into_iter()
        .filter_map(|row| row.outcome.ok())
        .map(|order| (order.number.clone(), order))
        .collect();
    let mut customers: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for order in orders.values() {
        let customer = customers.entry(order.phone.as_str()).or_default();
        if order.status.counted() {
            customer.0 += 1;
            customer.1 += order.amount.0.unsigned_abs();
        }
    }
    let expected = expected();
    let expected = expected["customers"].as_array().unwrap().iter().map(|customer| {
        let text = customer["phone_text"].as_str().map(|text| format!("~{text}"));
        let phone = text.unwrap_or_else(|| customer["phone"].as_str().unwrap().to_owned());
        (
            phone,
            (
                customer["orders"].as_u64().unwrap(),
                customer["spent"].as_u64().unwrap(),
            ),
        )
    });
    let found: BTreeSet<_> = customers
        .into_iter()
        .map(|(phone, figures)| (phone.to_owned(), figures))
        .collect();
    assert_eq!(found, expected.collect());
}

#[test]
fn the_messy_files_details_are_read() {
    let orders: HashMap<String, Order> = rows()
        .into_iter()
        .filter_map(|row| row.outcome.ok())
        .map(|order| (order.number.clone(), order))
        .collect();
    let order = |number: &str| &orders[number];
    assert_eq!(order("M-002").name, "ADEBAYO OKAFOR");
    assert_eq!(order("M-002").placed_at.to_rfc3339(), "2026-10-05T13:30:00+00:00");
    assert_eq!(order("M-003").amount.0, 3_000_050);
    assert_eq!(order("M-006").address, "Coal Camp\nBehind the market");
    assert_eq!(
        order("M-006").other_phone.as_ref().map(Phone::as_str),
        Some("+2347031112222")
    );
    assert_eq!(order("M-014").state, "FCT");
    assert_eq!(order("M-015").name, "Olayinka Adesola");
    assert_eq!(order("M-016").name, "=HYPERLINK(\"http://evil.example\",\"pay\")");
    assert_eq!(order("M-020").amount.0, 400_000);
}

#[test]
fn every_row_of_the_sample_shop_is_an_order() {
    let refused: Vec<RowError> = open(&fixture("cdnow_sample_orders.csv"), &options())
        .unwrap()
        .filter_map(|row| row.outcome.err())
        .collect();
    assert_eq!(refused, []);
    let orders = open(&fixture("cdnow_sample_orders.csv"), &options()).unwrap().count();
    assert_eq!(orders, 6_919);
}
