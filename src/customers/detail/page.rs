//! One customer: who they are, what they came to, and what they ordered.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};

use super::api::{UpdateCustomerInfo, get_customer, get_customer_orders};
use super::buying::{Charts, PeriodFigures};
use super::edit::EditForm;
use super::facts::Facts;
use super::figures::Figures;
use super::header::Header;
use super::history::History;
use super::hoped::Hoped;
use super::notes::Notes;
use super::notice::Notice;
use super::orders::Orders;
use super::privacy::{Messages, PersonsData};
use super::same_person::SamePerson;
use super::tags::Tags;
use super::unknown::Unknown;
use crate::domain::customer::Customer;
use crate::domain::listing::CustomerRow;
use crate::domain::order_list::{self, shown_name};
use crate::domain::order_query::OrderQuery;
use crate::domain::period::Period;
use crate::domain::phone::Phone;
use crate::error::AppError;
use crate::paths;
use crate::ui::answer::{ask, waiting, when_here};
use crate::ui::failure::Failure;
use crate::ui::form::{Sending, Sent};
use crate::ui::live::use_changes;
use crate::ui::news::Rows;
use crate::ui::period_filter::PeriodFilter;
use crate::ui::skeleton::CardsSkeleton;

/// Shows the customer whom the address means.
#[component]
pub fn CustomerPage() -> impl IntoView {
    let params = use_params_map();
    let phone = Memo::new(move |_| params.read().get("phone").unwrap_or_default());
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let search = use_location().search;
    let turned = Memo::new(move |_| OrderQuery::parse(search.read().trim_start_matches('?')));
    let period = Memo::new(move |_| turned.read().period);
    let asked = move || (phone.get(), period.get(), sent.get());
    let customer = ask(asked, |(phone, period, _)| get_customer(phone, period.code()));
    let rows = Rows::none();
    let asked = move || {
        rows.ask(format!(
            "{} {} {}",
            phone.read(),
            sent.get(),
            turned.read().to_query_string()
        ));
        (phone.get(), turned.get(), sent.get())
    };
    let orders = ask(asked, move |(phone, turned, _)| {
        get_customer_orders(phone, turned.to_query_string(), rows.shown())
    });
    let query = use_query_map();
    use_changes(Box::new(move || {
        orders.refresh();
        // What somebody is about to change, or has opened, stays as they have seen it.
        customer.refresh_where(move || {
            let untouched = query.read_untracked().get("edit").is_none();
            untouched && matches!(document().query_selector("main [open]"), Ok(None))
        });
    }));
    let edit = Sending::to(UpdateCustomerInfo::PATH);
    let hoped = Hoped::new(edit);
    Effect::new(move |_| {
        customer.track();
        hoped.end();
    });
    let (waiting, tell) = waiting();
    view! {
        <div class="page" class:page--waiting=waiting>
            <Transition fallback=CardsSkeleton set_pending=tell>
                {move || when_here(async move {
                    match customer.await {
                        Ok(page) => view! { <Loaded page edit hoped period=period.get_untracked() /> }.into_any(),
                        Err(AppError::NotFound(_)) => view! { <Unknown asked=phone.get_untracked() /> }.into_any(),
                        Err(error) => {
                            let again = move |()| customer.refetch();
                            view! { <Failure error retry=paths::CUSTOMERS again /> }.into_any()
                        }
                    }
                })}
            </Transition>
            <Orders orders slug=phone query=turned rows />
        </div>
    }
}

#[component]
fn Loaded(page: order_list::CustomerPage, edit: Sending, hoped: Hoped, period: Period) -> impl IntoView {
    let order_list::CustomerPage {
        row,
        segments,
        names,
        numbers,
        buying,
        merged,
        notes,
        history,
        messages,
        may_edit,
        may_erase,
        consent,
    } = page;
    let slug = row.customer.phone.to_slug();
    let customer = row.customer.clone();
    let now = customer.clone();
    let title = shown_name(&customer.name).to_owned();
    view! {
        <Title text=title />
        <Notice slug=slug.clone() />
        {move || {
            let row = CustomerRow { customer: hoped.over(&row.customer), ..row.clone() };
            view! { <Header row segments=segments.clone() messages=messages.clone() may_edit /> }
        }}
        <Editing customer=customer.clone() edit hoped may_edit />
        {move || {
            let customer = hoped.over(&now);
            view! { <Facts customer names=names.clone() numbers=numbers.clone() /> }
        }}
        <Periods phone=customer.phone.clone() period />
        {buying.period.map(|sum| view! { <PeriodFigures sum /> })}
        <Figures customer=customer.clone() />
        <Charts buying />
        <div class="panels">
            <Notes notes slug=slug.clone() />
            <div class="panels__column">
                <Tags tags=customer.tags slug=slug.clone() />
                <Messages consent slug=slug.clone() />
                {may_edit.then(|| view! { <SamePerson merged slug=slug.clone() /> })}
                <History entries=history />
                {may_erase.then(|| view! { <PersonsData slug /> })}
            </div>
        </div>
    }
    .into_any()
}

/// Which span of time the figures and the orders are about, beside those of all time.
#[component]
fn Periods(phone: Phone, period: Period) -> impl IntoView {
    let slug = StoredValue::new(phone.to_slug());
    let href = Callback::new(move |period| slug.with_value(|slug| paths::customer_in(slug, period)));
    view! { <PeriodFilter current=period href action=paths::customer(&phone) rest=Vec::new() /> }
}

/// The form, where the address asks for it.
#[component]
fn Editing(customer: Customer, edit: Sending, hoped: Hoped, may_edit: bool) -> impl IntoView {
    let query = use_query_map();
    let open = Memo::new(move |_| may_edit && query.read().get("edit").is_some());
    move || {
        open.get()
            .then(|| view! { <EditForm customer=customer.clone() to=edit hoped /> })
    }
}
