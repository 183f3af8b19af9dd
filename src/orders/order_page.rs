//! The form of one order.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::{DeleteOrder, SaveOrder, get_order};
use crate::domain::order_form::{OrderForm, OrderPage};
use crate::domain::source::Source;
use crate::domain::status::Status;
use crate::error::AppError;
use crate::paths;
use crate::ui::answer::{ask, when_here};
use crate::ui::failure::Failure;
use crate::ui::field::{Field, Select};
use crate::ui::form::{Form, Sending, Sent};
use crate::ui::icon::Icon;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Shows the order that the address names, or a new one.
#[component]
pub fn OrderFormPage() -> impl IntoView {
    let query = use_query_map();
    let number = Memo::new(move |_| query.read().get("number").unwrap_or_default());
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let page = ask(move || (number.get(), sent.get()), |(number, _)| get_order(number));
    let save = Sending::to(SaveOrder::PATH);
    view! {
        <div class="page">
            <Transition fallback=|| view! { <TableSkeleton rows=10 /> }>
                {move || when_here(async move {
                    match page.await {
                        Ok(page) => view! { <Loaded page save /> }.into_any(),
                        Err(error) => view! { <Failure error retry=paths::ORDERS /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Loaded(page: OrderPage, save: Sending) -> impl IntoView {
    let OrderPage { form, may_edit } = page;
    let is_new = form.seen.is_empty();
    let title = if is_new {
        "New order".to_owned()
    } else {
        format!("Order {}", form.number)
    };
    let saved = use_query_map().read_untracked().get("saved").is_some();
    let number = form.number.clone();
    view! {
        <Title text=title.clone() />
        <header class="page-header customer-header">
            <a class="customer-header__back" href=paths::ORDERS>
                <Icon name="chevron-left" />
                "Orders"
            </a>
            <PageTitle><bdi>{title}</bdi></PageTitle>
            <p class="page-header__context" role="status">{saved.then_some("Saved.")}</p>
        </header>
        <Fields form save may_edit />
        {(may_edit && !is_new).then(|| view! { <Delete number /> })}
    }
    .into_any()
}

#[component]
fn Fields(form: OrderForm, save: Sending, may_edit: bool) -> impl IntoView {
    let refused = move || match save.refusal().get() {
        Some(AppError::OrderNotSaved(refused)) => Some(*refused),
        _ => None,
    };
    let is_new = form.seen.is_empty();
    // What was typed comes back, over what is stored.
    let form = refused().map_or(form, |refused| refused.typed);
    let wrong = move |field: &'static str| {
        Signal::derive(move || {
            refused()
                .filter(|refused| refused.field == field)
                .map(|refused| refused.remark)
        })
    };
    let general = move || refused().is_none().then(|| save.wrong_besides(&[]).get()).flatten();
    let text = move |name: &'static str, label: &'static str, value: String, hint: &'static str| {
        let (field, _) = name.split_at(name.len() - 1);
        let error = wrong(field.trim_start_matches("order["));
        view! { <Field name label value hint optional=true error /> }.into_any()
    };
    let statuses = Status::ALL.map(|status| (status.as_str(), status.label())).to_vec();
    let sources = Source::ALL.map(|source| (source.as_str(), source.label())).to_vec();
    let pending = save.pending();
    view! {
        <Form to=save class="panel form form--pairs">
            <input type="hidden" name="order[seen]" value=form.seen />
            {if is_new {
                text("order[number]", "Order number", form.number, "The shop’s own; no other order may have it.")
            } else {
                view! { <input type="hidden" name="order[number]" value=form.number /> <p class="field__error">{move || wrong("number").get()}</p> }.into_any()
            }}
            {text("order[date]", "Placed", form.date, "As 2026-10-05 14:30, 05/10/2026 or 5 Oct 2026.")}
            {text("order[name]", "Customer", form.name, "")}
            {text("order[phone]", "Phone", form.phone, "In any spelling; two may stand with a / between them.")}
            {text("order[whatsapp]", "WhatsApp", form.whatsapp, "Only where it is another number.")}
            {text("order[amount]", "Amount", form.amount, "")}
            <Select name="order[status]" label="Status" chosen=form.status options=statuses />
            <Select name="order[source]" label="Source" chosen=form.source options=sources />
            {text("order[city]", "City", form.city, "")}
            {text("order[state]", "State", form.state, "")}
            {text("order[address]", "Delivery address", form.address, "")}
            {text("order[sales_rep]", "Sales rep", form.sales_rep, "")}
            {text("order[items]", "Items", form.items, "")}
            <p class="form__error" role="alert">{general}</p>
            <div class="form__buttons">
                {may_edit.then(|| view! {
                    <button class="button button--primary" type="submit" aria-disabled=move || pending.get().to_string()>
                        "Save order"
                    </button>
                })}
                <a class="button" href=paths::ORDERS>"Back to the orders"</a>
            </div>
        </Form>
    }
    .into_any()
}

/// Deletes after a second look: it cannot be undone.
#[component]
fn Delete(number: String) -> impl IntoView {
    let delete = Sending::to(DeleteOrder::PATH);
    let failed = delete.wrong_besides(&[]);
    view! {
        <details class="panel">
            <summary class="panel__title">"Delete this order " <Icon name="chevron-down" /></summary>
            <p>"It goes from every figure, and it cannot be brought back. A lost order is better marked as cancelled."</p>
            <Form to=delete>
                <input type="hidden" name="number" value=number />
                <button class="button button--danger" type="submit">"Delete the order for good"</button>
            </Form>
            <p class="form__error" role="alert">{move || failed.get()}</p>
        </details>
    }
    .into_any()
}
