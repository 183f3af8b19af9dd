//! One customer of the table.

use leptos::prelude::*;

use super::Columns;
use super::cells::{Actions, Marked, Numbers};
use crate::customers::selection::RowBox;
use crate::domain::customer::Customer;
use crate::domain::finder;
use crate::domain::listing::{CustomerRow, Day, ReachLinks};
use crate::domain::money::Money;
use crate::domain::order_list::shown_name;
use crate::domain::stats::Measure;
use crate::domain::view::Column;
use crate::paths;
use crate::ui::attr::data_label;
use crate::ui::badge::{Badge, Tone};
use crate::ui::moment::Moment;

/// What a row's figures are about: a lifetime, or a period.
struct Figures {
    orders: i64,
    lost: i64,
    spent: Money,
    lifetime: Money,
    first: Day,
    last: Day,
}

impl Figures {
    fn of(row: &CustomerRow) -> Self {
        let lifetime = row.customer.spent();
        match &row.period {
            Some(period) => Self {
                orders: period.orders,
                lost: period.lost,
                spent: period.spent,
                lifetime,
                first: period.first.clone(),
                last: period.last.clone(),
            },
            None => Self {
                orders: row.customer.orders(),
                lost: row.customer.lost_orders,
                spent: lifetime,
                lifetime,
                first: row.first.clone(),
                last: row.last.clone(),
            },
        }
    }

    fn aov(&self) -> String {
        Measure::Money(self.spent.divided_by(self.orders)).to_string()
    }
}

/// Shows a customer; what the search found is marked.
#[component]
pub fn Row(
    /// The customer.
    row: CustomerRow,
    /// What was searched.
    search: String,
    /// The columns that are shown.
    columns: Columns,
    /// The customers of the page.
    page: StoredValue<Vec<String>>,
) -> impl IntoView {
    let figures = Figures::of(&row);
    let CustomerRow {
        customer,
        active,
        spelled,
        other_number,
        reach,
        ..
    } = row;
    let whatsapp = columns.show(Column::Whatsapp);
    view! {
        <tr role="row" class="row">
            <Name customer=customer.clone() spelled search=search.clone() page />
            <td role="cell" class="cell cell--phone" {..data_label("Phone")}>
                <Numbers customer=customer.clone() other_number whatsapp search />
            </td>
            {cells(&figures, columns)}
            {columns.show(Column::Status).then(|| view! { <Status active /> })}
            {columns.show(Column::Source).then(|| view! {
                <td role="cell" class="cell cell--source" {..data_label("Source")}>{customer.source.label()}</td>
            })}
            <ActionCell customer reach />
        </tr>
    }
    .into_any()
}

/// The figures between the phone and the status.
fn cells(figures: &Figures, columns: Columns) -> impl IntoView + use<> {
    let show = |column: Column| columns.show(column);
    let lost = (figures.lost > 0).then(|| format!(" · {} lost", figures.lost));
    let orders = figures.orders;
    let day = |column: Column, class: &'static str, day: &Day| {
        let (label, day) = (column.label(), day.clone());
        show(column).then(|| view! { <td role="cell" class={class} {..data_label(label)}><Moment day /></td> })
    };
    let amount = |column: Column, class: &'static str, label: &'static str, text: String| {
        show(column).then(|| view! { <td role="cell" class={class} {..data_label(label)}>{text}</td> })
    };
    let [spent, lifetime] = [figures.spent, figures.lifetime].map(|money| money.to_string());
    view! {
        {show(Column::Orders).then(|| view! {
            <td role="cell" class="cell cell--orders numeric" {..data_label("Orders")}>
                {orders} <span class="muted">{lost}</span>
            </td>
        })}
        {day(Column::First, "cell cell--first", &figures.first)}
        {day(Column::Last, "cell cell--last", &figures.last)}
        {amount(Column::Spent, "cell cell--spent numeric", "Spent", spent)}
        {amount(Column::Lifetime, "cell cell--lifetime numeric", "Lifetime", lifetime)}
        {amount(Column::Aov, "cell cell--aov numeric", "AOV", figures.aov())}
    }
    .into_any()
}

#[component]
fn Name(customer: Customer, spelled: Option<String>, search: String, page: StoredValue<Vec<String>>) -> impl IntoView {
    let href = paths::customer(&customer.phone);
    let name = shown_name(&customer.name).to_owned();
    let slug = customer.phone.to_slug();
    let older = spelled.map(|older| {
        let parts = finder::highlight(&search, &older);
        view! { <span class="cell__found">"also " <bdi><Marked parts /></bdi></span> }
    });
    let parts = finder::highlight(&search, &name);
    view! {
        <th role="rowheader" scope="row" class="cell cell--name" aria-label=name.clone()>
            <RowBox slug name=name.clone() page />
            <a class="cell__link" href=href><bdi><Marked parts /></bdi></a>
            {older}
        </th>
    }
    .into_any()
}

#[component]
fn Status(active: bool) -> impl IntoView {
    let (tone, text) = if active {
        (Tone::Positive, "Active")
    } else {
        (Tone::Neutral, "Inactive")
    };
    view! { <td role="cell" class="cell cell--status" {..data_label("Status")}><Badge tone text /></td> }
}

#[component]
fn ActionCell(customer: Customer, reach: ReachLinks) -> impl IntoView {
    let name = shown_name(&customer.name).to_owned();
    view! { <td role="cell" class="cell cell--actions"><Actions customer name reach /></td> }
}
