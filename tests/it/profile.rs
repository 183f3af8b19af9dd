//! What people add to a customer: it shows at once, outlives orders and rebuilds, and nobody's change is lost.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use onibara::domain::customer::Customer;
use onibara::domain::customer_query::CustomerQuery;
use onibara::domain::finder::Today;
use onibara::domain::order::Order;
use onibara::domain::order_list::MaybeSame;
use onibara::domain::phone::Phone;
use onibara::domain::profile::Field;
use onibara::domain::role::Role;
use onibara::domain::segment::Thresholds;
use onibara::server::customer_details::of_phone;
use onibara::server::finder::LiveFinder;
use onibara::server::store::edits::{self, Change, Saved};
use onibara::server::store::history::By;
use onibara::server::store::{history, merges, notes, orders, rollup, tags};

use crate::on_both_databases;
use crate::support::app::TestApp;
use crate::support::builders::{at, order};
use crate::support::database::{TestDb, rounds};

const PHONE: &str = "+2348031234567";
const OTHER: &str = "+2347065550001";

fn by(user_id: i64) -> By {
    By {
        user_id,
        who: format!("user{user_id}@shop.ng"),
        at: at("2026-11-24T12:00:00Z"),
    }
}

fn change(field: Field, was: &str, to: &str) -> Vec<Change> {
    vec![Change {
        field,
        was: was.to_owned(),
        to: to.to_owned(),
    }]
}

async fn customer(test: &TestDb, phone: &str) -> Customer {
    of_phone(&test.db, &Phone::e164(phone).unwrap()).await.unwrap().unwrap()
}

/// The phones that a query finds.
async fn found(test: &TestDb, finder: &LiveFinder, query: &str) -> Vec<Phone> {
    let now: DateTime<Utc> = at("2026-11-24T12:00:00Z");
    let today = Today::new(now, &chrono_tz::Tz::Africa__Lagos, &Thresholds::default());
    let wanted = CustomerQuery::parse(query);
    let ids: Vec<i64> = finder
        .answer(now, query.to_owned(), move |finder| {
            finder
                .find(&wanted, None, &today)
                .rows
                .iter()
                .map(|row| row.id)
                .collect()
        })
        .await
        .unwrap();
    let customers = onibara::server::store::customers::by_ids(&test.db, &ids).await.unwrap();
    ids.iter().map(|id| customers[id].phone.clone()).collect()
}

on_both_databases! {
    async fn what_is_set_stands_over_what_orders_say_and_outlives_them(test: &TestDb) {
        let first = Order { name: "Ade".to_owned(), ..order("A1", PHONE) };
        let second = Order { name: "Bola Eze".to_owned(), ..order("B1", OTHER) };
        orders::upsert(&test.db, vec![first, second]).await.unwrap();
        let finder = LiveFinder::new(test.db.clone());
        let id = customer(test, PHONE).await.id;
        assert_eq!(edits::save(&test.db, id, change(Field::Name, "Ade", "Ọláyínká Bello"), by(1)).await.unwrap(), Saved::All(1));
        assert_eq!(edits::save(&test.db, id, change(Field::State, "Lagos", "Oyo"), by(1)).await.unwrap(), Saved::All(2));
        let number = change(Field::Whatsapp, "", "+2348090000001");
        assert_eq!(edits::save(&test.db, id, number, by(1)).await.unwrap(), Saved::All(3));
        let late = Order { name: "Somebody Else".to_owned(), placed_at: at("2026-11-23T10:00:00Z"), ..order("A2", PHONE) };
        orders::upsert(&test.db, vec![late]).await.unwrap();
        for when in ["after an order", "after a rebuild"] {
            let now = customer(test, PHONE).await;
            assert_eq!((now.name.as_str(), now.state.as_str()), ("Ọláyínká Bello", "Oyo"), "{when}");
            assert_eq!(now.whatsapp, Phone::e164("+2348090000001"), "{when}");
            let mine = [Phone::e164(PHONE).unwrap()];
            for query in ["q=olayinka", "q=0809%20000", "state=Oyo", "q=somebody", "q=ade"] {
                assert_eq!(found(test, &finder, query).await, mine, "{when}: {query}");
                let fresh = LiveFinder::new(test.db.clone());
                assert_eq!(found(test, &fresh, query).await, mine, "loaded {when}: {query}");
            }
            rollup::rebuild(&test.db).await.unwrap();
            assert_eq!(rollup::verify(&test.db).await.unwrap(), []);
        }
        // Emptied, a detail is what the orders say again: here, what the latest says.
        edits::save(&test.db, id, change(Field::Name, "Ọláyínká Bello", ""), by(1)).await.unwrap();
        assert_eq!(customer(test, PHONE).await.name, "Somebody Else");
    }
}

