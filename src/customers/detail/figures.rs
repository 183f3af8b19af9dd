//! What a customer came to.

use leptos::prelude::*;

use crate::domain::customer::Customer;
use crate::domain::stats::{Measure, grouped, orders_in_words};

/// Shows orders, lifetime value with the money it is made of, average, and how much arrived.
#[component]
pub fn Figures(
    /// The customer.
    customer: Customer,
) -> impl IntoView {
    let orders = grouped(customer.orders());
    let lost = (customer.lost_orders > 0).then(|| format!("· {} lost", grouped(customer.lost_orders)));
    let finished = customer.earned_orders + customer.lost_orders;
    let (rate, of) = match customer.delivered_rate() {
        Some(rate) => (format!("{rate} %"), format!("of {} finished", grouped(finished))),
        None => ("Too early".to_owned(), format!("{finished} of 3 finished")),
    };
    let aov = Measure::Money(customer.aov()).to_string();
    let average = customer.aov().map(|_| "per order".to_owned());
    view! {
        <section aria-label="Figures">
            <ul class="stat-cards customer-figures">
                <Card label="Orders" value=orders note=lost />
                <Card label="Lifetime value" value=customer.spent().to_string() note=None />
                <Card label="Average order value" value=aov note=average />
                <Card label="Delivered" value=rate note=Some(of) />
                <Card label="Earned" value=customer.earned.to_string() note=Some(orders_in_words(customer.earned_orders)) />
                <Card label="Open" value=customer.open.to_string() note=Some(orders_in_words(customer.open_orders)) />
                <Card label="Lost" value=customer.lost.to_string() note=Some(orders_in_words(customer.lost_orders)) />
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn Card(label: &'static str, value: String, note: Option<String>) -> impl IntoView {
    view! {
        <li class="stat-card">
            <h2 class="stat-card__label">{label}</h2>
            <p class="stat-card__value">
                {value}
                {note.map(|note| view! { " " <span class="stat-card__note">{note}</span> })}
            </p>
        </li>
    }
}
