//! How a customer buys: in the period, how often, and by month, status and source.

use leptos::prelude::*;

use crate::domain::habits::Sum;
use crate::domain::order_list::{Bar, Buying, Chart};
use crate::domain::stats::{Measure, grouped};

/// Shows the period's figures, where one is chosen.
#[component]
pub fn PeriodFigures(
    /// What was bought in it.
    sum: Sum,
) -> impl IntoView {
    let aov = Measure::Money(sum.aov()).to_string();
    let figures = [
        ("Orders in the period", grouped(sum.orders)),
        ("Lost in it", grouped(sum.lost)),
        ("Spent in it", sum.spent.to_string()),
        ("Average order in it", aov),
    ];
    let figure = |(label, value): (&'static str, String)| {
        view! {
            <li class="stat-card">
                <h2 class="stat-card__label">{label}</h2>
                <p class="stat-card__value">{value}</p>
            </li>
        }
    };
    view! { <ul class="stat-cards customer-figures">{figures.into_iter().map(figure).collect_view()}</ul> }.into_any()
}

/// Shows the pace and the charts.
#[component]
pub fn Charts(
    /// How the customer buys.
    buying: Buying,
) -> impl IntoView {
    let chart = |chart: Chart| {
        let bar = |bar: Bar| {
            view! {
                <tr>
                    <th scope="row" class="bars__label">{bar.label}</th>
                    <td class="bars__bar">
                        <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                            <rect width=bar.share.to_string() height="8" />
                        </svg>
                    </td>
                    <td class="numeric">{bar.value}</td>
                </tr>
            }
        };
        view! {
            <table class="panel bars">
                <caption class="panel__title">{chart.title}</caption>
                <tbody>{chart.bars.into_iter().map(bar).collect_view()}</tbody>
            </table>
        }
    };
    view! {
        <section class="customer-buying" aria-label="How they buy">
            {buying.pace.map(|pace| view! { <p class="customer-buying__pace">{pace}"."</p> })}
            <div class="charts">{buying.charts.into_iter().map(chart).collect_view()}</div>
        </section>
    }
    .into_any()
}