on_both_databases! {
    async fn of_two_who_edit_at_once_the_later_is_told_and_both_can_go_back(test: &TestDb) {
        orders::upsert(&test.db, vec![Order { name: "Ade".to_owned(), ..order("A1", PHONE) }]).await.unwrap();
        let id = customer(test, PHONE).await.id;
        edits::save(&test.db, id, change(Field::Name, "Ade", "Adé"), by(1)).await.unwrap();
        let late = edits::save(&test.db, id, change(Field::Name, "Ade", "Adebayo"), by(2)).await.unwrap();
        let Saved::Conflict(conflicts) = late else { panic!("{late:?}") };
        assert_eq!((conflicts[0].now.as_str(), conflicts[0].who.as_deref()), ("Adé", Some("user1@shop.ng")));
        // Another detail is nobody's conflict, and the same wish is none either.
        assert_eq!(edits::save(&test.db, id, change(Field::City, "Ikeja", "Yaba"), by(2)).await.unwrap(), Saved::All(2));
        assert_eq!(edits::save(&test.db, id, change(Field::Name, "Ade", "Adé"), by(2)).await.unwrap(), Saved::Nothing);
        for (version, field) in [(2, Field::City), (1, Field::Name)] {
            let back = edits::reversed(&test.db, id, version).await.unwrap();
            assert_eq!(back[0].field, field);
            assert!(matches!(edits::save(&test.db, id, back, by(1)).await.unwrap(), Saved::All(_)));
        }
        let now = customer(test, PHONE).await;
        assert_eq!((now.name.as_str(), now.city.as_str()), ("Ade", "Ikeja"));
        // Taken back whole, orders count again.
        let late = Order { name: "Newer".to_owned(), city: "Jos".to_owned(), state: "Plateau".to_owned(), placed_at: at("2026-11-23T10:00:00Z"), ..order("A2", PHONE) };
        orders::upsert(&test.db, vec![late]).await.unwrap();
        let now = customer(test, PHONE).await;
        assert_eq!((now.name.as_str(), now.city.as_str()), ("Newer", "Jos"));
        assert_eq!(history::of(&test.db, id).await.unwrap().len(), 4);
    }
}

on_both_databases! {
    async fn interleaved_edits_lose_nothing_and_every_conflict_is_told(test: &TestDb) {
        orders::upsert(&test.db, vec![Order { name: "Start".to_owned(), ..order("A1", PHONE) }]).await.unwrap();
        let id = customer(test, PHONE).await.id;
        let writers: Vec<_> = [1_i64, 2].into_iter().map(|writer| {
            let db = test.db.clone();
            let turns = rounds(100) / 2;
            tokio::spawn(async move {
                let (mut seen, mut saved) = ("Start".to_owned(), Vec::new());
                for turn in 0..turns {
                    let wish = format!("Name {writer}-{turn}");
                    match edits::save(&db, id, change(Field::Name, &seen, &wish), by(writer)).await.unwrap() {
                        Saved::All(version) => {
                            saved.push((version, seen, wish.clone()));
                            seen = wish;
                        }
                        Saved::Conflict(conflicts) => {
                            assert_ne!(conflicts[0].now, seen, "only what changed is a conflict");
                            seen.clone_from(&conflicts[0].now);
                        }
                        other => panic!("{other:?}"),
                    }
                }
                saved
            })
        }).collect();
        let mut saved = Vec::new();
        for writer in writers {
            saved.extend(writer.await.unwrap());
        }
        saved.sort();
        // Each stored change began with what the one before it had left.
        let mut shown = "Start".to_owned();
        for (at, (version, before, after)) in saved.into_iter().enumerate() {
            assert_eq!((version, before), (i64::try_from(at).unwrap() + 1, shown));
            shown = after;
        }
        assert_eq!(customer(test, PHONE).await.name, shown);
    }
}

