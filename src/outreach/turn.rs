//! The customer in hand: who it is, how to reach them, and what came of it.

use leptos::html;
use leptos::prelude::*;

use super::people::ContactLine;
use super::queue_page::Actions;
use crate::domain::customer::Customer;
use crate::domain::listing::CustomerRow;
use crate::domain::message::Message;
use crate::domain::order_list::{OrderRow, shown_name};
use crate::domain::place;
use crate::domain::profile::Note;
use crate::domain::queue::{AGAIN, AGAIN_ON, Outcome, Step, Turn, TurnForm};
use crate::domain::segment::Segment;
use crate::error::AppError;
use crate::paths;
use crate::ui::badge::{Badge, Tone};
use crate::ui::form::{Form, Sending};
use crate::ui::menu::Menu;
use crate::ui::moment::Moment;
use crate::ui::order_table::StatusBadge;
use crate::ui::phone_link::{Reach, ReachButton};

/// Shows the customer in hand and takes what came of it.
#[component]
pub fn InHand(
    /// The customer.
    turn: Turn,
    /// The queue's number.
    queue: i64,
    /// Where the forms go.
    actions: Actions,
    /// Whether the customer has just come into hand: then the reader is led to the name.
    moved: bool,
) -> impl IntoView {
    let Turn {
        row,
        segments,
        orders,
        notes,
        contacts,
        message,
        messages,
        seen,
        tomorrow,
    } = turn;
    let CustomerRow {
        customer, reach, last, ..
    } = row;
    let name = shown_name(&customer.name).to_owned();
    let number = customer.whatsapp.as_ref().unwrap_or(&customer.phone).display();
    let stored = TurnForm {
        queue,
        customer: customer.phone.to_slug(),
        seen,
        ..TurnForm::default()
    };
    let contact = |contact| view! { <li><ContactLine contact /></li> };
    view! {
        <article class="panel turn">
            <Who customer=customer.clone() segments moved />
            <p class="turn__figures">
                {spent(&customer)} " · last order " <Moment day=last />
            </p>
            <ul class="turn__facts" aria-label="Calls and messages so far">
                {contacts.into_iter().map(contact).collect_view()}
            </ul>
            <ul class="turn__facts" aria-label="Latest orders">{orders.into_iter().map(order).collect_view()}</ul>
            <ul class="turn__facts" aria-label="Latest notes">{notes.into_iter().map(note).collect_view()}</ul>
            <div class="turn__reach reach">
                <ReachButton how=Reach::WhatsApp link=message.link.clone() number name=name.clone() unwanted=reach.unwanted />
                <ReachButton how=Reach::Call link=reach.call number=customer.phone.display() name />
            </div>
            {if reach.unwanted {
                view! { <p class="turn__figures">"They want no messages: call them."</p> }.into_any()
            } else {
                view! { <Writing message messages queue to=actions.message /> }.into_any()
            }}
            <Came stored tomorrow end=actions.end />
        </article>
    }
    .into_any()
}

/// The name, the number, and what kind of customer it is.
#[component]
fn Who(customer: Customer, segments: Vec<Segment>, moved: bool) -> impl IntoView {
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| moved) {
            // A heading that is not there any more needs no focus.
            let _ = heading.focus();
        }
    });
    let href = paths::customer(&customer.phone);
    let name = shown_name(&customer.name).to_owned();
    let line = [
        customer.phone.display(),
        place::written(&customer.city, &customer.state),
    ];
    let line: Vec<String> = line.into_iter().filter(|part| !part.is_empty()).collect();
    let badge = |segment: Segment| view! { <li><Badge tone=Tone::Segment(segment) text=segment.label() /></li> };
    let tag = |tag: String| view! { <li><Badge tone=Tone::Neutral text=tag /></li> };
    view! {
        <h2 class="turn__name" tabindex="-1" node_ref=heading><a href=href><bdi>{name}</bdi></a></h2>
        <p class="turn__number">{line.join(" · ")}</p>
        <ul class="badges" aria-label="Segments and tags">
            {segments.into_iter().map(badge).collect_view()}
            {customer.tags.into_iter().map(tag).collect_view()}
        </ul>
    }
    .into_any()
}

