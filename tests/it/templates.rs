//! Message templates: checked, kept, filled in for the right customer, and sent as they are written.

use axum::http::StatusCode;
use onibara::domain::listing::CustomerList;
use onibara::domain::message::Templates;
use onibara::domain::order::Order;
use onibara::domain::order_list::CustomerPage;
use onibara::domain::query_string;
use onibara::domain::role::Role;
use onibara::server::store::orders;

use crate::on_both_databases;
use crate::orders_page::read;
use crate::support::app::TestApp;
use crate::support::builders::{at, order};

const SAVE: &str = "/api/save_template";

async fn save(app: &TestApp, cookie: &str, id: &str, name: &str, body: &str) -> StatusCode {
    let mut form = String::new();
    for (field, value) in [("template[id]", id), ("template[name]", name), ("template[body]", body)] {
        query_string::push(&mut form, field, value);
    }
    app.call(SAVE, &form, Some(cookie)).await.status
}

async fn all(app: &TestApp, cookie: &str) -> Templates {
    read(app, cookie, "/api/templates").await
}

/// What the WhatsApp button of the list opens for the first customer.
async fn chat(app: &TestApp, cookie: &str) -> String {
    let list: CustomerList = read(app, cookie, "/api/customers?query=").await;
    list.page.rows[0].reach.whatsapp.clone().unwrap()
}

on_both_databases! {
    async fn the_default_stands_behind_the_button_of_the_list(test: &TestDb) {
        let early = Order { items: "Scarf".to_owned(), placed_at: at("2026-09-01T12:00:00Z"), ..order("A1", "+2348031234567") };
        let late = Order { items: "Ankara & lace x2; Soap".to_owned(), ..order("A2", "+2348031234567") };
        orders::upsert(&test.db, vec![early, late]).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        assert!(chat(&app, &cookie).await.ends_with("?text=Hello%20Ad%C3%A9b%C3%A1y%C3%B2%2C%20this%20is%20My%20shop.%20"));
        let body = "Hi {first_name} 🎉\n{last_product} of {last_order_date} #1? {unknown} {total_spent}";
        assert_eq!(save(&app, &cookie, "", " Thanks ", body).await, StatusCode::OK);
        assert_eq!(save(&app, &cookie, "", "Come back", "Miss you {name}").await, StatusCode::OK);
        let text = "Hi%20Ad%C3%A9b%C3%A1y%C3%B2%20%F0%9F%8E%89%0AAnkara%20%26%20lace%20of%201%20Oct%202026%20%231%3F%20%7Bunknown%7D%20%E2%82%A625%2C000";
        assert_eq!(chat(&app, &cookie).await, format!("https://wa.me/2348031234567?text={text}"), "the first is the default");
        let known = all(&app, &cookie).await;
        let names: Vec<(&str, bool)> = known.templates.iter().map(|one| (one.name.as_str(), one.is_default)).collect();
        assert_eq!(names, [("Come back", false), ("Thanks", true)]);
        assert_eq!((known.sample.name.as_str(), known.sample.last_product.as_str()), ("Adébáyò Okafor", "Ankara & lace"));

        let other = known.templates[0].id;
        app.call("/api/make_default_template", &format!("id={other}"), Some(&cookie)).await;
        assert!(chat(&app, &cookie).await.ends_with("Miss%20you%20Ad%C3%A9b%C3%A1y%C3%B2%20Okafor"));
        app.call("/api/make_default_template", "id=999999", Some(&cookie)).await;
        assert!(chat(&app, &cookie).await.contains("Miss"), "one that is not there changes nothing");
        let page: CustomerPage = read(&app, &cookie, "/api/customer?phone=2348031234567").await;
        let offered: Vec<&str> = page.messages.iter().map(|message| message.text.as_str()).collect();
        assert_eq!(offered, ["Miss you Adébáyò Okafor", "Hi Adébáyò 🎉\nAnkara & lace of 1 Oct 2026 #1? {unknown} ₦25,000"]);

        app.call("/api/delete_template", &format!("id={other}"), Some(&cookie)).await;
        assert!(chat(&app, &cookie).await.contains("this%20is%20My%20shop"), "without a default it is the built-in one");
    }
}

on_both_databases! {
    async fn what_cannot_be_taken_is_said_and_nothing_is_lost(test: &TestDb) {
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        assert_eq!(save(&app, &cookie, "", "Thanks", "Hello").await, StatusCode::OK);
        let refused = [
            ("", "Thanks", "Another"),
            ("", " ", "Hello"),
            ("", "Empty", " \n "),
            ("", &"x".repeat(61), "Hello"),
            ("", "Long", &"x".repeat(1_001)),
        ];
        for (id, name, body) in refused {
            assert_eq!(save(&app, &cookie, id, name, body).await, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
        for id in ["999999", "x"] {
            assert_eq!(save(&app, &cookie, id, "Other", "Hello").await, StatusCode::NOT_FOUND);
        }
        let one = all(&app, &cookie).await.templates.remove(0);
        assert_eq!(save(&app, &cookie, &one.id.to_string(), "Thanks", "Changed").await, StatusCode::OK, "its own name");
        let known = all(&app, &cookie).await;
        assert_eq!(known.templates.iter().map(|one| one.body.as_str()).collect::<Vec<_>>(), ["Changed"]);
        assert!(known.sample.name.contains("Okafor"), "a shop without customers has somebody made up");
    }
}

on_both_databases! {
    async fn staff_use_them_and_do_not_change_them(test: &TestDb) {
        let app = TestApp::on(test);
        app.add_user("staff@shop.ng", Role::Staff).await;
        let staff = app.sign_in("staff@shop.ng").await;
        assert_eq!(save(&app, &staff, "", "Mine", "Hello").await, StatusCode::FORBIDDEN);
        for path in ["/api/make_default_template", "/api/delete_template"] {
            assert_eq!(app.call(path, "id=1", Some(&staff)).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let known = all(&app, &staff).await;
        assert!(known.templates.is_empty() && !known.may_edit);
        let page = app.get("/dashboard/admin/settings/messages", Some(&staff)).await;
        assert!(page.status == StatusCode::OK && !page.body.contains("New template"));
    }
}
