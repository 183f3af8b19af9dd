//! Orders that WooCommerce and Shopify send: signed, each delivery once, the newest state last, in the shop's words.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use base64::Engine as _;
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit as _, Mac as _};
use onibara::domain::money::Money;
use onibara::domain::order::Order;
use onibara::domain::role::Role;
use onibara::domain::source::Source;
use onibara::domain::status::Status;
use serde_json::{Value, json};

use crate::api::texts;
use crate::on_both_databases;
use crate::rollup::{all_orders, check};
use crate::support::app::{Answer, TestApp};
use crate::support::builders::at;
use crate::support::database::TestDb;

const WOO: &str = include_str!("../fixtures/webhooks/woocommerce_order.json");
const SHOPIFY: &str = include_str!("../fixtures/webhooks/shopify_order.json");
const SECRET: &str = "5d1c0b6f2a934e7788aa99bbccddeeff";

/// A shop that sends its orders.
struct Sender<'a> {
    app: &'a TestApp,
    system: &'static str,
    path: String,
    secret: String,
}

impl<'a> Sender<'a> {
    async fn new(app: &'a TestApp, test: &TestDb, system: &'static str) -> Self {
        let owner = app.owner().await;
        let form = format!("system={system}&secret={SECRET}");
        assert_eq!(
            app.call("/api/add_shop", &form, Some(&owner)).await.status,
            StatusCode::OK
        );
        let token = texts(test, "select token from hooks").await.remove(0);
        let secret = texts(test, "select secret from hooks").await.remove(0);
        let path = format!("/hooks/{system}/{token}");
        let page = app.get("/dashboard/admin/settings/connections", Some(&owner)).await;
        assert!(
            page.body.contains(&format!("https://shop.test{path}")),
            "the address to paste"
        );
        assert_eq!(
            page.body.contains(&secret),
            system == "woocommerce",
            "the secret to paste"
        );
        Self {
            app,
            system,
            path,
            secret,
        }
    }

    async fn send(&self, topic: &str, delivery: &str, body: &str) -> Answer {
        let signature = signature(body.as_bytes(), &self.secret);
        self.send_signed(topic, delivery, body.as_bytes(), &signature).await
    }

