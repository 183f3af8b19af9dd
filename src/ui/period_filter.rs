//! Which span of time a page is about.

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
        view! { <li><a href=href.run(period) aria-current=here data-noscroll="">{period.label()}</a></li> }
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
        Period::Between(first, last) => (current.label(), first.to_string(), last.to_string()),
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
