//! The shop's queues.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::get_queues;
use super::progress::ProgressBar;
use crate::domain::page::Page;
use crate::domain::queue::Queue;
use crate::paths;
use crate::ui::answer::{ask, when_here};
use crate::ui::empty::Empty;
use crate::ui::failure::Failure;
use crate::ui::moment::Moment;
use crate::ui::pagination::Pages;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Shows the queues, the newest first.
#[component]
pub fn QueuesPage() -> impl IntoView {
    let query = use_query_map();
    let page = Memo::new(move |_| query.read().get("page").unwrap_or_default());
    let queues = ask(move || page.get(), get_queues);
    view! {
        <Title text="Queues" />
        <div class="page">
            <header class="page-header">
                <PageTitle>"Queues"</PageTitle>
                <p class="page-header__context">"Customers to call or message, one after the other"</p>
            </header>
            <Transition fallback=|| view! { <TableSkeleton rows=4 /> }>
                {move || when_here(async move {
                    match queues.await {
                        Ok(queues) => view! { <Loaded queues /> }.into_any(),
                        Err(error) => {
                            let again = move |()| queues.refetch();
                            view! { <Failure error retry=paths::QUEUES again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Loaded(queues: Page<Queue>) -> impl IntoView {
    let Page {
        rows,
        total,
        page,
        size,
    } = queues;
    if total == 0 {
        return view! {
            <Empty icon="list" title="No queue yet">
                <p>"Filter the customers, or choose some of them, and make a queue of them: those at risk, say, to be won back."</p>
                <a class="button button--primary" href=paths::CUSTOMERS>"To the customers"</a>
            </Empty>
        }
        .into_any();
    }
    let one = |queue: Queue| view! { <One queue /> };
    view! {
        <ul class="queues">{rows.into_iter().map(one).collect_view()}</ul>
        {(total > size.get()).then(|| view! { <Pages page size total href=|page, _| paths::queues(page) /> })}
    }
    .into_any()
}

#[component]
fn One(queue: Queue) -> impl IntoView {
    let Queue {
        id,
        name,
        maker,
        made,
        progress,
    } = queue;
    view! {
        <li class="panel queue">
            <h2 class="queue__name"><a href=paths::queue(id)><bdi>{name}</bdi></a></h2>
            <ProgressBar progress />
            <p class="queue__made">{maker} ", " <Moment day=made /></p>
        </li>
    }
    .into_any()
}