    async fn send_signed(&self, topic: &str, delivery: &str, body: &[u8], signature: &str) -> Answer {
        let names = if self.system == "shopify" {
            ["x-shopify-topic", "x-shopify-webhook-id", "x-shopify-hmac-sha256"]
        } else {
            [
                "x-wc-webhook-topic",
                "x-wc-webhook-delivery-id",
                "x-wc-webhook-signature",
            ]
        };
        let request = Request::builder()
            .method(Method::POST)
            .uri(&self.path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(names[0], topic)
            .header(names[1], delivery)
            .header(names[2], signature);
        self.app.send(request.body(Body::from(body.to_vec())).unwrap()).await
    }

    /// Sends what is taken, and says what came of it.
    async fn result(&self, topic: &str, delivery: &str, body: &Value) -> String {
        let answer = self.send(topic, delivery, &body.to_string()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer.body
    }
}

fn signature(body: &[u8], secret: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes())
}

/// The documented sample, as a shop in Lagos would send it.
fn woo() -> Value {
    let mut order: Value = serde_json::from_str(WOO).unwrap();
    order["currency"] = json!("NGN");
    for part in ["billing", "shipping"] {
        order[part]["country"] = json!("NG");
        order[part]["state"] = json!("LA");
        order[part]["city"] = json!("Ikeja");
    }
    order["billing"]["phone"] = json!("0803 123 4567");
    order
}

fn shopify() -> Value {
    let mut order: Value = serde_json::from_str(SHOPIFY).unwrap();
    order["currency"] = json!("NGN");
    order["cancelled_at"] = Value::Null;
    order["financial_status"] = json!("pending");
    order["fulfillment_status"] = Value::Null;
    order["current_total_price"] = json!("388.00");
    for part in ["billing_address", "shipping_address"] {
        order[part]["country_code"] = json!("NG");
        order[part]["province"] = json!("Federal Capital Territory");
        order[part]["phone"] = Value::Null;
    }
    order["customer"]["phone"] = json!("+2348031234567");
    order
}

async fn only(test: &TestDb) -> Order {
    let mut orders = all_orders(test).await;
    assert_eq!(orders.len(), 1);
    orders.remove(0)
}

on_both_databases! {
    async fn the_documented_samples_become_the_right_orders(test: &TestDb) {
        let app = TestApp::on(test);
        let sender = Sender::new(&app, test, "woocommerce").await;
        assert_eq!(sender.send("order.created", "d0", WOO).await.body, "refused", "it is in dollars");
        assert_eq!(texts(test, "select reason from hook_deliveries").await, ["currency USD: The shop's currency is NGN."]);
        assert_eq!(sender.result("order.created", "d1", &woo()).await, "created");
        let order = only(test).await;
        assert_eq!((order.number.as_str(), order.placed_at, order.name.as_str()), ("727", at("2017-03-22T19:28:02Z"), "John Doe"));
        assert_eq!((order.phone.as_str(), order.amount, order.status, order.source), ("+2348031234567", Money(2_935), Status::Confirmed, Source::Website));
        assert_eq!((order.city.as_str(), order.state.as_str(), order.address.as_str()), ("Ikeja", "Lagos", "969 Market"));
        assert_eq!(order.items, "2 × Woo Single #1; Ship Your Idea – Color: Black, Size: M Test");
        check(test, &std::collections::BTreeMap::new(), "delivered").await;
    }
}

on_both_databases! {
    async fn the_sample_of_shopify_becomes_the_right_order(test: &TestDb) {
        let app = TestApp::on(test);
        let sender = Sender::new(&app, test, "shopify").await;
        assert_eq!(sender.send("orders/create", "d0", SHOPIFY).await.body, "refused");
        assert_eq!(sender.result("orders/create", "d1", &shopify()).await, "created");
        let order = only(test).await;
        assert_eq!((order.number.as_str(), order.placed_at, order.name.as_str()), ("#9999", at("2022-01-01T00:00:00Z"), "Steve Shipper"));
        assert_eq!((order.phone.as_str(), order.amount, order.status), ("+2348031234567", Money(38_800), Status::New));
        assert_eq!((order.city.as_str(), order.state.as_str(), order.address.as_str()), ("Shippington", "FCT", "123 Shipping Street"));
        assert_eq!(order.items, "IPod Nano - 8GB; IPod Nano - 8GB");
        let states = [
            (json!({"financial_status": "paid"}), Status::Confirmed, 38_800),
            (json!({"fulfillment_status": "partial"}), Status::Dispatched, 38_800),
            (json!({"fulfillment_status": "fulfilled"}), Status::Dispatched, 38_800),
            (json!({"financial_status": "partially_refunded", "refunds": [{"transactions": [{"kind": "refund", "status": "success", "amount": "100.00"}, {"kind": "refund", "status": "failure", "amount": "50.00"}]}]}), Status::Confirmed, 28_800),
            (json!({"financial_status": "refunded", "current_total_price": "0.00", "refunds": [{"transactions": [{"kind": "refund", "status": "success", "amount": "388.00"}]}]}), Status::Returned, 38_800),
            (json!({"cancelled_at": "2022-01-02T00:00:00Z"}), Status::Cancelled, 38_800),
            (json!({"financial_status": "voided"}), Status::Cancelled, 38_800),
            (json!({"current_total_price": "188.00"}), Status::New, 18_800),
        ];
        for (number, (changes, status, amount)) in states.into_iter().enumerate() {
            let mut order = shopify();
            order["updated_at"] = json!(format!("2022-02-0{}T00:00:00Z", number + 1));
            order.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
            let result = sender.result("orders/updated", &format!("s{number}"), &order).await;
            assert!(matches!(result.as_str(), "updated" | "unchanged"), "{changes}: {result}");
            let order = only(test).await;
            assert_eq!((order.status, order.amount), (status, Money(amount)), "{changes}");
        }
    }
}

on_both_databases! {
    async fn states_refunds_and_drafts_of_woocommerce_are_understood(test: &TestDb) {
        let app = TestApp::on(test);
        let sender = Sender::new(&app, test, "woocommerce").await;
        for draft in ["checkout-draft", "auto-draft", "trash"] {
            let mut order = woo();
            order["status"] = json!(draft);
            assert_eq!(sender.result("order.created", draft, &order).await, "ignored");
        }
        assert_eq!(all_orders(test).await, []);
        sender.result("order.created", "d1", &woo()).await;
        let states = [
            (json!({"status": "on-hold"}), Status::New, 2_935),
            (json!({"status": "completed", "refunds": [{"id": 1, "reason": "", "total": "-10.00"}]}), Status::Delivered, 1_935),
            (json!({"status": "processing", "refunds": [{"id": 1, "total": "-10.00"}, {"id": 2, "total": "-19.35"}]}), Status::Returned, 2_935),
            (json!({"status": "refunded"}), Status::Returned, 2_935),
            (json!({"status": "failed"}), Status::Cancelled, 2_935),
        ];
        for (number, (changes, status, amount)) in states.into_iter().enumerate() {
            let mut order = woo();
            order["date_modified_gmt"] = json!(format!("2017-04-0{}T00:00:00", number + 1));
            order.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
            let result = sender.result("order.updated", &format!("s{number}"), &order).await;
            assert!(matches!(result.as_str(), "updated" | "unchanged"), "{changes}: {result}");
            let order = only(test).await;
            assert_eq!((order.status, order.amount), (status, Money(amount)), "{changes}");
        }
        let mut odd = woo();
        odd["status"] = json!("teleported");
        odd["billing"]["phone"] = json!("");
        assert_eq!(sender.result("order.updated", "odd", &odd).await, "refused");
        let reason = texts(test, "select reason from hook_deliveries where delivery = 'odd'").await.remove(0);
        assert!(reason.contains("status") && reason.contains("phone") && !reason.contains("John"), "{reason}");
    }
}

on_both_databases! {
    async fn every_flipped_byte_is_refused(test: &TestDb) {
        let app = TestApp::on(test);
        let sender = Sender::new(&app, test, "woocommerce").await;
        let body = r#"{"id":727,"note":"a short body, so that each of its bytes can be flipped"}"#.as_bytes();
        let good = signature(body, &sender.secret);
        let refused = |status: StatusCode| matches!(status.as_u16(), 401 | 429);
        for at in 0..body.len() {
            let mut flipped = body.to_vec();
            flipped[at] ^= 1;
            assert!(refused(sender.send_signed("order.deleted", "x", &flipped, &good).await.status), "byte {at} of the body");
        }
        for at in 0..good.len() {
            let mut flipped = good.clone().into_bytes();
            flipped[at] = if flipped[at] == b'A' { b'B' } else { b'A' };
            let flipped = String::from_utf8(flipped).unwrap();
            assert!(refused(sender.send_signed("order.deleted", "x", body, &flipped).await.status), "byte {at} of the signature");
        }
        for none in ["", "=", &good[..good.len() - 1]] {
            assert!(refused(sender.send_signed("order.deleted", "x", body, none).await.status), "{none}");
        }
        assert_eq!(texts(test, "select delivery from hook_deliveries").await, Vec::<String>::new());
        assert_eq!(sender.send_signed("order.deleted", "x", body, &good).await.status, StatusCode::OK);
    }
}

on_both_databases! {
    async fn a_delivery_counts_once_and_the_newest_state_stays(test: &TestDb) {
        let app = TestApp::on(test);
        let sender = Sender::new(&app, test, "woocommerce").await;
        let stage = |minute: u32, status: &str| {
            let mut order = woo();
            order["date_modified_gmt"] = json!(format!("2017-03-22T20:{minute:02}:00"));
            order["status"] = json!(status);
            order
        };
        let (new, done) = (stage(1, "pending"), stage(3, "completed"));
        assert_eq!(sender.result("order.created", "a", &new).await, "created");
        assert_eq!(sender.result("order.updated", "c", &done).await, "updated");
        assert_eq!(sender.result("order.created", "a", &new).await, "repeated");
        assert_eq!(sender.result("order.created", "other name", &new).await, "older", "a replay under another name");
        assert_eq!(sender.result("order.updated", "b", &stage(2, "processing")).await, "older");
        assert_eq!(sender.result("order.updated", "again", &done).await, "unchanged");
        assert_eq!(only(test).await.status, Status::Delivered);

        let gone = json!({"id": 727});
        assert_eq!(sender.result("order.deleted", "d", &gone).await, "deleted");
        assert_eq!(all_orders(test).await, []);
        assert_eq!(sender.result("order.updated", "late", &stage(5, "completed")).await, "older", "a deletion is not undone");
        assert_eq!(all_orders(test).await, []);
        assert_eq!(sender.result("order.restored", "back", &stage(6, "completed")).await, "created");
        assert_eq!(only(test).await.number, "727");
        // Deleted before it was ever heard of.
        assert_eq!(sender.result("order.deleted", "e", &json!({"id": 9})).await, "deleted");
        let mut early = woo();
        early["id"] = json!(9);
        early["number"] = json!("9");
        assert_eq!(sender.result("order.created", "f", &early).await, "older");
        let copies = (0..20).map(|_| async { sender.result("order.updated", "many", &stage(7, "cancelled")).await });
        let results = futures::future::join_all(copies).await;
        assert_eq!(results.iter().filter(|result| *result == "updated").count(), 1, "{results:?}");
        check(test, &std::collections::BTreeMap::new(), "in any order").await;
    }
}

on_both_databases! {
    async fn a_connection_is_paused_removed_and_the_owners_alone(test: &TestDb) {
        let app = TestApp::on(test);
        let sender = Sender::new(&app, test, "woocommerce").await;
        let owner = app.sign_in("owner@shop.ng").await;
        app.add_user("admin@shop.ng", Role::Admin).await;
        let admin = app.sign_in("admin@shop.ng").await;
        for (path, form) in [("/api/add_shop", "system=woocommerce"), ("/api/pause_shop", "id=1&paused=true"), ("/api/remove_shop", "id=1")] {
            assert_eq!(app.call(path, form, Some(&admin)).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        for form in ["system=magento", "system=shopify&secret=short"] {
            assert_eq!(app.call("/api/add_shop", form, Some(&owner)).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        }
        let ping = sender.send_signed("", "", b"webhook_id=12", "").await;
        assert_eq!(ping.status, StatusCode::OK);
        app.call("/api/pause_shop", "id=1&paused=true", Some(&owner)).await;
        assert_eq!(sender.result("order.created", "p", &woo()).await, "paused");
        app.call("/api/pause_shop", "id=1&paused=false", Some(&owner)).await;
        assert_eq!(sender.result("order.created", "q", &woo()).await, "created");
        assert_eq!(sender.result("coupon.created", "r", &json!({})).await, "ignored");
        assert_eq!(sender.send("order.created", "s", "nonsense").await.body, "refused");
        assert_eq!(sender.send("order.created", "big", &"x".repeat(1024 * 1024 + 1)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        let page = app.get("/dashboard/admin/settings/connections", Some(&owner)).await;
        for said in ["WooCommerce order.created", "created", "paused", "ignored", ">727<"] {
            assert!(page.body.contains(said), "{said}");
        }
        assert!(!page.body.contains("John"), "nobody is named");
        app.clock.advance(TimeDelta::days(31));
        onibara::server::store::hooks::trim(&test.db, app.clock.now()).await.unwrap();
        assert_eq!(texts(test, "select delivery from hook_deliveries").await, Vec::<String>::new());
        // The session has ended in all these days.
        let owner = app.sign_in("owner@shop.ng").await;
        assert_eq!(app.call("/api/remove_shop", "id=1", Some(&owner)).await.status, StatusCode::OK);
        assert_eq!(sender.send("order.updated", "t", &woo().to_string()).await.status, StatusCode::NOT_FOUND);
        assert_eq!(only(test).await.number, "727", "its orders stay");
        let wrong = Sender { path: sender.path.replace("woocommerce", "shopify"), app: &app, system: "shopify", secret: sender.secret.clone() };
        assert_eq!(wrong.send("orders/create", "u", SHOPIFY).await.status, StatusCode::NOT_FOUND);
    }
}
