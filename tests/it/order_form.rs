//! Orders added, changed and deleted by hand: in every figure at once, and never over what somebody else has saved.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::http::StatusCode;
use onibara::domain::order::Order;
use onibara::domain::order_form::{OrderForm, OrderPage};
use onibara::domain::role::Role;
use onibara::domain::status::Status;
use onibara::error::AppError;
use onibara::server::store::orders;

use crate::on_both_databases;
use crate::rollup::{all_orders, check};
use crate::support::app::TestApp;
use crate::support::builders::order;
use crate::support::shop::RandomShop;

const PHONE: &str = "+2348031234567";

/// A form as a browser sends it.
fn sent(form: &OrderForm) -> String {
    let fields = serde_json::to_value(form).unwrap();
    let mut out = String::new();
    for (name, value) in fields.as_object().unwrap() {
        write!(out, "&order%5B{name}%5D=").unwrap();
        for byte in value.as_str().unwrap().bytes() {
            write!(out, "%{byte:02X}").unwrap();
        }
    }
    out
}

async fn open(app: &TestApp, cookie: &str, number: &str) -> OrderForm {
    let answer = app.get(&format!("/api/order?number={number}"), Some(cookie)).await;
    answer.read::<OrderPage>().form
}

on_both_databases! {
    async fn an_order_is_added_changed_and_deleted_in_every_figure(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let blank = open(&app, &owner, "").await;
        let new = OrderForm {
            number: "H-1".to_owned(), phone: "0803 123 4567 / 0706 555 0001".to_owned(), name: "Ọlá Bello".to_owned(),
            amount: "12,500".to_owned(), ..blank
        };
        let saved = app.call("/api/save_order", &sent(&new), Some(&owner)).await;
        assert_eq!((saved.status, saved.location()), (StatusCode::OK, "/dashboard/admin/orders/order?number=H-1&saved=1"), "{}", saved.body);
        check(test, &BTreeMap::new(), "added").await;
        // The same number once more is refused, and what was typed comes back.
        let again = app.call("/api/save_order", &sent(&new), Some(&owner)).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("There is an order H-1 already, of Ọlá Bello") && again.body.contains("12,500"), "{}", again.body);
        // Opened and saved as it is, nothing changes.
        let opened = open(&app, &owner, "H-1").await;
        let before = all_orders(test).await;
        assert_eq!(app.call("/api/save_order", &sent(&opened), Some(&owner)).await.status, StatusCode::OK);
        assert_eq!(all_orders(test).await, before);
        let dearer = OrderForm { amount: "20000.50".to_owned(), status: "delivered".to_owned(), ..opened.clone() };
        assert_eq!(app.call("/api/save_order", &sent(&dearer), Some(&owner)).await.status, StatusCode::OK);
        check(test, &BTreeMap::new(), "changed").await;
        assert_eq!((all_orders(test).await[0].amount.0, all_orders(test).await[0].status), (2_000_050, Status::Delivered));
        // Whoever opened it before is told what it is now.
        let late = app.call("/api/save_order", &sent(&OrderForm { city: "Jos".to_owned(), ..opened }), Some(&owner)).await;
        assert!(late.body.contains("status is “delivered”") && late.body.contains("amount is “20000.50”"), "{}", late.body);
        assert_eq!(all_orders(test).await[0].city, "");
        for (field, value, said) in [
            ("date", "32/13/2026", "This is not a date"), ("amount", "many", "many"), ("phone", "", "The phone is empty"),
        ] {
            let mut fields = serde_json::to_value(&dearer).unwrap();
            fields[field] = value.into();
            let wrong = app.call("/api/save_order", &sent(&serde_json::from_value(fields).unwrap()), Some(&owner)).await;
            let AppError::OrderNotSaved(refused) = wrong.read() else { panic!("{field}: {}", wrong.body) };
            assert!(refused.remark.contains(said) && refused.field == field, "{field}: {refused:?}");
        }
        assert_eq!(app.call("/api/delete_order", "number=H-1", Some(&owner)).await.status, StatusCode::OK);
        assert_eq!(all_orders(test).await, []);
        check(test, &BTreeMap::new(), "deleted").await;
    }
}

on_both_databases! {
    async fn an_order_that_is_opened_and_saved_is_the_same(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        let mut shop = RandomShop::new(7);
        let made: Vec<Order> = (0..40).map(|number| shop.numbered(&format!("R{number}"))).collect();
        orders::upsert(&test.db, made).await.unwrap();
        let before = all_orders(test).await;
        for order in &before {
            let form = open(&app, &owner, &order.number).await;
            let saved = app.call("/api/save_order", &sent(&form), Some(&owner)).await;
            assert_eq!(saved.status, StatusCode::OK, "{order:?}: {}", saved.body);
        }
        assert_eq!(all_orders(test).await, before);
    }
}

on_both_databases! {
    async fn staff_change_status_and_nothing_else(test: &TestDb) {
        let stored: Vec<Order> = (1..=3).map(|number| order(&format!("S{number}"), PHONE)).collect();
        orders::upsert(&test.db, stored).await.unwrap();
        let app = TestApp::on(test);
        app.add_user("staff@shop.ng", Role::Staff).await;
        let staff = app.sign_in("staff@shop.ng").await;
        let form = sent(&open(&app, &staff, "S1").await);
        for (path, form) in [("/api/save_order", form.as_str()), ("/api/delete_order", "number=S1")] {
            assert_eq!(app.call(path, form, Some(&staff)).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let form = "numbers%5B%5D=S1&numbers%5B%5D=S3&numbers%5B%5D=nobody&status=returned&back=status%3Dnew%26evil%3D%2F%2Fx";
        let changed = app.call("/api/change_status", form, Some(&staff)).await;
        assert_eq!((changed.status, changed.location()), (StatusCode::OK, "/dashboard/admin/orders?status=new"));
        let returned: Vec<String> = all_orders(test).await.into_iter().filter(|order| order.status == Status::Returned).map(|order| order.number).collect();
        assert_eq!(returned, ["S1", "S3"]);
        check(test, &BTreeMap::new(), "returned").await;
        for (form, said) in [("status=new", "Choose an order"), ("numbers%5B%5D=S1&status=teleported", "Choose a status")] {
            let refused = app.call("/api/change_status", form, Some(&staff)).await;
            assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(said), "{}", refused.body);
        }
    }
}
