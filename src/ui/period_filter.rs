//! Which span of time a page is about.

use chrono::{Datelike as _, NaiveDate};
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::hidden_fields::HiddenFields;
use super::icon::Icon;
use super::menu::Menu;
use crate::domain::period::Period;

/// The periods that have a name.
const NAMED: [Period; 5] = [Period::All, Period::Today, Period::Week, Period::Month, Period::Year];

/// Returns a period's name as people read it.
pub fn name(period: Period) -> String {
    match period {
        Period::All => "All time".to_owned(),
        Period::Today => "Today".to_owned(),
        Period::Week => "This week".to_owned(),
        Period::Month => "This month".to_owned(),
        Period::Year => "This year".to_owned(),
        Period::Between(first, last) if first == last => day(first),
        Period::Between(first, last) => format!("{} – {}", day(first), day(last)),
    }
}

/// Returns a day as people read it; chrono's own formats would make the browser's download larger for one line.
fn day(date: NaiveDate) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = usize::try_from(date.month0()).map_or("", |month| MONTHS[month]);
    format!("{} {month} {}", date.day(), date.year())
}

/// Offers the named periods as links, and any two dates by a form.
#[component]
pub fn PeriodFilter(
    /// The period that is shown now.
    current: Period,
    /// Where a period leads.
    href: Callback<Period, String>,
    /// Where the form of the two dates leads.
    #[prop(into)]
    action: String,
    /// What of the address stays, without the period.
    rest: Vec<(String, String)>,
) -> impl IntoView {
    let option = move |period: Period| {
        let here = (period == current).then_some("true");
        view! { <li><a href=href.run(period) aria-current=here data-noscroll="">{name(period)}</a></li> }
    };
    view! {
        <nav class="period-filter" aria-label="Period">
            <ul class="period-filter__named">{NAMED.map(option).into_iter().collect_view()}</ul>
            <Dates current action rest href />
        </nav>
    }
    .into_any()
}

/// Asks for two dates.
#[component]
fn Dates(
    current: Period,
    action: String,
    rest: Vec<(String, String)>,
    href: Callback<Period, String>,
) -> impl IntoView {
    let [first, last] = [(); 2].map(|()| NodeRef::<html::Input>::new());
    let navigate = use_navigate();
    let submitted = move |event: web_sys::SubmitEvent| {
        let dates = first.get_untracked().zip(last.get_untracked());
        let period = dates.and_then(|(first, last)| Period::of_form(Some(first.value()), Some(last.value())));
        if let Some(period) = period {
            event.prevent_default();
            let options = NavigateOptions {
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&href.run(period), options);
        }
    };
    let (label, from, to) = match current {
        Period::Between(first, last) => (name(current), first.to_string(), last.to_string()),
        _ => ("Dates".to_owned(), String::new(), String::new()),
    };
    let set = matches!(current, Period::Between(..));
    view! {
        <Menu class="period-filter__dates" label icon="calendar" set several=true>
            <form class="form" method="get" action=action on:submit=submitted>
                <HiddenFields pairs=rest />
                <DateField name="from" label="From" value=from input=first />
                <DateField name="to" label="To" value=to input=last />
                <button class="button button--primary menu__close" type="submit">
                    <Icon name="check" />
                    "Show these dates"
                </button>
            </form>
        </Menu>
    }
    .into_any()
}

#[component]
fn DateField(name: &'static str, label: &'static str, value: String, input: NodeRef<html::Input>) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input class="input" type="date" name=name value=value required node_ref=input />
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_on_a_calendar() {
        let words = |code: &str| name(Period::parse(code).unwrap());
        assert_eq!(words("2026-10-01..2026-10-31"), "1 Oct 2026 – 31 Oct 2026");
        assert_eq!(words("2026-10-01..2026-10-01"), "1 Oct 2026");
        assert_eq!(words("month"), "This month");
    }
}
