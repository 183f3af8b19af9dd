//! What a browser answers from what it was given is what the server answers: the same rows in the same order.

use onibara::domain::customer_query::{CustomerQuery, OrdersFilter};
use onibara::domain::loaded::{Filling, Loaded, LoadedList};
use onibara::server::listing;
use onibara::server::store::orders;

use crate::on_both_databases;
use crate::support::app::TestApp;
use crate::support::queries::Dice;

on_both_databases! {
    async fn the_browser_answers_as_the_server_does(test: &TestDb) {
        let mut dice = Dice::new(1);
        let app = TestApp::on(test);
        let now = app.clock.now();
        orders::upsert(&test.db, (0..300).map(|_| dice.order(260, now)).collect()).await.unwrap();
        let mut answered = 0;
        for _ in 0..25 {
            let base = dice.query(now);
            let loaded = listing::load(&app.state, &base.to_query_string()).await.unwrap().expect("few enough");
            // As it crosses the wire.
            let loaded = postcard::from_bytes(&postcard::to_allocvec(&loaded).unwrap()).unwrap();
            let mut local = taken_in(loaded);
            for _ in 0..20 {
                let query = narrower(&base, &dice.query(now), &mut dice);
                let Some(list) = local.list(&query) else {
                    assert!(!query.narrows(&base), "{query:?} narrows {base:?}");
                    continue;
                };
                answered += 1;
                let server = listing::customers(&app.state, &query.to_query_string(), "").await.unwrap();
                assert_eq!(list.page, server.page, "{query:?} in {base:?}");
                assert_eq!((list.customers, list.orders), (server.customers, server.orders));
                if let Some(facets) = local.facets(&query) {
                    assert_eq!(facets, listing::facets(&app.state, &query.to_query_string()).await.unwrap(), "{query:?}");
                }
            }
        }
        assert!(answered > 250, "{answered}");
    }
}

/// Takes in what was loaded as a browser does, some customers at a time.
fn taken_in(loaded: Loaded) -> LoadedList {
    let mut filling = Filling::new(loaded);
    while filling.fill(7).unwrap() {}
    filling.end()
}

/// A query that adds to another one, mostly: what the other has set stays, or now and then does not.
fn narrower(base: &CustomerQuery, drawn: &CustomerQuery, dice: &mut Dice) -> CustomerQuery {
    if dice.often(0.1) {
        return drawn.clone();
    }
    let mut query = drawn.clone();
    query.period = base.period;
    if !base.search.is_empty() {
        query.search.clone_from(&base.search);
    }
    query.activity = base.activity.or(query.activity);
    if base.orders != OrdersFilter::All {
        query.orders = base.orders;
    }
    query.band = base.band.or(query.band);
    if !base.sources.is_empty() {
        query.sources.clone_from(&base.sources);
    }
    query.city = base.city.clone().or(query.city);
    if !base.states.is_empty() {
        query.states.clone_from(&base.states);
    }
    query.segment = base.segment.or(query.segment);
    query.quality = base.quality.or(query.quality);
    query
}

on_both_databases! {
    async fn too_many_customers_stay_on_the_server(test: &TestDb) {
        let app = TestApp::on(test);
        let made = (0..=2_000).map(|number| crate::support::builders::order(&format!("A{number}"), &format!("+23480312{number:05}")));
        for batch in made.collect::<Vec<_>>().chunks(500) {
            orders::upsert(&test.db, batch.to_vec()).await.unwrap();
        }
        assert!(listing::load(&app.state, "").await.unwrap().is_none());
        let few = listing::load(&app.state, "q=0012").await.unwrap().expect("few enough");
        // 00012, and 00120 to 00129.
        let list = taken_in(few).list(&CustomerQuery::parse("q=0012")).unwrap();
        assert_eq!((list.page.rows.len(), list.page.total), (11, 11));
    }
}
