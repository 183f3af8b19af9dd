//! Real and messy files of orders give exactly what was worked out by hand.

use std::path::{Path, PathBuf};

use onibara::domain::order::Order;
use onibara::domain::phone::Phone;
use onibara::server::config::Shop;
use onibara::server::import::{self, Options, RowError};
use onibara::server::store::orders::{self, Upserted};
use serde_json::Value;

use crate::on_both_databases;
use crate::rollup::{all_orders, check, stored};
use crate::support::builders::at;
use crate::support::database::TestDb;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Reads a file and stores its orders in batches, as the command does.
async fn take_in(test: &TestDb, file: &Path) -> (u64, Upserted, Vec<RowError>) {
    let shop = Shop::default();
    let now = at("2026-11-24T12:00:00Z");
    let options = Options::of(&shop, now);
    let (mut read, mut done, mut refused, mut batch) = (0, Upserted::default(), Vec::new(), Vec::<Order>::new());
    for row in import::open(file, &options).unwrap() {
        read += 1;
        match row.outcome {
            Ok(order) => batch.push(order),
            Err(error) => refused.push(error),
        }
        if batch.len() == orders::BATCH {
            done += orders::upsert(&test.db, std::mem::take(&mut batch)).await.unwrap();
        }
    }
    done += orders::upsert(&test.db, batch).await.unwrap();
    (read, done, refused)
}

on_both_databases! {
    async fn real_purchases_give_the_known_totals_and_again_change_nothing(test: &TestDb) {
        let file = fixture("cdnow_sample_orders.csv");
        let (read, done, refused) = take_in(test, &file).await;
        assert_eq!((read, done.new, refused.len()), (6_919, 6_919, 0));
        let customers = stored(test).await;
        assert_eq!(customers.len(), 2_357);
        assert_eq!(customers.values().map(|customer| customer.spent().0).sum::<i64>(), 24_409_194);
        assert_eq!(customers.values().filter(|customer| customer.orders() >= 2).count(), 1_152);
        assert_eq!(customers.values().filter(|customer| customer.orders() >= 5).count(), 388);
        check(test, &std::collections::BTreeMap::new(), "imported").await;
        let (_, again, _) = take_in(test, &file).await;
        assert_eq!(again, Upserted { unchanged: 6_919, ..Upserted::default() });
    }
}

on_both_databases! {
    async fn the_messy_file_gives_what_was_worked_out_by_hand(test: &TestDb) {
        let expected: Value = serde_json::from_str(&std::fs::read_to_string(fixture("messy_expected.json")).unwrap()).unwrap();
        let (read, done, refused) = take_in(test, &fixture("messy_orders.csv")).await;
        assert_eq!(read, expected["orders"]["read"]);
        assert_eq!(done.new, expected["orders"]["imported"]);
        let repeated = expected["orders"]["repeated_number_in_file"].as_array().unwrap().len() as u64;
        assert_eq!(done.repeated, repeated);
        let said: Vec<(u64, String, String)> =
            refused.into_iter().map(|error| (error.line, error.number, error.field.to_string())).collect();
        let wanted: Vec<(u64, String, String)> = expected["orders"]["refused"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let text = |name: &str| row[name].as_str().unwrap().to_owned();
                (row["line_number_of_record"].as_u64().unwrap(), text("number"), text("field"))
            })
            .collect();
        assert_eq!(said, wanted);
        customers_are(test, &expected).await;
        check(test, &std::collections::BTreeMap::new(), "imported").await;
        let (_, again, _) = take_in(test, &fixture("messy_orders.csv")).await;
        assert_eq!((again.new, again.changed), (0, 0), "a second import changes nothing");
    }
}

/// Compares every figure that the worked-out answer names.
async fn customers_are(test: &TestDb, expected: &Value) {
    let customers = stored(test).await;
    let orders = all_orders(test).await;
    let wanted = expected["customers"].as_array().unwrap();
    assert_eq!(customers.len(), wanted.len());
    for want in wanted {
        let phone = match want["phone"].as_str() {
            Some(number) => Phone::e164(number).unwrap(),
            None => Phone::text(want["phone_text"].as_str().unwrap()).unwrap(),
        };
        let got = customers
            .get(&phone)
            .unwrap_or_else(|| panic!("no customer for {want}"));
        let figures = serde_json::json!({
            "name": got.name, "orders": got.orders(), "spent": got.spent().0, "earned": got.earned.0,
            "open": got.open.0, "lost_orders": got.lost_orders, "lost": got.lost.0, "aov": got.aov().map(|aov| aov.0),
            "preferred_source": got.source.as_str(), "city": got.city, "state": got.state, "valid": got.phone.is_valid(),
            "whatsapp": got.whatsapp.as_ref().map(Phone::as_str),
            "first_order_at": got.first_order.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "last_order_at": got.last_order.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "also_known_numbers": others(&orders, &phone),
        });
        for (name, value) in want.as_object().unwrap() {
            if let Some(figure) = figures.get(name) {
                assert_eq!(figure, value, "{name} of {want}");
            }
        }
    }
}

fn others(orders: &[Order], phone: &Phone) -> Vec<String> {
    orders
        .iter()
        .filter(|order| order.phone == *phone)
        .filter_map(|order| order.other_phone.as_ref())
        .map(|other| other.as_str().to_owned())
        .collect()
}
