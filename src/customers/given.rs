//! Fetches, after the first paint, what the browser then answers from without a request.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::answers::Given;
use super::api::load_customers;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::listing::CustomerList;
use crate::domain::loaded::{LoadedList, MOST};
use crate::ui::answer::Answer;

/// How old the browser's copy may become; the next answer from it then fetches another one behind it.
const FRESH: Duration = Duration::from_mins(1);

/// What the copy is of, and how it stands with it.
#[derive(Clone, PartialEq)]
enum Copy {
    None,
    Coming(CustomerQuery),
    Fresh(CustomerQuery),
    Old(CustomerQuery),
}

/// Keeps the browser's copy in step with what is shown. `changed` is run when a copy has been replaced by a newer one,
/// and at the shop's midnight, when everything that depends on the day turns over.
pub fn keep_given(
    given: Given,
    list: Answer<CustomerList>,
    query: Memo<CustomerQuery>,
    changed: impl Fn() + Clone + Send + Sync + 'static,
) {
    let copy = StoredValue::new(Copy::None);
    let waits_for_midnight = StoredValue::new(false);
    // Effects run in the browser only.
    Effect::new(move || {
        let Some(Ok(list)) = list.get() else { return };
        if !waits_for_midnight.get_value() {
            waits_for_midnight.set_value(true);
            let changed = changed.clone();
            let turn_over = move || {
                waits_for_midnight.set_value(false);
                given.set_value(None);
                copy.set_value(Copy::None);
                changed();
            };
            set_timeout(turn_over, Duration::from_secs(list.day_lasts.unsigned_abs() + 1));
        }
        let Some(wanted) = wanted(&list, &query.get_untracked()) else {
            return;
        };
        let replaces = match copy.get_value() {
            Copy::Coming(of) | Copy::Fresh(of) if wanted.narrows(&of) => return,
            Copy::Old(of) => wanted.narrows(&of),
            _ => false,
        };
        copy.set_value(Copy::Coming(wanted.clone()));
        let changed = changed.clone();
        spawn_local(async move {
            let loaded = load_customers(wanted.to_query_string()).await;
            // Somebody may have gone on to another period meanwhile, or to another page.
            if copy.try_get_value() != Some(Copy::Coming(wanted.clone())) {
                return;
            }
            let Ok(loaded) = loaded else {
                return copy.set_value(Copy::None);
            };
            given.set_value(loaded.map(LoadedList::new));
            copy.set_value(Copy::Fresh(wanted.clone()));
            let age = move || {
                let _ = copy.try_update_value(|copy| {
                    if *copy == Copy::Fresh(wanted.clone()) {
                        *copy = Copy::Old(wanted);
                    }
                });
            };
            set_timeout(age, FRESH);
            if replaces {
                changed();
            }
        });
    });
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
