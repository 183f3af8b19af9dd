//! The four figures above the list.

use leptos::prelude::*;

use crate::domain::listing::Overview;
use crate::domain::period::Period;
use crate::domain::stats::{Measure, Stats, grouped};
use crate::ui::stat_card::StatCard;

/// Shows the figures of a period, or of all time.
#[component]
pub fn StatCards(
    /// The figures, and what they are compared with.
    overview: Overview,
    /// The period that they are about.
    period: Period,
) -> impl IntoView {
    let Overview {
        stats,
        days,
        compared,
        active_compared,
        active_days,
        ..
    } = overview;
    let of_all_time = period == Period::All;
    let [customers, average] = if of_all_time {
        ["Total customers", "Average lifetime value"]
    } else {
        ["Customers who ordered", "Average spent in the period"]
    };
    let new = new_customers(&stats);
    let lifetime = stats
        .lifetime_average
        .map(|average| format!("{} lifetime", Measure::Money(Some(average))));
    let active_of = if of_all_time {
        format!("in the last {active_days} days")
    } else {
        format!("all customers, {active_days} days")
    };
    let repeat_of = (!of_all_time).then(|| "of those who ordered".to_owned());
    let active_note = Some(active_of);
    let then = compared.clone();
    view! {
        <section class="overview__figures" aria-label="Figures">
            {(!of_all_time).then(|| view! { <p class="overview__days">{days} ", compared with " {then}</p> })}
            <ul class="stat-cards">
                <StatCard label=customers figure=stats.customers compared=compared.clone() note=None more=new />
                <StatCard
                    label="Active customers"
                    figure=stats.active
                    compared=active_compared
                    note=active_note
                    more=None
                />
                <StatCard label=average figure=stats.average compared=compared.clone() note=lifetime more=None />
                <StatCard label="Repeat customer rate" figure=stats.repeat compared note=repeat_of more=None />
            </ul>
        </section>
    }
    .into_any()
}

fn new_customers(stats: &Stats) -> Option<String> {
    let (now, before) = stats.new_customers?;
    let (now, before) = (grouped(now), grouped(before));
    Some(format!("New in the last 30 days: {now}; in the 30 before: {before}"))
}
