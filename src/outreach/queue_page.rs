//! One queue, and the customer in hand.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{ChooseMessage, DeleteQueue, EndTurn, TakeTurn, get_queue};
use super::people::People;
use super::progress::{ProgressBar, outcomes};
use super::turn::InHand;
use crate::domain::queue::{Progress, Queue, QueuePage as Shown};
use crate::paths;
use crate::ui::answer::{ask, waiting, when_here};
use crate::ui::failure::Failure;
use crate::ui::form::{Form, Sending, Sent};
use crate::ui::icon::Icon;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Where the forms of a queue go.
#[derive(Clone, Copy)]
pub struct Actions {
    /// Takes the next customer.
    pub take: Sending,
    /// Does with the customer in hand what the form says.
    pub end: Sending,
    /// Chooses the message.
    pub message: Sending,
    /// Takes the queue away.
    delete: Sending,
}

/// Shows the queue that the address names.
#[component]
pub fn QueuePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let part = |name| query.read().get(name).unwrap_or_default();
        (params.read().get("id").unwrap_or_default(), part("page"), part("size"))
    });
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let queue = ask(
        move || (asked.get(), sent.get()),
        |((id, page, size), _)| get_queue(id, page, size),
    );
    let actions = Actions {
        take: Sending::to(TakeTurn::PATH),
        end: Sending::to(EndTurn::PATH),
        message: Sending::to(ChooseMessage::PATH),
        delete: Sending::to(DeleteQueue::PATH),
    };
    let (waiting, tell) = waiting();
    view! {
        <div class="page" class:page--waiting=waiting>
            <Transition fallback=|| view! { <TableSkeleton rows=8 /> } set_pending=tell>
                {move || when_here(async move {
                    match queue.await {
                        Ok(page) => view! { <Loaded page actions moved=sent.get_untracked() != 0 /> }.into_any(),
                        Err(error) => {
                            let again = move |()| queue.refetch();
                            view! { <Failure error retry=paths::QUEUES again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Loaded(
    page: Shown,
    actions: Actions,
    /// Whether the reader has worked on it since the page came.
    moved: bool,
) -> impl IntoView {
    let Shown {
        queue,
        turn,
        people,
        may_delete,
    } = page;
    let Queue { id, name, progress, .. } = queue;
    let work = match turn {
        Some(turn) => view! { <InHand turn queue=id actions moved /> }.into_any(),
        None => view! { <Begin progress=progress.clone() queue=id take=actions.take /> }.into_any(),
    };
    view! {
        <Title text=name.clone() />
        <header class="page-header customer-header">
            <a class="customer-header__back" href=paths::QUEUES>
                <Icon name="chevron-left" />
                "Queues"
            </a>
            <PageTitle><bdi>{name}</bdi></PageTitle>
        </header>
        <ProgressBar progress />
        <div class="queue-work__columns">{work} <People people queue=id /></div>
        {may_delete.then(|| view! { <Delete queue=id to=actions.delete /> })}
    }
    .into_any()
}

/// The way to the next customer, or why there is none.
#[component]
fn Begin(progress: Progress, queue: i64, take: Sending) -> impl IntoView {
    let label = if progress.done + progress.later == 0 {
        "Start"
    } else {
        "Go on"
    };
    let (free, came) = (progress.free() > 0, outcomes(&progress));
    let said = if free {
        "Nobody else gets whom you have in hand. What you do not finish in half an hour, others may.".to_owned()
    } else if progress.with_others > 0 {
        "Those who are left are with others at the moment.".to_owned()
    } else if let Some(day) = progress.next_day {
        format!("Nobody is to be tried before {day}.")
    } else {
        "Everybody is done.".to_owned()
    };
    let failed = take.wrong_besides(&[]);
    view! {
        <div class="panel queue-begin">
            {(!came.is_empty()).then(|| view! { <p>{came}</p> })}
            <p>{said}</p>
            {free.then(|| view! {
                <Form to=take>
                    <input type="hidden" name="queue" value=queue.to_string() />
                    <button class="button button--primary" type="submit">{label}</button>
                </Form>
            })}
            <p class="form__error" role="alert">{move || failed.get()}</p>
        </div>
    }
    .into_any()
}

/// Takes the queue away, after a second thought.
#[component]
fn Delete(queue: i64, to: Sending) -> impl IntoView {
    let failed = to.wrong_besides(&[]);
    view! {
        <details class="queue-delete">
            <summary class="button">"Delete this queue"</summary>
            <Form to>
                <input type="hidden" name="queue" value=queue.to_string() />
                <p>"It goes for everybody. What came of the calls stays with the customers."</p>
                <button class="button button--danger" type="submit">"Delete it for good"</button>
            </Form>
            <p class="form__error" role="alert">{move || failed.get()}</p>
        </details>
    }
    .into_any()
}
