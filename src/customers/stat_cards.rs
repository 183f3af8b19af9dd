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
    let active_scope = if of_all_time {
        "30 days"
    } else {
        "all customers, 30 days"
    };
    let repeat_scope = (!of_all_time).then_some("of those who ordered");
    view! {
        <section class="overview__figures" aria-label="Figures">
            {(!of_all_time).then(|| view! { <p class="overview__days">{days}", compared with "{compared.clone()}</p> })}
            <ul class="stat-cards">
                <StatCard label=customers scope=None figure=stats.customers compared=compared.clone() note=None more=new />
                <StatCard
                    label="Active customers"
                    scope=Some(active_scope)
                    figure=stats.active
                    compared=active_compared
                    note=None
                    more=None
                />
                <StatCard label=average scope=None figure=stats.average compared=compared.clone() note=lifetime more=None />
                <StatCard
                    label="Repeat customer rate"
                    scope=repeat_scope
                    figure=stats.repeat
                    compared
                    note=None
                    more=None
                />
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
