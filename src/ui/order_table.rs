//! A table of orders; on a small screen its rows are cards.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::attr::data_label;
use super::badge::{Badge, Tone};
use super::choose_box::follow;
use super::later::later;
use super::moment::Moment;
use super::order_filters::Href;
use super::sort_link::SortLink;
use crate::domain::order_list::{Buyer, OrderRow, shown_name};
use crate::domain::order_query::{OrderQuery, OrderSort, OrderSortKey};
use crate::domain::place;
use crate::domain::status::{Outcome, Status};
use crate::paths;

/// The form that the boxes of chosen orders belong to.
pub const CHOSEN: &str = "chosen-orders";

/// The orders that are chosen, by number: an order stays chosen wherever its row goes.
#[derive(Clone, Copy)]
pub struct Chosen(RwSignal<BTreeSet<String>>);

impl Chosen {
    /// Begins with none.
    pub fn none() -> Self {
        Self(RwSignal::new(BTreeSet::new()))
    }
}

/// Shows orders, a row each.
#[component]
pub fn OrderTable(
    /// The orders.
    rows: Vec<OrderRow>,
    /// What they are, for those who cannot see the page around them.
    #[prop(into)]
    caption: String,
    /// Whether the rows say whose they are.
    #[prop(optional)]
    buyers: bool,
    /// Whether rows can be chosen, for a form with the id [`CHOSEN`].
    #[prop(optional)]
    choose: bool,
    /// What is shown now, whose order the headers change.
    query: OrderQuery,
    /// Where they lead.
    href: Href,
) -> impl IntoView {
    let plain = |label| view! { <th role="columnheader" scope="col">{label}</th> };
    let sort = |label, key, numeric| view! { <SortHeader label key numeric query=query.clone() href /> };
    let row = |row| later(move || view! { <Row row buyers choose /> }.into_any());
    view! {
        <div class="table-wrap">
            <table class="table orders" class:orders--one=!buyers role="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">
                        {plain("Order")}
                        {sort("Placed", OrderSortKey::Placed, false)}
                        {buyers.then(|| plain("Customer"))}
                        {sort("Amount", OrderSortKey::Amount, true)}
                        {["Status", "Source", "Place", "Sales rep"].map(plain).into_iter().collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {rows.into_iter().map(row).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A column's header that sorts by it, the other way round when pressed again.
#[component]
fn SortHeader(label: &'static str, key: OrderSortKey, numeric: bool, query: OrderQuery, href: Href) -> impl IntoView {
    let here = (query.sort.key == key).then_some(query.sort.descending);
    let sort = OrderSort::new(key, here.is_none_or(|descending| !descending));
    let href = href.run(query.with(|query| query.sort = sort));
    view! { <SortLink label href numeric here /> }
}

#[component]
fn Row(row: OrderRow, buyers: bool, choose: bool) -> impl IntoView {
    let OrderRow { order, placed, buyer } = row;
    let href = paths::order(&order.number);
    let chosen = choose.then(|| view! { <RowBox number=order.number.clone() /> });
    let place = place::written(&order.city, &order.state);
    view! {
        <tr role="row" class="order">
            <th role="rowheader" scope="row" class="order__number">{chosen}<a class="order__link" href=href><bdi>{order.number}</bdi></a></th>
            <td role="cell" class="order__placed" {..data_label("Placed")}><Moment day=placed /></td>
            {buyers.then(|| view! { <td role="cell" class="order__buyer"><BuyerLink buyer /></td> })}
            <td role="cell" class="order__amount numeric">{order.amount.to_string()}</td>
            <td role="cell" class="order__status"><StatusBadge status=order.status /></td>
            <td role="cell" class="order__source">{order.source.label()}</td>
            <td role="cell" class="order__place"><bdi>{place}</bdi></td>
            <td role="cell" class="order__rep"><bdi>{order.sales_rep}</bdi></td>
        </tr>
    }
    .into_any()
}

/// The box that chooses an order.
#[component]
fn RowBox(number: String) -> impl IntoView {
    let chosen = use_context::<Chosen>();
    let (own, value, label) = (number.clone(), number.clone(), format!("Choose order {number}"));
    let is_chosen = move || chosen.is_some_and(|Chosen(chosen)| chosen.read().contains(&own));
    let choose = move |choose: bool| {
        let Some(Chosen(chosen)) = chosen else { return };
        chosen.update(|chosen| {
            if choose {
                chosen.insert(number.clone());
            } else {
                chosen.remove(&number);
            }
        });
    };
    let input = NodeRef::new();
    follow(input, is_chosen);
    view! {
        <input
            node_ref=input
            class="choose"
            type="checkbox"
            name="numbers[]"
            value=value
            form=CHOSEN
            aria-label=label
            on:change:target=move |event| choose(event.target().checked())
        />
    }
    .into_any()
}

#[component]
fn BuyerLink(buyer: Buyer) -> impl IntoView {
    let href = paths::customer(&buyer.phone);
    let name = shown_name(&buyer.name).to_owned();
    view! { <a class="order__link" href=href><bdi>{name}</bdi></a> }
}

/// Where an order stands, in the colour of what that means for its money.
#[component]
pub fn StatusBadge(
    /// Where it stands.
    status: Status,
) -> impl IntoView {
    let tone = match status.outcome() {
        Outcome::Earned => Tone::Positive,
        Outcome::Open => Tone::Info,
        Outcome::Lost => Tone::Danger,
    };
    view! { <Badge tone text=status.label() /> }
}
