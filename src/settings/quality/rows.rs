//! What looks wrong, row by row, each with its form.

use leptos::prelude::*;

use crate::domain::order_list::{Buyer, shown_name};
use crate::domain::place::STATES;
use crate::domain::quality::{BadNumber, BadPlace, Pair, ZeroOrder};
use crate::domain::stats::grouped;
use crate::error::AppError;
use crate::paths;
use crate::ui::form::{Form, Sending};

/// What is wrong with what was sent from one row, by the row's key.
fn wrong_of(to: Sending, key: String) -> Signal<Option<String>> {
    Signal::derive(move || match to.refusal().get() {
        Some(AppError::Invalid { field, message }) if field == key => Some(message),
        _ => None,
    })
}

/// What was refused of no row that is shown.
fn other(to: Sending) -> impl IntoView {
    let other = move || {
        let refusal = to.refusal().get();
        refusal.filter(|error| !matches!(error, AppError::Invalid { .. }))
    };
    view! { <p class="form__error" role="alert">{move || other().map(|error| error.to_string())}</p> }
}

#[component]
fn Who(buyer: Buyer) -> impl IntoView {
    view! {
        <span class="quality__who">
            <a href=paths::customer(&buyer.phone)><bdi>{shown_name(&buyer.name).to_owned()}</bdi></a>
            " " <bdi>{buyer.phone.display()}</bdi>
        </span>
    }
    .into_any()
}

/// Phones that are no number, each with a field for the right one.
#[component]
pub fn Numbers(rows: Vec<BadNumber>, to: Sending) -> impl IntoView {
    let one = move |row: BadNumber| {
        let slug = row.buyer.phone.to_slug();
        let wrong = wrong_of(to, slug.clone());
        let label = format!("The right number of {}", shown_name(&row.buyer.name));
        let several = (row.names > 1).then(|| {
            let (orders, names) = (
                paths::orders_of(&slug),
                format!("{} names: it may be several people. ", row.names),
            );
            view! {
                <p class="quality__note">
                    {names}
                    <a href=orders>"Look at the orders"</a> " and change each by itself."
                </p>
            }
        });
        let count = if row.orders == 1 {
            "1 order".to_owned()
        } else {
            format!("{} orders", grouped(row.orders))
        };
        view! {
            <li class="quality__row">
                <div><Who buyer=row.buyer /> <p class="quality__note">{count}</p> {several}</div>
                <Form to class="quality__form">
                    <input type="hidden" name="phone" value=slug />
                    <input class="input" name="number" type="tel" aria-label=label placeholder="0803 123 4567" autocomplete="off" required />
                    <button class="button" type="submit">"Put right"</button>
                    <p class="field__error">{move || wrong.get()}</p>
                </Form>
            </li>
        }
    };
    view! { <ul class="quality__rows">{rows.into_iter().map(one).collect_view()}</ul> {other(to)} }.into_any()
}

/// Customers who may be one person.
#[component]
pub fn Duplicates(rows: Vec<Pair>, to: Sending) -> impl IntoView {
    let one = move |pair: Pair| {
        let (first, second) = (pair.one.phone.to_slug(), pair.other.phone.to_slug());
        view! {
            <li class="quality__row">
                <div><Who buyer=pair.one /> <Who buyer=pair.other /> <p class="quality__note">{pair.why}</p></div>
                <Form to class="quality__form">
                    <input type="hidden" name="one" value=first />
                    <input type="hidden" name="other" value=second />
                    <button class="button" type="submit">"Merge"</button>
                    <button class="button" type="submit" name="different" value="true">"Not the same person"</button>
                </Form>
            </li>
        }
    };
    view! { <ul class="quality__rows">{rows.into_iter().map(one).collect_view()}</ul> {other(to)} }.into_any()
}

/// States that there are not.
#[component]
pub fn Places(rows: Vec<BadPlace>, to: Sending) -> impl IntoView {
    let one = move |row: BadPlace| {
        let wrong = wrong_of(to, row.spelled.clone());
        let state = |name: &'static str| view! { <option value=name>{name}</option> };
        let customers = if row.customers == 1 {
            "1 customer".to_owned()
        } else {
            format!("{} customers", grouped(row.customers))
        };
        view! {
            <li class="quality__row">
                <div><bdi class="quality__who">{row.spelled.clone()}</bdi> <p class="quality__note">{customers}</p></div>
                <Form to class="quality__form">
                    <input type="hidden" name="spelled" value=row.spelled.clone() />
                    <select class="input" name="state" aria-label=format!("The state of {}", row.spelled)>
                        <option value="">"Choose a state"</option>
                        {STATES.map(state).into_iter().collect_view()}
                    </select>
                    <button class="button" type="submit">"Set everywhere"</button>
                    <button class="button" type="submit" name="right" value="true">"It is right"</button>
                    <p class="field__error">{move || wrong.get()}</p>
                </Form>
            </li>
        }
    };
    view! { <ul class="quality__rows">{rows.into_iter().map(one).collect_view()}</ul> {other(to)} }.into_any()
}

/// Orders that cost nothing.
#[component]
pub fn Amounts(rows: Vec<ZeroOrder>, to: Sending) -> impl IntoView {
    let one = move |row: ZeroOrder| {
        let number = row.number.clone();
        view! {
            <li class="quality__row">
                <div>
                    <a class="quality__who" href=paths::order(&row.number)><bdi>{row.number.clone()}</bdi></a>
                    <p class="quality__note">
                        <bdi>{shown_name(&row.name).to_owned()}</bdi> " · " {row.status} " · " {row.placed}
                    </p>
                </div>
                <Form to class="quality__form">
                    <input type="hidden" name="number" value=number />
                    <a class="button" href=paths::order(&row.number)>"Write the amount"</a>
                    <button class="button" type="submit">"It is really zero"</button>
                </Form>
            </li>
        }
    };
    view! { <ul class="quality__rows">{rows.into_iter().map(one).collect_view()}</ul> {other(to)} }.into_any()
}