on_both_databases! {
    async fn tags_filter_and_a_merge_puts_everything_together_until_it_is_undone(test: &TestDb) {
        orders::upsert(&test.db, vec![order("A1", PHONE), order("A2", PHONE), order("B1", OTHER)]).await.unwrap();
        let finder = LiveFinder::new(test.db.clone());
        let (one, other) = (customer(test, PHONE).await, customer(test, OTHER).await);
        let tag = |id, tag: &str| tags::add_to_all(&test.db, vec![id], vec![tag.to_owned()], by(1));
        tag(one.id, "vip").await.unwrap();
        tag(other.id, "vip").await.unwrap();
        tag(other.id, "wholesale").await.unwrap();
        assert_eq!(found(test, &finder, "tag=vip").await.len(), 2);
        merges::merge(&test.db, one.id, other.id, by(1)).await.unwrap();
        let merged = customer(test, OTHER).await;
        assert_eq!((merged.id, merged.orders(), merged.tags.as_slice()), (one.id, 3, &["vip".to_owned(), "wholesale".to_owned()][..]));
        for finder in [&finder, &LiveFinder::new(test.db.clone())] {
            for query in ["tag=wholesale", "tag=vip", "q=0706%20555%200001", ""] {
                assert_eq!(found(test, finder, query).await, std::slice::from_ref(&one.phone), "{query}");
            }
        }
        assert_eq!(rollup::verify(&test.db).await.unwrap(), []);
        tags::remove(&test.db, one.id, "vip".to_owned(), by(1)).await.unwrap();
        assert!(merges::separate(&test.db, one.id, other.phone.clone(), by(1)).await.unwrap());
        assert_eq!(customer(test, PHONE).await, Customer { tags: Vec::new(), ..one });
        assert_eq!(customer(test, OTHER).await, Customer { tags: vec!["wholesale".to_owned()], ..other });
        assert_eq!(found(test, &finder, "tag=wholesale").await, [Phone::e164(OTHER).unwrap()]);
        assert_eq!(rollup::verify(&test.db).await.unwrap(), []);
    }
}

on_both_databases! {
    async fn who_shares_a_number_or_name_and_place_may_be_the_same(test: &TestDb) {
        let named = |number: &str, phone: &str, name: &str| Order { name: name.to_owned(), ..order(number, phone) };
        let mine = Order { whatsapp: Phone::e164("+2348090000001"), ..named("A1", PHONE, "Ọlá Bello") };
        let made = vec![
            mine,
            named("B1", "+2348090000001", "Somebody"),
            named("C1", "+2348090000002", "OLA BELLO"),
            Order { city: "Jos".to_owned(), state: "Plateau".to_owned(), ..named("D1", "+2348090000003", "Ọlá Bello") },
            named("E1", OTHER, "Eze Obi"),
        ];
        orders::upsert(&test.db, made).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let answer = app.get("/api/same_person?phone=2348031234567", Some(&cookie)).await;
        let found: Vec<MaybeSame> = answer.read();
        let mut said: Vec<(&str, &str)> = found.iter().map(|same| (same.buyer.phone.as_str(), same.why.as_str())).collect();
        said.sort_unstable();
        assert_eq!(said, [
            ("+2348090000001", "Both have used 0809 000 0001"),
            ("+2348090000002", "Same name, both in Ikeja, Lagos"),
        ]);
    }
}

on_both_databases! {
    async fn a_note_is_its_authors_and_the_admins(test: &TestDb) {
        orders::upsert(&test.db, vec![order("A1", PHONE)]).await.unwrap();
        let app = TestApp::on(test);
        let mut cookies = vec![app.owner().await];
        for staff in ["one@shop.ng", "two@shop.ng"] {
            app.add_user(staff, Role::Staff).await;
            cookies.push(app.sign_in(staff).await);
        }
        app.call("/api/add_note", "phone=2348031234567&body=Mine", Some(&cookies[1])).await;
        let id = customer(test, PHONE).await.id;
        let note = notes::of(&test.db, id).await.unwrap()[0].id;
        for (cookie, status) in [(&cookies[2], 404), (&cookies[1], 200), (&cookies[0], 200)] {
            let form = format!("phone=2348031234567&id={note}&body=Changed");
            assert_eq!(app.call("/api/edit_note", &form, Some(cookie)).await.status, status);
        }
        let form = format!("phone=2348031234567&id={note}");
        for (path, cookie, left) in [("delete_note", 2, 1), ("delete_note", 1, 0), ("restore_note", 2, 0), ("restore_note", 0, 1)] {
            app.call(&format!("/api/{path}"), &form, Some(&cookies[cookie])).await;
            assert_eq!(notes::of(&test.db, id).await.unwrap().len(), left, "{path} by {cookie}");
        }
    }
}

