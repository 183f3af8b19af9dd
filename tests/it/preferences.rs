//! What a user prefers is kept for them alone, and the page follows it.

use axum::http::StatusCode;
use onibara::domain::customer_query::CustomerQuery;
use onibara::domain::role::Role;
use onibara::domain::saved_view::{self, SavedView};
use onibara::domain::view::View;
use onibara::server::store::{orders, preferences, users};

use crate::on_both_databases;
use crate::orders_page::read;
use crate::support::app::TestApp;
use crate::support::builders::{at, order};
use crate::support::database::{TestDb, sqlite};

const CUSTOMERS: &str = "/dashboard/admin/customers";

async fn user(test: &TestDb, email: &str) -> i64 {
    match users::add(&test.db, email, Role::Staff, "no hash", at("2026-11-24T12:00:00Z"))
        .await
        .unwrap()
    {
        users::Added::User(user) => user.id,
        other => panic!("{other:?}"),
    }
}

on_both_databases! {
    async fn the_latest_word_of_each_user_counts(test: &TestDb) {
        let (ada, obi) = (user(test, "ada@shop.ng").await, user(test, "obi@shop.ng").await);
        let get = async |user| preferences::get(&test.db, user, "colour").await.unwrap();
        assert_eq!(get(ada).await, None);
        for value in ["green", "blue"] {
            preferences::set(&test.db, ada, "colour", value.to_owned()).await.unwrap();
        }
        preferences::set(&test.db, obi, "colour", "red".to_owned()).await.unwrap();
        preferences::set(&test.db, ada, "size", "large".to_owned()).await.unwrap();
        assert_eq!((get(ada).await.as_deref(), get(obi).await.as_deref()), (Some("blue"), Some("red")));
    }
}

on_both_databases! {
    async fn hidden_columns_and_low_rows_stay_for_the_one_who_chose_them(test: &TestDb) {
        orders::upsert(&test.db, vec![order("A1", "+2348031234567")]).await.unwrap();
        let app = TestApp::on(test);
        let owner = app.owner().await;
        app.add_user("ada@shop.ng", Role::Staff).await;
        let ada = app.sign_in("ada@shop.ng").await;
        let form = "density=compact&shown[]=orders&shown%5B%5D=spent&shown[]=nonsense";
        let sent = app.submit("/api/save_view", form, Some(&ada)).await;
        assert_eq!(sent.status, StatusCode::FOUND, "a browser without JavaScript is led back");
        let page = app.get(CUSTOMERS, Some(&ada)).await.body;
        assert!(page.contains("table--compact"));
        assert!(page.contains("cell--orders") && page.contains("cell--spent"));
        assert!(page.contains("cell--name") && page.contains("cell--phone") && page.contains("cell--actions"));
        for hidden in ["cell--first", "cell--last", "cell--aov", "cell--status", "cell--source"] {
            assert!(!page.contains(hidden), "{hidden}");
        }
        let other = app.get(CUSTOMERS, Some(&owner)).await.body;
        assert!(other.contains("cell--aov") && !other.contains("table--compact"));
    }
}

#[tokio::test]
async fn an_empty_form_hides_all_that_may_be_hidden() {
    let test = sqlite().await;
    orders::upsert(&test.db, vec![order("A1", "+2348031234567")])
        .await
        .unwrap();
    let app = TestApp::on(&test);
    let cookie = app.owner().await;
    assert_eq!(
        app.call("/api/save_view", "", Some(&cookie)).await.status,
        StatusCode::OK
    );
    let page = app.get(CUSTOMERS, Some(&cookie)).await.body;
    assert!(page.contains("cell--name") && !page.contains("cell--orders"));
}

