//! Fetches, after the first paint, what the browser then answers from without a request.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::answers::Given;
use super::api::load_customers;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::facets::Facets;
use crate::domain::listing::{CustomerList, Overview};
use crate::domain::loaded::{Filling, LoadedList, MOST};
use crate::error::AppError;
use crate::ui::answer::Answer;
use crate::ui::later::{afterwards, pause};
use crate::ui::live::use_changes;

/// How long the shop must be at rest before the browser fetches its copy anew: where orders come in all the time, the
/// server answers.
const CALM: Duration = Duration::from_secs(3);
/// How many customers of the copy are taken in at a stretch.
const AT_ONCE: usize = 64;

/// What the copy is of, and how it stands with it.
#[derive(Clone, PartialEq)]
enum Copy {
    None,
    Coming(CustomerQuery),
    Here(CustomerQuery),
    /// The shop has changed that many times.
    Outdated(u32),
}

/// The answers that the page shows.
#[derive(Clone, Copy)]
pub struct Shown {
    /// The page of customers.
    pub list: Answer<CustomerList>,
    /// What the menus count.
    pub facets: Answer<Facets>,
    /// The cards.
    pub overview: Answer<Overview>,
}

/// Keeps what is shown as it is in the shop, and the browser's copy in step with it.
pub fn keep_fresh(shown: Shown, given: Given, query: Memo<CustomerQuery>) {
    let Shown { list, facets, overview } = shown;
    let outdate = keep_given(given, list, query);
    use_changes(Box::new(move || {
        outdate();
        list.refresh();
        overview.refresh();
        // Nothing moves in a menu that is open.
        facets.refresh_where(|| matches!(document().query_selector(".filter-block [open]"), Ok(None)));
    }));
}

/// Keeps the browser's copy in step with what is shown. Returns what drops it, for when the shop has changed.
fn keep_given(given: Given, list: Answer<CustomerList>, query: Memo<CustomerQuery>) -> impl Fn() {
    let copy = StoredValue::new(Copy::None);
    let calm = RwSignal::new(());
    // Effects run in the browser only.
    Effect::new(move || {
        calm.track();
        let Some(Ok(list)) = list.get() else { return };
        let Some(wanted) = wanted(&list, &query.get_untracked()) else {
            return;
        };
        match copy.get_value() {
            Copy::Coming(of) | Copy::Here(of) if wanted.narrows(&of) => return,
            Copy::Outdated(_) => return,
            _ => {}
        }
        copy.set_value(Copy::Coming(wanted.clone()));
        // Nobody needs it before the page is taken over.
        afterwards(move || spawn_local(bring(wanted, given, copy)));
    });
    move || {
        given.set_value(None);
        let times = match copy.get_value() {
            Copy::Outdated(times) => times + 1,
            _ => 0,
        };
        copy.set_value(Copy::Outdated(times));
        let fetch = move || {
            if copy.try_get_value() == Some(Copy::Outdated(times)) {
                copy.set_value(Copy::None);
                calm.notify();
            }
        };
        set_timeout(fetch, CALM);
    }
}

/// Brings the copy that is wanted, if nothing else is by then.
async fn bring(wanted: CustomerQuery, given: Given, copy: StoredValue<Copy>) {
    let list = fetch(&wanted).await;
    // Somebody may have gone on to another period meanwhile, or to another page.
    if copy.try_get_value() != Some(Copy::Coming(wanted.clone())) {
        return;
    }
    let Ok(list) = list else {
        return copy.set_value(Copy::None);
    };
    given.set_value(list);
    copy.set_value(Copy::Here(wanted));
}

/// Fetches a copy, where the browser may have one, and takes it in without keeping it from anything else for long.
async fn fetch(wanted: &CustomerQuery) -> Result<Option<LoadedList>, AppError> {
    let Some(loaded) = load_customers(wanted.to_query_string()).await? else {
        return Ok(None);
    };
    // Whatever the browser was busy with when the answer came is over first.
    pause().await;
    let mut filling = Filling::new(loaded);
    while filling.fill(AT_ONCE).map_err(|_| AppError::Unreachable)? {
        pause().await;
    }
    pause().await;
    Ok(Some(filling.end()))
}

/// Returns what to fetch: all customers of the period where they are few enough, else all that is found, else nothing.
fn wanted(list: &CustomerList, query: &CustomerQuery) -> Option<CustomerQuery> {
    if list.of <= MOST {
        return Some(CustomerQuery {
            period: query.period,
            ..CustomerQuery::default()
        });
    }
    (list.page.total <= MOST).then(|| query.whole())
}
