//! The table of customers; on a small screen its rows are cards.

use leptos::prelude::*;

use super::sort_menu::words;
use crate::domain::customer::Customer;
use crate::domain::customer_query::{CustomerQuery, Sort, SortKey};
use crate::domain::listing::{CustomerRow, Day};
use crate::paths;
use crate::ui::badge::{Badge, Tone};
use crate::ui::copy::CopyButton;
use crate::ui::icon::Icon;
use crate::ui::phone_link::{Reach, ReachButton};

/// Shows customers, a row each.
#[component]
pub fn CustomerTable(
    /// The customers of this page.
    rows: Vec<CustomerRow>,
    /// What is shown, which the links of the header change.
    query: CustomerQuery,
) -> impl IntoView {
    let sorted = words(query.sort_or_default());
    view! {
        <p class="visually-hidden" role="status">{format!("Sorted by {sorted}")}</p>
        <div class="table-wrap">
            <table class="table customers" role="table">
                <caption class="visually-hidden">"Customers"</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        <SortHeader label="Name" key=SortKey::Name query=query.clone() />
                        <th role="columnheader" scope="col">"Phone"</th>
                        <SortHeader label="Orders" key=SortKey::Orders query=query.clone() numeric=true />
                        <SortHeader label="First order" key=SortKey::First query=query.clone() />
                        <SortHeader label="Last order" key=SortKey::Last query=query.clone() />
                        <SortHeader label="Total spent" key=SortKey::Spent query numeric=true />
                        <th role="columnheader" scope="col" class="numeric">"AOV"</th>
                        <th role="columnheader" scope="col">"Status"</th>
                        <th role="columnheader" scope="col">"Source"</th>
                        <th role="columnheader" scope="col"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    <For each=move || rows.clone() key=|row| row.customer.phone.clone() let:row>
                        <Row row />
                    </For>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A column's header that sorts by it, the other way round when pressed again.
#[component]
fn SortHeader(
    label: &'static str,
    key: SortKey,
    query: CustomerQuery,
    #[prop(optional)] numeric: bool,
) -> impl IntoView {
    let current = query.sort_or_default();
    let here = current.key == key;
    // Numbers and dates begin with the most, names with A.
    let descending = if here {
        !current.descending
    } else {
        key != SortKey::Name
    };
    let href = paths::customers(&query.with_sort(Sort { key, descending }));
    let (aria, icon) = match (here, current.descending) {
        (false, _) => (None, "arrow-up-down"),
        (true, true) => (Some("descending"), "arrow-down"),
        (true, false) => (Some("ascending"), "arrow-up"),
    };
    view! {
        <th role="columnheader" scope="col" class:numeric=numeric aria-sort=aria>
            <a class="sort" class:sort--current=here href=href>
                {label}
                <Icon name=icon />
            </a>
        </th>
    }
    .into_any()
}

#[component]
fn Row(row: CustomerRow) -> impl IntoView {
    let customer = row.customer;
    let name = shown_name(&customer);
    let (tone, activity) = if row.active {
        (Tone::Positive, "Active")
    } else {
        (Tone::Neutral, "Inactive")
    };
    let reached = customer.whatsapp.as_ref().unwrap_or(&customer.phone).display();
    let called = customer.phone.display();
    view! {
        <tr role="row" class="row">
            <th role="rowheader" scope="row" class="cell cell--name"><bdi>{name.clone()}</bdi></th>
            <td role="cell" class="cell cell--phone" data-label="Phone"><Numbers customer=customer.clone() /></td>
            <td role="cell" class="cell cell--orders numeric" data-label="Orders"><Orders customer=customer.clone() /></td>
            <td role="cell" class="cell cell--first" data-label="First order"><Moment day=row.first /></td>
            <td role="cell" class="cell cell--last" data-label="Last order"><Moment day=row.last /></td>
            <td role="cell" class="cell cell--spent numeric" data-label="Spent">{customer.spent().to_string()}</td>
            <td role="cell" class="cell cell--aov numeric" data-label="AOV">
                {customer.aov().map_or_else(|| "—".to_owned(), |aov| aov.to_string())}
            </td>
            <td role="cell" class="cell cell--status" data-label="Status"><Badge tone text=activity /></td>
            <td role="cell" class="cell cell--source" data-label="Source">{customer.source.label()}</td>
            <td role="cell" class="cell cell--actions">
                <ReachButton how=Reach::WhatsApp link=row.reach.whatsapp number=reached name=name.clone() />
                <ReachButton how=Reach::Call link=row.reach.call number=called name />
            </td>
        </tr>
    }
    .into_any()
}

/// The name, or what stands for it where no order gave one.
fn shown_name(customer: &Customer) -> String {
    if customer.name.is_empty() {
        "No name".to_owned()
    } else {
        customer.name.clone()
    }
}

/// The phone, and the WhatsApp number where it is another.
#[component]
fn Numbers(customer: Customer) -> impl IntoView {
    let phone = customer.phone.display();
    let number = customer.phone.e164_str().map(str::to_owned);
    view! {
        <span class="phone">
            <bdi class="phone__number">{phone}</bdi>
            {match number {
                Some(number) => view! { <CopyButton text=number what="phone number" /> }.into_any(),
                None => view! { <Badge tone=Tone::Warning text="Not a number" /> }.into_any(),
            }}
        </span>
        {customer.whatsapp.map(|other| view! { <span class="phone phone--whatsapp"><abbr title="WhatsApp">"WA"</abbr> " " <bdi>{other.display()}</bdi></span> })}
    }
    .into_any()
}

#[component]
fn Orders(customer: Customer) -> impl IntoView {
    let lost = (customer.lost_orders > 0).then(|| format!(" · {} lost", customer.lost_orders));
    view! {
        {customer.orders()}
        <span class="muted">{lost}</span>
    }
}

#[component]
fn Moment(day: Day) -> impl IntoView {
    view! { <time datetime=day.at.to_rfc3339() title=day.exact tabindex="0">{day.short}</time> }
}