on_both_databases! {
    async fn views_are_their_owners_unless_they_are_shared(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        app.add_user("staff@shop.ng", Role::Staff).await;
        let staff = app.sign_in("staff@shop.ng").await;
        let save = "/api/save_named_view";
        for form in [
            "name=Lagos&query=state%3DLagos%26page%3D3",
            "name=Big+spenders&query=sort%3D-spent&shared=true",
            "name=Lagos&query=state%3DLagos%26activity%3Dactive",
        ] {
            assert_eq!(app.call(save, form, Some(&owner)).await.status, StatusCode::OK, "{form}");
        }
        let seen = async |cookie: &str| -> Vec<SavedView> { read(&app, cookie, "/api/saved_views").await };
        let own = seen(&owner).await;
        let told: Vec<(&str, &str, bool)> = own.iter().map(|view| (view.name.as_str(), view.query.as_str(), view.mine)).collect();
        assert_eq!(told, [("Big spenders", "sort=-spent", true), ("Lagos", "activity=active&state=Lagos", true)]);
        let others = seen(&staff).await;
        assert_eq!(others.iter().map(|view| (view.name.as_str(), view.mine)).collect::<Vec<_>>(), [("Big spenders", false)]);
        let shared = others[0].id;
        app.call("/api/delete_view", &format!("id={shared}"), Some(&staff)).await;
        assert_eq!(seen(&owner).await.len(), 2, "only its owner takes it away");
        app.call("/api/open_with_view", &format!("id={shared}&query=sort%3D-spent"), Some(&staff)).await;
        assert!(seen(&staff).await[0].is_default && seen(&owner).await.iter().all(|view| !view.is_default));
        let bare = app.get("/dashboard/admin/customers", Some(&staff)).await;
        assert_eq!((bare.status, bare.location()), (StatusCode::FOUND, "/dashboard/admin/customers?sort=-spent"));
        let all = app.get("/dashboard/admin/customers?period=all", Some(&staff)).await;
        assert_eq!(all.status, StatusCode::OK, "all customers can still be seen");
        for (form, what) in [("name=+&query=", "needs a name"), (&format!("name={}", "x".repeat(41)), "longer than")] {
            let refused = app.call(save, form, Some(&owner)).await;
            assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(what), "{}", refused.body);
        }
    }
}

on_both_databases! {
    async fn a_view_with_a_name_keeps_its_columns(test: &TestDb) {
        let app = TestApp::on(test);
        let owner = app.owner().await;
        app.add_user("staff@shop.ng", Role::Staff).await;
        let staff = app.sign_in("staff@shop.ng").await;
        let send = async |path: &str, form: &str, cookie: &str| {
            let answer = app.call(path, form, Some(cookie)).await;
            assert_eq!(answer.status, StatusCode::OK, "{form}: {}", answer.body);
        };
        let looks = async |query: &str, cookie: &str| {
            let views: Vec<SavedView> = read(&app, cookie, "/api/saved_views").await;
            let liked: View = read(&app, cookie, "/api/view").await;
            saved_view::look(&views, &CustomerQuery::parse(query), liked).to_query_string()
        };
        send("/api/save_view", "density=compact&shown[0]=spent", &owner).await;
        send("/api/save_named_view", "name=Lagos&query=state%3DLagos&shared=true", &owner).await;
        let compact = looks("", &owner).await;
        assert_ne!(compact, "");
        // What is chosen elsewhere afterwards does not change the view, nor the other way round.
        send("/api/save_view", "density=comfortable&shown[0]=aov", &owner).await;
        let comfortable = looks("state=Oyo", &owner).await;
        assert_ne!(comfortable, compact);
        for cookie in [&owner, &staff] {
            assert_eq!(looks("state=Lagos&page=2", cookie).await, compact, "for whoever sees it");
        }
        send("/api/save_view", "density=compact&shown[0]=first&query=state%3DLagos", &staff).await;
        let own = looks("state=Lagos", &staff).await;
        assert_ne!(own, compact);
        assert_eq!(looks("state=Lagos", &owner).await, compact, "another's view changes for oneself alone");
        assert_eq!(looks("", &staff).await, "");
        send("/api/save_view", "density=compact&shown[0]=last&query=state%3DLagos%26page%3D3", &owner).await;
        assert_ne!(looks("state=Lagos", &owner).await, compact);
        assert_eq!((looks("", &owner).await, looks("state=Lagos", &staff).await), (comfortable, own));
    }
}
