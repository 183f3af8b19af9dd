//! The table of customers; on a small screen its rows are cards.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::keys::{pressed_row, remember_press};
use super::selection::PageBox;
use super::sort_menu::words;
use crate::domain::customer_query::{CustomerQuery, Sort, SortKey};
use crate::domain::listing::CustomerRow;
use crate::domain::period::Period;
use crate::domain::stats::grouped;
use crate::domain::view::{Column, Density, View};
use crate::paths;
use crate::ui::later::later;
use crate::ui::sort_link::SortLink;

mod cells;
mod row;

use row::Row;

/// Shows customers, a row each.
#[component]
pub fn CustomerTable(
    /// The customers of this page.
    rows: Vec<CustomerRow>,
    /// How many there are on all pages.
    total: i64,
    /// What is shown, which the links of the header change.
    query: CustomerQuery,
    /// How the user wants it to look.
    view: View,
) -> impl IntoView {
    let status = format!("{} customers, sorted by {}", grouped(total), words(&query));
    view! {
        <p class="visually-hidden" role="status">{status}</p>
        {later(move || view! { <Table rows query view /> }.into_any())}
    }
    .into_any()
}

#[component]
fn Table(rows: Vec<CustomerRow>, query: CustomerQuery, view: View) -> impl IntoView {
    let compact = view.density == Density::Compact;
    let search = query.search.clone();
    let columns = Columns::new(&view, query.period);
    let wide = columns.show(Column::Lifetime);
    let page = StoredValue::new(rows.iter().map(|row| row.customer.phone.to_slug()).collect::<Vec<_>>());
    let press = StoredValue::new((0, 0));
    let navigate = use_navigate();
    let open = move |event: web_sys::MouseEvent| {
        if let Some(customer) = pressed_row(press, &event) {
            navigate(&customer, NavigateOptions::default());
        }
    };
    let body = rows
        .into_iter()
        .map(|row| {
            let search = search.clone();
            later(move || view! { <Row row search columns page /> }.into_any())
        })
        .collect_view();
    view! {
        <div class="table-wrap">
            <table class="table customers" class:table--compact=compact class:customers--wide=wide role="table">
                <caption class="visually-hidden">"Customers"</caption>
                <thead role="rowgroup">
                    <Head query columns page />
                </thead>
                <tbody
                    role="rowgroup"
                    on:pointerdown=move |event| remember_press(press, &event)
                    on:click=open
                >
                    {body}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The columns that are shown.
#[derive(Clone, Copy)]
struct Columns {
    shown: [bool; Column::ALL.len()],
}

impl Columns {
    /// Returns what a view shows; a lifetime value stands beside a period's figures only.
    fn new(view: &View, period: Period) -> Self {
        Self {
            shown: Column::ALL
                .map(|column| view.shows(column) && (column != Column::Lifetime || period != Period::All)),
        }
    }

    fn show(self, column: Column) -> bool {
        Column::ALL
            .into_iter()
            .zip(self.shown)
            .any(|(other, shown)| other == column && shown)
    }
}

/// The names of the columns; those that can be sorted by are links.
#[component]
fn Head(query: CustomerQuery, columns: Columns, page: StoredValue<Vec<String>>) -> impl IntoView {
    let show = move |column| columns.show(column);
    let sort = |column: Column, key, numeric| {
        let query = query.clone();
        show(column).then(|| view! { <SortHeader label=column.label() key query numeric /> })
    };
    let plain = |column: Column, numeric| {
        show(column).then(|| {
            view! { <th role="columnheader" scope="col" class:numeric=numeric>{column.label()}</th> }
        })
    };
    view! {
        <tr role="row">
            <SortHeader label="Name" key=SortKey::Name query=query.clone() numeric=false page />
            <th role="columnheader" scope="col">"Phone"</th>
            {sort(Column::Orders, SortKey::Orders, true)}
            {sort(Column::First, SortKey::First, false)}
            {sort(Column::Last, SortKey::Last, false)}
            {sort(Column::Spent, SortKey::Spent, true)}
            {plain(Column::Lifetime, true)}
            {plain(Column::Aov, true)}
            {plain(Column::Status, false)}
            {plain(Column::Source, false)}
            <th role="columnheader" scope="col"><span class="visually-hidden">"Actions"</span></th>
        </tr>
    }
    .into_any()
}

/// A column's header that sorts by it, the other way round when pressed again.
#[component]
fn SortHeader(
    label: &'static str,
    key: SortKey,
    query: CustomerQuery,
    numeric: bool,
    #[prop(optional)] page: Option<StoredValue<Vec<String>>>,
) -> impl IntoView {
    let here = query.order().filter(|order| order.key == key);
    // Numbers and dates begin with the most, names with A.
    let descending = here.map_or(key != SortKey::Name, |order| !order.descending);
    let href = paths::customers(&query.with_sort(Sort { key, descending }));
    let here = here.map(|order| order.descending);
    let all = page.map(|page| view! { <PageBox page /> }.into_any());
    view! { <SortLink label href numeric here before=all /> }
}