/// What the customer came to: `5 orders · 1 lost · ₦110,000`.
fn spent(customer: &Customer) -> String {
    let orders = match customer.orders() {
        1 => "1 order".to_owned(),
        count => format!("{count} orders"),
    };
    let lost = match customer.lost_orders {
        0 => String::new(),
        lost => format!(" · {lost} lost"),
    };
    format!("{orders}{lost} · {}", customer.spent())
}

fn order(row: OrderRow) -> impl IntoView {
    let OrderRow { order, placed, .. } = row;
    let items = (!order.items.is_empty()).then(|| view! { " · " <bdi>{order.items}</bdi> });
    view! {
        <li><Moment day=placed /> " · " {order.amount.to_string()} " " <StatusBadge status=order.status /> {items}</li>
    }
    .into_any()
}

fn note(note: Note) -> impl IntoView {
    view! { <li><bdi>{note.body}</bdi> " · " {note.author} ", " <Moment day=note.written /></li> }.into_any()
}

/// What the WhatsApp button writes, and the other messages.
#[component]
fn Writing(message: Message, messages: Vec<Message>, queue: i64, to: Sending) -> impl IntoView {
    let several = messages.len() > 1;
    let one = |message: Message| {
        view! {
            <button class="menu__item" type="submit" name="template" value=message.id.to_string()>
                <span>
                    <bdi>{message.name}</bdi>
                    <span class="message__text"><bdi>{message.text}</bdi></span>
                </span>
            </button>
        }
    };
    let menu = several.then(|| {
        view! {
            <Menu label="Another message" icon="message-circle">
                <Form to>
                    <input type="hidden" name="queue" value=queue.to_string() />
                    {messages.into_iter().map(one).collect_view()}
                </Form>
            </Menu>
        }
    });
    view! {
        <p class="bubble" aria-label="The message"><bdi>{message.text}</bdi></p>
        {menu}
    }
    .into_any()
}

/// What came of it, and when to try again.
#[component]
fn Came(stored: TurnForm, tomorrow: String, end: Sending) -> impl IntoView {
    let refused = move || match end.refusal().get() {
        Some(AppError::TurnNotSaved(refused)) => Some(refused.typed),
        _ => None,
    };
    // What was typed about this customer comes back.
    let customer = stored.customer.clone();
    let form = refused().filter(|typed| typed.customer == customer).unwrap_or(stored);
    let wrong = end.wrong_besides(&[]);
    let again = form.again.clone();
    let choices = AGAIN.into_iter().chain([(AGAIN_ON, "On a day …")]);
    let choice = move |(value, label): (&'static str, &'static str)| {
        view! { <option value=value selected=value == again>{label}</option> }
    };
    let outcome = |outcome: Outcome| step(outcome.as_str(), outcome.label());
    view! {
        <Form to=end class="turn__form">
            <input type="hidden" name="turn[queue]" value=form.queue.to_string() />
            <input type="hidden" name="turn[customer]" value=form.customer />
            <input type="hidden" name="turn[seen]" value=form.seen.to_string() />
            <label class="field">
                <span class="field__label">"Note"</span>
                <textarea class="input" name="turn[note]" rows="2" placeholder="Only if there is something to know">{form.note}</textarea>
            </label>
            <div class="turn__again">
                <label class="field">
                    <span class="field__label">"Try again"</span>
                    <select class="input" name="turn[again]">{choices.map(choice).collect_view()}</select>
                </label>
                <label class="field turn__day">
                    <span class="field__label">"Day"</span>
                    <input class="input" type="date" name="turn[on]" min=tomorrow value=form.on />
                </label>
            </div>
            <p class="form__error" role="alert">{move || wrong.get()}</p>
            <div class="turn__outcomes">{Outcome::ALL.map(outcome).into_iter().collect_view()}</div>
            <div class="turn__others">{step(Step::SKIP, "Skip for now")} {step(Step::LEAVE, "Stop here")}</div>
        </Form>
    }
    .into_any()
}

fn step(value: &'static str, label: &'static str) -> impl IntoView {
    view! { <button class="button" type="submit" name="turn[step]" value=value>{label}</button> }
}