on_both_databases! {
    async fn the_page_takes_edits_notes_tags_and_merges_from_whom_it_may(test: &TestDb) {
        orders::upsert(&test.db, vec![Order { name: "Ade Obi".to_owned(), ..order("A1", PHONE) }, order("B1", OTHER)]).await.unwrap();
        let app = TestApp::on(test);
        let owner = app.owner().await;
        app.add_user("staff@shop.ng", Role::Staff).await;
        let staff = app.sign_in("staff@shop.ng").await;
        let edit = "phone=2348031234567&edit%5Bwas%5D%5Bname%5D=Ade+Obi&edit%5Bto%5D%5Bname%5D=Ad%C3%A9+Obi";
        assert_eq!(app.call("/api/update_customer_info", edit, Some(&staff)).await.status, StatusCode::FORBIDDEN);
        let saved = app.call("/api/update_customer_info", edit, Some(&owner)).await;
        assert_eq!((saved.status, saved.location()), (StatusCode::OK, "/dashboard/admin/customers/2348031234567?saved=1"));
        let wrong = format!("{edit}x&edit%5Bwas%5D%5Bwhatsapp%5D=&edit%5Bto%5D%5Bwhatsapp%5D=call+me");
        let refused = app.call("/api/update_customer_info", &wrong, Some(&owner)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("“call me” is no phone number") && refused.body.contains("Adé Obix"), "{}", refused.body);
        let late = app.call("/api/update_customer_info", &format!("{edit}x"), Some(&owner)).await;
        assert!(late.body.contains("changed it to “Adé Obi”"), "{}", late.body);
        for (path, form) in [
            ("/api/add_note", "phone=2348031234567&body=Calls+after+5+pm"),
            ("/api/add_tags", "phone=2348031234567&tags=Wholesale%2C+vip"),
        ] {
            assert_eq!(app.call(path, form, Some(&staff)).await.status, StatusCode::OK, "{path}");
        }
        let page = app.get("/dashboard/admin/customers/2348031234567", Some(&owner)).await.body;
        for shown in ["Adé Obi", "Calls after 5 pm", "wholesale", "Name: “Ade Obi” → “Adé Obi”", "staff@shop.ng"] {
            assert!(page.contains(shown), "{shown}");
        }
        let merge = "phone=2348031234567&other=0706-555-0001";
        assert_eq!(app.call("/api/merge_customers", merge, Some(&staff)).await.status, StatusCode::FORBIDDEN);
        assert_eq!(app.call("/api/merge_customers", merge, Some(&owner)).await.status, StatusCode::OK);
        let redirected = app.get("/dashboard/admin/customers/2347065550001", Some(&owner)).await;
        assert_eq!(redirected.location(), "/dashboard/admin/customers/2348031234567");
        let separate = "phone=2348031234567&other=2347065550001";
        assert_eq!(app.call("/api/separate_phone", separate, Some(&owner)).await.status, StatusCode::OK);
        assert_eq!(app.get("/dashboard/admin/customers/2347065550001", Some(&owner)).await.status, StatusCode::OK);
    }
}

on_both_databases! {
    async fn those_who_are_chosen_are_tagged_and_nobody_else(test: &TestDb) {
        let made = (0..7).map(|number| Order {
            state: if number < 4 { "Lagos" } else { "Oyo" }.to_owned(),
            ..order(&format!("A{number}"), &format!("+23480300000{number:02}"))
        });
        orders::upsert(&test.db, made.collect()).await.unwrap();
        let app = TestApp::on(test);
        let cookie = app.owner().await;
        let tag = "/api/tag_chosen";
        let chosen = "chosen%5B%5D=2348030000001&chosen%5B%5D=2348030000005&chosen%5B%5D=2348030000001&tags=gold,+Friends";
        let answer = app.call(tag, &format!("{chosen}&query=sort%3Dname"), Some(&cookie)).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::OK, "/dashboard/admin/customers?sort=name"));
        let all = app.call(tag, "all=true&query=state%3DLagos&tags=lagos", Some(&cookie)).await;
        assert_eq!(all.status, StatusCode::OK);
        let tags = |number: usize| async move { customer(test, &format!("+23480300000{number:02}")).await.tags };
        assert_eq!(tags(1).await, ["friends", "gold", "lagos"]);
        assert_eq!(tags(5).await, ["friends", "gold"]);
        assert_eq!(tags(3).await, ["lagos"]);
        assert!(tags(6).await.is_empty());
        for wrong in ["tags=gold", "chosen%5B%5D=2348030000001&tags=+,", "chosen%5B%5D=nobody&tags=gold"] {
            assert_eq!(app.call(tag, wrong, Some(&cookie)).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
    }
}
